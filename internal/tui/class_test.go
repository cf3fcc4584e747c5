package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"rsc.io/qr"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/room"
)

// fakeClass is a class without a network. It follows orders of the facilitator at once, and
// gives news of them to the screen under test.
type fakeClass struct {
	t      testing.TB
	l      *lesson.Lesson
	class  room.Class
	ballot *room.Ballot
	rev    uint64 // Counts the decisions of the facilitator.
	seq    uint64 // Counts every change.
	told   uint64 // The seq that the screen under test has seen.
	seat   string // Whose screen it is; "" is the desk.
	fails  error
	runs   []play.Run
}

func newFakeClass(t testing.TB, seat string) (*fakeClass, Options) {
	o := presenting(t)
	o.Settings.Theme = "dark"
	f := &fakeClass{t: t, l: o.Present.Lesson, ballot: room.NewBallot(), rev: 1, seat: seat}
	f.class = room.NewClass(room.NewTalk(f.l, room.Seed))
	o.Present = nil
	for i := range 24 {
		f.put(fmt.Sprint("s", i), room.Seat{})
	}
	return f, o
}

// put stores what is known of a seat.
func (f *fakeClass) put(seat string, m room.Seat) {
	f.seq++
	f.ballot.Put(seat, f.seq, m)
}

func (f *fakeClass) order(c room.Command) error {
	if f.fails != nil {
		return f.fails
	}
	next, err := f.class.Do(c, f.ballot)
	if err != nil {
		return err
	}
	f.class = next
	f.rev++
	f.seq++
	return nil
}

// give follows orders at once, like an outbox in which no other order waits.
func (f *fakeClass) give(orders ...room.Command) func() error {
	var err error
	for _, c := range orders {
		if err = f.order(c); err != nil {
			break
		}
	}
	return func() error { return err }
}

// wait returns the wait for what a seat did just now, with its result.
func (f *fakeClass) wait() func() error {
	err := f.fails
	return func() error { return err }
}

// do gives the orders that a test needs.
func (f *fakeClass) do(verbs ...room.Verb) {
	f.t.Helper()
	for _, v := range verbs {
		if v == room.Show && f.class.Headcount() == 0 {
			f.do(room.SetHeadcount)
		}
		if err := f.order(room.Command{Verb: v, Number: map[bool]int{true: 25,
			false: 1}[v == room.SetHeadcount]}); err != nil {
			f.t.Fatal(v, err)
		}
	}
}

func (f *fakeClass) news() (room.View, bool) {
	if f.told == f.seq {
		panic(noNews{})
	}
	f.told = f.seq
	v, _ := room.NewView(f.class, f.ballot, f.seat)
	v.Rev = f.rev
	return v, true
}

// toQuestion goes on to the first question.
func (f *fakeClass) toQuestion() room.Question {
	f.do(room.Start)
	for range 20 {
		if q := f.class.Question(); q.Scene != "" {
			return q
		}
		f.do(room.Next)
	}
	f.t.Fatal("there is no question")
	return room.Question{}
}

// vote lets all others answer, in the share of counts.
func (f *fakeClass) vote(counts ...int) {
	q, seat := f.class.Question(), 0
	for i, n := range counts {
		for range n {
			name := fmt.Sprint("s", seat)
			m, _, _ := f.ballot.Seat(name)
			f.put(name, m.WithAnswer(q.Scene, q.Options[i].Pick))
			seat++
		}
	}
}

var comingIn = JoinInfo{Pages: []string{"http://192.168.1.20:8080"}, Code: "K7M 2QXD 9FT",
	Scan: "HTTP://192.168.1.20:8080/K7M2QXD9FT", SSH: "ssh -p 2222 join@192.168.1.20",
	Fingerprint: "SHA256:xWxJ0dRqQ9TzQ6mJ4o9bq3yZQy2c0b5m3m0xq7b1v2E",
	Opened:      "Open to every device on your network until you end it: port 8080, 2222.",
	Warnings: []string{"This computer is in several networks. If the class is in another one, take its address " +
		"with --address; wayout doctor lists them."}}

// atDesk returns the options for the desk of a class.
func atDesk(t testing.TB) Options {
	f, o := newFakeClass(t, "")
	o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, Report: func() ([]string, error) {
		return []string{"class-the-countdown.csv", "class-the-countdown.html"}, nil
	}, JoinInfo: comingIn}
	return o
}

