package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wayout/internal/browsertest"
	"wayout/internal/classtest"
	"wayout/internal/room"
)

// visitor is a tab of a real browser, with its own cookies.
type visitor struct {
	t         *testing.T
	ctx       context.Context
	at        string
	projector bool
	mu        sync.Mutex
	bad       []string // Requests it made to other hosts, and its errors.
}

func newVisitor(t *testing.T, browser context.Context, at string) *visitor {
	t.Helper()
	v := &visitor{t: t, at: at, ctx: browsertest.Window(t, browser)}
	chromedp.ListenTarget(v.ctx, func(e any) {
		v.mu.Lock()
		defer v.mu.Unlock()
		switch e := e.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, at) && !strings.HasPrefix(e.Request.URL, "data:") {
				v.bad = append(v.bad, "asked "+e.Request.URL)
			}
		case *log.EventEntryAdded:
			// The browser logs our own replies with an error status, such as 403.
			if !strings.Contains(e.Entry.Text, "responded with a status of") {
				v.bad = append(v.bad, "said "+e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			v.bad = append(v.bad, "threw "+e.ExceptionDetails.Text)
		}
	})
	v.run(network.Enable(), log.Enable(), runtime.Enable(), chromedp.EmulateViewport(375, 700))
	return v
}

func (v *visitor) run(actions ...chromedp.Action) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 45*time.Second)
	defer cancel()
	for i, a := range actions {
		err := chromedp.Run(ctx, a)
		for err != nil && strings.Contains(err.Error(), "Could not find node") {
			err = chromedp.Run(ctx, a) // The page was replaced between finding and pressing: nothing was pressed.
		}
		if err != nil {
			v.t.Fatalf("the %dth of %d steps: %v; %s", i+1, len(actions), err, v.state())
		}
	}
}

// state describes a page that doesn't get where it should, for the failure message.
func (v *visitor) state() string {
	ctx, cancel := context.WithTimeout(v.ctx, 2*time.Second)
	defer cancel()
	var state string
	err := chromedp.Run(ctx, chromedp.Evaluate(`location.pathname + ", " + document.readyState + ", " +
		document.visibilityState + ", the focus on " + (document.activeElement || {}).outerHTML + ":\n" +
		(document.body ? document.body.innerText : "")`, &state))
	if err != nil {
		return "it doesn't answer: " + err.Error()
	}
	return state
}

// sees waits for words on the page.
func (v *visitor) sees(words string) {
	v.t.Helper()
	page := ""
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		// A page that is loading has no body.
		_ = chromedp.Run(v.ctx, chromedp.Evaluate("document.body ? document.body.innerText : ''", &page))
		if strings.Contains(page, words) {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("never saw %q on the page:\n%s", words, page)
		}
	}
}

func (v *visitor) join(code string) {
	v.t.Helper()
	const there = `document.getElementById("now")`
	if v.projector {
		v.run(chromedp.Navigate(v.at+"/"), browsertest.Type("#code", code),
			browsertest.Press(`button[value="projector"]`, there))
	} else {
		// Use the keyboard alone.
		v.run(chromedp.Navigate(v.at+"/"), browsertest.Type("#code", code), browsertest.Enter("#code", there))
	}
}

// look checks the page with axe, in the light and dark schemes, and its layout on a
// small phone, a tablet and a large screen.
func (v *visitor) look(name string) {
	v.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		v.run(chromedp.EmulateViewport(320, 640),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme",
				Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
		found, err := browsertest.Axe(v.ctx)
		if err != nil {
			v.t.Fatal(name, err)
		}
		for _, f := range found {
			v.t.Errorf("%s, %s: axe: %s", name, scheme, f)
		}
	}
	small, err := browsertest.Small(v.ctx)
	if !v.projector && (err != nil || len(small) > 0) {
		v.t.Errorf("%s: too small to touch: %q %v", name, small, err)
	}
	for _, width := range []int64{320, 768, 1920} {
		v.run(chromedp.EmulateViewport(width, 700))
		if wide, err := browsertest.Wide(v.ctx); err != nil || len(wide) > 0 {
			v.t.Errorf("%s at %d: too wide: %q %v", name, width, wide, err)
		}
	}
	v.shoot(name)
}

