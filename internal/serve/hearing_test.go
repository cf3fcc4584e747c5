package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/view"
	"wayout/internal/web"
)

// tap is a proxy between browsers and the site that records every byte that browsers send.
type tap struct {
	at   string
	mu   sync.Mutex
	sent []byte
}

func newTap(t *testing.T, to string) *tap {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	w := &tap{at: "http://" + l.Addr().String()}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			on, err := net.Dial("tcp", strings.TrimPrefix(to, "http://"))
			if err != nil {
				_ = from.Close()
				return
			}
			go func() {
				_, _ = io.Copy(io.MultiWriter(on, w), from)
				_ = on.Close()
			}()
			go func() {
				_, _ = io.Copy(from, on)
				_ = from.Close()
			}()
		}
	}()
	return w
}

func (w *tap) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, p...)
	return len(p), nil
}

// from returns what was sent after the first n bytes.
func (w *tap) from(n int) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return string(w.sent[n:])
}

// toRehearsal plays a run to a scene with a line to type.
func toRehearsal(run play.Run, scene string) (play.Run, error) {
	met := map[play.State]bool{}
	for queue := []play.Run{run}; len(queue) > 0; queue = queue[1:] {
		run := queue[0]
		if run.Scene().ID == scene {
			return run, nil
		}
		if met[run.State()] {
			continue
		}
		met[run.State()] = true
		add := func(next play.Run, err error) {
			if err == nil {
				queue = append(queue, next)
			}
		}
		switch run.Turn() {
		case play.Choose:
			for _, i := range run.Open() {
				add(run.Choose(i))
			}
		case play.Answer:
			next, err := run.Answer(play.Unsure, play.Guess)
			if err == nil {
				add(next.Go())
			}
			if err == nil && next.Turn() == play.Choose {
				for _, i := range next.Open() {
					add(next.Choose(i))
				}
			}
		case play.Say:
			if next, err := run.Skip(); err == nil {
				add(next.Go())
			}
		case play.Go:
			add(run.Go())
		}
	}
	return run, fmt.Errorf("no way to %s", scene)
}

// rehearsing opens a class of a lesson in which every seat goes at its own pace.
func rehearsing(t *testing.T, id string) *class {
	t.Helper()
	c := newClass(t, 64, PageOptions{})
	m := open(t)
	l, err := m.lesson(id)
	if err != nil {
		t.Fatal(err)
	}
	if c.room, c.code, c.key, err = c.registry.Make(context.Background(), l, 64, nil); err != nil {
		t.Fatal(err)
	}
	return c
}

// sitAt has a visitor join, and leads the seat to a rehearsal.
func (c *class) sitAt(v *visitor, scene string) (seat string) {
	c.t.Helper()
	before := map[string]bool{}
	for _, s := range c.seats() {
		before[s] = true
	}
	v.join(c.code)
	for _, s := range c.seats() {
		if !before[s] {
			seat = s
		}
	}
	if view, _ := c.room.View(""); view.Class.Phase() == room.Joining {
		c.order(room.Start)
		c.order(room.OwnPace)
	}
	err := c.room.Step(seat, 0, func(run play.Run) (play.Run, error) { return toRehearsal(run, scene) }).Soon()
	if err != nil {
		c.t.Fatal(err)
	}
	v.run(chromedp.WaitVisible("#say"), chromedp.WaitVisible("#listen"))
	return seat
}

