package serve

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wayout/internal/check"
	"wayout/internal/classtest"
	"wayout/internal/coursetest"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/settings"
	"wayout/internal/view"
)

// alone is a participant who goes through a whole lesson at their own pace, and the run that
// they should have.
type alone struct {
	t    *testing.T
	c    *class
	see  *view.View
	seat string
	run  play.Run
}

// newAlone lets everyone in a class of the example lesson go at their own pace.
func newAlone(t *testing.T, seats int) *alone {
	t.Helper()
	c := newClass(t, seats, PageOptions{})
	m := open(t)
	l, err := m.lesson("justice-for-greg")
	if err != nil {
		t.Fatal(err)
	}
	if c.room, c.code, c.key, err = c.registry.Make(context.Background(), l, seats, nil); err != nil {
		t.Fatal(err)
	}
	see, err := view.New(m.course, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.order(room.Start)
	c.order(room.OwnPace)
	return &alone{t: t, c: c, see: see, run: play.Start(l, room.Seed)}
}

// joined notes the seat that the class has.
func (a *alone) joined() { a.seat = a.c.seats()[0] }

// done takes an action in the expected run, and holds that the class has the same run.
func (a *alone) done(m play.Action) {
	a.t.Helper()
	var err error
	if a.run, err = a.run.Resume([]play.Action{m}); err != nil {
		a.t.Fatal(err)
	}
	var kept play.Run
	classtest.Until(a.t, 10*time.Second, "the class knows what was done", func() bool {
		v, _ := a.c.room.View(a.seat)
		kept = v.Seat.Run(a.run.Lesson())
		return len(kept.Actions()) >= len(a.run.Actions())
	})
	// A terminal goes on by itself after an answer or a line, so it may be ahead.
	if got := kept.Actions()[:len(a.run.Actions())]; !reflect.DeepEqual(got, a.run.Actions()) {
		a.t.Fatalf("done: %v, the path: %v", got, a.run.Actions())
	}
}

// shownWords returns the words of the items that both a page and a terminal show, in order.
func shownWords(items ...view.Item) []string {
	var all []string
	for _, it := range items {
		switch it := it.(type) {
		case view.Chosen:
			all = append(all, it.Words)
		case view.Onward:
			all = append(all, it.Words)
		case view.Rehearsal:
			all = append(all, it.Asks)
		default:
			all = append(all, view.Words(it)...)
		}
	}
	return all
}

// page is what someone reads on a page, and the form on it.
type page struct {
	text strings.Builder
	form url.Values
	says map[string]url.Values // What a button or a circle adds to the form, by its words.
}

// readPage reads the part of a page that changes.
func readPage(src string) (*page, error) {
	top, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return nil, err
	}
	p := &page{form: url.Values{}, says: map[string]url.Values{}}
	for n := range top.Descendants() {
		if attr(n, "id") == "now" {
			p.read(n)
			return p, nil
		}
	}
	return nil, fmt.Errorf("nothing on the page changes: %s", src)
}

func (p *page) read(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		p.text.WriteString(n.Data)
	case n.Data == "input" && attr(n, "type") == "hidden":
		p.form.Set(attr(n, "name"), attr(n, "value"))
	case n.Data == "input":
		p.says[words(n.Parent)] = url.Values{attr(n, "name"): {attr(n, "value")}}
	case n.Data == "button":
		p.says[words(n)] = url.Values{attr(n, "name"): {attr(n, "value")}}
	}
	for c := range n.ChildNodes() {
		p.read(c)
	}
	if n.Type == html.ElementNode {
		p.text.WriteString(" ")
	}
}

