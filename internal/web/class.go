package web

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wayout/internal/course"
	"wayout/internal/firstaid"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
)

//go:embed class
var classFiles embed.FS

// Unsure is the value in a form for "not sure": one letter, like any other answer.
const Unsure = "u"

// Class renders the pages of a class. It is made once and shared by all seats.
type Class struct {
	course  *course.Course
	help    *helpline.Directory
	words   *course.Words
	view    *view.View
	room    course.RoomWords
	six     course.SixMoves
	pages   *template.Template
	country string // The country whose help comes first.
	form    string // The token in the forms of a page, or "".
	ears    map[string]Part
}

// NewClass returns the pages of a class. Country is the one whose help comes first, or "";
// rules are the school's own ground rules, or nil for the shipped ones.
func NewClass(c *course.Course, d *helpline.Directory, country string, rules []string) (*Class, error) {
	k := &Class{course: c, help: d, words: c.Words(), country: country}
	var err error
	if k.room, err = c.RoomWords(); err != nil {
		return nil, err
	}
	if k.view, err = view.New(c, rules); err != nil {
		return nil, err
	}
	if k.six, err = c.SixMoves(); err != nil {
		return nil, err
	}
	k.pages, err = template.New("class").Funcs(template.FuncMap{
		"cap": func(s string) string { // The words of a key become the words of a button.
			r, n := utf8.DecodeRuneInString(s)
			return string(unicode.ToUpper(r)) + s[n:]
		},
		// A form has the same length whatever is chosen in it, because anyone who sees an
		// encrypted connection can see how long it is. So has the name of each button with its
		// value.
		"pick": func(pick int) string {
			if pick == play.Unsure {
				return Unsure
			}
			return strconv.Itoa(pick)
		},
		"item":   k.item,
		"alert":  alertClass,
		"reach":  k.view.Contacts,
		"listed": listed,
		"rating": func(r lesson.Rating) string { return k.words.T("plain." + r.String()) },
		"share":  func(n, most int) int { return 100 * n / max(most, 1) },
		"t":      func(id string, pairs ...any) string { return k.words.T(id, pairs...) },
	}).ParseFS(classFiles, "class/*.html")
	if err != nil {
		return nil, err
	}
	k.ears, err = k.newEars()
	return k, err
}

// Asset returns a file that the pages load and its content type; nil where there is none of
// that name. Assets are embedded in the program and not read from a folder.
func Asset(name string) (src []byte, kind string) {
	switch name {
	case "wayout.css":
		kind = "text/css; charset=utf-8"
	case "wayout.js", "hear.js", "wasm_exec.js":
		kind = "text/javascript; charset=utf-8"
	default:
		return nil, ""
	}
	src, _ = classFiles.ReadFile("class/" + name) // Embedded; it can't fail.
	if name == "wayout.js" {
		src = slices.Concat(PageScript(), src)
	}
	return src, kind
}

// PageScript returns what every page for a browser has in front of its own script.
func PageScript() []byte {
	src, _ := classFiles.ReadFile("class/leave.js") // Embedded; it can't fail.
	return src
}

// ItemTemplates returns the file with a template for each kind of item, for pages that another
// program draws.
func ItemTemplates() string {
	src, _ := classFiles.ReadFile("class/now.html") // Embedded; it can't fail.
	return string(src)
}

// WithForm returns the pages with a token in their forms, by which a form can be told from one
// that another page has made. What changes on the page of a seat is rendered without the
// token: several seats share it, and our script adds the token.
func (k *Class) WithForm(token string) *Class {
	own := *k
	own.form = token
	return &own
}

// frame is what surrounds every page.
type frame struct {
	Lang      string
	Form      string
	Projector bool
	Code      string
	Trouble   string
	Calm      []string
}

