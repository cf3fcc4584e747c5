package site_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/lesson"
	"wayout/internal/site"
)

// typed is a line that is typed in a story, which the platform must never receive.
const typed = "i'm telling my teacher about the picture"

// within makes an expression about the page in the frame of the launch page.
func within(js string) string {
	return `((document) => ` + js + `)((frames[0] || window).document)`
}

// sees waits until the page in the frame has an element for a selector.
func sees(selector string) chromedp.Action {
	return browsertest.Until(within(fmt.Sprintf(`document.readyState === "complete" &&
		document.querySelector(%q)`, selector)))
}

// clicked waits for an element in the frame, and clicks it.
func clicked(selector string) chromedp.Action {
	return chromedp.Tasks{sees(selector),
		chromedp.Evaluate(within(fmt.Sprintf(`document.querySelector(%q).click()`, selector)), nil)}
}

// says plays to the first line to type, as clicks does, types one, and plays on to the end.
func says() chromedp.Tasks {
	toLine := strings.Replace(clicks, `#now a.big[data-show=home]`, `#now [name=skip]`, 1)
	return chromedp.Tasks{chromedp.Evaluate(within("{"+toLine+"}"), nil), sees("#say"),
		chromedp.Evaluate(within(`{ document.getElementById("say").value = "`+typed+`"; }`), nil), clicked("[name=line]"),
		browsertest.Until(within(`!document.getElementById("say")`)), chromedp.Evaluate(within("{"+clicks+"}"), nil)}
}

// sitting is a learner at a browser who opens the course from a platform several times.
type sitting struct {
	*testing.T
	ctx context.Context
	lms *lms
}

func (s sitting) do(what ...chromedp.Action) {
	s.Helper()
	if err := chromedp.Run(s.ctx, what...); err != nil {
		s.Fatal(err)
	}
}

// launch opens the course for another session.
func (s sitting) launch() chromedp.Action { return chromedp.Navigate(s.lms.launch()) }

// leaves goes to another page of the same site. When the site changes, Chromium gives the old
// page only half a second to finish, which is too short on a busy machine.
func (s sitting) leaves() chromedp.Action { return chromedp.Navigate(s.lms.pages.URL + "/away.html") }

// heard waits until the launch page has handled all messages of its frame so far, since messages
// arrive in order.
func heard() chromedp.Action {
	return chromedp.Evaluate(`new Promise((done) => {
		addEventListener("message", (e) => { if (e.data === "heard") done(true); });
		postMessage("heard", location.origin);
	})`, nil, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })
}

// begun waits until the platform knows of the session.
func (s sitting) begun() {
	s.Helper()
	s.lms.until(s.T, "a session", func() bool { return len(s.lms.verbs) == 1 })
}

// keeps sets the place that the platform keeps.
func (s sitting) keeps(place string) {
	s.lms.mu.Lock()
	defer s.lms.mu.Unlock()
	s.lms.place = []byte(place)
}

// The states that the platform keeps, for two stories.
const (
	half   = `{"place":"anonymous-heron","done":[],"completed":false}`
	first  = `{"place":"","done":["anonymous-heron"],"completed":false}`
	untold = `{"place":"","done":["anonymous-heron","hold-my-phone"],"completed":false}`
	both   = `{"place":"","done":["anonymous-heron","hold-my-phone"],"completed":true}`
)

