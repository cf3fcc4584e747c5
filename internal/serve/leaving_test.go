package serve

import (
	"context"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wayout/internal/browsertest"
	"wayout/internal/classtest"
	"wayout/internal/room"
)

// tells reports whether a page mentions the product, its class or its lesson.
func tells(page string) bool {
	page = strings.ToLower(page)
	return slices.ContainsFunc([]string{"wayout", "class", "jas", "phone", "lesson", "blackmail", "help", "code"},
		func(w string) bool {
			return strings.Contains(page, w)
		})
}

// source returns the HTML of the page. It works without a script in the page.
func (v *visitor) source() (src string) {
	v.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		err := chromedp.Run(v.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
			n, err := dom.GetDocument().Do(ctx)
			if err == nil {
				src, err = dom.GetOuterHTML().WithNodeID(n.NodeID).Do(ctx)
			}
			return err
		}))
		if err == nil {
			return src
		}
		if time.Now().After(end) {
			v.t.Fatal(err)
		}
	}
}

// shows waits for words in the source of a page.
func (v *visitor) shows(words string) {
	v.t.Helper()
	classtest.Until(v.t, 15*time.Second, "the page says "+words, func() bool {
		return strings.Contains(v.source(), words)
	})
}

// press presses an element by the keyboard, which works without a script, too.
func (v *visitor) press(what string) {
	v.t.Helper()
	classtest.Until(v.t, 15*time.Second, what+" is pressed", func() bool {
		return chromedp.Run(v.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
			n, err := dom.GetDocument().Do(ctx)
			if err != nil {
				return err
			}
			id, err := dom.QuerySelector(n.NodeID, what).Do(ctx)
			if err != nil {
				return err
			}
			if err := dom.Focus().WithNodeID(id).Do(ctx); err != nil {
				return err
			}
			return chromedp.KeyEvent(kb.Enter).Do(ctx)
		})) == nil
	})
}

// answers gives the first answer, and tries again if the page changed before the press.
func (v *visitor) answers() {
	v.t.Helper()
	classtest.Until(v.t, 20*time.Second, "an answer that is taken", func() bool {
		v.press(`button[name="pick"]`)
		for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if strings.Contains(v.source(), `aria-pressed="true"`) {
				return true
			}
		}
		return false
	})
}

// goesTo opens an address without waiting for anything that needs a script.
func (v *visitor) goesTo(path string) {
	v.t.Helper()
	v.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, _, _, _, err := cdppage.Navigate(v.at + path).Do(ctx)
		return err
	}))
}

// history returns the browser's position in its history, and the history.
func (v *visitor) history() (at int64, all []*cdppage.NavigationEntry) {
	v.t.Helper()
	classtest.Until(v.t, 15*time.Second, "a history", func() bool { // A page that is loading has none.
		return chromedp.Run(v.ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
			at, all, err = cdppage.GetNavigationHistory().Do(ctx)
			return err
		})) == nil
	})
	return at, all
}

// address returns the address of the page.
func (v *visitor) address() string {
	v.t.Helper()
	at, all := v.history()
	return all[at].URL
}

// goesBack presses Back, and returns the address that it leads to, "" at the end.
func (v *visitor) goesBack() string {
	v.t.Helper()
	at, all := v.history()
	if at == 0 {
		return ""
	}
	v.run(chromedp.ActionFunc(func(ctx context.Context) error {
		return cdppage.NavigateToHistoryEntry(all[at-1].ID).Do(ctx)
	}))
	classtest.Until(v.t, 15*time.Second, "Back leads to "+all[at-1].URL, func() bool {
		now, _ := v.history()
		return now == at-1
	})
	return all[at-1].URL
}

// ways are the ways to leave.
var ways = []struct {
	name string
	by   func(v *visitor)
}{
	{"button", func(v *visitor) { v.press("#leave button") }},
	{"shift", func(v *visitor) { v.run(chromedp.KeyEvent(kb.Shift + kb.Shift + kb.Shift)) }},
	{"ctrl+x", func(v *visitor) { v.run(chromedp.KeyEvent("x", chromedp.KeyModifiers(ctrl))) }},
	{"ctrl+x, Cyrillic", func(v *visitor) { v.key("ч", "KeyX", ctrl) }},
	{"qqq, Caps Lock", func(v *visitor) {
		for range 3 {
			v.key("Q", "KeyQ", 0)
		}
	}},
	{"help, button", func(v *visitor) { v.press("header a"); v.shows("</nav>"); v.press("#leave button") }},
	{"help, ctrl+x", func(v *visitor) {
		v.press("header a")
		v.shows("</nav>")
		v.run(chromedp.KeyEvent("x", chromedp.KeyModifiers(ctrl)))
	}},
}

// key presses the key at a place on the keyboard, which types a character.
func (v *visitor) key(types, at string, with input.Modifier) {
	// These fail while the page is unloading.
	_ = chromedp.Run(v.ctx, input.DispatchKeyEvent(input.KeyDown).WithKey(types).WithCode(at).WithModifiers(with))
	_ = chromedp.Run(v.ctx, input.DispatchKeyEvent(input.KeyUp).WithKey(types).WithCode(at).WithModifiers(with))
}

const ctrl = 2 // A modifier in the DevTools protocol.

