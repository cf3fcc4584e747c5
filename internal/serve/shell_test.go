package serve

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"wayout/internal/classtest"
	"wayout/internal/codes"
	"wayout/internal/room"
	"wayout/internal/settings"
	"wayout/internal/sshd"
)

// shell serves a class over SSH too, and returns its address.
func (c *class) shell(m material) (string, *sshd.Server) {
	c.t.Helper()
	return c.shellWith(m, settings.BuiltIn())
}

// shellWith is shell with settings.
func (c *class) shellWith(m material, set settings.Settings) (string, *sshd.Server) {
	c.t.Helper()
	key, _, err := sshd.HostKey("")
	if err != nil {
		c.t.Fatal(err)
	}
	s, err := sshd.New(c.registry, sshd.Options{Course: m.course, Help: m.help, Settings: set,
		HostKey: key})
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

// sees fails the test unless a text appears on a terminal's screen.
func sees(t testing.TB, r *classtest.Terminal, what string) {
	t.Helper()
	if err := r.Sees(what); err != nil {
		t.Fatal(err)
	}
}

// TestShell takes a class in terminals at other machines, from the code to the end.
func TestShell(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, _ := c.shell(open(t))
	var all []*classtest.Terminal
	for range 6 {
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Client.Close()
		sees(t, r, "You're in.")
		all = append(all, r)
	}
	q := c.toQuestion()
	sees(t, all[0], q.Options[0].Words[:20])
	c.order(room.Ask)
	for i, r := range all {
		sees(t, r, "Nobody sees who chose what")
		if err := r.Press(fmt.Sprint(i%2 + 1)); err != nil {
			t.Fatal(err)
		}
		sees(t, r, "You chose")
	}
	c.order(room.Show)
	sees(t, all[0], "too few answers")

	// The connection drops, and the return code opens the same seat.
	before, _ := c.room.View("")
	c.order(room.OwnPace)
	sees(t, all[1], "at your own pace")
	if err := all[1].Press("\r"); err != nil {
		t.Fatal(err)
	}
	sees(t, all[1], "im left handed")
	c.order(room.OwnPace)
	sees(t, all[1], q.Options[0].Words[:20])
	if after, _ := c.room.View(""); before.In != 6 || after.In != 6 {
		t.Errorf("%d and %d are in", before.In, after.In)
	}
	if err := all[2].Press("\x18"); err != nil { // Leaving at once.
		t.Fatal(err)
	}
	select {
	case <-all[2].Ended:
	case <-time.After(5 * time.Second):
		t.Error("ctrl+x does not leave")
	}
	c.order(room.End)
	sees(t, all[0], "This class is over")
}

// TestShellIsCovered has the windows of seats lose the keyboard. A seat shows nothing of the
// class until enter is pressed, whatever the class does; the projector, and a seat of a class
// whose setting says no, show what they showed.
func TestShellIsCovered(t *testing.T) {
	const left, back, cover = "\x1b[O", "\x1b[I", "Press enter to go on."
	c, m := newClass(t, 64, PageOptions{}), open(t)
	never := settings.BuiltIn()
	never.Cover = settings.Off
	at, _ := c.shell(m)
	open, _ := c.shellWith(m, never)
	var all []*classtest.Terminal
	for _, at := range []string{at, at, open} {
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Client.Close()
		sees(t, r, "You're in.")
		all = append(all, r)
	}
	press := func(r *classtest.Terminal, keys string) {
		t.Helper()
		if err := r.Press(keys); err != nil {
			t.Fatal(err)
		}
	}
	seat, projector, uncovered := all[0], all[1], all[2]
	press(projector, "p")
	classtest.Until(t, 10*time.Second, "the projector to ask for no more reports", func() bool {
		return strings.Contains(projector.Raw(), "\x1b[?1004l")
	})
	for _, r := range all {
		press(r, left)
	}
	sees(t, seat, cover)
	press(seat, back+"x\x1b[A")
	c.order(room.Start)
	for _, r := range []*classtest.Terminal{projector, uncovered} {
		sees(t, r, "Before we begin")
		if strings.Contains(r.Raw(), cover) {
			t.Error("it was covered")
		}
	}
	if strings.Contains(uncovered.Raw(), "\x1b[?1004") {
		t.Error("a terminal is asked for reports that no one wants")
	}
	if s := seat.Screen(); !strings.Contains(s, cover) || strings.Contains(s, "You're in.") {
		t.Errorf("the seat isn't covered:\n%s", s)
	}
	press(seat, "\r")
	sees(t, seat, "Before we begin")
	press(seat, "\x18")
	<-seat.Ended
	if !strings.Contains(seat.Raw(), "\x1b[?1004l") {
		t.Error("the terminal goes on to tell")
	}
}

// TestShellHearsWholeKeys sends pastes and terminal replies that never end: none of their
// digits answers the question, and a participant who wants to leave still can.
func TestShellHearsWholeKeys(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, _ := c.shell(open(t))
	for i, torn := range []string{"\x1b[200~1\x1b", "\x1b]11;rgb:11/2", "\x1b[?1;2", "\x1bP>|1"} {
		r, err := classtest.SitDown(at, c.code)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Client.Close()
		if i == 0 {
			sees(t, r, "You're in.")
			c.toQuestion()
			c.order(room.Ask)
		}
		sees(t, r, "Nobody sees who chose what")
		if err := r.Press(torn + "\x18"); err != nil {
			t.Fatal(err)
		}
		select {
		case <-r.Ended:
		case <-time.After(5 * time.Second):
			t.Errorf("%q: ctrl+x does not leave", torn)
		}
		if strings.Contains(r.Raw(), "\x1b[?2004h") {
			t.Error("the terminal is asked to mark pastes, where nothing is typed")
		}
		if strings.Contains(r.Raw(), "You chose") {
			t.Errorf("%q has answered the question", torn)
		}
	}
}

// TestWayBack drops a connection in the middle of a class and returns to the same seat.
func TestWayBack(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, _ := c.shell(open(t))
	r, err := classtest.SitDown(at, strings.ToLower(c.code))
	if err != nil {
		t.Fatal(err)
	}
	sees(t, r, "Your way back in")
	_, after, _ := strings.Cut(r.Screen(), "drops: ")
	back := codes.Parse(strings.TrimSpace(after[:14]))
	if back == "" {
		t.Fatalf("no way back on\n%s", r.Screen())
	}
	c.toQuestion()
	c.order(room.Ask)
	sees(t, r, "Nobody sees who chose what")
	_ = r.Press("1")
	sees(t, r, "You chose")
	_ = r.Client.Close()
	c.order(room.Lock) // A locked class still lets a taken seat return.
	begin := time.Now()
	again, err := classtest.SitDown(at, back)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Client.Close()
	sees(t, again, "You chose")
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("back after %v", took)
	}
	v, _ := c.room.View("")
	if v.In != 1 || !v.AllAnswered {
		t.Errorf("%d are in, everybody has answered: %v", v.In, v.AllAnswered)
	}
	if _, err := classtest.SitDown(at, c.code); err == nil {
		t.Error("joined a locked class")
	}
}