func (k *Class) draw(w io.Writer, name string, data any) error {
	var b bytes.Buffer // A page that can't be rendered isn't sent at all.
	if err := k.pages.ExecuteTemplate(&b, name, data); err != nil {
		return fmt.Errorf("draw page %s: %w", name, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Join renders the page on which the code is typed. Trouble is the id of what was wrong with
// the last code, such as "class.wrongcode", or "".
func (k *Class) Join(w io.Writer, code, trouble string) error {
	f := frame{Lang: k.course.Lang, Form: k.form, Code: code}
	if trouble != "" {
		f.Trouble = k.words.T(trouble)
	}
	return k.draw(w, "join", f)
}

// Over renders the page after a class.
func (k *Class) Over(w io.Writer) error {
	return k.draw(w, "over", frame{Lang: k.course.Lang, Form: k.form, Calm: []string{k.room.Out, k.room.Calm}})
}

// Trouble renders a page that says what didn't work, by the id of its words.
func (k *Class) Trouble(w io.Writer, id string) error {
	return k.draw(w, "trouble", frame{Lang: k.course.Lang, Form: k.form, Trouble: k.words.T(id)})
}

// Refused renders a page that says why nothing was done, by the id of its words. Its reader
// may have no business here, so it leads nowhere.
func (k *Class) Refused(w io.Writer, id string) error {
	return k.draw(w, "refused", frame{Lang: k.course.Lang, Trouble: k.words.T(id)})
}

// Away renders the empty page that a participant sees after leaving at once.
func (k *Class) Away(w io.Writer) error {
	return k.draw(w, "away", frame{Lang: k.course.Lang, Form: k.form})
}

// Reach renders a half of the page with which a device tries whether it reaches the class:
// "reach" or "reached".
func (k *Class) Reach(w io.Writer, half string) error {
	return k.draw(w, half, frame{Lang: k.course.Lang, Form: k.form})
}

// helpPage lists services that help.
type helpPage struct {
	frame
	Country   string
	Intro     string
	Note      string
	Services  []helpline.Service
	Countries []helpline.Country
	Six       course.SixMoves
}

// Help renders the services of a country, "" for the class's own.
func (k *Class) Help(w io.Writer, country string) error {
	p := helpPage{frame: frame{Lang: k.course.Lang, Form: k.form}, Country: k.country, Countries: k.help.Countries,
		Six: k.six}
	if c, ok := k.help.Find(country); ok && country != "" {
		p.Country = c.Code
	}
	if c, ok := k.help.Find(p.Country); ok {
		p.Note = c.Note
	}
	p.Intro, p.Services = k.view.HelpIntro(k.help, p.Country), k.help.For(p.Country)
	return k.draw(w, "help", p)
}

// nowPage is what helps someone right now, screen by screen.
type nowPage struct {
	frame
	Country   string
	Pages     []view.NowPage
	Aside     string // The ID of the page of those who help.
	Countries []helpline.Country
}

// RightNow renders the page for someone to whom it is happening right now, with the help of
// a country, "" for the class's own. All screens are on it, so that no one can see from the
// connection, or from the log of a proxy, how far someone has come.
func (k *Class) RightNow(w io.Writer, country string) error {
	p := nowPage{frame: frame{Lang: k.course.Lang, Form: k.form}, Country: k.country, Aside: firstaid.PeoplePage,
		Countries: k.help.Countries}
	if c, ok := k.help.Find(country); ok && country != "" {
		p.Country = c.Code
	}
	var err error
	if p.Pages, err = k.view.NowPages(k.help, p.Country); err != nil {
		return err
	}
	return k.draw(w, "rightnow", p)
}

// Seat renders the whole page of a seat. A projector shows how to join.
func (k *Class) Seat(w io.Writer, v room.View, c JoinInfo) error {
	return k.draw(w, "seat", k.now(v, c))
}

// Now renders the part of a seat's page that changes.
func (k *Class) Now(w io.Writer, v room.View, c JoinInfo) error { return k.draw(w, "now", k.now(v, c)) }

// reportPage is what may be kept of a class.
type reportPage struct {
	frame
	CSS     template.CSS
	Review  string // A report is for the adult who led the class.
	Report  room.Report
	Answers []answered
	Back    []course.ClassBooster
}

type answered struct {
	Asks string
	Left string // Why there is no result at all, or "".
	view.Result
}

// left returns the words for an omission, "" for none.
func (k *Class) left(o room.Omission) string {
	if o == room.Reported {
		return ""
	}
	return k.words.T([...]string{room.NotAsked: "class.notasked", room.NotForAll: "class.notforall",
		room.NoHeadcount: "class.nobodysaid"}[o])
}

// Report renders what may be kept of a class, as a page that stands alone and prints. Back is when
// the class comes back, if it does.
func (k *Class) Report(w io.Writer, r room.Report, back []course.ClassBooster) error {
	p := reportPage{frame: frame{Lang: k.course.Lang, Form: k.form}, CSS: template.CSS(PaperStyle()), // Our own file.
		Report: r, Review: k.words.SixReview(k.six), Back: back}
	for _, a := range r.Answers {
		asks := a.Question.Asks
		if asks == "" { // The story has asked it.
			asks = cmp.Or(a.Title, a.Question.Scene)
		}
		p.Answers = append(p.Answers, answered{asks, k.left(a.Omitted), k.view.Result(a.Question, a.Result)})
	}
	return k.draw(w, "report", p)
}

// CSV writes what may be kept of a class as a table: a row for each bar, and one for each
// question without a result.
func (k *Class) CSV(w io.Writer, r room.Report) error {
	table := csv.NewWriter(w)
	row := func(scene, answer, people string) {
		_ = table.Write([]string{inert(r.Lesson), inert(scene), inert(answer), people}) // Flush has the error.
	}
	_ = table.Write([]string{"lesson", "scene", "answers", "people"})
	for _, a := range r.Answers {
		if a.Omitted != room.Reported {
			row(a.Scene, "", [...]string{room.NotAsked: "not asked", room.NotForAll: "not everybody comes to it",
				room.NoHeadcount: "nobody said how many took part"}[a.Omitted])
			continue
		}
		switch a.Kind {
		case room.Bars:
			for _, b := range k.view.Result(a.Question, a.Result).Bars {
				row(a.Scene, b.Words, strconv.Itoa(b.Count))
			}
		case room.Most:
			row(a.Scene, k.view.PickWords(a.Question, a.Result.Most), "more than two in three")
		default:
			row(a.Scene, "", "too few to show")
		}
	}
	table.Flush()
	return table.Error()
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
