package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wayout/internal/check"
	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// gamebookReader is a reader with a printed gamebook and a pencil, who knows only what the book
// says, and the run that they should have.
type gamebookReader struct {
	t       *testing.T
	see     *view.View
	words   *course.Words
	move    func(string) string
	run     play.Run
	all     play.Run           // The whole run, to its end.
	entries map[int]*html.Node // By printed number.
	answers map[int]*html.Node // The answers at the end of the book, by number.
	boxes   map[string]bool    // All boxes, and whether they are ticked.
	at      int
}

// entry is what is printed under a number and applies to the reader.
type entry struct {
	told   []string // Each with its look as a prefix.
	opens  []string // The answers of a question.
	asks   string   // For a line to type.
	ways   []way
	onward *way
}

// way is a way on, with the messages on it.
type way struct {
	words string
	says  []string
	to    int
}

// openGamebook opens the gamebook of a lesson at its first number.
func openGamebook(t *testing.T, c *course.Course, l *lesson.Lesson, seed uint64) *gamebookReader {
	t.Helper()
	pages, err := Handouts(Handout{Course: c, Help: coursetest.Help(t), Lesson: l})
	if err != nil {
		t.Fatal(err)
	}
	top, err := html.Parse(strings.NewReader(string(pages[2].HTML)))
	if err != nil {
		t.Fatal(err)
	}
	r := &gamebookReader{t: t, see: view.Solo(c), words: c.Words(), move: c.MoveName, run: play.Start(l, seed),
		entries: map[int]*html.Node{}, answers: map[int]*html.Node{}, boxes: map[string]bool{}, at: 1}
	numbered := regexp.MustCompile(`^(\d+)\. (.*)$`)
	for n := range top.Descendants() {
		if (n.Data != "section" && n.Data != "div") || (class(n) != "scene" && class(n) != "check") {
			continue
		}
		m := numbered.FindStringSubmatch(read(element(n, 0)))
		if m == nil {
			t.Fatalf("%s: no number in %q", l.ID, read(n))
		}
		at, _ := strconv.Atoi(m[1])
		to := r.entries
		if n.Data == "div" {
			to = r.answers
		}
		if to[at] != nil || id(n) != "scene-"+m[1] && n.Data == "section" {
			t.Fatalf("%s: number %d stands twice, or has no place", l.ID, at)
		}
		to[at] = n
	}
	for n := range top.Descendants() {
		if n.Data == "h2" && read(n) == r.words.T("handout.boxes") {
			for li := range n.NextSibling.NextSibling.ChildNodes() {
				r.boxes[read(li)] = false
			}
		}
	}
	r.cover(top, l)
	return r
}

// cover holds that everything that belongs before the first number is there, and nothing for
// adults is anywhere.
func (r *gamebookReader) cover(top *html.Node, l *lesson.Lesson) {
	whole := read(top)
	before, _, _ := strings.Cut(whole, "1. "+l.Scenes[0].Title)
	want := []string{l.Title, r.words.T("handout.howto"), l.Note}
	for _, b := range l.Cover {
		want = append(want, b.String())
	}
	for _, f := range l.Facts {
		want = append(want, f.Means)
	}
	for _, f := range l.Leaks {
		want = append(want, r.words.T("handout.knows", "What", f.Means))
	}
	if missing := coursetest.InOrder(before, want); missing != "" {
		r.t.Errorf("%s: before the first number stands no %q", l.ID, missing)
	}
	var hidden []string
	for i := range l.Scenes {
		for _, notes := range l.Scenes[i].Notes {
			for _, p := range notes {
				hidden = append(hidden, p.String())
			}
		}
	}
	for _, s := range l.Signs {
		hidden = append(hidden, s.Why[0].String())
	}
	for _, words := range append(hidden, l.Behind) {
		if words != "" && strings.Contains(whole, words) {
			r.t.Errorf("%s: the book gives away %q", l.ID, words)
		}
	}
}

func class(n *html.Node) string { return attribute(n, "class") }
func id(n *html.Node) string    { return attribute(n, "id") }

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// read returns the words of a node, with single spaces.
func read(n *html.Node) string {
	var b strings.Builder
	var in func(n *html.Node)
	in = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			in(c)
		}
		if n.Data == "li" || n.Data == "p" || n.Data == "h2" || n.Data == "h1" || n.Data == "span" {
			b.WriteString(" ")
		}
	}
	in(n)
	return blanks(b.String())
}

