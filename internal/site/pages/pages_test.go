package pages

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/hear"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/pack"
	"wayout/internal/plain"
	"wayout/internal/play"
	"wayout/internal/settings"
	"wayout/internal/site/alone"
	"wayout/internal/site/face"
	"wayout/internal/view"
	"wayout/internal/web"
	"wayout/lessons"
)

// world is the shipped course, and the same course as a browser has it.
type world struct {
	course *course.Course
	help   *helpline.Directory
	ears   *hear.Recogniser
	face   *face.Face
	bundle []byte
	read   map[string]*lesson.Lesson
	packed map[string][]byte
	ids    []string
	short  []byte
	apart  []string // What is played without a lesson; see begin.
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{read: make(map[string]*lesson.Lesson), packed: make(map[string][]byte)}
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	w.course, w.ids = c, c.IDs()
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		t.Fatal(err)
	}
	if w.help, err = helpline.Read(src); err != nil {
		t.Fatal(err)
	}
	if w.ears, err = c.Recogniser(); err != nil {
		t.Fatal(err)
	}
	if w.face, err = Compile(web.ItemTemplates()); err != nil {
		t.Fatal(err)
	}
	p, err := c.Pack(c.Lessons)
	if err != nil {
		t.Fatal(err)
	}
	bundle := &Bundle{Course: p, Help: w.help.Entries(), Face: w.face, Country: "GB"}
	if w.bundle, err = pack.Encode(bundle); err != nil {
		t.Fatal(err)
	}
	s, err := c.Short(c.Lessons)
	if err != nil {
		t.Fatal(err)
	}
	if w.short, err = pack.Encode(s); err != nil {
		t.Fatal(err)
	}
	w.apart = []string{"fineoroff/"}
	for _, situation := range s.Practise {
		w.apart = append(w.apart, "practise/"+situation.Situation)
	}
	for _, id := range w.ids {
		w.apart = append(w.apart, "booster/"+id)
		l, diags, err := c.Lesson(id)
		if l == nil {
			t.Fatal(diags, err)
		}
		w.read[id] = l
		if w.packed[id], err = pack.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// open opens the packed course, and a packed lesson in it.
func (w *world) open(t fataler, id string, seed uint64) (*alone.Player, *Pages) {
	p, draws, _, err := Open(w.bundle, func(_ string, count any) string {
		if count == 1 {
			return "one"
		}
		return "other"
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Ears = w.ears
	if strings.Contains(id, "/") {
		s := &course.Short{}
		if err := pack.Decode(w.short, s); err != nil {
			t.Fatal(err)
		}
		p.Has(s)
		begin(t, p, id, seed)
		return p, draws
	}
	l := &lesson.Lesson{}
	if err := pack.Decode(w.packed[id], l); err != nil {
		t.Fatal(err)
	}
	p.Start(play.Start(lesson.Kept(l), seed))
	return p, draws
}

// own returns a player of the course that is read from its files.
func (w *world) own(t fataler, id string, seed uint64) *alone.Player {
	p := alone.New(w.course, w.help, "GB")
	p.Ears = w.ears
	if strings.Contains(id, "/") {
		begin(t, p, id, seed)
	} else {
		p.Start(play.Start(w.read[id], seed))
	}
	return p
}

type fataler interface{ Fatal(...any) }

// begin begins something that isn't a lesson: its kind, a slash, and what it's about.
func begin(t fataler, p *alone.Player, id string, seed uint64) {
	kind, of, _ := strings.Cut(id, "/")
	if err := map[string]func() error{
		"fineoroff": func() error { return p.FineOrOff(seed) },
		"practise":  func() error { return p.Practise(of, seed) },
		"booster":   func() error { return p.Booster(of, seed) },
	}[kind](); err != nil {
		t.Fatal(err)
	}
}

// lines returns lines to type in rehearsals: heard, unclear, not understood, and about danger.
func lines(t testing.TB) []string {
	all := []string{"purple", "  ", "no", "idk maybe", "please stop sending this to people, i'm telling Miss"}
	for _, move := range []string{"danger", "danger", "decline", "tell", "say-what", "ask", "stop-it", "check-in",
		"agree", "blame", "boundary", "leave"} {
		all = append(all, coursetest.Line(t, move))
	}
	return all
}

// forms returns what a page of a player can send.
func forms(p *alone.Player, lines []string) []map[string]string {
	page, _ := p.Page()
	if page.First != nil {
		return []map[string]string{{"back": "1"}, {"notmeant": "1"}}
	}
	all := []map[string]string{{"choose": "99"}, {"go": "1"}, {"nonsense": ""}}
	if page.Alone.CanUndo {
		all = append(all, map[string]string{"undo": "1"})
	}
	if page.Meant != nil {
		all = append(all, map[string]string{"meant": "0"}, map[string]string{"meant": "1"},
			map[string]string{"meant": "9"})
	}
	run, _ := p.Run()
	switch run.Turn() {
	case play.Go:
		for range 12 { // Most of the forms go on.
			all = append(all, map[string]string{"go": "1"})
		}
	case play.Choose:
		for _, i := range run.Open() {
			for range 5 {
				all = append(all, map[string]string{"choose": pick(i)})
			}
		}
	case play.Answer:
		all = append(all, map[string]string{"answer": "0", "how": "2"}, map[string]string{"answer": "1", "how": "0"},
			map[string]string{"answer": "u"}, map[string]string{"answer": "0"})
	case play.Say:
		all = append(all, map[string]string{"skip": "1"})
		for _, line := range lines {
			all = append(all, map[string]string{"line": "1", "say": line})
		}
	}
	return all
}

// pair is one run, in the course as a browser has it and as it's read from its files.
type pair struct {
	w         *world
	got, want *alone.Player
	met       map[string]int // What the pages of all runs had on them.
}

func (w *world) pair(t fataler, id string, seed uint64, met map[string]int) *pair {
	got, _ := w.open(t, id, seed)
	return &pair{w, got, w.own(t, id, seed), met}
}

// do sends a form to both: their pages are equal, and nonsense does nothing.
func (p *pair) do(t fataler, form map[string]string) {
	before, _ := p.want.Run()
	p.got.Do(form)
	p.want.Do(form)
	a, _ := p.got.Page()
	b, _ := p.want.Page()
	if !reflect.DeepEqual(a, b) {
		t.Fatal(fmt.Sprintf("after %v:\n%+v\nwant\n%+v", form, a, b))
	}
	run, _ := p.want.Run()
	if has(form, "nonsense") && len(run.Actions()) != len(before.Actions()) {
		t.Fatal("an impossible move did something")
	}
	p.met["help"] += boolean(b.First != nil)
	p.met["asked"] += boolean(b.Meant != nil)
	p.met["heard"] += boolean(len(b.Heard) > 0)
	p.met["end"] += boolean(run.Turn() == play.End)
	p.met["tally"] += boolean(b.Round != nil && len(b.Round.Tally) > 0)
}

// sameStory holds the story against the one that package view makes of the run.
func (p *pair) sameStory(t fataler) {
	a, _ := p.got.Run()
	b, _ := p.want.Run()
	if !reflect.DeepEqual(view.Solo(p.w.course).Story(a), view.Solo(p.w.course).Story(b)) {
		t.Fatal("the stories differ")
	}
}

// TestABrowserPlaysTheSame takes random paths through random lessons, with the course as read from
// its files and as a browser has it: every page is equal, and the story is the one that package
// view makes of the run. Some moves are impossible, and change nothing.
func TestABrowserPlaysTheSame(t *testing.T) {
	w := newWorld(t)
	typed := lines(t)
	moves := 60
	if testing.Short() {
		moves = 10
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(slices.Concat(w.ids, w.apart)).Draw(t, "lesson")
		p := w.pair(t, id, rapid.Uint64().Draw(t, "seed"), make(map[string]int))
		for range moves {
			p.do(t, rapid.SampledFrom(forms(p.want, typed)).Draw(t, "form"))
		}
		p.sameStory(t)
	})
}

// TestABrowserPlaysAllToTheEnd plays everything there is to its end, a different line typed
// each time that one is asked for. Random paths may miss an end, or a tally, and some day do.
func TestABrowserPlaysAllToTheEnd(t *testing.T) {
	w := newWorld(t)
	typed := lines(t)
	met := make(map[string]int)
	next := 0
	for _, id := range slices.Concat(w.ids, w.apart) {
		p := w.pair(t, id, 1, met)
		for n := 0; ; n++ {
			run, _ := p.want.Run()
			if run.Turn() == play.End {
				break
			}
			if n == 1000 {
				t.Fatalf("%s has no end", id)
			}
			p.do(t, onward(p.want, typed, &next))
		}
		p.sameStory(t)
	}
	for _, what := range []string{"help", "asked", "heard", "end", "tally"} {
		if met[what] == 0 {
			t.Errorf("no run came to: %s", what)
		}
	}
}

// onward returns a form that brings a run nearer to its end; next counts the lines typed.
func onward(p *alone.Player, typed []string, next *int) map[string]string {
	page, _ := p.Page()
	if page.First != nil {
		return map[string]string{"back": "1"}
	}
	if page.Meant != nil {
		return map[string]string{"meant": "1"}
	}
	run, _ := p.Run()
	switch run.Turn() {
	case play.Choose:
		return map[string]string{"choose": pick(run.Open()[0])}
	case play.Answer:
		return map[string]string{"answer": "u"}
	case play.Say:
		*next++
		return map[string]string{"line": "1", "say": typed[*next%len(typed)]}
	}
	return map[string]string{"go": "1"}
}

func has(form map[string]string, name string) bool {
	_, ok := form[name]
	return ok
}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// TestABrowserTellsWhatPlainTells plays the same moves line by line, and finds the words of
// the browser's story in that output, in order.
func TestABrowserTellsWhatPlainTells(t *testing.T) {
	if testing.Short() {
		t.Skip("it plays many lessons to their ends")
	}
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(w.ids).Draw(t, "lesson")
		seed := rapid.Uint64().Draw(t, "seed")
		p, _ := w.open(t, id, seed)
		var typed strings.Builder
		for {
			run, _ := p.Run()
			if run.Turn() == play.End {
				break
			}
			switch run.Turn() {
			case play.Choose:
				k := rapid.IntRange(0, len(run.Open())-1).Draw(t, "choice")
				p.Do(map[string]string{"choose": pick(run.Open()[k])})
				typed.WriteString(pick(k+1) + "\n")
			case play.Answer:
				p.Do(map[string]string{"answer": "u"})
				typed.WriteString(pick(len(run.Order())+1) + "\n")
			case play.Say:
				p.Do(map[string]string{"skip": "1"})
				typed.WriteString("\n")
			case play.Go:
				p.Do(map[string]string{"go": "1"})
				typed.WriteString("\n")
			}
		}
		var out strings.Builder
		err := plain.Play(strings.NewReader(typed.String()+"q\n"), &out, &out, w.read[id],
			plain.Options{Course: w.course, Help: w.help, Seed: seed, Settings: settings.BuiltIn()})
		if err != nil {
			t.Fatal(err)
		}
		run, _ := p.Run()
		var words []string
		for _, it := range view.Solo(w.course).Story(run) {
			switch it := it.(type) {
			case view.Message:
				words = append(words, lesson.Para{Spans: it.Text}.String())
			case view.Speech:
				words = append(words, lesson.Para{Spans: it.Text}.String())
			case view.Narration:
				for _, para := range it.Text {
					words = append(words, para.String())
				}
			case view.Feedback:
				for _, para := range it.Text {
					words = append(words, para.String())
				}
			}
		}
		if missing := coursetest.InOrder(out.String(), words); missing != "" {
			t.Fatalf("plain doesn't say %q", missing)
		}
	})
}