// comesBack returns the options for the desk of a class that comes back for short stories.
func comesBack(t testing.TB) Options {
	o := atDesk(t)
	o.Desk.Report = func() ([]string, error) {
		return []string{"class-the-countdown.csv", "class-the-countdown.html", "class-the-countdown.ics"}, nil
	}
	o.Desk.Boosters = func() []course.ClassBooster {
		return o.Course.ClassBoosters(o.Desk.Lesson, time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC))
	}
	return o
}

// TestDeskSaysWhenToComeBack checks that once the class is over the desk lists the days to come back,
// each with its command, all readable on a small screen. Leaving at once doesn't call Closed.
func TestDeskSaysWhenToComeBack(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		o := comesBack(t)
		closed := 0
		o.Desk.Closed = func() { closed++ }
		d := newDesk(t, o, size[0], size[1])
		d.press("enter")
		if d.screen().Contains("December") {
			t.Errorf("%v: it says when to come back before it's over", size)
		}
		d.press("e", "y")
		read := ""
		for range 30 {
			read += d.screen().String()
			d.press("down")
		}
		read = strings.Join(strings.Fields(read), " ")
		for i, day := range []string{"Monday 28 December 2026", "Friday 26 February 2027", "Wednesday 26 May 2027",
			"Friday 26 November 2027"} {
			if !strings.Contains(read, day) || !strings.Contains(read, fmt.Sprint(o.Desk.Lesson.ID, " --round ", i+1)) {
				t.Errorf("%v: no word of %s:\n%s", size, day, read)
			}
		}
		d.press("ctrl+x")
		if closed != 0 {
			t.Errorf("%v: leaving at once counts as reading to the end", size)
		}
	}
	o := comesBack(t)
	closed := 0
	o.Desk.Closed = func() { closed++ }
	d := newDesk(t, o, 80, 24)
	d.press("enter", "e", "y", "enter")
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
}

// atSeat returns a class and the options for a student's seat in it.
func atSeat(t testing.TB) (*fakeClass, Options) {
	f, o := newFakeClass(t, "me")
	f.put("me", room.Seat{})
	o.Seat = &SeatOptions{Lesson: f.l, News: f.news, Back: "2F6K 9WQT 3MHB", Projector: func() func() error {
		f.put("me", room.Seat{Projector: true})
		return f.wait()
	}, Answer: func(scene string, pick int) func() error {
		if f.fails == nil {
			m, _, _ := f.ballot.Seat("me")
			f.put("me", m.WithAnswer(scene, pick))
		}
		return f.wait()
	}, Played: func(run play.Run) func() error {
		f.runs = append(f.runs, run)
		return f.wait()
	}}
	return f, o
}

// seated returns a shot of a student's screen, in a class as f leaves it.
func seated(name string, f func(*fakeClass)) shot {
	return shot{name, func(t testing.TB) Options {
		c, o := atSeat(t)
		f(c)
		return o
	}, func(*desk) {}}
}

// toClassQuestion leads to the first question, page by page.
func (d *desk) toClassQuestion() {
	d.press("enter")
	for range 20 {
		if d.screen().Contains("press v to ask") {
			return
		}
		d.press("enter")
	}
	d.t.Fatalf("no question:\n%s", d.screen())
}