func blanks(s string) string { return strings.Join(strings.Fields(s), " ") }

// element returns the i-th element in a node.
func element(n *html.Node, i int) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		if i == 0 {
			return c
		}
		i--
	}
	return nil
}

var (
	ifBox  = regexp.MustCompile(`^Only if the box "(.*?)" is (not )?ticked: ?`)
	ifRead = regexp.MustCompile(`^Only if you have (not )?read number (\d+): ?`)
	goTo   = regexp.MustCompile(` ?Go to (\d+)\.$`)
	tick   = regexp.MustCompile(`^Tick the box: (.*)\.$`)
)

// obeys reads the conditions before some words, and returns the words and whether the conditions
// hold.
func (r *gamebookReader) obeys(words string) (string, bool) {
	holds := true
	for {
		if m := ifBox.FindStringSubmatch(words); m != nil {
			holds = holds && r.ticked(m[1]) == (m[2] == "")
			words = words[len(m[0]):]
			continue
		}
		m := ifRead.FindStringSubmatch(words)
		if m == nil {
			return words, holds
		}
		n, _ := strconv.Atoi(m[2])
		holds = holds && r.ticked(r.words.T("handout.read", "Number", n)) == (m[1] == "")
		words = words[len(m[0]):]
	}
}

func (r *gamebookReader) ticked(box string) bool {
	is, ok := r.boxes[box]
	if !ok {
		r.t.Fatalf("%d: there is no box %q", r.at, box)
	}
	return is
}

// reads reads the entry at which the reader is, and ticks the boxes that it names.
func (r *gamebookReader) reads() (e entry) {
	n := r.entries[r.at]
	if n == nil {
		r.t.Fatalf("there is no number %d", r.at)
	}
	for c := range n.ChildNodes() {
		switch {
		case c.Data == "h2" && c.Type == html.ElementNode:
		case c.Data == "p" && class(c) == "who":
			e.asks = read(c)
		case c.Data == "p" && goTo.MatchString(read(c)):
			w := r.way(c)
			e.onward = &w
		case c.Data == "p":
			e.told = append(e.told, r.para(c)...)
		case c.Data == "div" && class(c) == "key":
			for p := range c.ChildNodes() {
				e.told = append(e.told, r.para(p)...)
			}
		case c.Data == "div" && class(c) == "line":
		case c.Data == "ol":
			for li := range c.ChildNodes() {
				e.opens = append(e.opens, read(li))
			}
		case c.Data == "ul":
			for li := range c.ChildNodes() {
				if _, open := r.obeys(read(li)); open {
					e.ways = append(e.ways, r.way(li))
				}
			}
		case strings.TrimSpace(read(c)) != "":
			r.t.Errorf("%d: what is %q?", r.at, read(c))
		}
	}
	return e
}

// para reads a paragraph. It ticks the boxes that the paragraph names, and leaves those words out.
func (r *gamebookReader) para(p *html.Node) []string {
	words, holds := r.obeys(read(p))
	if !holds || words == "" {
		return nil
	}
	if class(p) != "small" {
		kind := class(p)
		if class(p.Parent) == "key" {
			kind = "key"
		}
		return []string{kind + "|" + words}
	}
	ticks := []string{words}
	if element(p, 0) != nil {
		ticks = nil
	}
	for c := range p.ChildNodes() {
		if c.Data == "span" {
			ticks = append(ticks, read(c))
		}
	}
	for _, words := range ticks {
		m := tick.FindStringSubmatch(words)
		if m == nil {
			r.t.Fatalf("%d: what is %q?", r.at, words)
		}
		r.ticked(m[1])
		r.boxes[m[1]] = true
	}
	return nil
}

// way reads a way on, and holds that its link and its words have the same number.
func (r *gamebookReader) way(n *html.Node) (w way) {
	for c := range n.ChildNodes() {
		switch words, holds := r.obeys(read(c)); {
		case c.Data == "a":
			m := goTo.FindStringSubmatch(words)
			if w.to, _ = strconv.Atoi(m[1]); attribute(c, "href") != fmt.Sprintf("#scene-%d", w.to) {
				r.t.Errorf("%d: %q leads to %q", r.at, words, attribute(c, "href"))
			}
		case c.Data == "span" && class(c) == "box":
		case c.Data == "span":
			if holds {
				w.says = append(w.says, class(c)+"|"+words)
			}
		default:
			if _, only := r.obeys(strings.TrimSpace(words)); only {
				w.words = blanks(w.words + " " + words)
			}
		}
	}
	return w
}

