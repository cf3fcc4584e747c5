package tui

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/coursetest"
	"wayout/internal/screentest"
	"wayout/internal/view"
)

// frames is a program that shows the views it is sent, so that the library draws them.
type frames struct{ now tea.View }

func (f frames) Init() tea.Cmd { return nil }

func (f frames) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if v, ok := msg.(tea.View); ok {
		f.now = v
	}
	return f, nil
}

func (f frames) View() tea.View { return f.now }

// listened is a desk whose every frame goes to a terminal that is only listened to. It checks
// what a listener needs: each new row is heard whole, and the cursor stands on the line that it
// should.
type listened struct {
	*desk
	l      *listener
	name   string
	n      int // Counts the frames that were sent.
	at     tea.View
	rows   []string // The rows of the frame at.
	behind bool     // The frame at wasn't sent to the terminal.

	met map[[2]string]bool // Pairs of frames that were checked, which aren't sent again; nil sends all.
}

func listenTo(d *desk, name string, met map[[2]string]bool) *listened {
	h := &listened{desk: d, name: name, met: met}
	h.l = newListener(d.t, d.p.env.w, d.p.env.h)
	h.l.Run(frames{d.p.View()})
	h.frame()
	d.around = func(key func()) {
		h.l.Forget()
		key()
		h.frame()
	}
	return h
}

// frame sends what the desk shows, and checks what was heard.
func (h *listened) frame() {
	h.t.Helper()
	was, known := h.at, h.rows
	h.at, h.rows = h.p.View(), h.screen().Lines()
	if way := [2]string{was.Content, h.at.Content}; h.met[way] {
		h.behind = true
		return
	} else if h.met != nil {
		h.met[way] = true
	}
	if h.behind {
		h.send(was)
		h.l.Forget()
		h.behind = false
	}
	if h.send(h.at); h.at.Cursor == nil {
		return // A hidden desk shows nothing.
	}
	line := strings.Join(strings.Fields(h.rows[h.at.Cursor.Y]), " ")
	if got := h.l.Line(); got != line {
		h.t.Fatalf("%s: the cursor stands on %q, not on %q", h.name, got, line)
	}
	parts := make(map[string]bool)
	for _, row := range known {
		for _, part := range columns.Split(row, -1) {
			parts[part] = true
		}
	}
	heard := coursetest.Letters(h.l.Heard() + line)
	_, overlaid := h.p.stack[len(h.p.stack)-1].(paletteScreen)
	for _, row := range h.rows[1 : len(h.rows)-1] { // The top line and the hints may be sent in parts.
		if overlaid { // What shows beside the box is cut, and need not be heard.
			from, to := strings.IndexAny(row, "│╭╰"), strings.LastIndexAny(row, "│╮╯")
			if from < 0 || to <= from {
				continue
			}
			row = strings.TrimRight(row[from:to], " ")
		}
		for _, part := range columns.Split(row, -1) {
			if !parts[part] && !strings.Contains(heard, coursetest.Letters(part)) {
				h.t.Fatalf("%s: %q isn't heard, only\n%s\nof\n%s", h.name, part, h.l.Heard(), h.screen())
			}
		}
	}
}

// send sends a frame to the terminal, and waits until it is there.
func (h *listened) send(v tea.View) {
	h.n++
	v.WindowTitle = strconv.Itoa(h.n) // The title is sent with the frame, and shows that it has arrived.
	h.l.Send(v)
	h.l.Wait("frame "+v.WindowTitle, func(screentest.Screen) bool { return h.l.Title() == v.WindowTitle })
}

// columns separates texts that stand side by side in a row.
var columns = regexp.MustCompile(`\s*│\s*|\s{3,}`)

// TestEveryScreenIsHeard goes to every screen, and to the one before it, through a terminal that
// is only listened to.
func TestEveryScreenIsHeard(t *testing.T) {
	sent := 0
	for n, size := range [][2]int{{80, 24}, {60, 16}, {120, 40}} {
		met := make(map[[2]string]bool)
		for i, shot := range append(shots[:len(shots):len(shots)], classShots...) {
			if (n > 0 || testing.Short()) && i%4 != n { // All of them at the first size, and some at the others.
				continue
			}
			h := listenTo(newDesk(t, shot.who(t), size[0], size[1]), shot.name, met)
			shot.go_(h.desk)
			sent += h.n
		}
		if testing.Short() {
			break
		}
	}
	t.Logf("%d frames", sent)
}

