package serve

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"

	"wayout/internal/room"
	"wayout/internal/settings"
)

// shell serves a class over SSH too, and returns its address.
func (c *class) shell(m material) (string, *Shell) {
	c.t.Helper()
	key, _, err := HostKey("")
	if err != nil {
		c.t.Fatal(err)
	}
	s, err := NewShell(c.hall, ShellOptions{Course: m.course, Help: m.help, Settings: settings.BuiltIn(), HostKey: key})
	if err != nil {
		c.t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.Serve(l) }()
	c.t.Cleanup(func() { s.Close(); <-done })
	return l.Addr().String(), s
}

// dial opens a connection with a code.
func dial(at, code string) (*gossh.Client, error) {
	return gossh.Dial("tcp", at, &gossh.ClientConfig{User: "kai.surname", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 10 * time.Second,
		Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
			answers := make([]string, len(questions))
			for i := range answers {
				answers[i] = code
			}
			return answers, nil
		})}})
}

// remote is somebody at a terminal at another machine.
type remote struct {
	client *gossh.Client
	sess   *gossh.Session
	keys   io.WriteCloser
	mu     sync.Mutex
	em     *vt.Emulator
	raw    strings.Builder
	ended  chan error
}

// Write draws what has come on the screen.
func (r *remote) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.raw.Write(p)
	return r.em.Write(p)
}

func (r *remote) screen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.em.String()
}

// sitDown opens a session with a terminal of 80 by 24.
func sitDown(at, code string) (*remote, error) {
	client, err := dial(at, code)
	if err != nil {
		return nil, err
	}
	r := &remote{client: client, em: vt.NewEmulator(80, 24), ended: make(chan error, 1)}
	_, _ = r.em.Write([]byte("\x1b[20h"))
	go func() { _, _ = io.Copy(io.Discard, r.em) }() // A terminal that answers nothing.
	if r.sess, err = client.NewSession(); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	if r.keys, err = r.sess.StdinPipe(); err != nil {
		return nil, err
	}
	r.sess.Stdout, r.sess.Stderr = r, r
	if err := r.sess.RequestPty("xterm-256color", 24, 80, nil); err != nil {
		return nil, err
	}
	if err := r.sess.Shell(); err != nil {
		return nil, err
	}
	go func() { r.ended <- r.sess.Wait() }()
	return r, nil
}

func (r *remote) press(keys string) error {
	_, err := io.WriteString(r.keys, keys)
	return err
}

// sees waits until a text is on the screen.
func (r *remote) sees(t testing.TB, what string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !strings.Contains(r.screen(), what); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never saw %q; the screen:\n%s", what, r.screen())
		}
	}
}

// TestShell takes a class in terminals at other machines, from the code to the end.
func TestShell(t *testing.T) {
	c := newClass(t, 64, SiteOptions{})
	at, _ := c.shell(open(t))
	var all []*remote
	for range 6 {
		r, err := sitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.client.Close()
		r.sees(t, "You are in.")
		all = append(all, r)
	}
	q := c.toQuestion()
	all[0].sees(t, q.Options[0].Words[:20])
	c.order(room.Ask)
	for i, r := range all {
		r.sees(t, "Nobody sees who chose what")
		if err := r.press(fmt.Sprint(i%2 + 1)); err != nil {
			t.Fatal(err)
		}
		r.sees(t, "You chose")
	}
	c.order(room.Show)
	all[0].sees(t, "too few answers")

	// The line drops, and the way back in leads to the same seat.
	before, _ := c.room.View("")
	c.order(room.Own)
	all[1].sees(t, "at your own pace")
	if err := all[1].press("\r"); err != nil {
		t.Fatal(err)
	}
	all[1].sees(t, "you still up")
	c.order(room.Own)
	all[1].sees(t, q.Options[0].Words[:20])
	if after, _ := c.room.View(""); before.In != 6 || after.In != 6 {
		t.Errorf("%d and %d are in", before.In, after.In)
	}
	if err := all[2].press("\x18"); err != nil { // Leaving at once.
		t.Fatal(err)
	}
	select {
	case <-all[2].ended:
	case <-time.After(5 * time.Second):
		t.Error("ctrl+x does not leave")
	}
	c.order(room.End)
	all[0].sees(t, "This class is over")
}