// TestChromiumTellsALearningPlatformWhatCMI5Needs plays two stories from a learning platform, in
// several sessions: it's told the place and the end, and nothing else, in the order of cmi5.
func TestChromiumTellsALearningPlatformWhatCMI5Needs(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	browser := browsertest.Open(t)
	stories := []string{"anonymous-heron", "hold-my-phone"}
	dir := export(t, func(o *site.Options) {
		o.Lessons = slices.DeleteFunc(o.Lessons, func(l *lesson.Lesson) bool { return !slices.Contains(stories, l.ID) })
		o.Platform = site.CMI5
	})
	l := newLMS(t, dir, stories...)
	ctx, cancel := context.WithTimeout(browsertest.Window(t, browser), 90*time.Second)
	defer cancel()
	s := sitting{t, ctx, l}
	s.do(chromedp.EmulateViewport(320, 740))
	for _, part := range []func(){s.looksForHelp, s.goesOn, s.completes, s.isLeftAlone, s.comesBack} {
		part()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, fault := range l.faults {
		t.Error(fault)
	}
	for _, body := range l.all {
		if bytes.Contains(body, []byte("telling")) {
			t.Errorf("what was typed was sent: %s", body)
		}
	}
}

// looksForHelp holds that the platform isn't told of help, "right now", or anything but a story.
func (s sitting) looksForHelp() {
	s.do(s.launch(), sees("#keeping"))
	framed(s.T, s.ctx)
	const nonsense = `["help", "now", "", null, {}, "hold-my-phone "].forEach((it) =>
		[true, false].forEach((ended) => frames[0].wayoutPlatform.told(it, ended)))`
	s.do(clicked("header [data-show=help]"), sees(".countries"), clicked("[data-show=now]"), sees(".ways"))
	s.begun()
	s.do(chromedp.Evaluate(nonsense, nil), s.leaves())
	s.lms.ended(s.T, "", "initialized", "terminated")
}

// goesOn begins a story, finds it open again in the next session, and plays it to its end.
func (s sitting) goesOn() {
	s.do(s.launch(), clicked(".story[data-play=anonymous-heron]"), sees("form[data-do] button"),
		chromedp.Evaluate(within("{"+strings.Replace(clicks, "300", "2", 1)+"}"), nil))
	s.lms.until(s.T, half, func() bool { return string(s.lms.place) == half })
	s.do(s.leaves())
	s.lms.ended(s.T, half, "initialized", "terminated")

	s.do(s.launch(), sees("form[data-do] button"), chromedp.Evaluate(within("{"+clicks+"}"), nil))
	s.lms.until(s.T, first, func() bool { return string(s.lms.place) == first })
	s.do(browsertest.Press("#back", `location.pathname === "/lms"`))
	s.lms.ended(s.T, first, "initialized", "terminated")
}

// completes holds that the second story completes the course. If the platform fails at that
// moment, it's told when the page is left, which isn't delayed.
func (s sitting) completes() {
	s.do(s.launch(), clicked(".story[data-play=hold-my-phone]"), sees("form[data-do] button"))
	s.begun()
	s.lms.mu.Lock()
	s.lms.refusals = 1
	s.lms.mu.Unlock()
	s.do(says())
	s.lms.until(s.T, "a refusal", func() bool { return s.lms.refusals == 0 })
	foreign(s.T, s.ctx, s.lms)
	s.do(clicked("#leave"), browsertest.Until(`location.pathname === "/away.html"`))
	s.lms.ended(s.T, untold, "initialized", "completed", "terminated")
}

// isLeftAlone holds that the kept story isn't opened again for someone who went to "right now".
func (s sitting) isLeftAlone() {
	s.keeps(half)
	s.do(s.launch(), sees("form[data-do] button"), chromedp.Evaluate(`frames[0].location.href = "now.html"`, nil),
		sees("section.one"), clicked("[data-show=home]"), sees("#keeping"), browsertest.Until(`frames[0].wayout`))
	s.begun()
	var open bool
	s.do(chromedp.Evaluate(within(`!!document.querySelector("form[data-do]")`), &open), s.leaves())
	if open {
		s.Error("a story is opened over the list")
	}
	s.lms.ended(s.T, half, "initialized", "terminated")
}

// comesBack holds that a completed course isn't completed again, and that reviewing leaves no trace.
func (s sitting) comesBack() {
	s.keeps(both)
	for _, mode := range []string{"Normal", "Review"} {
		s.lms.mu.Lock()
		s.lms.mode = mode
		s.lms.mu.Unlock()
		s.do(s.launch(), clicked(".story[data-play=anonymous-heron]"), sees("form[data-do] button"),
			chromedp.Evaluate(within("{"+clicks+"}"), nil), heard())
		s.begun()
		s.do(s.leaves())
		s.lms.ended(s.T, both, "initialized", "terminated")
	}
}

// framed checks the launch page with axe-core. It ignores the missing heading, which is on the
// page in the frame.
func framed(t *testing.T, ctx context.Context) {
	t.Helper()
	found, err := browsertest.Axe(ctx)
	found = slices.DeleteFunc(found, func(s string) bool { return strings.HasPrefix(s, "page-has-heading-one:") })
	wide, err2 := browsertest.Wide(ctx)
	small, err3 := browsertest.Small(ctx)
	if err := errors.Join(err, err2, err3); err != nil || len(found)+len(wide)+len(small) > 0 {
		t.Errorf("%q, too wide: %q, too small: %q, %v", found, wide, small, err)
	}
	if shots := os.Getenv("WAYOUT_SHOTS"); shots != "" {
		var png []byte
		if err := chromedp.Run(ctx, chromedp.CaptureScreenshot(&png)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(shots, t.Name()+".png"), png, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// foreign makes the pages send requests that they may not: the launch page to another host than
// its platform, the story page to any host.
func foreign(t *testing.T, ctx context.Context, l *lms) {
	t.Helper()
	var asked atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer other.Close()
	for _, try := range []string{`fetch("` + other.URL + `")`, `frames[0].fetch("` + other.URL + `")`,
		`frames[0].fetch("` + l.pages.URL + `/lms")`} {
		var got string
		if err := chromedp.Run(ctx, chromedp.Evaluate(try+`.then(() => "an answer", () => "nothing")`, &got,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) })); err != nil {
			t.Fatal(err)
		}
		if got != "nothing" {
			t.Errorf("%s gets %s", try, got)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("someone else was asked %d times", n)
	}
}

// TestChromiumPlaysWithoutItsPlatform opens the page without a platform, and again after a
// session: stories and help are there, the page says that no one is told, and that is true.
func TestChromiumPlaysWithoutItsPlatform(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the engine")
	}
	browser := browsertest.Open(t)
	dir := export(t, func(o *site.Options) { o.Lessons, o.Platform = o.Lessons[:1], site.CMI5 })
	l := newLMS(t, dir, "anonymous-heron")
	ctx, cancel := context.WithTimeout(browsertest.Window(t, browser), 30*time.Second)
	defer cancel()
	urls := asked(ctx)
	if err := chromedp.Run(ctx, network.Enable(), chromedp.EmulateViewport(320, 740),
		chromedp.Navigate(l.pages.URL+"/cmi5.html"), sees("#keeping"),
		browsertest.Until(browsertest.Says("can't be told anything this time")),
		clicked(".story[data-play=anonymous-heron]"), sees("form[data-do] button"),
		clicked("header [data-show=help]"), sees(".countries")); err != nil {
		t.Fatal(err)
	}
	framed(t, ctx)
	for _, u := range urls() {
		if !strings.HasPrefix(u, l.pages.URL) && !strings.HasPrefix(u, "data:") {
			t.Errorf("it asks for %s", u)
		}
	}
}

// structure is the part of a course structure that the package uses, in the order of the schema.
type structure struct {
	XMLName xml.Name `xml:"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd courseStructure"`
	Course  struct {
		ID          string `xml:"id,attr"`
		Title       string `xml:"title>langstring"`
		Description string `xml:"description>langstring"`
	} `xml:"course"`
	Units []struct {
		ID     string `xml:"id,attr"`
		MoveOn string `xml:"moveOn,attr"`
		Launch string `xml:"launchMethod,attr"`
		Score  string `xml:"masteryScore,attr"`
		Title  string `xml:"title>langstring"`
		URL    string `xml:"url"`
	} `xml:"au"`
}

// TestTheCourseStructureIsThatOfCMI5 checks that cmi5.xml has the elements and attributes of the
// schema, in order, and one unit that counts as done when it's completed.
func TestTheCourseStructureIsThatOfCMI5(t *testing.T) {
	var src []byte
	var launch string
	for _, f := range made(t, site.CMI5) {
		switch f.Name {
		case "cmi5.xml":
			src = f.Data
		case "cmi5.html":
			launch = string(f.Data)
		}
	}
	var s structure
	if err := xml.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Units) != 1 || s.Course.Title != "There is a way out." || s.Course.Description == "" {
		t.Fatalf("%+v", s)
	}
	u := s.Units[0]
	if u.URL != "cmi5.html" || u.MoveOn != "Completed" || u.Launch != "AnyWindow" || u.Score != "" || u.Title == "" ||
		!strings.HasPrefix(u.ID, "urn:uuid:") || u.ID == s.Course.ID || !uuids8.MatchString(s.Course.ID) {
		t.Errorf("%+v", s)
	}
	const said = "title langstring description langstring "
	want := "courseStructure course " + said + "au " + said + "url"
	var got []string
	for d := xml.NewDecoder(bytes.NewReader(src)); ; {
		it, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := it.(xml.StartElement); ok {
			got = append(got, e.Name.Local)
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
	if !strings.Contains(launch, "connect-src http: https:;") || strings.Contains(launch, "&#39;unsafe") {
		t.Errorf("the policy of the launch page:\n%s", launch)
	}
}