// TestLeavingInChromium joins, answers, leaves at once and goes back, again and again,
// on a fast network and on slow ones: each time it ends on the empty page, no late reply
// leads to another page, and going back shows nothing of the class.
func TestLeavingInChromium(t *testing.T) {
	// Every way to leave, with each of the three latencies; WAYOUT_LEAVING=200 leaves 200
	// times, which takes about seven minutes.
	runs := 3 * len(ways)
	if testing.Short() {
		runs = 9
	}
	if n, err := strconv.Atoi(os.Getenv("WAYOUT_LEAVING")); err == nil {
		runs = n
	}
	c := newClass(t, 64, PageOptions{})
	q := c.toQuestion()
	c.order(room.Ask)
	var browser context.Context
	wrong := 0
	for i := range runs {
		if i%50 == 0 {
			browser = browsertest.Open(t) // A browser lives for eight minutes.
		}
		v := newVisitor(t, browser, c.at)
		v.run(network.EmulateNetworkConditions(false, float64([]int{0, 20, 80}[i%3]), -1, -1))
		v.join(c.code)
		v.shows(q.Options[0].Words)
		v.answers()
		way := ways[i%len(ways)]
		way.by(v)
		classtest.Until(t, 15*time.Second, "the empty page, by "+way.name, func() bool {
			return v.address() == c.at+"/away"
		})
		classtest.Until(t, 15*time.Second, "the seat is given up", func() bool {
			seats, _ := c.room.View("")
			return seats.In == 0
		})
		v.shows("Empty page")
		if at := v.address(); at != c.at+"/away" || tells(v.source()) {
			wrong++
			t.Errorf("run %d, by %s: %s shows %s", i, way.name, at, v.source())
		}
		for v.goesBack() != "" {
			if at := v.address(); tells(v.source()) {
				wrong++
				t.Errorf("run %d, by %s, Back: %s shows %s", i, way.name, at, v.source())
			}
		}
		_ = chromedp.Cancel(v.ctx)
	}
	t.Logf("%d runs, %d wrong pages", runs, wrong)
}

// TestLeavingWithoutScript leaves in a browser that runs no script, and in one that can't
// load ours. Chromium keeps pages for going back even if they say that they must not be
// stored.
func TestLeavingWithoutScript(t *testing.T) {
	browser := browsertest.Open(t)
	for _, off := range []bool{true, false} {
		for _, path := range []string{"", "help", "answer"} {
			c := newClass(t, 64, PageOptions{})
			c.toQuestion()
			c.order(room.Ask)
			v := newVisitor(t, browser, c.at)
			if off {
				v.run(emulation.SetScriptExecutionDisabled(true))
			} else {
				v.run(network.SetBlockedURLs([]string{"*wayout.js"}))
			}
			v.goesTo("/" + c.code)
			v.press(`button[value="seat"]`)
			v.shows("Jas")
			v.shows("close this tab")
			v.shows("Look again")
			switch path {
			case "help":
				v.press("header a")
				v.shows("</nav>")
			case "answer":
				v.answers()
				v.press("#again a")
				v.shows(`aria-pressed="true"`)
			}
			v.press("#leave button")
			v.shows("Empty page")
			for at := v.goesBack(); at != "" && !strings.HasSuffix(at, c.code); at = v.goesBack() {
				classtest.Until(t, 10*time.Second, "a page", func() bool {
					return strings.Contains(v.source(), "<main>")
				})
				if src := v.source(); tells(src) {
					t.Errorf("no script: %v, %s: Back to %s shows %s", off, path, at, src)
				}
			}
			_ = chromedp.Cancel(v.ctx)
		}
	}
}

// TestGoneWhileLeaving checks that a page says so when its class ends: the script ignores
// the event "gone" only while it is leaving.
func TestGoneWhileLeaving(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	v := newVisitor(t, browsertest.Open(t), c.at)
	v.join(c.code)
	v.shows("You're in")
	c.order(room.End)
	v.shows("This class is over")
}

// TestAwayIsLeaving checks that the empty page gives up the seat when it is opened from
// one of our pages, and only then: a page elsewhere must not remove anyone.
func TestAwayIsLeaving(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	other := strings.Replace(c.at, "127.0.0.1:", "127.0.0.1:1", 1)
	for _, from := range []string{"", "null", "http://evil.example/", other + "/seat", "http://localhost/seat",
		"about:blank", "%%"} {
		b := c.crowd(1)[0]
		opensAway(t, b, from)
		if _, body, _ := b.Get("/seat"); !strings.Contains(body, `id="live"`) {
			t.Errorf("a page at %q has put somebody out: %s", from, body)
		}
	}
	b := c.crowd(1)[0]
	before, _ := c.taken()
	opensAway(t, b, c.at+"/seat")
	if after, _ := c.taken(); after != before-1 {
		t.Errorf("after leaving %d seats are taken, and %d before", after, before)
	}
	if _, body, _ := b.Get("/seat"); strings.Contains(body, `id="live"`) || tells(body) {
		t.Errorf("after leaving: %s", body)
	}
	if _, body, _ := b.Get("/help"); tells(body) {
		t.Errorf("the help after leaving: %s", body)
	}
	if err := b.Join(c.code); err != nil {
		t.Error("whoever has left doesn't come in again:", err)
	}
	if _, body, _ := b.Get("/help"); !strings.Contains(body, "</nav>") {
		t.Error("no help after coming in again")
	}
}

// opensAway opens the empty page with the referrer from, "" for none.
func opensAway(t *testing.T, b *classtest.Browser, from string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, b.At+"/away", nil)
	if err != nil {
		t.Fatal(err)
	}
	if from != "" {
		req.Header.Set("Referer", from)
	}
	resp, err := b.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
}
