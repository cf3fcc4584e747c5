package site_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wayout/internal/browsertest"
	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/progress"
	"wayout/internal/site"
	"wayout/lessons"
)

// engineOf builds the engine once for all tests.
var engineOf = sync.OnceValue(func() (e struct {
	site.Engine
	err error
}) {
	e.Engine, e.err = site.Compile(".")
	return e
})

// shipped opens the course and the help directory.
func shipped(t *testing.T) (*course.Course, *helpline.Directory) {
	t.Helper()
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := helpline.Read(src)
	if err != nil {
		t.Fatal(err)
	}
	return c, d
}

// options returns the options for the whole course with an engine.
func options(t *testing.T, e site.Engine) site.Options {
	t.Helper()
	c, d := shipped(t)
	var all []*lesson.Lesson
	for _, id := range c.IDs() {
		l, diags, err := c.Lesson(id)
		if l == nil {
			t.Fatal(diags, err)
		}
		all = append(all, l)
	}
	return site.Options{Course: c, Help: d, Country: "GB", Lessons: all, Engine: e}
}

// export writes the course to a folder.
func export(t *testing.T, change func(*site.Options)) string {
	t.Helper()
	e := engineOf()
	if e.err != nil {
		t.Fatal(e.err)
	}
	o := options(t, e.Engine)
	if change != nil {
		change(&o)
	}
	files, err := site.Make(o)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// look checks the open page with axe-core and for its layout, and saves a screenshot in the folder
// that WAYOUT_SHOTS names, if any.
func look(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	for what, find := range map[string]func(context.Context) ([]string, error){
		"axe": browsertest.Axe, "too wide": browsertest.Wide, "too small": browsertest.Small,
	} {
		if found, err := find(ctx); err != nil || len(found) > 0 {
			t.Errorf("%s: %s: %q %v", name, what, found, err)
		}
	}
	shots := os.Getenv("WAYOUT_SHOTS")
	if shots == "" {
		return
	}
	for _, size := range [][2]int64{{360, 740}, {1280, 800}} {
		for _, scheme := range []string{"light", "dark"} {
			var png []byte
			media := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme}})
			if err := chromedp.Run(ctx, chromedp.EmulateViewport(size[0], size[1]), media,
				chromedp.CaptureScreenshot(&png)); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(shots, fmt.Sprintf("%s-%d-%s.png", name, size[0], scheme))
			if err := os.WriteFile(path, png, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(320, 740)); err != nil {
		t.Fatal(err)
	}
}

// player plays by keyboard: it presses tab until an element that goes on has the focus, then
// enter. It types the first line that is asked for.
type player struct {
	ctx   context.Context
	typed bool // A line was typed; it was sent.
	said  bool
}

// at is an expression for the kind of element that has the focus.
const at = `(() => { const e = document.activeElement;
	if (e.id === "say") return "say";
	if (e.type === "radio") return e.form.querySelector("[name=" + e.name + "]:checked") ? "" : "radio";
	return e.tagName === "BUTTON" && e.form && e.form.hasAttribute("data-do") ? e.name || "plain" : ""; })()`

func (p *player) press() (end bool, err error) {
	err = chromedp.Run(p.ctx, chromedp.Evaluate(`!!document.querySelector("#now a.big[data-show=home]")`, &end))
	if err != nil || end {
		return end, err
	}
	for range 80 {
		var on string
		if err := chromedp.Run(p.ctx, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(at, &on)); err != nil {
			return false, err
		}
		switch on {
		case "radio":
			err = chromedp.Run(p.ctx, chromedp.KeyEvent(" "))
		case "say":
			if !p.typed {
				p.typed = true
				err = chromedp.Run(p.ctx, chromedp.KeyEvent("i'm telling my teacher"))
			}
		case "line":
			if p.typed && !p.said {
				p.said = true
				return false, chromedp.Run(p.ctx, chromedp.KeyEvent(kb.Enter))
			}
		case "", "undo", "fresh":
		default:
			return false, chromedp.Run(p.ctx, chromedp.KeyEvent(kb.Enter))
		}
		if err != nil {
			return false, err
		}
	}
	return false, errors.New("there is nothing to press")
}

// toEnd plays to an ending.
func (p *player) toEnd(t *testing.T) {
	t.Helper()
	for range 200 {
		if end, err := p.press(); err != nil {
			t.Fatal(err)
		} else if end {
			return
		}
	}
	t.Fatal("no ending was reached")
}