// classShots are the screens of a class.
var classShots = []shot{
	{"class-coming", atDesk, func(d *desk) {}},
	{"class-guessing", func(t testing.TB) Options {
		o := atDesk(t)
		news := o.Desk.News
		o.Desk.News = func() (room.View, bool) {
			v, ok := news()
			v.Guesses = 50
			return v, ok
		}
		return o
	}, func(d *desk) {}},
	{"class-prepare", atDesk, func(d *desk) { d.press("n") }},
	{"class-rules", atDesk, func(d *desk) { d.press("enter") }},
	{"class-question", atDesk, (*desk).toClassQuestion},
	{"class-voting", atDesk, func(d *desk) { d.toClassQuestion(); d.press("v") }},
	{"class-counted", atDesk, func(d *desk) { d.toClassQuestion(); d.press("v", "v") }},
	{"class-people", atDesk, func(d *desk) { d.toClassQuestion(); d.press("v", "v", "v") }},
	{"class-hidden", atDesk, func(d *desk) { d.toClassQuestion(); d.press("v", "v", "v", "2", "4", "enter") }},
	{"class-beyond", atDesk, func(d *desk) { d.press("m", "1", "0", "enter", "enter") }},
	{"class-own", atDesk, func(d *desk) { d.press("enter", "o") }},
	{"class-scenes", atDesk, func(d *desk) { d.press("enter", "g") }},
	{"class-card", atDesk, func(d *desk) { d.press("enter", "d") }},
	{"class-seats", func(t testing.TB) Options {
		return withSeats(t, seatOrders(nil))
	}, func(d *desk) {
		d.press("enter")
	}},
	{"class-newcode", func(t testing.TB) Options {
		return withSeats(t, seatOrders(nil))
	}, func(d *desk) {
		d.press("enter", "c")
	}},
	{"class-end", atDesk, func(d *desk) { d.press("enter", "e") }},
	{"class-over", atDesk, func(d *desk) { d.press("enter", "e", "y") }},
	{"class-report", atDesk, func(d *desk) { d.press("enter", "e", "y", "s") }},
	{"class-boosters", comesBack, func(d *desk) { d.press("enter", "e", "y") }},
	{"class-boosters-saved", comesBack, func(d *desk) { d.press("enter", "e", "y", "s", "pgdown") }},
	seated("seat-joining", func(*fakeClass) {}),
	seated("seat-rules", func(c *fakeClass) { c.do(room.Start) }),
	seated("seat-scene", func(c *fakeClass) { c.toQuestion() }),
	seated("seat-voting", func(c *fakeClass) { c.toQuestion(); c.do(room.Ask) }),
	seated("seat-closed", func(c *fakeClass) { c.toQuestion(); c.do(room.Ask, room.Close) }),
	seated("seat-shown", func(c *fakeClass) { c.toQuestion(); c.do(room.Ask); c.vote(9, 10, 5); c.do(room.Show) }),
	seated("seat-most", func(c *fakeClass) { c.toQuestion(); c.do(room.Ask); c.vote(2, 18, 1); c.do(room.Show) }),
	seated("seat-covered", func(c *fakeClass) { c.do(room.Start, room.Blank) }),
	seated("seat-own", func(c *fakeClass) { c.do(room.OwnPace) }),
	seated("seat-over", func(c *fakeClass) { c.do(room.End) }),
	seated("projector-joining", func(c *fakeClass) { c.put("me", room.Seat{Projector: true}) }),
	seated("projector-voting", func(c *fakeClass) {
		c.put("me", room.Seat{Projector: true})
		c.toQuestion()
		c.do(room.Ask)
		c.vote(3, 4)
	}),
}

// TestDeskLeads takes a class from the first seat to the report with the keys of
// the teacher.
func TestDeskLeads(t *testing.T) {
	f, o := newFakeClass(t, "")
	wrote := 0
	o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, JoinInfo: comingIn}
	o.Desk.Report = func() ([]string, error) {
		wrote++
		return []string{"report.csv"}, nil
	}
	d := newDesk(t, o, 80, 24)
	d.want("http://192.168.1.20:8080", "K7M 2QXD 9FT", "24 are in")
	d.press("l")
	d.want("Nobody else can join")
	d.press("l", "enter")
	d.want("Before we begin")
	d.toClassQuestion()
	d.press("v")
	d.want("The question is open", "Fewer than five have")
	d.press("2")
	d.want("Press v to close it first")
	f.vote(11, 6, 3)
	d.press("up") // Any key lets news arrive.
	d.want("20 or more have answered")
	if d.screen().Contains(" 11") {
		t.Error("the desk knows the answers while the question is open")
	}
	f.vote(11, 8, 5)
	d.press("up")
	d.want("Everyone has answered")
	d.press("v")
	d.want("The question is closed")
	d.press("v")
	d.want("How many people are taking part")
	d.press("enter")
	d.want("! Type a number")
	d.press("2", "4", "enter")
	d.want("24 seats for 24 people", "Everyone sees the answers", " 11", " 8", " 5")
	d.press("v")
	d.want("asked twice")
	d.press("2")
	if d.screen().Contains("asked twice") {
		t.Error("it still says what could not be done")
	}
	d.press("b")
	d.want("The room's screen is blank")
	d.press("enter")
	if f.class.Talk().Blank() {
		t.Error("still blank")
	}
	d.press("d")
	if !f.class.Talk().Blank() {
		t.Error("the room sees something while the card is read")
	}
	d.press("esc", "enter")
	f.fails = errors.New("the line is cut")
	d.press("enter")
	d.want("That couldn't be passed on", "the line is cut")
	f.fails = nil
	d.press("e", "n")
	if f.class.Phase() == room.Ended {
		t.Fatal("it ended though nobody said yes")
	}
	d.press("e", "y")
	d.want("The class is over", "save a report")
	if wrote != 0 {
		t.Error("a report nobody asked for")
	}
	d.press("s")
	d.want("report.csv")
	d.press("s")
	if wrote != 1 {
		t.Errorf("%d reports", wrote)
	}
}