// TestPagesAreDrawnAsByTheLibrary draws pages of random runs with html/template, too: every byte
// is equal, so everything is escaped as there.
func TestPagesAreDrawnAsByTheLibrary(t *testing.T) {
	w := newWorld(t)
	typed := lines(t)
	own := New(w.face, w.course)
	moves := 30
	if testing.Short() {
		moves = 6
	}
	var library *template.Template
	funcs := template.FuncMap{}
	adapt := func(f func([]any) (any, error)) func(args ...any) (any, error) {
		return func(args ...any) (any, error) { return f(args) }
	}
	for name, f := range own.funcs() {
		funcs[name] = adapt(f)
	}
	funcs["item"] = func(it view.Item, page any) (template.HTML, error) {
		var b strings.Builder
		err := library.ExecuteTemplate(&b, reflect.TypeOf(it).Name(), drawn{it, page})
		return template.HTML(b.String()), err
	}
	library = template.Must(template.Must(template.New("").Funcs(funcs).Parse(web.ItemTemplates())).Parse(templates))
	same := func(t interface{ Fatalf(string, ...any) }, name string, data any) {
		got, err := own.Draw(name, data)
		if err != nil {
			t.Fatalf("%v", err)
		}
		var want strings.Builder
		if err := library.ExecuteTemplate(&want, name, data); err != nil {
			t.Fatalf("%v", err)
		}
		if got != want.String() {
			t.Fatalf("%s:\n%s\nwant\n%s", name, got, want.String())
		}
	}
	p := alone.New(w.course, w.help, "IE")
	p.Ears = w.ears
	same(t, "home", p.Home())
	same(t, "help", p.Help("nz"))
	same(t, "about", p.About())
	practising, err := p.Practising()
	if err != nil {
		t.Fatal(err)
	}
	same(t, "practise", practising)
	for _, code := range w.help.Codes() {
		now, err := p.Now(code)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "rightnow", now)
	}
	const hostile = `"><script>alert('1')</script>&+` + "\x00"
	for _, it := range view.Kinds() {
		name := reflect.TypeOf(it).Name()
		if view.ForAdults(it) || name == "OwnPace" || name == "Typing" || name == "Lobby" {
			continue
		}
		same(t, name, drawn{view.Filled(it, hostile), alone.Page{Hears: true}})
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(slices.Concat(w.ids, w.apart)).Draw(t, "lesson")
		p := w.own(t, id, rapid.Uint64().Draw(t, "seed"))
		for range rapid.IntRange(0, moves).Draw(t, "moves") {
			p.Do(rapid.SampledFrom(forms(p, typed)).Draw(t, "form"))
		}
		page, _ := p.Page()
		same(t, "alone", page)
	})
}