// begins opens a lesson from the first page.
func begins(id string) chromedp.Tasks {
	return chromedp.Tasks{chromedp.Focus(`.story[data-play="` + id + `"]`), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitReady("form[data-do] button")}
}

// asked collects the addresses that a page requests.
func asked(ctx context.Context) (urls func() []string) {
	var mu sync.Mutex
	var all []string
	chromedp.ListenTarget(ctx, func(e any) {
		if e, ok := e.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			all = append(all, e.Request.URL)
			mu.Unlock()
		}
	})
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(all)
	}
}

// kept returns the record that the browser has stored, and the number of all stored entries.
func kept(t *testing.T, ctx context.Context) (record string, n int) {
	t.Helper()
	if err := chromedp.Run(ctx, chromedp.Evaluate(`localStorage.getItem("wayout") || ""`, &record),
		chromedp.Evaluate(`localStorage.length + sessionStorage.length + document.cookie.length`, &n)); err != nil {
		t.Fatal(err)
	}
	return record, n
}

func TestChromiumPlaysFromAFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	browser := browsertest.Open(t)
	dir := export(t, nil)
	ctx, cancel := context.WithTimeout(browsertest.Window(t, browser), 60*time.Second)
	defer cancel()
	urls := asked(ctx)
	index := "file://" + filepath.Join(dir, "index.html")
	if err := chromedp.Run(ctx, network.Enable(), chromedp.EmulateViewport(320, 740), chromedp.Navigate(index),
		chromedp.WaitReady("#keeping")); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "home")
	if err := chromedp.Run(ctx, begins("hold-my-phone")); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "lesson")
	p := &player{ctx: ctx}
	p.toEnd(t)
	look(t, ctx, "ending")
	if !p.said {
		t.Error("no line was typed")
	}
	if _, n := kept(t, ctx); n != 0 {
		t.Errorf("%d things are stored, and nobody asked for it", n)
	}
	for _, u := range urls() {
		if !strings.HasPrefix(u, "file://"+dir) && !strings.HasPrefix(u, "data:") {
			t.Errorf("it asks for %s", u)
		}
	}
	var left string
	if err := chromedp.Run(ctx, chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent(kb.Shift),
		chromedp.WaitVisible(`//h1[text()="Empty page"]`, chromedp.BySearch),
		chromedp.Evaluate(`location.href`, &left)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(left, "/away.html") {
		t.Errorf("leaving leads to %s", left)
	}
	for _, name := range []string{"help", "now", "about"} {
		if err := chromedp.Run(ctx, chromedp.Navigate("file://"+filepath.Join(dir, name+".html")),
			chromedp.WaitReady("main section")); err != nil {
			t.Fatal(err)
		}
		look(t, ctx, name)
	}
}

// TestChromiumKeepsWhatIsAskedFor asks to keep the place, finds it after loading the page again,
// reads it as the program does, and deletes it.
func TestChromiumKeepsWhatIsAskedFor(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	browser := browsertest.Open(t)
	dir := export(t, nil)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	ctx, cancel := context.WithTimeout(browsertest.Window(t, browser), 60*time.Second)
	defer cancel()
	click := func(sel string) chromedp.Action {
		return chromedp.Evaluate(`document.querySelector('`+sel+`').click()`, nil)
	}
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(server.URL+"/"),
		chromedp.WaitReady("#keeping"), click("#keeping [name=keep]"),
		chromedp.WaitReady("#keeping [name=erase]")); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "keeping")
	if err := chromedp.Run(ctx, begins("anonymous-heron")); err != nil {
		t.Fatal(err)
	}
	p := &player{ctx: ctx}
	for range 3 {
		if _, err := p.press(); err != nil {
			t.Fatal(err)
		}
	}
	record, n := kept(t, ctx)
	rec, err := progress.Decode([]byte(record))
	if err != nil || n != 1 || rec.Lessons["anonymous-heron"] == nil {
		t.Fatalf("%d things, %v: %s", n, err, record)
	}
	if moves := len(rec.Lessons["anonymous-heron"].Place.Moves); moves != 3 {
		t.Errorf("%d moves are kept, want 3", moves)
	}
	if err := chromedp.Run(ctx, chromedp.Navigate(server.URL+"/index.html"), chromedp.WaitReady("a.big[data-play]"),
		click("a.big[data-play]"), chromedp.WaitReady("[name=fresh]"),
		click("[data-show=home]"), chromedp.WaitReady("#keeping [name=offline]"), click("#keeping [name=offline]"),
		browsertest.Until(`document.getElementById("keepnote").textContent.includes("without the internet")`)); err != nil {
		t.Fatal(err)
	}
	server.CloseClientConnections()
	server.Close() // From here on there is no network.
	if err := chromedp.Run(ctx, chromedp.Navigate(server.URL+"/index.html"), chromedp.WaitReady("#keeping"),
		begins("three-stars"), click("[data-show=home]"), chromedp.WaitReady("#keeping [name=erase]"),
		click("#keeping [name=erase]"), chromedp.WaitReady("#keeping [name=keep]")); err != nil {
		t.Fatal(err)
	}
	if _, n := kept(t, ctx); n != 0 {
		t.Errorf("%d things are left", n)
	}
}

