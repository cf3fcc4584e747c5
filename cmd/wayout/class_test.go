//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
	"wayout/internal/classtest"
)

// taught is a class that a teacher has begun, and its students.
type taught struct {
	t    *testing.T
	home string
	desk *console
	page string // The address for browsers.
	ssh  string // Host and port for terminals.
	code string

	wire *wire
}

// teach starts wayout class in a terminal, with its own home folder.
func teach(t *testing.T, flags ...string) *taught {
	t.Helper()
	k := &taught{t: t, home: t.TempDir()}
	run, tmp := filepath.Join(k.home, "run"), filepath.Join(k.home, "tmp")
	if err := errors.Join(os.Mkdir(run, 0o700), os.Mkdir(tmp, 0o700)); err != nil {
		t.Fatal(err)
	}
	k.desk = newConsoleWith(t, k.home, []string{"XDG_RUNTIME_DIR=" + run, "TMPDIR=" + tmp},
		append([]string{"class", "hold-my-phone", "--port", "0", "--ssh-port", "0", "--report", k.home}, flags...)...)
	k.desk.waitFor("In a terminal:")
	find := func(pattern string) string {
		t.Helper()
		m := regexp.MustCompile(pattern).FindStringSubmatch(k.desk.screen())
		if m == nil {
			t.Fatalf("no %s on the desk:\n%s", pattern, k.desk.screen())
		}
		return m[1]
	}
	k.page = "http://" + find(`http://([0-9.]+:\d+)`)
	k.code = find(`(?m)\s([0-9A-Z]{3} [0-9A-Z]{4} [0-9A-Z]{3})\s*$`)
	k.ssh = find(`join@([0-9.]+)`) + ":" + find(`ssh -p (\d+)`)
	return k
}

// wire is a proxy that keeps a copy of everything that passes.
type wire struct {
	l    net.Listener
	to   string
	mu   sync.Mutex
	copy bytes.Buffer
}

func tap(t *testing.T, to string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	w := &wire{l: l, to: to}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w
}

func (w *wire) carry(c net.Conn) {
	defer c.Close()
	far, err := net.Dial("tcp", w.to)
	if err != nil {
		return
	}
	defer far.Close()
	go func() {
		_, _ = io.Copy(io.MultiWriter(far, w), c)
		_ = far.Close()
	}()
	_, _ = io.Copy(io.MultiWriter(c, w), far)
}

// Write adds to the copy.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.copy.Write(p)
}

// pages returns the address of the pages, through a wire.
func (k *taught) pages() string {
	if k.wire == nil {
		k.wire = tap(k.t, strings.TrimPrefix(k.page, "http://"))
	}
	return "http://" + k.wire.l.Addr().String()
}