// TestDeskAsksHowManyPeople checks that the desk asks for the number of people before it
// shows any result, that the question can be closed and comes again, that the end of the
// class says that the number is missing, and that the desk warns of more seats than
// people and says what to do.
func TestDeskAsksHowManyPeople(t *testing.T) {
	f, o := newFakeClass(t, "")
	o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, JoinInfo: comingIn}
	d := newDesk(t, o, 80, 24)
	d.toClassQuestion()
	d.press("v")
	f.vote(8, 8, 8)
	d.press("v", "v")
	d.want("How many people are taking part?", "24 are in")
	d.press("esc")
	d.want("The question is closed")
	d.press("enter")
	d.want("How many people are taking part?")
	d.press("x", "enter")
	d.want("! Type a number")
	d.press("backspace", "esc", "e")
	d.want("You haven't said how many people")
	d.press("m", "6", "enter")
	d.want("18 more seats than people", "Count again (m)")
	d.press("v")
	d.want("Everyone sees the answers", "too few answers")
	if d.screen().Contains(" 8") {
		t.Error("eighteen seats that are nobody's give six people away")
	}
	f.fails = room.ErrNoHeadcount
	d.press("enter")
	d.want("Press m")
	f.fails = room.ErrNotOver
	d.press("enter")
	d.want("no report until the class is over")
}

// TestSeatFollows takes a student through a class: the slide of the facilitator, an answer
// and another one, a run of their own, and the way back when the facilitator calls.
func TestSeatFollows(t *testing.T) {
	f, o := atSeat(t)
	d := newDesk(t, o, 80, 24)
	d.want("You're in", "2F6K 9WQT")
	q := f.toQuestion()
	d.press("up")
	d.want(q.Options[0].Words)
	d.press("1")
	if m, _, _ := f.ballot.Seat("me"); len(m.Picks) > 0 {
		t.Error("an answer was taken before it was asked for")
	}
	f.do(room.Ask)
	d.press("up")
	d.want("Nobody sees who chose what")
	d.press("2")
	d.want("You chose: "+q.Options[1].Words, "change it while")
	d.press("1")
	d.want("You chose: " + q.Options[0].Words)
	f.vote(5, 12, 7)
	f.do(room.Close)
	d.press("up")
	d.want("closed")
	f.do(room.Show)
	d.press("up")
	d.want("12", q.Options[1].Words, "Counted in this class: 25 people")
	f.do(room.OwnPace)
	d.press("down", "enter")
	d.want("◉ ○") // How far the student has come.
	d.press("h")
	d.want("People who help")
	f.do(room.OwnPace) // The facilitator calls the room together, which closes what is open.
	d.press("down")
	d.want(q.Options[0].Words)
	if d.screen().Contains("People who help") {
		t.Error("the help is still open")
	}
	f.do(room.End)
	d.press("down")
	d.want("This class is over")
}