// TestATypedLineStaysOnTheDeviceInChromium types what a student might into a page of a class:
// the line gets the story's answer, help comes first if the line speaks of danger, and nothing
// that was typed or heard is in anything that the browser sends or keeps.
func TestATypedLineStaysOnTheDeviceInChromium(t *testing.T) {
	c := rehearsing(t, "anonymous-heron")
	wire := newTap(t, c.at)
	browser := browsertest.Open(t)
	s := newVisitor(t, browser, wire.at)
	seat := c.sitAt(s, "his-editor")
	actions := func() int {
		v, _ := c.room.View(seat)
		return len(v.Seat.Actions)
	}
	was, before := actions(), len(wire.from(0))
	say := func(line, answer string) {
		t.Helper()
		s.run(browsertest.Type("#say", line), browsertest.Enter("#listen", browsertest.Says(answer)))
	}
	l := c.room.Lesson()
	scene := &l.Scenes[l.Scene("his-editor")]
	reaction := func(move string) string {
		for _, m := range scene.Rehearsal.Moves {
			if m.Name == move {
				return m.Reaction[0].Text[0].String()
			}
		}
		t.Fatalf("no move %s", move)
		return ""
	}
	s.look("a line to type")
	say("no. quagga zebrawords, i won't send anything like that", reaction("decline"))
	s.sees("You said no plainly")
	s.look("a line that was heard")
	say("ok fine quaggaful, i'll send it to you", reaction("agree"))
	say("<img src=x onerror=document.title='quaggatitle'> no", "<img src=x")
	var title, role, label string
	s.run(chromedp.Title(&title), chromedp.AttributeValue("#heard", "role", &role, nil),
		chromedp.Evaluate(`document.querySelector("label[for=say]").textContent`, &label))
	if strings.Contains(title, "quagga") || role != "status" || label == "" {
		t.Errorf("title %q, role %q, label %q", title, role, label)
	}

	say("is she gonna hurt herself?", "Is that about yourself?")
	say("...", "I can't tell")
	say("is she gonna hurt herself?", "Is that about yourself?")
	say("2", "I can't tell") // An answer, not a line.
	s.sees("is she gonna hurt herself?")
	say("quaggadays i want to die", "This comes before the story")
	shown := `!document.getElementById("first")`
	s.run(browsertest.Press("#notmeant", shown), chromedp.WaitVisible("#say"),
		browsertest.Until(`document.getElementById("heard").textContent === ""`))
	say("quaggadays i want to die", "This comes before the story")
	var focus, html string
	var covered bool
	s.run(chromedp.Evaluate(`document.activeElement.id`, &focus),
		chromedp.Evaluate(`document.getElementById("live").hidden`, &covered),
		chromedp.Evaluate(`document.documentElement.outerHTML + document.getElementById("say").value`, &html))
	if focus != "first" || !covered || strings.Contains(html, "quaggadays") {
		t.Errorf("focus on %q, the story is covered: %v, the line is there: %v", focus, covered,
			strings.Contains(html, "quaggadays"))
	}
	s.look("help first")
	c.order(room.OwnPace) // The line must stay on the page when the class changes.
	s.run(browsertest.Until(`document.getElementById("say") === null`))
	s.sees("This comes before the story")
	c.order(room.OwnPace)
	s.run(browsertest.Until(`document.getElementById("say") !== null`))
	s.run(browsertest.Press("#back", shown), chromedp.WaitVisible("#say"))
	if n := actions(); n != was {
		t.Errorf("the class has been told of %d actions", n-was)
	}
	sent := wire.from(before)
	for _, m := range regexp.MustCompile(`(?m)^(POST|PUT|GET) (\S+)`).FindAllStringSubmatch(sent, -1) {
		if m[1] != "GET" || m[2] != "/live" && m[2] != "/live?once=1" {
			t.Errorf("it asked for %s %s while it listened", m[1], m[2])
		}
	}
	say("quaggaever no thanks, i'm telling my mum", "quaggaever")
	before = len(wire.from(0))
	s.run(browsertest.Press(`button[name="skip"]`, `document.getElementById("say") === null`))
	_, body, _ := strings.Cut(wire.from(before), "\r\n\r\n")
	if ok, _ := regexp.MatchString(`^at=\d+(&form=\w+)?&skip=001($|GET|POST)`, body); !ok {
		t.Errorf("passing the line by sends %q", body)
	}
	// Look for the words in base64, too, at each of the three offsets, and in hex.
	for _, word := range []string{"quagga", "zebraw", "cXVhZ2dh", "F1YWdnY", "xdWFnZ2", "717561676761", "won't"} {
		if strings.Contains(strings.ToLower(wire.from(0)), strings.ToLower(word)) {
			t.Errorf("%q is in what the browser sent", word)
		}
	}
	s.keepsNothing()
}

