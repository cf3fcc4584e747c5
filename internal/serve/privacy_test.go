package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"wayout/internal/classtest"
	"wayout/internal/live"
	"wayout/internal/room"
)

// sit takes n seats.
func (c *class) sit(n int) []*classtest.Browser {
	c.t.Helper()
	var all []*classtest.Browser
	for range n {
		b := classtest.NewBrowser(c.at)
		if err := b.Join(c.code); err != nil {
			c.t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}

// projector joins as the projector.
func (c *class) projector() *classtest.Browser {
	c.t.Helper()
	b := classtest.NewBrowser(c.at)
	if _, _, err := b.Get("/"); err != nil {
		c.t.Fatal(err)
	}
	if status, body, err := b.Post("/join", map[string][]string{"code": {c.code}, "as": {"projector"}}); err != nil ||
		status != http.StatusOK {
		c.t.Fatal(status, body, err)
	}
	return b
}

// report asks for the report as a desk does over the network.
func (c *class) report() (int, string) {
	c.t.Helper()
	req, err := http.NewRequest(http.MethodGet, c.at+"/staff/rooms/"+c.room.ID()+"/report", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// TestNoReportBeforeTheEnd asks for the report after every change while a class votes and
// goes at its own pace: it is refused with a reason until the class is over. Then the report
// is the same however often it is asked for, whichever seat leaves meanwhile, and from every
// machine that has the class.
func TestNoReportBeforeTheEnd(t *testing.T) {
	c := newClass(t, 64, PageOptions{Staff: "a key of the staff"})
	desk := c.farDesk()
	defer desk.Close()
	refused := func() {
		t.Helper()
		if status, body := c.report(); status != http.StatusConflict || body != `{"why":"notover"}`+"\n" {
			t.Fatalf("%d %s", status, body)
		}
		begin := time.Now()
		if _, err := desk.Report(t.Context()); !errors.Is(err, room.ErrNotOver) {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 3*time.Second {
			t.Fatalf("the desk was told after %v", took)
		}
	}
	refused()
	all := c.sit(12)
	c.people(12)
	c.toQuestion()
	c.order(room.Ask)
	for i, b := range all {
		if err := b.Vote(i % 2); err != nil {
			t.Fatal(err)
		}
		refused()
	}
	c.order(room.Close)
	refused()
	c.order(room.OwnPace)
	refused()
	c.order(room.End)
	status, first := c.report()
	var r room.Report
	if err := json.Unmarshal([]byte(first), &r); status != http.StatusOK || err != nil ||
		r.Answers[0].Kind != room.Bars {
		t.Fatalf("%d %s %v", status, first, err)
	}
	for _, b := range all[:6] {
		_, _, _ = b.Post("/leave", nil)
	}
	if _, again := c.report(); again != first {
		t.Errorf("first %s, then %s", first, again)
	}
	other, err := live.Open(context.Background(), live.Options{Store: c.store, Lessons: open(t).lesson})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	there, err := other.Find(context.Background(), c.code)
	if err != nil {
		t.Fatal(err)
	}
	if elsewhere, err := there.Report(); err != nil || !reflect.DeepEqual(elsewhere, r) {
		t.Errorf("%+v here, %+v elsewhere, %v", r, elsewhere, err)
	}
	if asked, err := desk.Report(t.Context()); err != nil || !reflect.DeepEqual(asked, r) {
		t.Errorf("%+v here, %+v at the desk, %v", r, asked, err)
	}
}

// TestVisitorsAddNothing has twelve seats whose answers are 1:11:0:0, and someone who joins,
// answers and leaves twenty times: the answers of those visits go with them, so that they
// neither reveal nor outvote the single answer.
func TestVisitorsAddNothing(t *testing.T) {
	c := newClass(t, 64, PageOptions{Staff: "a key of the staff"})
	all := c.sit(12)
	c.people(12)
	q := c.toQuestion()
	c.order(room.Ask)
	for i, b := range all {
		if err := b.Vote(min(i, 1)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 20 {
		visitor := c.sit(1)[0]
		if err := visitor.Vote(i % 4); err != nil {
			t.Fatal(err)
		}
		if v, _ := c.room.View(""); v.In != 13 {
			t.Fatalf("visit %d: %d are in", i, v.In)
		}
		if status, body, err := visitor.Post("/leave", nil); err != nil || status != http.StatusOK {
			t.Fatal(status, body, err)
		}
		v, _ := c.room.View("")
		counts := c.counts(q)
		if v.In != 12 || v.Answered != 10 || !v.AllAnswered || !reflect.DeepEqual(counts, []int{1, 11, 0, 0}) {
			t.Fatalf("after visit %d: %d are in, %d have answered, everybody: %v, %v", i, v.In, v.Answered,
				v.AllAnswered,
				counts)
		}
	}
	c.order(room.Show)
	if v, _ := c.room.View(""); v.Class.Results()[0].Kind != room.Hidden {
		t.Errorf("%+v", v.Class.Results())
	}
}

// TestSeatsBeyondThePeople has six pupils, one of whom opens fifteen more seats, five
// for each answer: the projector, the desk and the report then say nothing about the
// answers.
func TestSeatsBeyondThePeople(t *testing.T) {
	for _, pupils := range []int{1, 6} {
		c := newClass(t, 64, PageOptions{Staff: "a key of the staff"})
		all, own := c.sit(pupils), c.sit(15)
		projector := c.projector()
		q := c.toQuestion()
		c.order(room.Ask)
		for i, b := range all {
			if err := b.Vote(i / 5); err != nil {
				t.Fatal(err)
			}
		}
		for i, b := range own {
			if err := b.Vote(i % 3); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.room.Order(context.Background(), room.Command{Verb: room.Show}); !errors.Is(err,
			room.ErrNoHeadcount) {
			t.Fatalf("shown before the people were counted: %v", err)
		}
		c.people(pupils)
		if v, _ := c.room.View(""); v.ExtraSeats() != 15 {
			t.Errorf("%d seats beyond", v.ExtraSeats())
		}
		if _, body, err := all[0].Get("/seat"); err != nil ||
			!strings.Contains(body, fmt.Sprint("Counted in this class: ", pupils)) {
			t.Errorf("a pupil can't see how many people were counted: %s %v", body, err)
		}
		c.order(room.Show)
		_, body, err := projector.Get("/seat")
		if err != nil || !strings.Contains(body, "too few answers") || drawsBars(body) ||
			strings.Contains(body, "two thirds") {
			t.Errorf("the projector shows %s, %v", body, err)
		}
		v, _ := c.room.View("")
		if r, _ := v.Class.Result(q.Scene); r.Kind != room.Hidden || len(r.Groups) > 0 {
			t.Errorf("the desk shows %+v", r)
		}
		c.order(room.End)
		_, report := c.report()
		var r room.Report
		if err := json.Unmarshal([]byte(report), &r); err != nil {
			t.Fatal(err)
		}
		for _, a := range r.Answers {
			if a.Kind != room.Hidden {
				t.Errorf("the report says %+v", a)
			}
		}
	}
}

// TestOwnPaceRows takes classes of one and of five through a lesson at their own pace, all
// with the same choices: the report has the same rows whatever they chose.
func TestOwnPaceRows(t *testing.T) {
	for _, pupils := range []int{1, 5} {
		rows := make(map[string]bool)
		for _, choose := range []int{0, 1, 2} {
			c := newClass(t, 64, PageOptions{Staff: "a key of the staff"})
			all := c.sit(pupils)
			c.people(pupils)
			c.order(room.OwnPace)
			for _, b := range all {
				c.walk(b, choose)
			}
			c.order(room.End)
			status, report := c.report()
			if status != http.StatusOK {
				t.Fatal(status, report)
			}
			rows[report] = true
		}
		if len(rows) != 1 {
			t.Errorf("%d pupils: %d different reports", pupils, len(rows))
		}
	}
}

// walk goes through the lesson with the given choice wherever there is one.
func (c *class) walk(b *classtest.Browser, choose int) {
	c.t.Helper()
	for range 60 {
		_, body, err := b.Get("/seat")
		if err != nil {
			c.t.Fatal(err)
		}
		find := func(name string) []string {
			var all []string
			for _, part := range strings.Split(body, `name="`+name+`" value="`)[1:] {
				value, _, _ := strings.Cut(part, `"`)
				all = append(all, value)
			}
			return all
		}
		form := map[string][]string{"at": find("at")[:1]}
		switch {
		case strings.Contains(body, "Look back"):
			return
		case len(find("choose")) > 0:
			all := find("choose")
			form["choose"] = []string{all[choose%len(all)]}
		case len(find("answer")) > 0:
			form["answer"], form["how"] = find("answer")[:1], []string{"1"}
		case len(find("skip")) > 0:
			form["skip"] = []string{"1"}
		default:
			form["go"] = []string{"1"}
		}
		if status, body, err := b.Post("/step", form); err != nil || status != http.StatusOK {
			c.t.Fatal(fmt.Sprint(status, body, err))
		}
	}
	c.t.Fatal("the lesson does not end")
}