func attr(n *html.Node, name string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// looks holds that a page has all items of the view, in order.
func (a *alone) looks(p *page) {
	a.t.Helper()
	all, items := a.see.Alone(a.run), a.see.Story(a.run)
	if did := a.run.Actions(); len(did) > 0 {
		items = append(items, a.brought(did[len(did)-1])...)
	}
	for _, m := range all.Marks {
		items = append(items, m.Message)
		for _, s := range m.Signs {
			items = append(items, view.Signs{Head: s.Name, Signs: []view.Sign{{Why: s.Why}}})
		}
	}
	items = append(items, a.see.Turn(a.run))
	if a.run.Turn() == play.End {
		items = append(items, a.see.Debrief(a.run)...)
	}
	want := shownWords(items...)
	if missing := coursetest.InOrder(p.text.String(), want); missing != "" {
		a.t.Fatalf("%s, after %d actions: no %q, or not in its order, on\n%s", a.run.Scene().ID, all.Actions,
			missing, p.text.String())
	}
	if n := strings.Count(p.text.String(), "A note for"); n > 0 || strings.Contains(p.text.String(), "Purpose:") {
		a.t.Fatalf("%s: a note for adults is on the page", a.run.Scene().ID)
	}
}

// brought returns the items that an action adds beside the story.
func (a *alone) brought(m play.Action) []view.Item {
	switch m.Turn {
	case play.Answer:
		return []view.Item{a.see.Explanation(a.run, m.Pick)}
	case play.Say:
		return []view.Item{a.see.Models(a.run)}
	}
	return nil
}

// send fills in the form for an action as a participant would, and sends it.
func (a *alone) send(b *classtest.Browser, p *page, m play.Action) *page {
	a.t.Helper()
	form, w := url.Values{}, a.c.words()
	for k, v := range p.form {
		form[k] = v
	}
	press := func(words string) {
		says, ok := p.says[strings.Join(strings.Fields(words), " ")]
		if !ok {
			a.t.Fatalf("%s: there is no %q to press: %v", a.run.Scene().ID, words, p.says)
		}
		for k, v := range says {
			form[k] = v
		}
	}
	switch turn := a.see.Turn(a.run).(type) {
	case view.Question:
		i := slices.IndexFunc(turn.Options, func(o view.Option) bool { return o.Pick == m.Pick })
		press(turn.Options[i].Words)
		if turn.Quiz {
			press(w([]string{play.Guess: "check.guess", play.Half: "check.half", play.Sure: "check.sure"}[m.How]))
			press(w("class.done"))
		}
	case view.Onward:
		press(turn.Words)
	case view.Rehearsal:
		skip := w("key.skip")
		press(strings.ToUpper(skip[:1]) + skip[1:])
	}
	status, body, err := b.Post("/step", form)
	if err != nil || status != 200 {
		a.t.Fatal(status, err, body)
	}
	next, err := readPage(body)
	if err != nil {
		a.t.Fatal(err)
	}
	return next
}

// words returns a function that finds the words of the interface by their id.
func (c *class) words() func(id string) string {
	w := open(c.t).course.Words()
	return func(id string) string { return w.T(id) }
}

// TestTheExampleOnPages takes a participant without JavaScript through the example lesson at
// their own pace, along its safest, its worst and its longest path: every page has the items
// of the view, in order, and the class has the run that the forms have sent.
func TestTheExampleOnPages(t *testing.T) {
	for _, path := range check.UntypedPaths(coursetest.Example(t)) {
		t.Run(path.Name, func(t *testing.T) {
			a := newAlone(t, 8)
			b := a.c.crowd(1)[0]
			a.joined()
			_, body, err := b.Get("/seat")
			if err != nil {
				t.Fatal(err)
			}
			p, err := readPage(body)
			if err != nil {
				t.Fatal(err)
			}
			a.looks(p)
			for _, m := range path.Actions {
				p = a.send(b, p, m)
				a.done(m)
				a.looks(p)
			}
			if ending := a.run.Outcome().Ending; ending == nil || !strings.Contains(p.text.String(), ending.Title) {
				t.Errorf("the path ends at %q, without its ending: %s", a.run.Scene().Title, p.text.String())
			}
		})
	}
}

// reader is a participant at a terminal whose screens are recorded.
type reader struct {
	*alone
	term *classtest.Terminal
	read strings.Builder // Every screen, in order.
}

// sees waits for a screen on which holds is true, and records it.
func (r *reader) sees(what string, holds func(screen string) bool) string {
	r.t.Helper()
	var screen string
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if screen = r.term.Screen(); holds(screen) {
			r.read.WriteString(screen + "\n")
			return screen
		}
		if time.Now().After(end) {
			r.t.Fatalf("%s: never saw %s on\n%s", r.run.Scene().ID, what, screen)
		}
	}
}

// key presses a key, and waits until the words in gone are no longer on the screen.
func (r *reader) key(key, gone string) {
	r.t.Helper()
	if err := r.term.Press(key); err != nil {
		r.t.Fatal(err)
	}
	r.sees(fmt.Sprintf("%q go after %q", gone, key), func(s string) bool { return !strings.Contains(s, gone) })
}

// to reads on, page by page, until holds is true for the screen.
func (r *reader) to(what string, holds func(screen string) bool) string {
	r.t.Helper()
	const more = "▾ more"
	for {
		s := r.sees(what+", or more", func(s string) bool { return holds(s) || strings.Contains(s, more) })
		if holds(s) {
			return s
		}
		if err := r.term.Press("\r"); err != nil {
			r.t.Fatal(err)
		}
		r.sees("the next page", func(next string) bool { return next != s })
	}
}