// TestWayBack drops a line in the middle and comes back to the same seat.
func TestWayBack(t *testing.T) {
	c := newClass(t, 64, SiteOptions{})
	at, _ := c.shell(open(t))
	r, err := sitDown(at, strings.ToLower(c.code))
	if err != nil {
		t.Fatal(err)
	}
	r.sees(t, "Your way back in")
	_, after, _ := strings.Cut(r.screen(), "drops: ")
	back := ParseCode(strings.TrimSpace(after[:9]))
	if back == "" {
		t.Fatalf("no way back on\n%s", r.screen())
	}
	c.toQuestion()
	c.order(room.Ask)
	r.sees(t, "Nobody sees who chose what")
	_ = r.press("1")
	r.sees(t, "You chose")
	_ = r.client.Close()
	c.order(room.Lock) // A seat that was taken can be come back to.
	begin := time.Now()
	again, err := sitDown(at, back)
	if err != nil {
		t.Fatal(err)
	}
	defer again.client.Close()
	again.sees(t, "You chose")
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("back after %v", took)
	}
	v, _ := c.room.View("")
	if v.In != 1 || !v.Everybody {
		t.Errorf("%d are in, everybody has answered: %v", v.In, v.Everybody)
	}
	if _, err := sitDown(at, c.code); err == nil {
		t.Error("joined a locked class")
	}
}

// TestShellLinewise takes part without a terminal, as a screen reader would.
func TestShellLinewise(t *testing.T) {
	c := newClass(t, 64, SiteOptions{})
	at, _ := c.shell(open(t))
	client, err := dial(at, c.code)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	sess, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	r := &remote{em: vt.NewEmulator(80, 200)}
	_, _ = r.em.Write([]byte("\x1b[20h"))
	sess.Stdout = r
	keys, err := sess.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.Shell(); err != nil {
		t.Fatal(err)
	}
	r.sees(t, "You are in.")
	c.toQuestion()
	c.order(room.Ask)
	r.sees(t, "Type a number")
	_, _ = io.WriteString(keys, "9\n")
	r.sees(t, "Please type a number from 1 to")
	_, _ = io.WriteString(keys, "2\n")
	r.sees(t, "Your answer is in")
	c.order(room.Show)
	r.sees(t, "too few answers")
	c.order(room.Own)
	r.sees(t, "at your own pace")
	_, _ = io.WriteString(keys, "\n")
	r.sees(t, "says: you still up")
	c.order(room.Own)
	c.order(room.End)
	r.sees(t, "The class is over")
	if err := sess.Wait(); err != nil {
		t.Error(err)
	}
	if strings.Contains(r.raw.String(), "\x1b") {
		t.Error("there are escapes in it")
	}
}

// TestShellRefuses holds that nothing but a seat is to be had.
func TestShellRefuses(t *testing.T) {
	c := newClass(t, 64, SiteOptions{})
	at, s := c.shell(open(t))
	config := &gossh.ClientConfig{User: "x", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second}
	config.Auth = []gossh.AuthMethod{gossh.Password(c.code)}
	if _, err := gossh.Dial("tcp", at, config); err == nil || strings.Contains(err.Error(), "publickey") {
		t.Error("let in by a password", err)
	}
	if _, err := dial(at, "ZZZZZZ"); err == nil {
		t.Error("let in by a wrong code")
	}
	client, err := dial(at, c.code)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, kind := range []string{"direct-tcpip", "x11", "auth-agent@openssh.com", "direct-streamlocal@openssh.com"} {
		if _, _, err := client.OpenChannel(kind, nil); err == nil {
			t.Errorf("a channel of type %s is open", kind)
		}
	}
	if ok, _, err := client.SendRequest("tcpip-forward", true, gossh.Marshal(struct {
		Addr string
		Port uint32
	}{"0.0.0.0", 0})); ok || err != nil {
		t.Error("forwards a port", err)
	}
	sess, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"auth-agent-req@openssh.com", "x11-req"} {
		if ok, err := sess.SendRequest(kind, true, nil); ok || err != nil {
			t.Errorf("%s is granted: %v", kind, err)
		}
	}
	if _, err := client.NewSession(); err == nil {
		t.Error("a second session in the same connection")
	}
	out, err := sess.CombinedOutput("id; cat /etc/passwd")
	var exit *gossh.ExitError
	if !errors.As(err, &exit) || exit.ExitStatus() != 2 || !strings.Contains(string(out), "runs no commands") {
		t.Errorf("a command: %q, %v", out, err)
	}
	for _, sub := range []string{"sftp", "netconf"} {
		other, err := dial(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		sess, err := other.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := sess.RequestSubsystem(sub); err == nil {
			t.Errorf("there is a subsystem %s", sub)
		}
		_ = other.Close()
	}
	if n := s.Faults(); n != 0 {
		t.Errorf("%d sessions have failed", n)
	}
}

// TestHostKey is made once, readable by its owner only, and stays.
func TestHostKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "host-key")
	first, print1, err := HostKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, print2, err := HostKey(path)
	if err != nil || string(first) != string(again) || print1 != print2 || !strings.HasPrefix(print1, "SHA256:") {
		t.Errorf("%s, then %s: %v", print1, print2, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := HostKey(path); err == nil {
		t.Error("nonsense is a key")
	}
}
