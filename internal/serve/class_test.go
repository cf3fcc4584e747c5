package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"charm.land/log/v2"

	"wayout/internal/classtest"
	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/store"
	"wayout/internal/web"
	"wayout/lessons"
)

// TestMain discards the log of an SSH library, which reports every session that ends.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}

// material is what a class is made of: the shipped lessons.
type material struct {
	course *course.Course
	help   *helpline.Directory
	pages  *web.Class
}

func open(t testing.TB) material {
	t.Helper()
	c := coursetest.Shipped(t)
	src, _ := lessons.Files.ReadFile("help.toml")
	d, err := helpline.Read(src)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := web.NewClass(c, d, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return material{c, d, pages}
}

func (m material) lesson(id string) (*lesson.Lesson, error) {
	l, _, err := m.course.Lesson(id)
	return l, err
}

// The endings of the store's keys for the parts of a class, after its name.
const (
	leadPart     = ".lead"
	seatPart     = ".seat."
	registryPart = ".registry"
	codePart     = ".code"
)

// counts returns how many seats have given each answer.
func (c *class) counts(q room.Question) (n []int) {
	c.room.Tally(func(b *room.Ballot) { n = b.Counts(q) })
	return n
}

// seats returns the names of the seats.
func (c *class) seats() (names []string) {
	c.room.Tally(func(b *room.Ballot) { names = b.Names() })
	return names
}

// answered returns how many seats have answered.
func (c *class) answered(q room.Question) (n int) {
	c.room.Tally(func(b *room.Ballot) { n = b.Answered(q) })
	return n
}

// class is a class on the loopback interface.
type class struct {
	t        testing.TB
	store    store.Store
	registry *live.Registry
	site     *PageServer
	room     *live.Room
	code     string
	key      string
	at       string // The address of the site.
}

func newClass(t testing.TB, seats int, o PageOptions) *class {
	t.Helper()
	return newClassIn(t, storeAt(t, ""), seats, o, time.Now)
}

// newClassIn opens a class in a store, with a clock.
func newClassIn(t testing.TB, store store.Store, seats int, o PageOptions, now func() time.Time) *class {
	t.Helper()
	m := open(t)
	t.Cleanup(store.Close)
	registry, err := live.Open(context.Background(), live.Options{Store: store, Lessons: m.lesson, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(registry.Close)
	c := &class{t: t, registry: registry, store: store}
	l, err := m.lesson("hold-my-phone")
	if err != nil {
		t.Fatal(err)
	}
	if c.room, c.code, c.key, err = registry.Make(context.Background(), l, seats, nil); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.Hosts = append(o.Hosts, "127.0.0.1", "localhost")
	c.site = NewPageServer(registry, m.pages, o)
	go func() { _ = c.site.Serve(listener) }()
	t.Cleanup(c.site.Close)
	c.at = "http://" + listener.Addr().String()
	return c
}

func (c *class) order(verb room.Verb) {
	c.t.Helper()
	if v, _ := c.room.View(""); verb == room.Show && v.Class.Headcount() == 0 {
		c.people(v.In)
	}
	if err := c.room.Order(context.Background(), room.Command{Verb: verb, Number: 1}); err != nil {
		c.t.Fatalf("%s: %v", verb, err)
	}
}

// people sets how many people take part.
func (c *class) people(n int) {
	c.t.Helper()
	if err := c.room.Order(context.Background(), room.Command{Verb: room.SetHeadcount, Number: n}); err != nil {
		c.t.Fatal(err)
	}
}

// toQuestion leads the class to its first question.
func (c *class) toQuestion() room.Question {
	c.t.Helper()
	if v, _ := c.room.View(""); v.Class.Phase() == room.Joining {
		c.order(room.Start)
	}
	for range 40 {
		if v, _ := c.room.View(""); v.Class.Question().Scene != "" {
			return v.Class.Question()
		}
		c.order(room.Next)
	}
	c.t.Fatal("there is no question")
	return room.Question{}
}

// drawsBars reports whether a page shows the numbers of a result.
func drawsBars(page string) bool {
	return strings.Contains(page, `class="bars"`) || strings.Contains(page, `class="count"`)
}

// TestClassWithoutScript takes a class from its first seat to its end with forms alone.
func TestClassWithoutScript(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	var all []*classtest.Browser
	for range 12 {
		b := classtest.NewBrowser(c.at)
		if err := b.Join(strings.ToLower(c.code[:3]) + " " + c.code[3:]); err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	q := c.toQuestion()
	c.order(room.Ask)
	for i, b := range all {
		if err := b.Vote(i); err != nil {
			t.Fatal(err)
		}
		if err := b.Vote(i % 2); err != nil { // A change of mind.
			t.Fatal(err)
		}
	}
	v, _ := c.room.View("")
	if v.In != 12 || v.Answered != 10 || !v.AllAnswered {
		t.Errorf("%d in, %d have answered, everybody: %v", v.In, v.Answered, v.AllAnswered)
	}
	if _, body, _ := all[0].Get("/seat"); drawsBars(body) {
		t.Error("somebody sees a result while the question is open")
	}
	c.order(room.Show)
	for _, b := range all {
		_, body, err := b.Get("/seat")
		if err != nil || !drawsBars(body) || strings.Count(body, `<span class="count">6</span>`) != 2 {
			t.Fatalf("%v: the result is not on %s", err, body)
		}
	}
	if status, _, _ := all[0].Post("/answer",
		url.Values{"scene": {q.Scene}, "pick": {"0"}}); status != http.StatusConflict {
		t.Errorf("an answer after the end of the question: %d", status)
	}
	status, _, err := all[0].Post("/leave", nil)
	if err != nil || status != http.StatusOK {
		t.Errorf("leaving: %d %v", status, err)
	}
	if _, body, _ := all[0].Get("/seat"); !strings.Contains(body, "Empty page") || tells(body) {
		t.Errorf("a seat that was given up shows %s", body)
	}
	c.order(room.Lock)
	if err := classtest.NewBrowser(c.at).Join(c.code); err == nil {
		t.Error("joined a locked class")
	}
	c.order(room.End)
	if _, body, _ := all[1].Get("/seat"); !strings.Contains(body, "Nothing from it is left") {
		t.Errorf("after the end: %s", body)
	}
}

// TestOwnPace plays a lesson to its end with forms alone.
func TestOwnPace(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	b := classtest.NewBrowser(c.at)
	if err := b.Join(c.code); err != nil {
		t.Fatal(err)
	}
	c.order(room.OwnPace)
	at := regexp.MustCompile(`name="at" value="(\d+)"`)
	undone := false
	for range 60 {
		_, body, err := b.Get("/seat")
		if err != nil {
			t.Fatal(err)
		}
		n := at.FindStringSubmatch(body)
		if n == nil {
			t.Fatalf("nothing to do on %s", body)
		}
		form := url.Values{"at": {n[1]}}
		find := func(pattern string) string {
			if m := regexp.MustCompile(pattern).FindStringSubmatch(body); m != nil {
				return m[1]
			}
			return ""
		}
		switch {
		case strings.Contains(body, "Look back"):
			if !strings.Contains(body, "Your way through") {
				t.Errorf("no debrief on %s", body)
			}
			v, _ := c.room.View("")
			if v.In != 1 {
				t.Error("nobody is in")
			}
			return
		case strings.Contains(body, `name="choose"`):
			if !undone && strings.Contains(body, `name="undo"`) {
				undone = true
				form.Set("undo", "1")
				break
			}
			form.Set("choose", find(`name="choose" value="(\d+)"`))
		case strings.Contains(body, `name="answer"`):
			form.Set("answer", find(`name="answer" value="(\d+)"`))
			form.Set("how", "1")
		case strings.Contains(body, `name="skip"`):
			form.Set("skip", "1")
		default:
			form.Set("go", "1")
		}
		for range 2 { // A form that is sent twice takes effect once.
			if status, body, err := b.Post("/step", form); err != nil || status != http.StatusOK {
				t.Fatalf("%d %v %s", status, err, body)
			}
		}
	}
	t.Fatal("the lesson does not end")
}