// together calls f for 0 to n-1 at the same time, and fails if any call fails.
func together(t *testing.T, n int, f func(i int) error) {
	t.Helper()
	failed := make(chan error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			if err := f(i); err != nil {
				failed <- fmt.Errorf("%d: %w", i, err)
			}
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if t.Failed() {
		t.FailNow()
	}
}

const typed = "words that nobody may see"

// TestThirtyJoin teaches a class as a teacher does for the first time: one command, ten
// browsers, ten terminals and ten browsers without JavaScript, a vote, a result, an end
// and a report.
func TestThirtyJoin(t *testing.T) {
	browser := browsertest.Open(t)
	k := teach(t)
	k.onlyPrintedPorts()
	at := k.pages()
	tabs := make([]context.Context, 10)
	for i := range tabs {
		tabs[i] = browsertest.Window(t, browser)
	}
	terminals := make([]*classtest.Terminal, 10)
	plain := make([]*classtest.Browser, 10)
	begin := time.Now()
	together(t, 30, func(i int) (err error) {
		switch n := i % 10; i / 10 {
		case 0:
			return chromedp.Run(tabs[n], chromedp.Navigate(at+"/"), browsertest.Type("#code", k.code),
				browsertest.Enter("#code", `document.getElementById("now")`))
		case 1:
			if terminals[n], err = classtest.SitDown(k.ssh, k.code); err == nil {
				err = terminals[n].Sees("You're in.")
			}
			return err
		default:
			plain[n] = classtest.NewBrowser(at)
			return plain[n].Join(k.code)
		}
	})
	k.desk.waitFor("30 are in")
	if took := time.Since(begin); took > time.Minute {
		t.Errorf("thirty are in after %v, not within a minute", took)
	}
	k.desk.press("\r", "Before we begin")
	k.toQuestion()
	k.desk.press("v", "The question is open")
	together(t, 30, func(i int) error {
		switch n := i % 10; i / 10 {
		case 0:
			button := fmt.Sprintf(`button[name="pick"][value="%d"]`, n%2)
			return chromedp.Run(tabs[n], chromedp.WaitVisible(button), browsertest.Press(button,
				`document.querySelector('button[aria-pressed="true"]')`))
		case 1:
			if err := terminals[n].Sees("Nobody sees who chose what"); err != nil {
				return err
			}
			if err := terminals[n].Press(fmt.Sprint(n%2 + 1)); err != nil {
				return err
			}
			return terminals[n].Sees("You chose")
		default:
			return plain[n].Vote(n % 2)
		}
	})
	k.desk.waitFor("Everyone has answered")
	k.desk.press("v", "v")
	k.desk.waitFor("closed")
	k.desk.press("v", "How many people are taking part")
	k.desk.press("30\r", "Everyone sees the answers")
	k.desk.waitFor(" 15")
	together(t, 30, func(i int) error {
		switch n := i % 10; i / 10 {
		case 0:
			ctx, cancel := context.WithTimeout(tabs[n], 10*time.Second)
			defer cancel()
			return seen(tabs[n], chromedp.Run(ctx, chromedp.WaitVisible(".count")))
		case 1:
			return terminals[n].Sees(" 15")
		default:
			_, body, err := plain[n].Get("/seat")
			if err == nil && strings.Count(body, `<span class="count">15</span>`) != 2 {
				err = fmt.Errorf("no result on %s", body)
			}
			return err
		}
	})
	k.ownPace(tabs[0])
	k.end(terminals, tabs)
}

// toQuestion reads to the question at the end of the first scene. It waits for each page,
// because pressing enter once too often would ask the question.
func (k *taught) toQuestion() {
	k.t.Helper()
	k.desk.press("\r", "")
	within(k.t, 10*time.Second, "the story", func() bool {
		return !strings.Contains(k.desk.screen(), "Before we begin")
	})
	k.desk.waitFor("page 1 of ")
	m := regexp.MustCompile(`page 1 of (\d+)`).FindStringSubmatch(k.desk.screen())
	pages := 0
	if _, err := fmt.Sscan(m[1], &pages); err != nil {
		k.t.Fatal(err)
	}
	for n := 2; n <= pages; n++ {
		k.desk.press("\r", fmt.Sprintf("page %d of %d", n, pages))
	}
	k.desk.waitFor("press v to ask the room")
}

// seen adds the text of the page to an error.
func seen(tab context.Context, err error) error {
	if err == nil {
		return nil
	}
	var page string
	_ = chromedp.Run(tab, chromedp.Evaluate("document.body.innerText", &page))
	return fmt.Errorf("%w; the page:\n%s", err, page)
}

// ownPace lets everyone go at their own pace, and types a line in a browser.
func (k *taught) ownPace(tab context.Context) {
	k.t.Helper()
	k.desk.press("o", "Everyone goes at their own pace")
	ctx, cancel := context.WithTimeout(tab, 60*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.WaitReady(`#now input[name="at"]`)); err != nil {
		k.t.Fatal(err)
	}
	toRehearsal(k.t, ctx, func(moved chromedp.Action) error {
		return chromedp.Run(ctx, says(typed, "#heard .speech"), click(`#now button[name="skip"]`), moved)
	})
}

// click finds and clicks an element in one step, because the page may change between two.
func click(what string) chromedp.Action {
	return chromedp.Evaluate(fmt.Sprintf("document.querySelector(%q).click()", what), nil)
}

// says types a line, has it heard, and waits for the element until.
func says(line, until string) chromedp.Action {
	return chromedp.Tasks{chromedp.WaitVisible("#listen"), browsertest.Type("#say", line),
		browsertest.Press("#listen", fmt.Sprintf("document.querySelector(%q)", until))}
}

// toRehearsal takes the first way through a lesson to a line to type, and calls say. The action
// moved waits until the page has changed.
func toRehearsal(t *testing.T, ctx context.Context, say func(moved chromedp.Action) error) {
	t.Helper()
	for range 40 {
		var turn, at string
		err := chromedp.Run(ctx, chromedp.Evaluate(
			`document.querySelector("#say") ? "say" : document.querySelector('#now input[type=radio]') ? "answer" : document.querySelector("#now form button") ? "go" : "end"`, &turn),
			chromedp.Evaluate(`document.querySelector('#now input[name="at"]').value`, &at))
		moved := browsertest.Until(
			fmt.Sprintf(
				`document.querySelector('#now input[name="at"]') && document.querySelector('#now input[name="at"]').value !== %q`, at))
		switch {
		case err != nil:
			t.Fatal(err)
		case turn == "say":
			if err = say(moved); err == nil {
				return
			}
		case turn == "answer":
			err = chromedp.Run(ctx, click(`#now input[name="answer"]`), click(`#now input[name="how"]`),
				click("#now button.big"), moved)
		default:
			err = chromedp.Run(ctx, click("#now form button"), moved)
		}
		if err != nil && strings.Contains(err.Error(), "Could not find node") {
			continue // The page changed between finding and pressing, so nothing was pressed.
		}
		if err != nil {
			var page string
			still, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second) // ctx may be over.
			defer done()
			_ = chromedp.Run(still, chromedp.OuterHTML("body", &page))
			t.Fatalf("%v; the page, at %s of %s:\n%s", err, turn, at, page)
		}
	}
	t.Fatal("nobody was asked to say it")
}