// TestShellLinewise takes part without a terminal, as a screen reader would.
func TestShellLinewise(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, _ := c.shell(open(t))
	r, err := classtest.Listen(at, c.code)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Client.Close()
	sees(t, r, "You're in.")
	c.toQuestion()
	c.order(room.Ask)
	sees(t, r, "Type a number")
	_ = r.Press("9\n")
	sees(t, r, "Please type a number from 1 to")
	_ = r.Press("2\n")
	sees(t, r, "Your answer is in")
	c.order(room.Show)
	sees(t, r, "too few answers")
	c.order(room.OwnPace)
	sees(t, r, "at your own pace")
	_ = r.Press("\n")
	sees(t, r, "says: im left handed")
	c.order(room.OwnPace)
	c.order(room.End)
	sees(t, r, "The class is over")
	if err := <-r.Ended; err != nil {
		t.Error(err)
	}
	if strings.Contains(r.Raw(), "\x1b") {
		t.Error("there are escapes in it")
	}
}

// TestShellRefuses checks that SSH offers nothing but a seat.
func TestShellRefuses(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	at, s := c.shell(open(t))
	config := &gossh.ClientConfig{User: "x", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 5 * time.Second}
	config.Auth = []gossh.AuthMethod{gossh.Password(c.code)}
	if _, err := gossh.Dial("tcp", at, config); err == nil || strings.Contains(err.Error(), "publickey") {
		t.Error("let in by a password", err)
	}
	if _, err := classtest.Dial(at, "ZZZZZZZZZZ"); err == nil {
		t.Error("let in by a wrong code")
	}
	client, err := classtest.Dial(at, c.code)
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
	if !errors.As(err, &exit) || exit.ExitStatus() != 2 || !strings.Contains(string(out), "doesn't run commands") {
		t.Errorf("a command: %q, %v", out, err)
	}
	for _, sub := range []string{"sftp", "netconf"} {
		other, err := classtest.Dial(at, c.code)
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
