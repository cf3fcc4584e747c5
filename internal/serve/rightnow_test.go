package serve

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"wayout/internal/classtest"
	"wayout/internal/room"
)

// TestRightNowTellsNoOne checks that the page "right now" is shown to anyone, with a seat or
// without, whatever the class does at the time. It sets nothing on the device, what the
// facilitator and the store know of the class is the same before and after, and the page is
// the same for everyone, so that nothing about the seat is in it.
func TestRightNowTellsNoOne(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	b := c.sit(5)[0]
	q := c.toQuestion()
	c.order(room.Ask)
	type known struct {
		seats     []string
		revisions []uint64
		views     []room.View
		counts    []int
	}
	knows := func() (k known) {
		k.seats, k.counts = c.seats(), c.counts(q)
		slices.Sort(k.seats)
		for _, seat := range append(k.seats, "") { // The last is the desk.
			v, _ := c.room.View(seat)
			k.revisions, k.views = append(k.revisions, c.room.SeatRevision(seat)), append(k.views, v)
		}
		return k
	}
	if _, body, _ := b.Get("/help"); !strings.Contains(body, `href="/now`) {
		t.Errorf("the page of help doesn't lead there: %s", body)
	}
	before := knows()
	if status, body, err := classtest.NewBrowser(c.at).Get("/now"); err != nil || status != http.StatusOK ||
		!strings.Contains(body, "Are you safe?") {
		t.Errorf("without a seat: %d %v %s", status, err, body)
	}
	pages := make(map[string]bool)
	for _, at := range []string{"/now", "/now?country=DE", "/now?country=" + strings.Repeat("x", 100)} {
		resp, err := b.HTTP.Get(c.at + at)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if cookies := resp.Header["Set-Cookie"]; resp.StatusCode != http.StatusOK || len(cookies) > 0 ||
			!strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s: %s %v %v", at, resp.Status, cookies, resp.Header)
		}
		_, body, err := b.Get(at)
		if err != nil || !strings.Contains(body, "Are you safe?") {
			t.Errorf("%s: %v %s", at, err, body)
		}
		pages[body] = true
	}
	if after := knows(); !reflect.DeepEqual(before, after) {
		t.Errorf("the class was told: revisions %v, before %v; counts %v, before %v", after.revisions, before.revisions,
			after.counts, before.counts)
	}
	if len(pages) != 2 {
		t.Errorf("%d pages, and there are those of two countries", len(pages))
	}
}

// TestRightNowAfterLeaving checks that the page shows nothing to someone who has left.
func TestRightNowAfterLeaving(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	b := c.sit(1)[0]
	opensAway(t, b, c.at+"/now")
	if _, body, _ := b.Get("/now"); tells(body) {
		t.Errorf("after leaving: %s", body)
	}
}