// end ends the class, and checks what is left of it.
func (k *taught) end(terminals []*classtest.Terminal, tabs []context.Context) {
	k.t.Helper()
	k.desk.press("e", "End the class for everyone?")
	k.desk.press("y", "The class is over")
	for _, r := range terminals {
		if err := r.Sees("This class is over"); err != nil {
			k.t.Error(err)
		}
	}
	for _, tab := range tabs {
		ctx, cancel := context.WithTimeout(tab, 10*time.Second)
		if err := chromedp.Run(ctx, chromedp.WaitReady(`#now[data-ended="true"]`)); err != nil {
			k.t.Error("the end is not on a page", err)
		}
		cancel()
	}
	left := slices.DeleteFunc(k.left(false), func(path string) bool { // For resuming the class.
		return filepath.Dir(path) == filepath.Join(k.home, "run", "wayout")
	})
	if len(left) != 1 || !strings.HasSuffix(left[0], "class-host-key") {
		k.t.Errorf("on the disk, before a report is asked for: %q", left)
	}
	k.desk.press("s", "class-hold-my-phone.csv")
	src, err := os.ReadFile(filepath.Join(k.home, "class-hold-my-phone.csv"))
	if err != nil || strings.Count(string(src), ",15\n") != 2 {
		k.t.Errorf("the report: %v %s", err, src)
	}
	begin := time.Now()
	k.desk.press("\r", "")
	select {
	case <-k.desk.done:
	case <-time.After(10 * time.Second):
		k.t.Error("the desk does not go")
	}
	if took := time.Since(begin); took > 5*time.Second {
		k.t.Errorf("it stops after %v", took)
	}
	if left := k.left(true); len(left) != 4 { // The two files of the report, the calendar file, and the host key.
		k.t.Errorf("on the disk after the end: %q", left)
	}
	k.capture()
}

// left returns every file below the teacher's home folder, which is all that the program can
// write to, and, with folders set, temporary folders that it should have removed.
func (k *taught) left(folders bool) (all []string) {
	k.t.Helper()
	_ = filepath.WalkDir(k.home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && (!d.IsDir() || folders && strings.HasPrefix(d.Name(), "wayout-")) {
			all = append(all, path)
		}
		return err
	})
	return all
}

