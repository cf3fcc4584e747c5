package site_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"

	"wayout/internal/browsertest"
	"wayout/internal/progress"
)

// over is an expression for browsertest, which is true when what is played has ended.
const over = `document.querySelector("#now a.big[data-show=home]")`

// onward goes on by the keyboard until what is played is over: it presses the first button and
// skips lines. Check ticks the answers of a check.
func onward(ctx context.Context) error {
	const check = `document.querySelectorAll("form[data-do] fieldset").forEach((f) => {
		f.querySelector("input").checked = true;
	})`
	for range 60 {
		var end bool
		var words string
		if err := chromedp.Run(ctx, chromedp.Evaluate(`!!`+over, &end),
			chromedp.Evaluate(`document.getElementById("now").innerHTML`, &words)); err != nil || end {
			return err
		}
		was, err := json.Marshal(words)
		if err != nil {
			return err
		}
		// When the page was drawn again, no answer is ticked: tick one again.
		changed := fmt.Sprintf(`(%s, document.getElementById("now").innerHTML !== %s)`, check, was)
		err = chromedp.Run(ctx, chromedp.Evaluate(check, nil),
			browsertest.Enter(`form[data-do] button:not([name=undo]):not([name=line])`, changed))
		if err != nil {
			return err
		}
	}
	return fmt.Errorf("no end was reached")
}

// TestChromiumPlaysFineOrOff plays a round by the keyboard, and begins the next one.
func TestChromiumPlaysFineOrOff(t *testing.T) {
	ctx := shortWindow(t, "")
	if err := chromedp.Run(ctx, browsertest.Enter(`[data-open=fineoroff]`, browsertest.Says("1 of 8"))); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "fineoroff")
	for i := 1; i <= 8; i++ {
		next := browsertest.Says(fmt.Sprintf("%d of 8", i+1))
		if i == 8 {
			next = over
		}
		if err := chromedp.Run(ctx, browsertest.Enter(`[name=choose]`, `document.querySelector("[name=go]")`)); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			look(t, ctx, "fineoroff-told")
		}
		if err := chromedp.Run(ctx, browsertest.Enter(`[name=go]`, next)); err != nil {
			t.Fatal(err)
		}
	}
	look(t, ctx, "fineoroff-tally")
	if err := chromedp.Run(ctx, browsertest.Enter(`#now [data-open=fineoroff]`, browsertest.Says("1 of 8"))); err != nil {
		t.Fatal(err)
	}
	if _, n := kept(t, ctx); n != 0 {
		t.Errorf("%d things are stored, and nobody asked for it", n)
	}
}

// TestChromiumPractises types a line in the first round, which gets an answer, and goes on to the
// end.
func TestChromiumPractises(t *testing.T) {
	ctx := shortWindow(t, "")
	if err := chromedp.Run(ctx, browsertest.Enter(`[data-open=practise]`,
		`document.querySelector("[data-of=refuse]")`)); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "practise")
	if err := chromedp.Run(ctx, browsertest.Enter(`[data-of=refuse]`, `document.getElementById("say")`)); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "practise-line")
	if err := chromedp.Run(ctx, browsertest.Type("#say", "no, i won't"),
		browsertest.Enter(`[name=line]`, browsertest.Says("You "))); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "practise-heard")
	if err := onward(ctx); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "practise-end")
	if _, n := kept(t, ctx); n != 0 {
		t.Errorf("%d things are stored, and nobody asked for it", n)
	}
}

// TestChromiumPlaysABooster plays the booster that's due for a learner with a record, and finds
// another one beside the story.
func TestChromiumPlaysABooster(t *testing.T) {
	ago := progress.DayOf(time.Now()) - 3
	src, err := progress.Encode(progress.Record{Lessons: map[string]*progress.Lesson{
		"anonymous-heron": {Done: []progress.Day{ago}}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx := shortWindow(t, string(src))
	if err := chromedp.Run(ctx, browsertest.Enter(`[data-open=booster]`,
		`document.querySelector("form[data-do] button")`)); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "booster")
	if err := onward(ctx); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "booster-end")
	record, _ := kept(t, ctx)
	rec, err := progress.Decode([]byte(record))
	if err != nil || rec.Practice["anonymous-heron"] == nil || len(rec.Practice["anonymous-heron"].Rounds) != 1 {
		t.Errorf("the booster isn't kept: %v %s", err, record)
	}
	if err := chromedp.Run(ctx, browsertest.Enter(`#now a.big[data-show=home]`,
		`document.querySelector("#keeping") && !document.querySelector("[data-open=booster]")`),
		begins("three-stars"),
		browsertest.Enter(`[data-open=booster]`, browsertest.Says("A few short stories"))); err != nil {
		t.Fatal(err)
	}
}

// TestChromiumKnowsTheFormsOfLetters checks that a browser normalises every letter as the library
// does that is used elsewhere. The browser may know letters that were assigned later.
func TestChromiumKnowsTheFormsOfLetters(t *testing.T) {
	if testing.Short() {
		t.Skip("it opens a browser")
	}
	ctx := browsertest.Window(t, browsertest.Open(t))
	for name, form := range map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKD": norm.NFKD} {
		var changed map[string]string
		if err := chromedp.Run(ctx, chromedp.Evaluate(fmt.Sprintf(`(() => {
			const all = {};
			for (let i = 0; i < 0x110000; i++) {
				if (i >= 0xd800 && i < 0xe000) continue;
				const s = String.fromCodePoint(i), is = s.normalize(%q);
				if (is !== s) all[s] = is;
			}
			return all;
		})()`, name), &changed)); err != nil {
			t.Fatal(err)
		}
		for r := range rune(unicode.MaxRune) {
			s := string(r)
			want := form.String(s)
			if got, ok := changed[s]; utf8.ValidRune(r) && ok != (want != s) || ok && got != want {
				if want != s || unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) {
					t.Errorf("%s of %U: %q, want %q", name, r, got, want)
				}
			}
		}
	}
}

// shortWindow opens the course in a window, and waits for the engine. Record is what the browser
// has kept, or "".
func shortWindow(t *testing.T, record string) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(export(t, nil))))
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeout(browsertest.Window(t, browsertest.Open(t)), 60*time.Second)
	t.Cleanup(cancel)
	ready := chromedp.WaitReady("#keeping")
	tasks := chromedp.Tasks{chromedp.EmulateViewport(320, 740), chromedp.Navigate(server.URL + "/"), ready}
	if record != "" {
		tasks = append(tasks, chromedp.Evaluate(fmt.Sprintf(`localStorage.setItem("wayout", %q)`, record), nil),
			chromedp.Navigate(server.URL+"/index.html"), ready)
	}
	if err := chromedp.Run(ctx, tasks); err != nil {
		t.Fatal(err)
	}
	return ctx
}
