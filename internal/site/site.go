package site

import (
	"embed"
	"encoding/base64"
	"fmt"
	"slices"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/pack"
	"wayout/internal/site/alone"
	"wayout/internal/site/face"
	"wayout/internal/site/pages"
	"wayout/internal/web"
)

//go:embed page
var page embed.FS

// Options say what folder to make.
type Options struct {
	Course  *course.Course
	Help    *helpline.Directory
	Country string           // The country whose help comes first, or "".
	Lessons []*lesson.Lesson // In the order of the course.
	Engine  Engine

	Platform Platform // How the pages talk to a learning platform.
}

// File is a file of the folder.
type File struct {
	Name string // The path in the folder, with slashes.
	Data []byte
}

// policy is what a page may do: load files of the folder, and nothing else. "file:" is for a
// page that was opened from a drive, where browsers don't agree on what 'self' means.
const policy = "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self' file:; " +
	"img-src 'self' file: data:; manifest-src 'self'; worker-src 'self'; connect-src 'none'; base-uri 'none'; " +
	"form-action 'none'"

// maker makes the files one after the other, and keeps the first error.
type maker struct {
	o       Options
	lessons []course.Entry // The entries of the lessons in the folder.
	player  *alone.Player
	pages   *pages.Pages
	files   []File
	err     error
}

// Make returns the files of the folder.
func Make(o Options) ([]File, error) {
	m := &maker{o: o}
	bundle, err := m.bundle()
	if err != nil {
		return nil, err
	}
	m.data("course", bundle, true)
	m.data("engine", o.Engine.Program, false)
	m.add("go.js", lean(o.Engine.Script))
	m.short()
	for _, l := range o.Lessons {
		src, err := pack.Encode(l)
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", l.ID, err)
		}
		m.data("lesson-"+l.ID, src, true)
		m.paper(l)
	}
	if frames, weights, err := o.Course.Hearing(); err == nil { // Some languages have no recogniser.
		m.data("frames", frames, false)
		m.data("ears", weights, false)
	}
	m.html()
	m.style()
	m.licences()
	m.offline()
	m.platform()
	return m.files, m.err
}

// fail keeps the first error.
func (m *maker) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

func (m *maker) add(name string, data []byte) { m.files = append(m.files, File{name, data}) }

// data adds a script that passes bytes to the page.
func (m *maker) data(name string, src []byte, zipped bool) {
	if zipped {
		var err error
		src, err = Zip(src)
		m.fail(err)
	}
	m.add(name+".js", fmt.Appendf(nil, "wayoutFile(%q,%q);\n", name, base64.StdEncoding.EncodeToString(src)))
}

// bundle packs what the browser needs besides lessons, and opens it as the browser does.
func (m *maker) bundle() ([]byte, error) {
	for _, l := range m.o.Lessons {
		e, err := m.o.Course.Entry(l.ID)
		if err != nil {
			return nil, err
		}
		// The browser needs only what the list shows of the front matter; the lesson has the rest.
		e.Head = lesson.Head{ID: e.ID, Title: e.Title, Goal: e.Goal, Focus: e.Focus, Minutes: e.Minutes}
		m.lessons = append(m.lessons, e)
	}
	packed, err := m.o.Course.Pack(m.lessons)
	if err != nil {
		return nil, err
	}
	f, err := pages.Compile(web.ItemTemplates())
	if err != nil {
		return nil, err
	}
	whole := *f
	in := *f
	in.Templates = make(map[string][]face.Node)
	for name, nodes := range f.Templates {
		if !slices.Contains([]string{"opening", "document", "everyone", "away", "launch"}, name) { // Not in a browser.
			in.Templates[name] = nodes
		}
	}
	src, err := pack.Encode(&pages.Bundle{Course: packed, Help: m.o.Help.Entries(), Face: &in, Country: m.o.Country,
		Platform: m.o.Platform != NoPlatform})
	if err != nil {
		return nil, err
	}
	m.player = alone.New(m.o.Course, m.o.Help, m.o.Country)
	m.player.Platform = m.o.Platform != NoPlatform
	m.pages = pages.New(&whole, m.o.Course)
	return src, nil
}