// capture looks through everything that passed between browsers and the class: no name,
// nothing typed, and nothing that would identify a device tomorrow.
func (k *taught) capture() {
	k.t.Helper()
	k.wire.mu.Lock()
	// Look only at text: a short host name may occur by chance in compressed data.
	all := strings.Join(regexp.MustCompile(`[\x20-\x7e\r\n\t]{16,}`).FindAllString(k.wire.copy.String(), -1), "\n")
	k.wire.mu.Unlock()
	if len(all) < 100_000 {
		k.t.Errorf("only %d bytes were seen", len(all))
	}
	host, _ := os.Hostname()
	for _, s := range []string{typed, strings.ReplaceAll(typed, " ", "+"), "kai.surname", host, "ETag", "Last-Modified",
		"Max-Age=3", "Expires=", "X-Request-Id", "Server: "} {
		if s != "" && strings.Contains(all, s) {
			k.t.Errorf("%q has passed over the wire", s)
		}
	}
	set, names := map[string]bool{}, map[string]int{}
	for _, m := range regexp.MustCompile(`Set-Cookie: ([^\r]*)`).FindAllStringSubmatch(all, -1) {
		value, rest, _ := strings.Cut(m[1], ";")
		name, secret, _ := strings.Cut(value, "=")
		if secret == "" && strings.Contains(rest, "Max-Age=0") {
			continue // This one deletes the cookie.
		}
		if rest != " Path=/; HttpOnly; SameSite=Strict" {
			k.t.Errorf("a cookie with %q", rest)
		}
		if set[value] {
			k.t.Errorf("two browsers have the same cookie %q", value)
		}
		set[value] = true
		names[name]++
	}
	// Each browser gets a ticket, which is deleted when the seat is taken, and a seat.
	if len(names) != 2 || names["seat"] != 20 || names["ticket"] != 20 {
		k.t.Errorf("%v cookies for twenty browsers", names)
	}
}

// onlyPrintedPorts holds that the program listens only on the ports that it has printed.
func (k *taught) onlyPrintedPorts() {
	k.t.Helper()
	if runtime.GOOS != "linux" {
		k.t.Log("the sockets of a process are looked at on Linux only")
		return
	}
	pid := k.desk.cmd.Process.Pid
	own := map[string]bool{}
	fds, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	if err != nil {
		k.t.Fatal(err)
	}
	for _, fd := range fds {
		if to, err := os.Readlink(fd); err == nil {
			if inode, ok := strings.CutPrefix(to, "socket:["); ok {
				own[strings.TrimSuffix(inode, "]")] = true
			}
		}
	}
	open := map[string]bool{}
	for _, table := range []string{"tcp", "tcp6", "udp", "udp6"} {
		src, _ := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", pid, table))
		for _, line := range strings.Split(string(src), "\n")[1:] {
			f := strings.Fields(line)
			if len(f) > 9 && own[f[9]] && (f[3] == "0A" || strings.HasPrefix(table, "udp")) {
				var port int
				_, _ = fmt.Sscanf(f[1][strings.LastIndex(f[1], ":")+1:], "%X", &port)
				open[fmt.Sprintf("%s %s %d", table, f[1][:strings.LastIndex(f[1], ":")], port)] = true
			}
		}
	}
	_, page, _ := net.SplitHostPort(strings.TrimPrefix(k.page, "http://"))
	_, ssh, _ := net.SplitHostPort(k.ssh)
	want := map[string]bool{"tcp 0100007F " + page: true, "tcp 0100007F " + ssh: true}
	if fmt.Sprint(open) != fmt.Sprint(want) {
		k.t.Errorf("open are %v, printed were %v", open, want)
	}
}

// TestClassStops ends a class of forty by the signal that a system sends when it shuts down.
func TestClassStops(t *testing.T) {
	k := teach(t)
	at := k.pages()
	terminals := make([]*classtest.Terminal, 10)
	together(t, 40, func(i int) (err error) {
		if i < len(terminals) {
			if terminals[i], err = classtest.SitDown(k.ssh, k.code); err == nil {
				err = terminals[i].Sees("You're in.")
			}
			return err
		}
		b := classtest.NewBrowser(at)
		if err := b.Join(k.code); err != nil {
			return err
		}
		req, err := b.HTTP.Get(at + "/live") // A connection that stays open.
		if err == nil {
			_, err = req.Body.Read(make([]byte, 1))
		}
		return err
	})
	begin := time.Now()
	if err := k.desk.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-k.desk.done:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
	took := time.Since(begin)
	t.Logf("it stopped after %v", took.Round(time.Millisecond))
	if took > 5*time.Second {
		t.Errorf("it stops after %v, not within 5 s", took)
	}
	if left := k.left(true); len(left) != 1 {
		t.Errorf("on the disk after the end: %q", left)
	}
}