// printed returns items of a story as the book prints them. Moves are printed as instructions.
func (r *gamebookReader) printed(items []view.Item) []string {
	var all []string
	add := func(kind string, words ...string) { all = append(all, kind+"|"+blanks(strings.Join(words, " "))) }
	text := func(s []lesson.Span) string { return lesson.Para{Spans: s}.String() }
	for _, it := range items {
		switch it := it.(type) {
		case view.Message:
			add("msg", it.Who+":", it.Draft, text(it.Text))
		case view.Event:
			add("msg", it.Who+":", "["+it.What+"]", text(it.Text))
		case view.Typing:
			add("msg", it.Words)
		case view.AppLine:
			add("moment", text(it.Text))
		case view.Moment:
			add("moment", text(it.Text))
		case view.Speech:
			add("speech", it.Who+":", text(it.Text))
		case view.Narration:
			for _, p := range it.Text {
				bullet := p.Bullet
				if len(p.Spans) > 0 {
					add("", bullet, p.String())
				}
			}
		case view.Feedback:
			for i, p := range it.Text {
				head := ""
				if i == 0 || conditional(it.Text[:i]) {
					head = it.Head + "."
				}
				add("key", head, p.String())
			}
		default:
			r.t.Fatalf("%d: a book doesn't know %T", r.at, it)
		}
	}
	return all
}

func conditional(text []lesson.Para) bool {
	return !slices.ContainsFunc(text, func(p lesson.Para) bool { return len(p.If) == 0 })
}

// shown returns the items that a run has shown from a beat on, without the learner's moves.
func (r *gamebookReader) shown(run play.Run, from int) []view.Item {
	var all []view.Item
	for i := from; i < len(run.Beats()); i++ {
		b := run.Beats()[i]
		if b.Step != r.run.Step() || b.Choice != nil || b.Action != nil {
			continue
		}
		if it := r.see.Beat(run, i); it != nil {
			all = append(all, it)
		}
	}
	return all
}

func (r *gamebookReader) same(what string, got, want []string) {
	r.t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			r.t.Fatalf("%s, number %d, %s: in the book %q, in the story %q", r.run.Lesson().ID, r.at, what, g, w)
		}
	}
}

// told returns what the scene of a run has told, including its question, which a screen shows
// with the options.
func (r *gamebookReader) told() []view.Item {
	n := 0
	for i, b := range r.all.Beats() {
		if b.Step == r.run.Step() {
			if b.Choice != nil || b.Action != nil {
				break
			}
			n = i + 1
		}
	}
	run := r.all
	var all []view.Item
	for i := 0; i < n; i++ {
		if run.Beats()[i].Step == r.run.Step() {
			all = append(all, r.see.Beat(run, i))
		}
	}
	return all
}

// follow reads one entry after the other along a path, and compares each with what a learner
// is shown at a screen.
func (r *gamebookReader) follow(path []play.Action) {
	r.t.Helper()
	var err error
	if r.all, err = r.run.Resume(path); err != nil || r.all.Turn() != play.End {
		r.t.Fatal("the path doesn't end: ", err)
	}
	for {
		e := r.reads()
		if want := fmt.Sprintf("%d. %s", r.at, r.run.Scene().Title); read(element(r.entries[r.at], 0)) != want {
			r.t.Fatalf("number %d is not %q", r.at, want)
		}
		r.same("told", e.told, r.printed(r.told()))
		for len(path) > 0 && (path[0].Turn == play.Answer || path[0].Turn == play.Say) {
			r.practises(e, path[0])
			path = path[1:]
		}
		if len(path) == 0 {
			if len(e.ways) > 0 || e.onward != nil || r.run.Turn() != play.End {
				r.t.Fatalf("number %d isn't the end in the book, or not in the story", r.at)
			}
			return
		}
		to := r.takes(e, path[0])
		r.resume(path[0])
		path = path[1:]
		if want := r.run.State().Scene + 1; to != want {
			r.t.Fatalf("number %d leads to %d in the book, and to %d in the story", r.at, to, want)
		}
		r.at = to
	}
}

func (r *gamebookReader) resume(a play.Action) {
	r.t.Helper()
	var err error
	if r.run, err = r.run.Resume([]play.Action{a}); err != nil {
		r.t.Fatal(err)
	}
}

