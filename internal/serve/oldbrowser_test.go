package serve

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/classtest"
	"wayout/internal/room"
)

// lacks are scripts that take a feature away from a browser, or make one fail. Each runs
// before our script.
var lacks = []struct{ name, script string }{
	{"nothing", ``},
	{"a form's submitter, before Chrome 112",
		`{ const F = FormData; window.FormData = function (form, by) { if (arguments.length > 1) throw new TypeError("1 argument"); return new F(form); }; }`},
	{"who has sent a form, before Chrome 81", `delete SubmitEvent.prototype.submitter;`},
	{"fetch, FormData, URLSearchParams and what came later",
		`delete window.fetch; delete window.FormData; delete window.URLSearchParams; delete window.AbortController; delete window.structuredClone; delete Element.prototype.replaceChildren; delete Element.prototype.append; delete Element.prototype.closest; delete Array.prototype.at; delete Array.prototype.flat; delete Object.fromEntries; delete String.prototype.replaceAll; delete HTMLFormElement.prototype.requestSubmit; delete window.queueMicrotask; delete Element.prototype.toggleAttribute;`},
	{"EventSource", `delete window.EventSource;`},
	{"an EventSource that can be opened", `window.EventSource = function () { throw new Error("no"); };`},
	{"XMLHttpRequest", `delete window.XMLHttpRequest;`},
	{"an XMLHttpRequest that sends", `XMLHttpRequest.prototype.send = function () { throw new Error("no"); };`},
	{"XMLHttpRequest and EventSource", `delete window.XMLHttpRequest; delete window.EventSource;`},
	{"beacons", `delete Navigator.prototype.sendBeacon;`},
	{"beacons that go out", `Navigator.prototype.sendBeacon = () => true;`},
	{"Blob", `delete window.Blob;`},
	{"a history that can be written to", `History.prototype.replaceState = () => { throw new Error("no"); };`},
	{"JSON", `JSON.parse = () => { throw new Error("no"); };`},
	{"HTML that is put in",
		`Object.defineProperty(Element.prototype, "innerHTML", { set() { throw new Error("no"); }, get() { return ""; } });`},
	{"classes", `Object.defineProperty(Element.prototype, "classList", { get() { throw new Error("no"); } });`},
	{"timers", `window.setTimeout = () => { throw new Error("no"); };`},
	{"DOMParser", `delete window.DOMParser;`},
	{"events", `EventTarget.prototype.addEventListener = () => { throw new Error("no"); };`},
	{"elements by their id", `Document.prototype.getElementById = () => { throw new Error("no"); };`},
	{"a sequence of anything",
		`delete Array.prototype.forEach; delete Array.prototype.map; delete NodeList.prototype.forEach;`},
}

// TestOldBrowsers takes a student through a class in browsers that lack something, or in
// which something fails: each can join, see what the facilitator shows, answer, change the
// answer and leave, and going back then shows nothing.
func TestOldBrowsers(t *testing.T) {
	browser := browsertest.Open(t)
	for i, lack := range lacks {
		if testing.Short() && i%4 != 1 {
			continue
		}
		c := newClass(t, 64, PageOptions{})
		v := newVisitor(t, browser, c.at)
		v.lacks(lack.script)
		t.Log(lack.name)
		c.takes(v)
		_ = chromedp.Cancel(v.ctx)
	}
}

// lacks runs a script in a browser before each page, to take a feature away.
func (v *visitor) lacks(script string) {
	v.t.Helper()
	v.run(chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := cdppage.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
		return err
	}))
}

// TestProjectorInOldBrowsers joins as the projector in browsers that don't tell our script
// which button has sent a form: the seat must not become a participant.
func TestProjectorInOldBrowsers(t *testing.T) {
	browser := browsertest.Open(t)
	for _, lack := range lacks[:3] {
		c := newClass(t, 64, PageOptions{})
		v := newVisitor(t, browser, c.at)
		v.lacks(lack.script)
		v.goesTo("/" + c.code)
		v.press(`button[value="projector"]`)
		classtest.Until(t, 15*time.Second, lack.name+": a seat is taken", func() bool {
			n, _ := c.taken()
			return n == 1
		})
		if n := c.in(); n != 0 {
			t.Errorf("%s: the projector counts as %d participants", lack.name, n)
		}
		_ = chromedp.Cancel(v.ctx)
	}
}

// takes takes a student through a class in any browser.
func (c *class) takes(v *visitor) {
	c.t.Helper()
	v.goesTo("/" + c.code)
	v.press(`button[value="seat"]`)
	v.shows("You're in")
	q := c.toQuestion()
	c.order(room.Ask)
	v.looksFor(`name="pick"`)
	for _, pick := range []int{q.Options[0].Pick, q.Options[1].Pick} {
		what := fmt.Sprintf(`button[name="pick"][value="%d"]`, pick)
		classtest.Until(c.t, 20*time.Second, "the answer is in", func() bool {
			v.press(what)
			for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
				if got, ok := c.picked(q); ok && got == pick {
					return true
				}
			}
			return false
		})
		v.looksFor(fmt.Sprintf(`value="%d" aria-pressed="true"`, pick))
	}
	c.order(room.OwnPace)
	v.looksFor(`name="at"`)
	v.press("#now form button")
	v.looksFor(`name="at" value="1"`)
	v.press("#leave button")
	v.shows("Empty page")
	classtest.Until(c.t, 15*time.Second, "the empty page", func() bool {
		return strings.HasSuffix(v.address(), "/away")
	})
	classtest.Until(c.t, 15*time.Second, "the seat is given up", func() bool {
		all, _ := c.room.View("")
		return all.In == 0
	})
	for at := v.goesBack(); at != "" && !strings.HasSuffix(at, c.code); at = v.goesBack() {
		classtest.Until(c.t, 10*time.Second, "a page", func() bool {
			return at == "about:blank" || strings.Contains(v.source(), "<main>")
		})
		if src := v.source(); tells(src) {
			c.t.Errorf("Back to %s shows %s", at, src)
		}
	}
}