// TestQuietSeat warns a seat that does nothing, and ends it a minute later.
func TestQuietSeat(t *testing.T) {
	_, o := atSeat(t)
	d := newDesk(t, o, 80, 24)
	s := d.p.stack[0].(seatScreen)
	s.s.Patience = 15 * time.Minute
	d.p.stack[0] = s
	d.p.heard = time.Now().Add(-14 * time.Minute)
	if _, cmd := d.p.Update(idleTick{}); cmd == nil {
		t.Error("the clock is not looked at again")
	}
	d.want("You haven't pressed anything")
	d.press("down")
	if d.screen().Contains("You haven't pressed anything") {
		t.Error("it still warns")
	}
	d.p.heard = time.Now().Add(-15 * time.Minute)
	if cmd := d.p.idle(); cmd == nil || fmt.Sprintf("%T", cmd()) != "tea.QuitMsg" {
		t.Error("the line is not closed")
	}
}

// TestJoinPanelIsReadable checks that what students type off the wall is shown at
// each size, in one piece.
func TestJoinPanelIsReadable(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 40}} {
		d := newDesk(t, atDesk(t), size[0], size[1])
		d.want("http://192.168.1.20:8080", "K7M 2QXD 9FT", "24 are in")
		if code := strings.Contains(d.screen().String(), "▀"); code != (size[0] >= 80) {
			t.Errorf("%v: the code to scan is there: %v", size, code)
		}
	}
}

// TestCodeToScan reads the code to scan off the screen, module by module. It must hold the
// right text, dark on light in every theme, with a clear border of four modules.
func TestCodeToScan(t *testing.T) {
	for _, theme := range []string{"dark", "light", "contrast"} {
		o := atDesk(t)
		o.Settings.Theme = theme
		d := newDesk(t, o, 80, 24)
		want, err := qr.Encode(comingIn.Scan, qr.L)
		if err != nil {
			t.Fatal(err)
		}
		screen := d.screen()
		left, up := -1, -1
		for y := 0; y < 24 && left < 0; y++ {
			for x := 0; x < 80 && left < 0; x++ {
				if screen.Cell(x, y).Style.Bg != nil {
					left, up = x, y
				}
			}
		}
		if left < 0 {
			t.Fatalf("%s: there is no code:\n%s", theme, screen)
		}
		for y := range want.Size + 8 {
			for x := range want.Size + 8 {
				c := screen.Cell(left+x, up+y/2)
				dark := c.Content == "█" || c.Content == "▀" && y%2 == 0 || c.Content == "▄" && y%2 == 1
				if dark != want.Black(x-4, y-4) {
					t.Fatalf("%s: module %d, %d is dark: %v", theme, x, y, dark)
				}
				fr, _, _, _ := c.Style.Fg.RGBA()
				br, _, _, _ := c.Style.Bg.RGBA()
				if fr != 0 || br != 0xffff {
					t.Fatalf("%s: not black on white at %d, %d", theme, x, y)
				}
			}
		}
	}
}

// late presses keys that arrive in one read, and then runs the commands that they led to
// in the given order: commands run concurrently, so the last may finish first.
func (d *desk) late(keys string, order ...int) {
	d.t.Helper()
	var cmds []tea.Cmd
	for _, k := range keys {
		_, cmd := d.p.Update(tea.KeyPressMsg{Code: k, Text: string(k)})
		cmds = append(cmds, cmd)
	}
	for _, i := range order {
		d.run(cmds[i])
	}
	d.send(nil) // There may be news.
}

// TestLastKeyCounts gives two answers in one read, with their commands run in either
// order: the last answer counts. The seat says that an answer did not get through,
// unless it was changed meanwhile.
func TestLastKeyCounts(t *testing.T) {
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		f, o := atSeat(t)
		d := newDesk(t, o, 80, 24)
		q := f.toQuestion()
		f.do(room.Ask)
		d.send(nil)
		for _, keys := range []string{"12", "21", "12"} {
			d.late(keys, order...)
			want := q.Options[keys[1]-'1']
			if m, _, _ := f.ballot.Seat("me"); m.Picks[q.Scene] != want.Pick {
				t.Errorf("%q, done in the order %v: %d counts", keys, order, m.Picks[q.Scene])
			}
			d.want("You chose: " + want.Words)
		}
		f.fails = errors.New("the store is away")
		d.late("1", 0)
		d.want("didn't get through")
		f.fails = nil
		d.late("1", 0)
		if d.screen().Contains("get through") {
			t.Errorf("it still says that an answer was lost:\n%s", d.screen())
		}
	}
	f, o := atSeat(t)
	d := newDesk(t, o, 80, 24)
	f.toQuestion()
	f.do(room.Ask)
	d.send(nil)
	_, stale := d.p.Update(tea.KeyPressMsg{Code: '1', Text: "1"})
	d.p.stack[0].(seatScreen).s.Answer("", 0)
	d.press("2")
	d.send(answeredNow{n: 1, err: errors.New("late word of the first")})
	d.run(stale)
	if d.screen().Contains("get through") {
		t.Error("late word of an answer that was changed since is told")
	}
	d.press("h")
	d.send(answeredNow{n: 2, err: errors.New("the store is away")})
	d.press("esc")
	d.want("didn't get through")
}