// takes finds the way on that an action takes. It holds that the same ways are open as on a
// screen, with the same messages on each.
func (r *gamebookReader) takes(e entry, a play.Action) int {
	r.t.Helper()
	if a.Turn == play.Go {
		link, to := r.run.Onward(), 0
		if e.onward == nil || e.onward.words != r.run.Scene().Onward.String() {
			r.t.Fatalf("number %d: the way on is %+v", r.at, e.onward)
		}
		to = e.onward.to
		if m := r.run.Heard(); m != nil && m.Name != lesson.Unclear {
			i := slices.IndexFunc(e.ways, func(w way) bool { return w.words == r.line(m.Name) })
			to = e.ways[i].to
		}
		if to != link.To+1 {
			r.t.Fatalf("number %d: %q leads to %d", r.at, link.String(), to)
		}
		return to
	}
	to := 0
	var words []string
	open := r.run.Open()
	for k, i := range open {
		c := r.run.Scene().Choices[i]
		words = append(words, blanks(c.String()))
		if k >= len(e.ways) {
			continue
		}
		next, err := r.run.Choose(i)
		if err != nil {
			r.t.Fatal(err)
		}
		r.same("answer to "+c.String(), e.ways[k].says, r.printed(r.shown(next, len(r.run.Beats()))))
		if i == a.Pick {
			to = e.ways[k].to
		}
	}
	var ways []string
	for _, w := range e.ways {
		ways = append(ways, w.words)
	}
	r.same("choices", ways, words)
	return to
}

// line returns the book's words for the move of a line of the reader's own.
func (r *gamebookReader) line(move string) string {
	if move == lesson.Danger {
		return r.words.T("handout.ifdanger")
	}
	return r.words.T("handout.ifyou", "Move", r.move(move))
}

// practises answers a question or writes a line, and looks up the answers.
func (r *gamebookReader) practises(e entry, a play.Action) {
	r.t.Helper()
	before := len(r.run.Beats())
	var want []string
	if a.Turn == play.Answer {
		for _, o := range r.run.Scene().Check.Options {
			want = append(want, blanks(o.String()))
		}
		r.same("answers", e.opens, want)
		r.resume(a)
		r.looksUp(r.see.Explanation(r.run, a.Pick))
		return
	}
	ask, _ := r.see.Turn(r.run).(view.Rehearsal)
	r.same("asks", []string{e.asks}, []string{ask.Asks})
	rehearsal := r.run.Scene().Rehearsal
	k := 0
	for _, m := range rehearsal.Moves {
		if m.Name == lesson.Unclear || !rehearsal.Branches() {
			continue
		}
		next, err := r.run.Said([]string{m.Name})
		if err != nil || k >= len(e.ways) {
			r.t.Fatalf("number %d has no line for %q: %v", r.at, m.Name, err)
		}
		w := e.ways[k]
		r.same("line", []string{w.words, fmt.Sprint(w.to)}, []string{r.line(m.Name), fmt.Sprint(next.Onward().To + 1)})
		r.same("answer to "+m.Name, w.says, r.printed(r.shown(next, before)))
		k++
	}
	if k != len(e.ways) {
		r.t.Fatalf("number %d has %d lines, not %d", r.at, len(e.ways), k)
	}
	r.resume(a)
	r.looksUp(r.see.Models(r.run))
}

// looksUp compares the answers at the end of the book with those on a screen.
func (r *gamebookReader) looksUp(it view.Item) {
	r.t.Helper()
	n := r.answers[r.at]
	if n == nil {
		r.t.Fatalf("number %d has no answers", r.at)
	}
	var got, want []string
	switch it := it.(type) {
	case view.Models:
		for p := range n.ChildNodes() {
			if c := class(p); c == "msg" || c == "speech" {
				got = append(got, r.para(p)...)
			}
		}
		for _, m := range it.Messages {
			kind := "msg"
			if it.Aloud {
				kind = "speech"
			}
			want = append(want, kind+"|"+blanks(lesson.Para{Spans: m.Text}.String()))
		}
	case view.Explanation:
		for li := range n.Descendants() {
			if li.Data == "li" {
				words, bold := strings.TrimSpace(li.FirstChild.Data), li.FirstChild.Data == "strong"
				if bold {
					words = read(li.FirstChild)
				}
				for p := range li.ChildNodes() {
					if p.Data == "p" {
						words += " " + read(p)
					}
				}
				got = append(got, fmt.Sprint(bold, " ", blanks(words)))
			}
		}
		for _, o := range it.Answers {
			words := o.Words
			for _, p := range o.Why {
				words += " " + p.String()
			}
			want = append(want, fmt.Sprint(o.Right, " ", blanks(words)))
		}
		slices.Sort(want) // A screen shuffles them.
		slices.Sort(got)
	}
	r.same("answers at the end", got, want)
}

