package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/view"
)

// presenting returns options that show a lesson of the small course to a room.
func presenting(t testing.TB) Options {
	t.Helper()
	return presentingOf(t, coursetest.Course(t), "the-countdown")
}

// presentingOf returns options that show a lesson of a given course to a room.
func presentingOf(t testing.TB, c *course.Course, id string) Options {
	t.Helper()
	o := options(t)
	o.Course = c
	l, diags, err := o.Course.Lesson(id)
	if l == nil {
		t.Fatal(err, diags)
	}
	o.Settings.Theme = "contrast"
	o.Present = &PresentOptions{Lesson: l}
	return o
}

// toRoomChoice goes on to the first choice.
func (d *desk) toRoomChoice() {
	for range 12 {
		if d.screen().Contains("1  ") {
			return
		}
		d.press("pgdown")
	}
	d.t.Fatalf("no choice:\n%s", d.screen())
}

// views are the screens that a room, or the adult in front of it, sees.
var views = []struct {
	name string
	go_  func(*desk)
}{
	{"room-rules", func(d *desk) {}},
	{"room-opening", func(d *desk) { d.press("pgdown") }},
	{"room-chat", func(d *desk) { d.press("pgdown", "pgdown", "pgdown") }},
	{"room-choices", func(d *desk) { d.toRoomChoice() }},
	{"room-hands", func(d *desk) { d.toRoomChoice(); d.press("c"); d.typeIn("a 12 b 3 c 9"); d.press("enter") }},
	{"room-feedback", func(d *desk) {
		d.toRoomChoice()
		d.press("3")
		d.until("Begging", map[string]string{"wayout": "pgdown"})
	}},
	{"room-desk", func(d *desk) { d.toRoomChoice(); d.press("n") }},
	{"room-goto", func(d *desk) { d.press("g"); d.typeIn("a") }},
	{"room-line", func(d *desk) {
		d.goTo("the first sentence")
		d.until("What could Malik write?", map[string]string{"wayout": "pgdown"})
	}},
	{"room-question", func(d *desk) { d.goTo("what would you say"); d.toRoomChoice() }},
	{"room-explained", func(d *desk) { d.goTo("what would you say"); d.toRoomChoice(); d.press("1") }},
	{"room-card-ask", func(d *desk) { d.toRoomChoice(); d.press("d") }},
	{"room-card", func(d *desk) { d.press("d", "y") }},
	{"room-behind", func(d *desk) {
		d.goTo("later")
		d.until("Who was really typing", map[string]string{"wayout": "pgdown"})
	}},
	{"room-out", func(d *desk) { d.goTo("later"); d.until("That was a story", map[string]string{"wayout": "pgdown"}) }},
	{"room-calm", func(d *desk) {
		d.goTo("later")
		d.until("There is a way out", map[string]string{"wayout": "pgdown"})
	}},
	{"room-stop", func(d *desk) { d.toRoomChoice(); d.press("p") }},
}

func (d *desk) goTo(scene string) {
	d.press("g")
	d.typeIn(scene)
	d.press("enter")
}

func TestGoldenRooms(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		for _, view := range views {
			name := fmt.Sprintf("%s-%dx%d", view.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				d := newDesk(t, presenting(t), size[0], size[1])
				view.go_(d)
				screen := d.screen()
				golden(t, name, screen)
				// The terminal's own colours, and nothing dim: on a projector the
				// program's own colours could only have less contrast.
				for y := range size[1] {
					for x := range size[0] {
						cell := screen.Cell(x, y)
						style, blank := cell.Style, strings.TrimSpace(cell.Content) == ""
						if style.Fg != nil && !blank || style.Bg != nil || style.Attrs&uv.AttrFaint != 0 {
							t.Fatalf("a colour, or dim, at %d,%d", x, y)
						}
					}
				}
			})
		}
	}
}

