package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"wayout/internal/browsertest"
	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
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

// options are the whole course with an engine.
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
func export(t *testing.T) string {
	t.Helper()
	e := engineOf()
	if e.err != nil {
		t.Fatal(e.err)
	}
	files, err := site.Make(options(t, e.Engine))
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

// look holds the page that is open to what everyone can use, and saves a picture of it where
// WAYOUT_SHOTS names a folder.
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
	var png []byte
	if err := chromedp.Run(ctx, chromedp.FullScreenshot(&png, 100)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(shots, name+".png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// press presses what a learner at a keyboard would: the tab key until something that takes
// the story on has the focus, and then enter.
func press(ctx context.Context) (end bool, err error) {
	var n int
	if err := chromedp.Run(ctx, chromedp.Evaluate(`document.querySelectorAll("form[data-do] button").length`, &n)); err != nil {
		return false, err
	}
	var over bool
	if err := chromedp.Run(ctx, chromedp.Evaluate(`!!document.querySelector("#now a.big[data-show=home]")`, &over)); err != nil || over {
		return over, err
	}
	for range 60 {
		var at string
		if err := chromedp.Run(ctx, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`(() => { const e = document.activeElement;
			return e.type === "radio" && !e.form.querySelector("[name=" + e.name + "]:checked") ? "radio" :
				e.tagName === "BUTTON" && e.form && e.form.hasAttribute("data-do") ? e.name || "plain" : ""; })()`, &at)); err != nil {
			return false, err
		}
		switch at {
		case "radio":
			err = chromedp.Run(ctx, chromedp.KeyEvent(" "))
		case "line", "undo":
			continue
		case "":
			continue
		default:
			return false, chromedp.Run(ctx, chromedp.KeyEvent(kb.Enter))
		}
		if err != nil {
			return false, err
		}
	}
	return false, fmt.Errorf("nothing to press")
}

func TestChromiumPlaysFromAFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	browser := browsertest.Open(t)
	dir := export(t)
	ctx := browsertest.Window(t, browser)
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.EmulateViewport(320, 740),
		chromedp.Navigate("file://"+filepath.Join(dir, "index.html")), chromedp.WaitVisible(".story")); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "home")
	if err := chromedp.Run(ctx, chromedp.Focus(`[data-play="anonymous-heron"]`), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitReady("form[data-do] button")); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "lesson")
	for range 200 {
		end, err := press(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if end {
			look(t, ctx, "ending")
			return
		}
	}
	t.Error("no ending was reached")
}