// short packs what is played without a lesson, in a file that is loaded when it's first needed.
func (m *maker) short() {
	s, err := m.o.Course.Short(m.lessons)
	m.fail(err)
	if err != nil {
		return
	}
	src, err := pack.Encode(s)
	m.fail(err)
	m.data("short", src, true)
}

// document is the data for the template of a page.
type document struct {
	Lang, Policy, Title, Country string
	Platform                     string // The script that talks to a learning platform, or "".
	Script                       bool
	Body                         face.HTML
}

// place is a country on the page of everyone who helps.
type place struct {
	Country, Name, Note string
	Danger              string // The number to call in danger, in words; "" if it isn't known.
	Services            []helpline.Service
}

// everyone is the page of everyone who helps, for a browser without scripts.
type everyone struct {
	Six       course.SixMoves
	Countries []place
}

// html adds the pages that work without a script.
func (m *maker) html() {
	t := m.o.Course.Words().T
	now, err := m.player.Now("")
	m.fail(err)
	now.Script = false
	about := m.player.About()
	about.Lessons = m.lessons
	m.page("index.html", "home", t("home.title"), m.only(m.player.Home()))
	m.page("now.html", "rightnow", t("now.title"), now)
	m.page("help.html", "everyone", t("help.title"), m.everyone())
	m.page("about.html", "about", t("export.about"), about)
	away, err := m.pages.Draw("away", document{Lang: m.o.Course.Lang})
	m.fail(err)
	m.add("away.html", []byte(away))
}

// only removes lessons that aren't in the folder from the first page.
func (m *maker) only(h alone.Home) alone.Home {
	var groups []alone.Group
	for _, g := range h.Groups {
		g.Lessons = slices.DeleteFunc(g.Lessons, func(e alone.Listed) bool {
			return !slices.ContainsFunc(m.o.Lessons, func(l *lesson.Lesson) bool { return l.ID == e.ID })
		})
		if len(g.Lessons) > 0 {
			groups = append(groups, g)
		}
	}
	h.Groups = groups
	return h
}

func (m *maker) everyone() everyone {
	six, err := m.o.Course.SixMoves()
	m.fail(err)
	all := everyone{Six: six}
	for _, c := range m.o.Help.Countries {
		services := m.o.Help.Local(c.Code)
		if c.Code == m.o.Country || m.o.Country == "" && c.Code == helpline.World {
			services = append(m.o.Help.School(), services...)
		}
		danger := ""
		if c.Emergency != "" {
			danger = m.o.Course.Words().T("help.danger", "Number", c.Emergency)
		}
		all.Countries = append(all.Countries, place{c.Code, c.Name, c.Note, danger, services})
	}
	return all
}

func (m *maker) page(name, template, title string, data any) {
	tells := ""
	if name == "index.html" {
		tells = m.o.Platform.script()
	}
	body, err := m.pages.Draw(template, data)
	if err == nil {
		body, err = m.pages.Draw("document", document{Lang: m.o.Course.Lang, Policy: policy, Title: title,
			Country: m.o.Country, Platform: tells, Script: true, Body: face.HTML(body)})
	}
	if err != nil && m.err == nil {
		m.err = fmt.Errorf("draw %s: %w", name, err)
	}
	m.add(name, plain([]byte(body)))
}

// paper adds the page of a lesson to read and print.
func (m *maker) paper(l *lesson.Lesson) {
	book, err := web.Gamebook(web.Handout{Course: m.o.Course, Help: m.o.Help, Lesson: l, Country: m.o.Country,
		Style: "paper.css"})
	if err != nil && m.err == nil {
		m.err = fmt.Errorf("print %s: %w", l.ID, err)
	}
	m.add("paper/"+l.ID+".html", plain(book))
}

// style adds the style sheets, the script and the icon that the pages load.
func (m *maker) style() {
	css, _ := web.Asset("wayout.css")
	m.add("site.css", lean(slices.Concat(css, m.read("site.css"))))
	m.add("paper/paper.css", web.PaperStyle())
	m.add("site.js", lean(slices.Concat(web.PageScript(), m.read("site.js"))))
	m.asset("icon.svg")
}