// clicks is a script that plays to an end by pressing the first button.
const clicks = `for (let i = 0; i < 300 && !document.querySelector("#now a.big[data-show=home]"); i++) {
	const form = document.querySelector("form.choices[data-do]");
	form.querySelectorAll("[type=radio]").forEach((r) => { r.checked = true; });
	form.querySelector("button:not([name=undo]):not([name=line])").click();
}`

// platform is a learning platform's side of SCORM 1.2, which records what it's told.
const platform = `window.API = { told: [], values: {},
	LMSInitialize: () => "true", LMSFinish: () => "true", LMSCommit: () => "true", LMSGetLastError: () => "0",
	LMSGetValue: (name) => window.API.values[name] || "",
	LMSSetValue: (name, value) => { window.API.told.push(name + "=" + value); window.API.values[name] = value; return "true"; } };`

// TestChromiumTellsAPlatformOnlyWhatIsDone plays a story in a learning platform: it's told the
// place and the end, and nothing else.
func TestChromiumTellsAPlatformOnlyWhatIsDone(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	browser := browsertest.Open(t)
	dir := export(t, func(o *site.Options) { o.Lessons, o.Platform = o.Lessons[:1], site.SCORM })
	ctx, cancel := context.WithTimeout(browsertest.Window(t, browser), 60*time.Second)
	defer cancel()
	inject := chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := cdppage.AddScriptToEvaluateOnNewDocument(platform).Do(ctx)
		return err
	})
	if err := chromedp.Run(ctx, inject, chromedp.Navigate("file://"+filepath.Join(dir, "index.html")),
		chromedp.WaitReady("#keeping"), begins("anonymous-heron")); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Run(ctx, chromedp.Evaluate(clicks, nil)); err != nil {
		t.Fatal(err)
	}
	var told []string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`[...new Set(window.API.told)]`, &told)); err != nil {
		t.Fatal(err)
	}
	want := []string{"cmi.core.lesson_status=incomplete", "cmi.core.lesson_location=0;", "cmi.core.lesson_location=;0",
		"cmi.core.lesson_status=completed"}
	if !slices.Equal(told, want) {
		t.Errorf("it was told %q, want %q", told, want)
	}
	var about string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`wayout.show("about", "").html`, &about)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(about, "learning platform") || strings.Contains(about, "send nothing") {
		t.Error("the pages don't say what the platform is told")
	}
}

// TestSizes checks that files are small enough for a phone on a bad connection.
func TestSizes(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	e := engineOf()
	if e.err != nil {
		t.Fatal(e.err)
	}
	files, err := site.Make(options(t, e.Engine))
	if err != nil {
		t.Fatal(err)
	}
	first := []string{"index.html", "site.css", "site.js", "icon.svg", "go.js", "course.js", "engine.js",
		"lesson-anonymous-heron.js"}
	all, one := 0, 0
	for _, f := range files {
		n := &counter{}
		z, err := gzip.NewWriterLevel(n, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := z.Write(f.Data); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		all += n.n
		if slices.Contains(first, f.Name) {
			one += n.n
		}
	}
	t.Logf("all %d bytes, the first lesson after %d", all, one)
	if all > 2_500_000 || one > 1_500_000 {
		t.Errorf("all %d bytes, at most 2.5 MB; the first lesson after %d, at most 1.5 MB", all, one)
	}
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}