// TestOrdersInTheirOrder gives orders in one read: they are followed in the order of the
// keys, and a failed one is reported, whatever becomes of those before and after it.
func TestOrdersInTheirOrder(t *testing.T) {
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		f, o := newFakeClass(t, "")
		var given []room.Verb
		fails := map[room.Verb]error{room.Lock: room.ErrConflict}
		o.Desk = &DeskOptions{Lesson: f.l, News: f.news, JoinInfo: comingIn,
			Order: func(orders ...room.Command) func() error {
				c := orders[0]
				given = append(given, c.Verb)
				err := fails[c.Verb]
				if err == nil {
					err = f.order(c)
				}
				return func() error { return err }
			}}
		d := newDesk(t, o, 80, 24)
		d.late("lo", order...)
		if fmt.Sprint(given) != "[lock own]" {
			t.Errorf("given were %v", given)
		}
		d.want("Another desk was faster")
		d.late("ol", order...)
		d.want("Another desk was faster")
		d.press("i")
		if d.screen().Contains("Another desk") {
			t.Error("it stands longer than until the next key")
		}
		fails[room.OwnPace] = errors.New("cut")
		d.late("lo", order...)
		d.want("passed on: cut") // Of two failures, the one of the last key.
	}
}

// TestHiddenDesk checks that only enter and the word, or the command, bring a hidden
// desk back, on any keyboard. News is taken while it is hidden, and when the class is
// over the program ends.
func TestHiddenDesk(t *testing.T) {
	f, o := newFakeClass(t, "")
	o.Desk = &DeskOptions{Lesson: f.l, Order: f.give, News: f.news, JoinInfo: comingIn}
	d := newDesk(t, o, 80, 24)
	keys := func(text string) {
		for _, r := range text {
			if r == '\r' {
				d.press("enter")
				continue
			}
			d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	for _, tt := range []struct {
		typed string
		back  bool
	}{
		{"back", false}, {"\rback", true}, {"\rBACK", true}, {"x\r\rback", true}, {"\rbackx", true}, {"\rxback", false},
		{"\rba ck", false},
		{"\rls\r", false}, {"wayout class x\r", true}, {"./wayout class the-countdown --lan\r", true},
		{"wayout\r", false}, {"wayout list\r", false},
		{"\rиack", true}, {strings.Repeat("x", 500) + "\rback", true},
	} {
		d.press("ctrl+x")
		if v := d.p.View(); v.AltScreen || v.Content != "" || v.WindowTitle != "" {
			t.Fatalf("a hidden desk shows %q, title %q", v.Content, v.WindowTitle)
		}
		keys(tt.typed)
		if back := !d.p.hidden; back != tt.back {
			t.Errorf("%q brings it back: %v", tt.typed, back)
		}
		if d.p.hidden {
			keys("\rback")
		}
		if d.p.hidden {
			t.Fatal("it does not come back")
		}
		if f.class.Phase() != room.Joining {
			t.Fatalf("%q leads the class on", tt.typed)
		}
		d.p.quiet = nil
	}
	d.press("ctrl+x")
	d.send(tea.PasteMsg{Content: "\nback"})
	d.send(tea.MouseClickMsg{X: 2, Y: 2})
	d.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	f.do(room.Lock)
	d.send(nil)
	if !d.p.hidden {
		t.Error("a paste or a click brings it back")
	}
	keys("\rback")
	d.want("Nobody else can join")
	d.press("ctrl+x")
	f.do(room.End)
	d.send(nil)
	if !d.p.gone {
		t.Error("a hidden desk whose class is over stays")
	}
}