// hidden returns the words of a lesson that a room must not see: the notes for
// the facilitator, and the titles of scenes, which give away what comes.
func hidden(l *lesson.Lesson) []string {
	var all []string
	for _, s := range l.Scenes {
		for _, n := range s.Notes {
			for _, p := range n {
				for _, sentence := range strings.Split(p.String(), ".") {
					if words := strings.Fields(sentence); len(words) > 3 {
						all = append(all, strings.Join(words, " "))
					}
				}
			}
		}
	}
	return all
}

// TestRoomSeesNoNote goes through every scene of every lesson, page by page, at
// the size of a projector: the room's view has nothing that is for the adult, no
// rating beside a choice, nothing cut, and nothing scrolled away.
func TestRoomSeesNoNote(t *testing.T) {
	o := presentingOf(t, coursetest.Shipped(t), "hold-my-phone")
	words, err := o.Course.RoomWords()
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, entry := range append(o.Course.Lessons[:len(o.Course.Lessons):len(o.Course.Lessons)], o.Course.Staff...) {
		l, _, err := o.Course.Lesson(entry.ID)
		if err != nil || l == nil {
			t.Fatal(entry.ID, err)
		}
		o.Present = &PresentOptions{Lesson: l}
		d := newDesk(t, o, 60, 16)
		for i := range l.Scenes {
			talk, err := room.NewTalk(l, presentSeed).GoTo(l.Scenes[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			for {
				pages++
				top := d.p.stack[0].(presentScreen)
				top.talk = talk
				d.p.stack[0] = top
				d.send(tea.WindowSizeMsg{Width: 60, Height: 16}) // So that the prose is fetched.
				flat := strings.Join(strings.Fields(d.screen().String()), " ")
				for _, secret := range append(hidden(l), words.Card...) {
					if strings.Contains(flat, secret) {
						t.Fatalf("%s, %q: the room sees %q:\n%s", l.ID, l.Scenes[i].Title, secret, d.screen())
					}
				}
				if q, ok := top.see.Turn(talk.Run()).(view.Question); ok && talk.Slide().Kind == room.Choices {
					for _, line := range d.screen().Lines() {
						if m := numbered.FindString(line); m != "" && strings.ContainsAny(line, "+!→") &&
							!strings.Contains(strings.Join(q.Labels(), " "), "!") {
							t.Fatalf("%s, %q: a rating: %q", l.ID, l.Scenes[i].Title, line)
						}
					}
				}
				if body := d.p.env.drawRoom(top.see.Session(top.talk), top.list.at, true,
					"").body; len(body) > d.p.env.rows() && talk.Slide().Kind != room.Explained {
					t.Errorf("%s, %q: a page of %d lines does not fit:\n%s", l.ID, l.Scenes[i].Title, len(body),
						strings.Join(body, "\n"))
				}
				next, err := talk.Next()
				if err != nil || len(next.Run().Actions()) > len(talk.Run().Actions()) || next.Phase() != room.Story {
					break
				}
				talk = next
			}
		}
	}
	if pages < 600 {
		t.Errorf("only %d pages", pages)
	}
	t.Logf("%d pages", pages)
}

// TestRemote leads a session with the four keys of a presenter's remote.
func TestRemote(t *testing.T) {
	d := newDesk(t, presenting(t), 80, 24)
	d.send(tea.KeyPressMsg{Code: tea.KeyF5})
	d.want("Malik is 16")
	d.press("pgdown")
	d.want("you still up")
	d.press("pgup")
	d.want("Malik is 16")
	d.press(".")
	if s := strings.TrimSpace(d.screen().String()); s != "" {
		t.Errorf("the room sees %q", s)
	}
	d.press("pgdown")
	d.want("Malik is 16")
	d.press("u")
	d.want("Before we begin")
	d.press("f")
	d.want("Malik is 16")
}

func TestCardIsForTheAdult(t *testing.T) {
	d := newDesk(t, presenting(t), 80, 24)
	d.toRoomChoice()
	d.press("d")
	d.want("Are you alone with this screen?")
	if d.screen().Contains("Stay calm") || d.screen().Contains("Pay once") {
		t.Errorf("too soon:\n%s", d.screen())
	}
	d.press("y")
	d.want("Stay calm", "isn't named yet")
	d.press("esc")
	if s := strings.TrimSpace(d.screen().String()); s != "" {
		t.Errorf("the room is not blank afterwards: %q", s)
	}
	d.press("b")
	d.want("Pay once")
	o := presenting(t)
	var err error
	if o.Help, err = o.Help.WithSchool([]byte(
		"[[service]]\nname = \"Mr Hale\"\nwhat = \"Safeguarding lead.\"\ncall = \"12\"\nstaff = true\n")); err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, o, 80, 24)
	d.press("d", "y")
	d.want("Mr Hale. Safeguarding lead. 12")
	var _ helpline.Service
}

func TestTogetherHasNoNotes(t *testing.T) {
	o := presenting(t)
	o.Present.Together = true
	d := newDesk(t, o, 80, 24)
	d.toRoomChoice()
	d.press("n")
	if d.screen().Contains("Purpose") {
		t.Errorf("notes beside a teen:\n%s", d.screen())
	}
	d.press("p")
	d.want("Let's stop here for a moment.")
	d.press("pgdown")
	d.want("Pay once")
}

func TestWhatIfBeforeARoom(t *testing.T) {
	d := newDesk(t, presenting(t), 80, 24)
	d.toRoomChoice()
	d.press("2")
	d.want("A pause is strong")
	d.press("w")
	d.want("1  Pay once")
	d.press("1")
	d.want("now 100. same deal")
	d.press("r")
	d.want("A pause is strong")
}

// TestRecordingKeepsTheLast writes the recordings of a talk in any order: the file must hold the
// talk as it was after the last command.
func TestRecordingKeepsTheLast(t *testing.T) {
	var file string
	o := presenting(t)
	o.Present.Record = func(src []byte) error { file = string(src); return nil }
	s, ok := newDesk(t, o, 80, 24).p.stack[0].(presentScreen)
	if !ok {
		t.Fatal("no talk")
	}
	s.record.keep(2, []byte("next\nnext\n"))
	s.record.keep(1, []byte("next\n"))
	if file != "next\nnext\n" {
		t.Errorf("the file holds %q", file)
	}
}

// TestRecordedScript plays the script in testdata: it leads to the same screens each
// time, and a talk that follows the script records it again.
func TestRecordedScript(t *testing.T) {
	src, err := os.ReadFile("testdata/the-countdown.script")
	if err != nil {
		t.Fatal(err)
	}
	script, diags := room.ParseScript("the-countdown.script", src)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	o := presenting(t)
	if found := room.CheckScript("the-countdown.script", script, o.Present.Lesson); len(found) > 0 {
		t.Fatal(found)
	}
	var recorded []byte
	play := func() string {
		o.Present.Script = script
		o.Present.Record = func(src []byte) error { recorded = src; return nil }
		d := newDesk(t, o, 80, 24)
		var all strings.Builder
		for range 120 {
			all.WriteString(d.screen().String() + "\n=====\n")
			before := d.p.View().Content
			d.press("pgdown")
			if d.screen().Contains("Who can you go to at our school?") || before == "" {
				break
			}
		}
		all.WriteString(d.screen().String() + "\n")
		return all.String()
	}
	first := play()
	if second := play(); first != second {
		t.Error("it plays in another way the second time")
	}
	if string(recorded) != string(src) {
		t.Errorf("recorded:\n%s\nthe script:\n%s", recorded, src)
	}
	golden := "testdata/the-countdown.script.golden"
	if os.Getenv("UPDATE_SCRIPT") != "" {
		if err := os.WriteFile(golden, []byte(first), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != first {
		t.Errorf("the screens differ from %s (%v); UPDATE_SCRIPT=1 writes it", golden, err)
	}
}