// picked returns what the only seat has answered.
func (c *class) picked(q room.Question) (int, bool) {
	for pick, n := range c.counts(q) {
		if n > 0 {
			return pick, true
		}
	}
	return 0, false
}

// looksFor waits until the page shows words, by itself or after its link "look again" is
// pressed.
func (v *visitor) looksFor(words string) {
	v.t.Helper()
	// Wait before following the link: it would cancel a form that is being sent, and no
	// student presses that fast.
	const patience = 2 * time.Second
	again := time.Now().Add(patience)
	for end := time.Now().Add(30 * time.Second); ; {
		src := v.source()
		if strings.Contains(src, words) {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("never saw %q on the page:\n%s", words, src)
		}
		if strings.Contains(src, `<p id="again"><a`) && time.Now().After(again) {
			v.press("#again a")
			again = time.Now().Add(patience)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// TestNoScriptAtAll takes a student through a class where no script runs, or ours is blocked.
func TestNoScriptAtAll(t *testing.T) {
	browser := browsertest.Open(t)
	for _, off := range []chromedp.Action{emulation.SetScriptExecutionDisabled(true),
		network.SetBlockedURLs([]string{"*wayout.js"})} {
		c := newClass(t, 64, PageOptions{})
		v := newVisitor(t, browser, c.at)
		v.run(off)
		c.takes(v)
		_ = chromedp.Cancel(v.ctx)
	}
}

// filter is a proxy that passes on a reply only when it is complete, as school filters do.
type filter struct {
	holds atomic.Bool
	asked atomic.Int64 // How many requests have arrived.
	lines atomic.Int64 // How many of them were for the stream.
}

func (f *filter) before(t *testing.T, at string) string {
	t.Helper()
	to, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	straight := httputil.NewSingleHostReverseProxy(to)
	straight.FlushInterval = -1
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked.Add(1)
		if r.URL.Path == "/live" && r.URL.RawQuery == "" {
			f.lines.Add(1)
		}
		if !f.holds.Load() {
			straight.ServeHTTP(w, r)
			return
		}
		whole := httptest.NewRecorder()
		straight.ServeHTTP(whole, r)
		for name, values := range whole.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(whole.Code)
		_, _ = io.Copy(w, whole.Body)
	}))
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL
}

// TestBufferingProxy runs a class behind a proxy that holds streams back until they are
// complete, from the start or from the middle of the class. Pages still show what comes
// next by themselves, and poll at a reasonable rate.
func TestBufferingProxy(t *testing.T) {
	browser := browsertest.Open(t)
	for _, later := range []bool{false, true} {
		c := newClass(t, 64, PageOptions{})
		f := &filter{}
		f.holds.Store(!later)
		v := newVisitor(t, browser, f.before(t, c.at))
		v.join(c.code)
		v.sees("You're in")
		if later {
			c.order(room.Start)
			v.sees("Before we begin")
			f.holds.Store(true)
			c.site.conns.CutAll()
		}
		begun, before := time.Now(), f.asked.Load()
		q := c.toQuestion()
		v.sees(q.Options[0].Words)
		c.order(room.Ask)
		v.sees("Nobody sees who chose what")
		v.run(browsertest.Press(`button[name="pick"][value="0"]`,
			`document.querySelector('button[value="0"][aria-pressed="true"]')`))
		v.run(browsertest.Press(`button[name="pick"][value="1"]`,
			`document.querySelector('button[value="1"][aria-pressed="true"]')`))
		if got, ok := c.picked(q); !ok || got != 1 {
			t.Errorf("%d %v was counted", got, ok)
		}
		c.order(room.Close)
		v.sees("The question is closed")
		c.order(room.OwnPace)
		v.run(chromedp.WaitVisible(`#now form button`), browsertest.Press(`#now form button`,
			`document.querySelector('input[name="at"][value="1"]')`))
		c.order(room.OwnPace)
		v.sees(q.Options[0].Words)
		took := time.Since(begun)
		if asked := f.asked.Load() - before; float64(asked) > 12+took.Seconds() {
			t.Errorf("%d requests in %v", asked, took)
		}
		if n := f.lines.Load(); n > 4 {
			t.Errorf("the stream was asked for %d times", n)
		}
		t.Logf("later %v: %d requests in %v, %d of them for the stream", later, f.asked.Load()-before, took,
			f.lines.Load())
		v.press("#leave button")
		v.shows("Empty page")
		c.order(room.End)
		_ = chromedp.Cancel(v.ctx)
	}
}
