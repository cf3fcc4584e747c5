package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"slices"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/view"
)

//go:embed templates/*.html templates/paper.css
var files embed.FS

// Handout says what handouts are made from.
type Handout struct {
	Course  *course.Course
	Help    *helpline.Directory
	Lesson  *lesson.Lesson
	Country string          // The country whose help is on the sheet; "" for services that work anywhere.
	Rules   []string        // The school's own ground rules; nil takes the shipped ones.
	Sources []course.Source // Where the facts come from.
	Style   string          // The address of [PaperStyle], if many pages share it; "" embeds it.
}

// File is one handout.
type File struct {
	Name string // Such as "learner.html".
	HTML []byte
}

// onPaper is the data that every template of a handout gets.
type onPaper struct {
	Handout
	Lang     string
	CSS      template.CSS
	Room     course.RoomWords
	Six      course.SixMoves
	Review   string // For adults.
	Adults   bool   // The handout is for an adult.
	Services []helpline.Service
	Staff    []helpline.Service
	Intro    string // The text above those who help.
	Note     string // What is special about the country.

	templates *template.Template
}

// PaperStyle returns the style sheet of printed pages.
func PaperStyle() []byte {
	css, _ := files.ReadFile("templates/paper.css") // Embedded; it can't fail.
	return css
}

// newPaper returns the data that every handout needs.
func newPaper(h Handout) (onPaper, error) {
	v := onPaper{Handout: h, Lang: h.Course.Lang, Services: h.Help.For(h.Country), Staff: h.Help.Staff()}
	var err error
	if v.Room, err = h.Course.RoomWords(); err != nil {
		return v, err
	}
	if v.Six, err = h.Course.SixMoves(); err != nil {
		return v, err
	}
	v.CSS, v.Review = template.CSS(PaperStyle()), h.Course.Words().SixReview(v.Six) // Our own file.
	if h.Rules != nil {
		v.Room.Rules = h.Rules
	}
	v.Intro = view.Solo(h.Course).HelpIntro(h.Help, h.Country)
	if c, ok := h.Help.Find(h.Country); ok {
		v.Note = c.Note
	}
	v.templates, err = templates(h.Course)
	return v, err
}

// file draws a handout with a template.
func (p onPaper) file(name, with string, data any) (File, error) {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, with, data); err != nil {
		return File{}, fmt.Errorf("make %s: %w", name, err)
	}
	return File{name + ".html", b.Bytes()}, nil
}

// paper is the data for the templates of a lesson's handouts.
type paper struct {
	onPaper
	Helps    view.SixMoves // The moves against what the lesson is about.
	Plan     lesson.PlanWords
	Key      [][]lesson.Para
	Gamebook []gamebookScene
	Boxes    []string // The boxes to tick.
	Sessions []notes
}

// notes are a scene's notes for the facilitator.
type notes struct {
	Scene lesson.Scene
	At    int // The scene's number, from 1.
}

// Handouts returns the handouts of a lesson: the learner's sheet, the facilitator's plan, the
// gamebook to play with a pencil, and a slip that says that the lesson was done, without a name
// or a grade.
func Handouts(h Handout) ([]File, error) {
	p, err := newPaper(h)
	if err != nil {
		return nil, err
	}
	v := paper{onPaper: p, Helps: view.Solo(h.Course).SixMoves(h.Lesson)}
	if v.Plan, err = h.Course.PlanWords(); err != nil {
		return nil, err
	}
	for i, s := range h.Lesson.Scenes {
		if s.Ending() {
			for _, b := range s.Told {
				if b.Kind == lesson.Feedback {
					v.Key = append(v.Key, b.Text)
				}
			}
		}
		if len(s.Notes) > 0 {
			v.Sessions = append(v.Sessions, notes{s, i + 1})
		}
	}
	book := newGamebook(h.Course, h.Lesson)
	v.Boxes, v.Gamebook = book.boxes(), book.scenes()
	var pages []File
	for _, name := range []string{"learner", "facilitator", "gamebook", "slip"} {
		v.Adults = name == "facilitator" || v.Lesson.Role == "adult"
		page, err := v.file(name, name+".html", v)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// nowPaper is the data for the template of the sheet "right now".
type nowPaper struct {
	onPaper
	Pages []view.NowPage
	Heads map[string]string // The head of each page by its ID.
}

// NowSheet returns the sheet for someone who is in trouble right now. h needs no lesson and no
// sources.
func NowSheet(h Handout) ([]File, error) {
	p, err := newPaper(h)
	if err != nil {
		return nil, err
	}
	v := nowPaper{onPaper: p, Heads: make(map[string]string)}
	pages, err := view.Solo(h.Course).NowPages(h.Help, h.Country)
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		v.Heads[p.ID] = p.Show.Head
	}
	// A sheet is read from top to bottom, so it leaves out repeated screens.
	v.Pages = slices.DeleteFunc(pages, func(p view.NowPage) bool { return p.Again })
	sheet, err := v.file("sheet", "rightnow.html", v)
	return []File{sheet}, err
}

// templates returns the templates of the handouts, with their functions.
func templates(c *course.Course) (*template.Template, error) {
	w := c.Words()
	return template.New("paper").Funcs(template.FuncMap{
		"t":    func(id string, pairs ...any) string { return w.T(id, pairs...) },
		"sign": func(kind string) string { name, _ := c.SignName(kind); return name },
		"about": func(kind string) string {
			_, about := c.SignName(kind)
			return about
		},
		"reach": view.Solo(c).Contacts,
		"text":  func(p lesson.Para) string { return p.String() },
		"dict": func(pairs ...any) map[string]any { // A template takes one argument.
			m := make(map[string]any, len(pairs)/2)
			for i := 0; i+1 < len(pairs); i += 2 {
				m[fmt.Sprint(pairs[i])] = pairs[i+1]
			}
			return m
		},
	}).ParseFS(files, "templates/*.html")
}

// Gamebook returns only the gamebook of a lesson.
func Gamebook(h Handout) ([]byte, error) {
	pages, err := Handouts(h)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(pages, func(f File) bool { return f.Name == "gamebook.html" })
	return pages[i].HTML, nil
}