// toText reads on to the first words of a text, few enough that no line breaks within them.
func (r *reader) toText(text string) string {
	r.t.Helper()
	at := opening(text)
	r.to(strconv.Quote(at), func(s string) bool { return strings.Contains(s, at) })
	return at
}

func opening(text string) string {
	if runes := []rune(text); len(runes) > 24 {
		text = strings.TrimSpace(string(runes[:24]))
	}
	return text
}

// pick presses the number of an option, which is the line that begins with its words.
func (r *reader) pick(i int, words string) {
	r.t.Helper()
	line := fmt.Sprintf("%d  %s", i+1, opening(words))
	r.to(strconv.Quote(line), func(s string) bool { return strings.Contains(s, line) })
	r.key(strconv.Itoa(i+1), line)
}

// shows scrolls down until all of the words have been on the screen, in order.
func (r *reader) shows(words []string) {
	r.t.Helper()
	from := r.read.Len() - len(r.term.Screen()) - 1
	for {
		missing := coursetest.InOrder(r.read.String()[from:], words)
		if missing == "" {
			return
		}
		screen := r.term.Screen()
		if err := r.term.Press("j"); err != nil {
			r.t.Fatal(err)
		}
		r.sees(fmt.Sprintf("%q, nor a line below", missing), func(s string) bool { return s != screen })
	}
}

// take presses the keys of an action.
func (r *reader) take(m play.Action) {
	r.t.Helper()
	w := r.c.words()
	switch turn := r.see.Turn(r.run).(type) {
	case view.Onward:
		if s := r.run.Scene(); s.Check != nil || s.Rehearsal != nil {
			return // These screens go on by themselves.
		}
		r.key("\r", r.toText("▸ "+turn.Words))
	case view.Rehearsal:
		r.key("\r", r.toText("▸ Find the words"))
		asks := r.see.Rehearsal(r.run, false).Asks // Nothing is typed over SSH.
		r.toText(asks)
		r.key("\r", opening(asks))
		models := r.see.Models(r.run)
		r.toText(models.Head)
		r.shows(shownWords(models))
		r.key("\r", w("say.title"))
	case view.Question:
		i := slices.IndexFunc(turn.Options, func(o view.Option) bool { return o.Pick == m.Pick })
		if !turn.Quiz {
			r.pick(i, turn.Options[i].Words)
			return
		}
		r.key("\r", r.toText("▸ "+w("player.check")))
		r.pick(i, turn.Options[i].Words)
		if m.Pick != play.Unsure {
			how := slices.Index([]play.Confidence{play.Sure, play.Half, play.Guess}, m.How)
			r.pick(how, w([]string{"check.sure", "check.half", "check.guess"}[how]))
		}
		next, _ := r.run.Resume([]play.Action{m})
		why := r.see.Explanation(next, m.Pick)
		r.toText(why.Lead)
		r.shows(shownWords(why))
		r.key("\r", w("check.title"))
	}
}

// TestTheExampleOverSSH takes a participant at a terminal over SSH through the same paths, by
// keys, to the same endings: every item of the view has been on the screen, in order.
func TestTheExampleOverSSH(t *testing.T) {
	for _, path := range check.UntypedPaths(coursetest.Example(t)) {
		t.Run(path.Name, func(t *testing.T) {
			a := newAlone(t, 8)
			set := settings.BuiltIn()
			set.Motion = false
			at, _ := a.c.shellWith(open(t), set)
			term, err := classtest.SitDown(at, a.c.code)
			if err != nil {
				t.Fatal(err)
			}
			defer term.Client.Close()
			r := &reader{alone: a, term: term}
			r.key("\r", r.toText("at your own pace"))
			a.joined()
			for _, m := range path.Actions {
				r.take(m)
				a.done(m)
			}
			r.key("\r", r.toText("▸ Look back"))
			if missing := coursetest.InOrder(r.read.String(), shownWords(r.see.Story(r.run)...)); missing != "" {
				t.Errorf("no %q on the screen, or not in its order", missing)
			}
			r.ends()
		})
	}
}

// ends holds that the terminal shows the debrief of the path's ending.
func (r *reader) ends() {
	r.t.Helper()
	var want []view.Item
	for _, it := range r.see.Debrief(r.run) {
		switch it.(type) {
		case view.SixMoves, view.StepOut: // The terminal adds to them.
		default:
			want = append(want, it)
		}
	}
	r.toText(r.c.words()("debrief.behind"))
	r.shows(shownWords(want...))
}