// TestTheExampleOnPaper follows the gamebook of the example lesson along its safest, its
// worst and its longest path, from number to number as the book says.
func TestTheExampleOnPaper(t *testing.T) {
	c, l := coursetest.Course(t), coursetest.Example(t)
	for _, path := range append(check.Paths(l), check.UntypedPaths(l)...) {
		t.Run(path.Name, func(t *testing.T) { openGamebook(t, c, l, 1).follow(path.Actions) })
	}
}

// TestEveryLessonOnPaper follows the gamebook of every lesson, including unshipped ones.
func TestEveryLessonOnPaper(t *testing.T) {
	c := coursetest.Shipped(t)
	for _, l := range coursetest.WrittenLessons(t) {
		for _, path := range check.Paths(l) {
			t.Run(l.ID+"/"+path.Name, func(t *testing.T) { openGamebook(t, c, l, 1).follow(path.Actions) })
		}
	}
}

// circles is a lesson with more kinds of conditions than the shipped ones.
const circles = `---
goal: Say no.
risk: images
role: target
focus: Bo
place: Leeds
ages: 13-18
minutes: 5
note: Nothing is shown.
behind: Nobody knows.
facts:
  bell: Bo's bell has rung
  out: Bo is out
  far: Bo was far away
leaks:
  dog: Bo's "dog"
---

# Circles

Bo waits.

## The hall

` + "`?scene:the-hall` `+far` Bo is back.\n\n`?far` He was far away.\n\n" +
	"`!bell` `+bell` `+dog` The bell rings.\n\n`?bell` It still rings.\n\n" +
	"> `?bell` **Kit:** …\n\n> `?bell` *Kit left*\n\n> `!bell` **Kit:** …\n\n> `?dog` **Kit:** sit\n\n" +
	"- `!scene:the-hall` [Once more](#the-hall)\n\n  > `?dog` *a bark*\n\n  > **Kit:** *photo*\n\n" +
	"- `?scene:the-hall` [On](#the-door)\n\n## The door\n\n" +
	"> [!TIP]\n> `?out` Never.\n>\n> `!out` `+out` He goes.\n>\n> He's out.\n\n" +
	"**Kit:** \"Well?\"\n\n**Bo:** ________\n\n" +
	"- `decline`\n- `~agree` [Back](#the-hall)\n\n  **Kit:** \"Good.\"\n\n" +
	"`?bell` **Bo:** \"It rang.\"\n\n`!bell` **Bo:** \"It didn't.\"\n\n**Bo:** \"No.\"\n\n" +
	"[On](#end)\n\n## End\n\n> [!TIP]\n> Done.\n"

// TestCirclesOnPaper follows every short path of a lesson whose scenes can be visited again: a
// scene counts as read only after it was left, a box is ticked only after the text that names
// it, and model answers have their conditions, too.
func TestCirclesOnPaper(t *testing.T) {
	c := coursetest.Course(t)
	l, diags := lesson.Parse("circles.md", []byte(circles))
	if l == nil {
		t.Fatal(diags)
	}
	paths := 0
	var walk func(run play.Run)
	walk = func(run play.Run) {
		if run.Turn() == play.End {
			paths++
			openGamebook(t, c, l, 1).follow(run.Actions())
			return
		}
		if len(run.Scenes()) > 6 {
			return
		}
		on := func(a play.Action) {
			next, err := run.Resume([]play.Action{a})
			if err != nil {
				t.Fatal(err)
			}
			walk(next)
		}
		switch run.Turn() {
		case play.Choose:
			for _, i := range run.Open() {
				on(play.Action{Turn: play.Choose, Pick: i})
			}
		case play.Say:
			for _, m := range []string{"decline", "agree"} {
				on(play.Action{Turn: play.Say, Said: []string{m}})
			}
			on(play.Action{Turn: play.Say})
		default:
			on(play.Action{Turn: play.Go})
		}
	}
	walk(play.Start(l, 1))
	if paths < 4 {
		t.Errorf("%d paths", paths)
	}
}
