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

// Unsure is the value in a form for "not sure": one byte, as long as any other answer.
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

// NewClass returns the pages of a class. Country is the country whose help comes first, or "";
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
		"cap": func(s string) string { // Turns the words of a key into those of a button.
			r, n := utf8.DecodeRuneInString(s)
			return string(unicode.ToUpper(r)) + s[n:]
		},
		// A form must have the same length whatever is chosen in it, because anyone who can see an
		// encrypted connection can see how long the form is. So the name and value of each button
		// have the same length, too.
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

// Asset returns a file that the pages load, and its content type; nil if no file has that name.
// Assets are embedded in the program.
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

// PageScript returns the script that comes before the own script of every page.
func PageScript() []byte {
	src, _ := classFiles.ReadFile("class/leave.js") // Embedded; it can't fail.
	return src
}

// ItemTemplates returns the file with a template for each kind of item, for other packages that
// draw pages.
func ItemTemplates() string {
	src, _ := classFiles.ReadFile("class/now.html") // Embedded; it can't fail.
	return string(src)
}

// WithForm returns the pages with a token in their forms, which tells our forms from those of
// other pages. The part of a seat's page that changes is rendered without the token, because
// several seats share it; our script adds the token.
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
	var b bytes.Buffer // Buffered, so that a page that fails isn't sent at all.
	if err := k.pages.ExecuteTemplate(&b, name, data); err != nil {
		return fmt.Errorf("draw page %s: %w", name, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Join renders the page on which the code is typed. Trouble is the id of the words for what was
// wrong with the last code, such as "class.wrongcode", or "".
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

// Refused renders a page that says why a request was refused, by the id of its words. It has no
// links, because its reader may have no business here.
func (k *Class) Refused(w io.Writer, id string) error {
	return k.draw(w, "refused", frame{Lang: k.course.Lang, Trouble: k.words.T(id)})
}

// Away renders the empty page that a participant sees after leaving at once.
func (k *Class) Away(w io.Writer) error {
	return k.draw(w, "away", frame{Lang: k.course.Lang, Form: k.form})
}

// Reach renders one half, "reach" or "reached", of the page with which a device tests whether it
// can reach the class.
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

// Help renders the services of a country, "" for the class's own country.
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

// nowPage is the page "right now", screen by screen.
type nowPage struct {
	frame
	Country   string
	Pages     []view.NowPage
	Aside     string // The ID of the screen with those who help.
	Countries []helpline.Country
}

// RightNow renders the page for someone who is in trouble right now, with the help of a
// country, "" for the class's own. All screens are on the one page, so that neither the
// connection nor the log of a proxy shows how far someone has come.
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
	Review  string // Shown because the report is for an adult.
	Report  room.Report
	Answers []answered
	Back    []course.ClassBooster
}

type answered struct {
	Asks string
	Left string // Why there is no result at all, or "".
	view.Result
}

// left returns the words for the reason that a result is omitted, "" if it isn't.
func (k *Class) left(o room.Omission) string {
	if o == room.Reported {
		return ""
	}
	return k.words.T([...]string{room.NotAsked: "class.notasked", room.NotForAll: "class.notforall",
		room.NoHeadcount: "class.nobodysaid"}[o])
}

// Report renders what may be kept of a class, as one self-contained page to print. Back is when
// the class comes back, if it does.
func (k *Class) Report(w io.Writer, r room.Report, back []course.ClassBooster) error {
	p := reportPage{frame: frame{Lang: k.course.Lang, Form: k.form}, CSS: template.CSS(PaperStyle()), // Our own file.
		Report: r, Review: k.words.SixReview(k.six), Back: back}
	for _, a := range r.Answers {
		asks := a.Question.Asks
		if asks == "" { // The story itself asks the question.
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
		_ = table.Write([]string{inert(r.Lesson), inert(scene), inert(answer), people}) // The writer keeps the error.
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

// inert returns a text that a spreadsheet doesn't take for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