// TestWithoutTheRecogniserInChromium removes what the recogniser needs: the page still has a
// field to try the line in, and model answers.
func TestWithoutTheRecogniserInChromium(t *testing.T) {
	browser := browsertest.Open(t)
	for name, script := range map[string]string{
		"WebAssembly":           `delete window.WebAssembly`,
		"workers":               `delete window.Worker`,
		"a worker that starts":  `window.Worker = function () { throw new Error("no") }`,
		"a worker that answers": `Worker.prototype.postMessage = () => { throw new Error("no") }`,
	} {
		c := rehearsing(t, "anonymous-heron")
		v := newVisitor(t, browser, c.at)
		v.run(chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := cdppage.AddScriptToEvaluateOnNewDocument(script).Do(ctx)
			return err
		}))
		v.join(c.code)
		c.order(room.Start)
		c.order(room.OwnPace)
		if err := c.room.Step(c.seats()[0], 0, func(run play.Run) (play.Run, error) {
			return toRehearsal(run, "his-editor")
		}).Soon(); err != nil {
			t.Fatal(err)
		}
		v.run(chromedp.WaitVisible("#say"), browsertest.Type("#say", "no"))
		var shown bool
		v.run(browsertest.Press(`button[name="skip"]`, `document.getElementById("say") === null`),
			chromedp.Evaluate(`document.getElementById("listen") !== null`, &shown))
		v.sees("could sound")
		if shown {
			t.Errorf("without %s: there is still a button", name)
		}
		v.keepsNothing()
	}
}

// mostLoaded is the most that the recogniser may take over the network, in bytes.
const mostLoaded = 1_500_000

// TestTheDeviceHearsWhatTheProgramHears gives lines of every writer to the browser's recogniser
// and to the program's: both hear the same. If it fails after a change to package hear, run
//
//	go run ./internal/hear/ondevice/build
func TestTheDeviceHearsWhatTheProgramHears(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	m := open(t)
	v := newVisitor(t, browsertest.Open(t), c.at)
	v.join(c.code)
	ears, err := m.course.Recogniser()
	if err != nil {
		t.Fatal(err)
	}
	see, err := view.New(m.course, nil)
	if err != nil {
		t.Fatal(err)
	}
	phrases := see.Phrases("Help")
	type asked struct {
		Rehearsal exchange.Rehearsal `json:"rehearsal"`
		Line      string             `json:"line"`
	}
	var all []asked
	for _, l := range everyWritersLines(t) {
		r := exchange.Rehearsal{In: l.Situation}
		for i, move := range hear.Moves[l.Situation] {
			name, weak := strings.CutPrefix(move, "~")
			r.Items = append(r.Items, exchange.Item{Move: name, Weak: weak, Reply: i, Fulfils: name == "agree",
				Cues: []string{"my mum"}})
		}
		all = append(all, asked{r, l.Text})
	}
	words, _ := json.Marshal(phrases)
	lines, _ := json.Marshal(all)
	var got string
	v.run(chromedp.Evaluate(`(async () => {
		const load = (path) => fetch(path).then((r) => r.arrayBuffer());
		const parts = await Promise.all(["/hear.wasm", "/hear.frames", "/hear.weights"].map(load));
		const worker = new Worker("/hear.js"), phrases = `+string(words)+`, out = [];
		const ask = (what) => new Promise((done, failed) => {
			worker.onmessage = (e) => done(e.data);
			worker.onerror = (e) => failed(e.message);
			worker.postMessage(what);
		});
		const started = await ask({ program: parts[0], frames: parts[1], weights: parts[2] });
		if (!started.ready) return "not ready: " + started.wrong;
		for (const it of `+string(lines)+`) out.push((await ask({ rehearsal: it.rehearsal, phrases: phrases, line: it.line })).answer);
		return JSON.stringify(out);
	})()`, &got, wait))
	var heard []exchange.Answer
	if err := json.Unmarshal([]byte(got), &heard); err != nil || len(heard) != len(all) {
		t.Fatalf("%v: %d answers to %d lines: %.300s", err, len(heard), len(all), got)
	}
	wrong := 0
	for i, a := range all {
		want, _ := json.Marshal(a.Rehearsal.Answer(ears, phrases, a.Line, nil))
		device, _ := json.Marshal(heard[i])
		if string(want) != string(device) {
			if wrong++; wrong < 5 {
				t.Errorf("%q: the program says %s, the device %s", a.Line, want, device)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d lines are heard otherwise: run go run ./internal/hear/ondevice/build", wrong, len(all))
	}
	loaded := 0
	for _, name := range web.RecogniserParts {
		part, ok := m.pages.Recogniser(name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		t.Logf("%s: %d bytes", name, len(part.Src))
		loaded += len(part.Src)
	}
	for _, name := range []string{"hear.js", "wasm_exec.js"} {
		src, _ := web.Asset(name)
		loaded += len(src)
	}
	t.Logf("%d lines; %d bytes are loaded", len(all), loaded)
	if loaded > mostLoaded || len(all) < 1000 {
		t.Errorf("%d bytes are loaded, at most %d; %d lines", loaded, mostLoaded, len(all))
	}
}

// everyWritersLines returns some lines of each training file.
func everyWritersLines(t *testing.T) (all []hear.Line) {
	t.Helper()
	files, err := os.ReadDir("../../lessons/en/hear")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), "writer-") && f.Name() != "plain.txt" && f.Name() != "lesser.txt" {
			continue
		}
		src, err := os.ReadFile("../../lessons/en/hear/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		lines, err := hear.ReadLines(src)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(lines); i += 9 {
			all = append(all, lines[i])
		}
	}
	return all
}