// shoot saves a screenshot in the folder that WAYOUT_SHOTS names, if any, for a person to check.
func (v *visitor) shoot(name string) {
	dir := os.Getenv("WAYOUT_SHOTS")
	if dir == "" {
		return
	}
	for _, s := range []struct {
		name, scheme string
		w, h         int64
	}{{"phone", "light", 320, 640}, {"dark", "dark", 320, 640}, {"wide", "light", 1920, 1080},
		{"widedark", "dark", 1920, 1080}} {
		var png []byte
		v.run(chromedp.EmulateViewport(s.w, s.h),
			emulation.SetEmulatedMedia().WithFeatures(
				[]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s.scheme},
					{Name: "prefers-reduced-motion", Value: "reduce"}}), chromedp.FullScreenshot(&png, 100))
		if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+"-"+s.name+".png"), png,
			0o600); err != nil {
			v.t.Fatal(err)
		}
	}
}

// keepsNothing fails if the page has stored anything, if a script could read the
// cookie, or if the cookie would outlive the browser.
func (v *visitor) keepsNothing() {
	v.t.Helper()
	var stored int
	var read string
	v.run(chromedp.Evaluate(`localStorage.length + sessionStorage.length`, &stored),
		chromedp.Evaluate(`document.cookie`, &read),
		chromedp.ActionFunc(func(ctx context.Context) error {
			all, err := network.GetCookies().Do(ctx)
			for _, c := range all {
				if !c.Session || !c.HTTPOnly || c.SameSite != network.CookieSameSiteStrict {
					v.t.Errorf("a cookie that stays, or that others can read: %+v", c)
				}
			}
			return err
		}))
	if stored != 0 || read != "" {
		v.t.Errorf("%d things are stored, a script reads %q", stored, read)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, b := range v.bad {
		v.t.Error(b)
	}
}

// leave presses the shift key until the page is gone: on a busy machine three presses
// may take longer than the two seconds within which they count as leaving.
func (v *visitor) leave() {
	v.t.Helper()
	where := ""
	for range 30 {
		// This fails while the page is unloading.
		_ = chromedp.Run(v.ctx, chromedp.KeyEvent(kb.Shift), chromedp.Location(&where))
		if strings.HasSuffix(where, "/away") {
			break
		}
	}
	v.run(browsertest.Until(`location.pathname === "/away" && document.querySelector("body > main > h1")`))
}

// crowd joins the class with n browsers that run no JavaScript.
func (c *class) crowd(n int) (all []*classtest.Browser) {
	c.t.Helper()
	for range n {
		b := classtest.NewBrowser(c.at)
		if err := b.Join(c.code); err != nil {
			c.t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}

// TestClassInChromium takes a student and a projector through every page of a class, in
// every phase.
func TestClassInChromium(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	browser := browsertest.Open(t)
	s, w := newVisitor(t, browser, c.at), newVisitor(t, browser, c.at)
	w.projector = true
	var typed string
	var beyond int
	s.run(chromedp.Navigate(c.at + "/"))
	s.look("join")
	s.run(browsertest.Type("#code", "zzz zzz"), browsertest.Enter("#code", browsertest.Says("No class has this code")))
	s.look("wrong code")
	s.run(chromedp.Evaluate(`(() => { const c = document.getElementById("code"); return c.value })()`, &typed))
	if typed != "zzz zzz" {
		t.Errorf("what was typed is gone: %q", typed)
	}
	s.run(chromedp.Navigate(c.at + "/" + c.code))
	s.look("join with the code")
	s.run(chromedp.EmulateViewport(320, 640),
		chromedp.Evaluate(
			`(() => { const c = document.getElementById("code"); return c.scrollWidth - c.clientWidth })()`, &beyond))
	if beyond > 0 {
		t.Errorf("the code is %d pixels wider than its box on a small phone", beyond)
	}
	s.join(strings.ToLower(c.code))
	w.join(c.code)
	s.sees("You're in")
	s.look("joining")
	w.look("projector joining")
	rest := c.crowd(11)
	both := func(name, words string) {
		t.Helper()
		s.sees(words)
		w.sees(words)
		s.look(name)
		w.look("projector " + name)
	}
	c.order(room.Start)
	both("rules", "Before we begin")
	c.order(room.Next)
	v, _ := c.room.View("")
	both("opening", v.Class.Talk().Run().Lesson().Cover[0].Text[0].String())
	q := c.toQuestion()
	both("scene", q.Options[0].Words)
	c.order(room.Ask)
	s.sees("Nobody sees who chose what")
	s.look("voting")
	w.look("projector voting")
	s.run(chromedp.Focus(`button[name="pick"][value="1"]`), chromedp.KeyEvent(kb.Enter))
	s.run(chromedp.WaitVisible(`button[aria-pressed="true"]`))
	s.look("answered")
	for i, b := range rest {
		if err := b.Vote(i % 2); err != nil {
			t.Fatal(err)
		}
	}
	w.sees("Everyone has answered")
	c.order(room.Close)
	both("closed", "closed")
	c.order(room.Show)
	both("shown", "What the room thinks")
	s.run(chromedp.WaitVisible(".count"))
	c.order(room.ForceBlank)
	w.look("projector covered")
	s.look("covered")
	c.order(room.Blank)
	s.sees(q.Options[0].Words)
	c.lookBack(both)
	c.order(room.OwnPace)
	c.alone(s)
	s.run(chromedp.Navigate(c.at + "/help"))
	s.look("help")
	s.run(chromedp.Navigate(c.at + "/help?country=DE"))
	s.look("help of Germany")
	s.run(chromedp.Navigate(c.at + "/now"))
	s.look("right now")
	c.order(room.OwnPace)

	// Leave by the key: no page shows the class any more, not even after going back.
	// The seat is given up.
	s.run(chromedp.Navigate(c.at+"/seat"), chromedp.WaitReady("#now"))
	s.keepsNothing()
	s.leave()
	var where, all string
	s.run(chromedp.Location(&where), chromedp.Text("body", &all))
	if where != c.at+"/away" || strings.Contains(strings.ToLower(all), "wayout") || len(all) > 40 {
		t.Errorf("after leaving: %s %q", where, all)
	}
	s.look("away")
	for range 4 { // The history holds "right now", the help twice, and the seat.
		s.run(chromedp.NavigateBack(), chromedp.Text("body", &all))
		if tells(all) {
			t.Errorf("going back after leaving shows %s", all)
		}
	}
	s.run(chromedp.Navigate(c.at + "/seat"))
	s.sees("Empty page")
	s.run(chromedp.Navigate(c.at + "/"))
	s.sees("Join the class")
	s.run(chromedp.Navigate(c.at + "/nowhere-at-all"))
	c.order(room.End)
	w.sees("This class is over")
	w.look("projector over")
	w.keepsNothing()
}

// lookBack goes to an ending, looks at the debrief behind it, and returns to the question.
func (c *class) lookBack(look func(name, words string)) {
	c.t.Helper()
	v, _ := c.room.View("")
	l, here := v.Class.Talk().Run().Lesson(), v.Class.Talk().Run().Scene().ID
	scene := func(id string) {
		if err := c.room.Order(context.Background(), room.Command{Verb: room.Scene, Text: id}); err != nil {
			c.t.Fatal(err)
		}
	}
	for i := range l.Scenes {
		if l.Scenes[i].Ending() {
			scene(l.Scenes[i].ID)
			break
		}
	}
	look("jumped", "Whoever leads has gone to another part of the story.")
	for range 20 {
		if v, _ = c.room.View(""); v.Class.Talk().Slide().Kind == room.LookBack {
			break
		}
		c.order(room.Next)
	}
	look("look back", "Who was really typing")
	scene(here)
	c.toQuestion()
}

// alone plays a lesson at the student's own pace in a browser, and looks at each kind of
// page once.
func (c *class) alone(s *visitor) {
	c.t.Helper()
	s.run(chromedp.WaitReady(`#now input[name="at"]`))
	looked := map[string]bool{}
	once := func(name string) {
		if !looked[name] {
			looked[name] = true
			s.look("own pace " + name)
		}
	}
	for range 60 {
		var turn, at string
		s.run(chromedp.Evaluate(`(() => { const has = (q) => document.querySelector("#now " + q) !== null;
			return document.querySelector("#now").textContent.includes("Your way through") ? "end" : has('button[name="choose"]') ? "choose" : has('input[name="answer"]') ? "answer" : has('button[name="skip"]') ? "say" : "go" })()`, &turn),
			chromedp.Evaluate(`document.querySelector('#now input[name="at"]').value`, &at))
		once(turn)
		moved := fmt.Sprintf(`document.querySelector('#now input[name="at"]') &&
			document.querySelector('#now input[name="at"]').value !== %q`, at)
		switch turn {
		case "end":
			for _, name := range []string{"go", "choose", "answer", "say"} {
				if !looked[name] {
					c.t.Errorf("there was no page of the kind %s", name)
				}
			}
			return
		case "choose":
			s.run(browsertest.Press(`#now button[name="choose"]`, moved))
		case "answer":
			s.run(browsertest.Press(`#now input[name="answer"]`, `document.querySelector("#now input[name=answer]:checked")`),
				browsertest.Press(`#now input[name="how"]`, `document.querySelector("#now input[name=how]:checked")`),
				browsertest.Press("#now button.big", moved))
		case "say":
			s.run(browsertest.Type("#say", "my own words, which stay here"),
				browsertest.Press(`#now button[name="skip"]`, moved))
		default:
			s.run(browsertest.Press("#now button.big", moved))
		}
	}
	c.t.Error("the lesson does not end")
}