// TestLessonsAreHeard plays lessons to an ending by ear: each key is decided only by what was read
// since the last key and by the line of the cursor. Who says what, what can be chosen, what is
// selected, the feedback and the debrief must all be in what was read.
func TestLessonsAreHeard(t *testing.T) {
	lessons := []string{"anonymous-heron", "justice-for-greg", "hold-my-phone"}
	if testing.Short() {
		lessons = lessons[:1]
	}
	for i, id := range lessons {
		o := options(t)
		o.Course, o.Lesson = coursetest.Shipped(t), id
		p := &byEar{listened: listenTo(newDesk(t, o, 80, 24), id, nil), picks: i}
		p.play()
		t.Logf("%s: %d keys, %d choices by ear", id, p.n, p.picks-i)
	}
}

// byEar plays by what is heard.
type byEar struct {
	*listened
	picks int // Choices so far; each next one takes another option.
	told  int // Beats that were heard.
	asked bool
}

var heardOption = regexp.MustCompile(`(?m)^(?:▸ )?([1-9]) (.+)$`)

// play plays until the debrief has been read to its end.
func (p *byEar) play() {
	words := p.p.env.words
	for range 400 {
		heard, line := p.l.Heard(), p.l.Line()
		if strings.Contains(heard, words.T("tui.below")) {
			heard += "\n" + p.rest()
		}
		p.needs(heard)
		if strings.Contains(heard, words.T("debrief.title")) && strings.Contains(heard, words.T("debrief.path")) {
			return
		}
		options := heardOption.FindAllStringSubmatch(heard, -1)
		switch {
		case strings.HasPrefix(line, "▌") && strings.Contains(heard, words.T("say.private")):
			p.press("tab")
		case len(options) > 1:
			p.choose(options)
		default:
			p.press("enter")
		}
	}
	p.t.Fatalf("%s: no ending is heard:\n%s", p.name, p.l.Heard())
}

// rest reads a page to its end.
func (p *byEar) rest() string {
	var all []string
	for {
		p.press("pgdown")
		more := p.l.Heard()
		if all = append(all, more); more == "" {
			return strings.Join(all, "\n")
		}
	}
}

// choose goes down to an option, hears it on the line of the cursor, and takes it.
func (p *byEar) choose(options [][]string) {
	p.t.Helper()
	p.picks++
	want := options[p.picks%len(options)]
	for range options {
		if strings.HasPrefix(p.l.Line(), "▸ "+want[1]+" "+want[2]) {
			p.press("enter")
			return
		}
		p.press("down")
	}
	p.t.Fatalf("%s: %q is never on the line of the cursor", p.name, want[0])
}

// needs checks that what was heard has what a learner needs.
func (p *byEar) needs(heard string) {
	p.t.Helper()
	e := p.p.env
	var want []string
	switch s := p.p.stack[len(p.p.stack)-1].(type) {
	case playerScreen:
		for ; p.told < s.chat.shown; p.told++ {
			want = append(want, drawnWords(e.see.Beat(s.chat.run, p.told))...)
		}
		q, asks := e.see.Turn(s.chat.run).(view.Question)
		if asks = asks && !q.Quiz && s.ready(e); asks && !p.asked {
			want = append(want, view.Words(q)...)
		}
		p.asked = asks
	case checkScreen:
		switch q := s.question(e); s.step {
		case picking:
			want = q.Labels()
		case weighing:
			want = append(want, s.words, e.words.T("check.sure"), e.words.T("check.half"), e.words.T("check.guess"))
		case explained:
			want = view.Words(e.see.Explanation(s.run, s.pick))
		}
	case sayScreen:
		if s.shows {
			want = view.Words(e.see.Models(s.run))
		}
	case debriefScreen:
		for _, it := range e.see.Debrief(s.run) {
			if _, rests := it.(view.StepOut); !rests {
				want = append(want, view.Words(it)...)
			}
		}
	}
	if missing := coursetest.InOrder(heard, want); missing != "" {
		p.t.Fatalf("%s: %q isn't heard, or not in its order:\n%s", p.name, missing, heard)
	}
}

func drawnWords(it view.Item) []string {
	if it == nil {
		return nil
	}
	if c, ok := it.(view.Chosen); ok {
		return []string{c.Words}
	}
	return view.Words(it)
}