// tellingLines returns the lines that people typed to tell someone.
func tellingLines(t *testing.T) (all []string) {
	for _, l := range everyWritersLines(t) {
		if l.Situation == hear.Tell {
			all = append(all, l.Text)
		}
	}
	return all
}

// TestALineThatIsSaidInChromium types lines that are said to someone in the room: a line is
// shown as speech, and after an unclear one the learner is asked what they meant.
func TestALineThatIsSaidInChromium(t *testing.T) {
	c := rehearsing(t, "justice-for-greg")
	s := newVisitor(t, browsertest.Open(t), c.at)
	c.sitAt(s, "the-kitchen-light")
	s.run(browsertest.Type("#say", "someone online is blackmailing me"),
		browsertest.Press("#listen", `document.querySelector("#heard p.speech")`))
	s.sees("You said what happened")
	s.look("a line that was said")
	var asks string
	ears, err := open(t).course.Recogniser()
	if err != nil {
		t.Fatal(err)
	}
	told, _, err := open(t).course.Lesson("justice-for-greg")
	if err != nil || told == nil {
		t.Fatal(err)
	}
	there := play.NewRoutes(told, &told.Scenes[told.Scene("the-kitchen-light")])
	for _, line := range append([]string{"please just hide it", "reported your account just now"}, tellingLines(t)...) {
		if len(there.Listen(ears, line).Ask) == 2 { // The first unclear line.
			asks = line
			break
		}
	}
	if asks == "" {
		t.Fatal("no line is asked about there")
	}
	s.run(browsertest.Type("#say", asks),
		browsertest.Press("#listen", `document.querySelector("#heard button.meant")`))
	s.look("a line that is asked about")
	var focus string
	s.run(browsertest.Press("#heard button.meant", `!document.querySelector("#heard button.meant")`),
		chromedp.Evaluate("document.activeElement.id", &focus))
	s.sees("Okay, you")
	if focus != "listen" {
		t.Errorf("the focus is on %q", focus)
	}
	s.keepsNothing()
}
