package classtest

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"
)

// Dial opens a connection to a class over SSH, with a code. The server must ask only for
// the code; the user name is one that must not be found anywhere afterwards.
func Dial(at, code string) (*gossh.Client, error) {
	conn, err := net.DialTimeout("tcp", at, 10*time.Second)
	if err != nil {
		return nil, err
	}
	return dialOn(conn, at, code)
}

func dialOn(conn net.Conn, at, code string) (*gossh.Client, error) {
	c, channels, requests, err := gossh.NewClientConn(conn, at, &gossh.ClientConfig{User: "kai.surname",
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: 10 * time.Second,
		Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string,
			error) {
			answers := make([]string, len(questions))
			for i := range answers {
				answers[i] = code
			}
			return answers, nil
		})}})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return gossh.NewClient(c, channels, requests), nil
}

// Terminal is a student's terminal, connected over SSH.
type Terminal struct {
	Client *gossh.Client
	Ended  chan error // Receives the session's result when it ends.

	sess *gossh.Session
	keys io.WriteCloser
	mu   sync.Mutex
	em   *vt.Emulator
	raw  strings.Builder
}

// SitDown opens a session with a terminal of 80 by 24.
func SitDown(at, code string) (*Terminal, error) {
	conn, err := net.DialTimeout("tcp", at, 10*time.Second)
	if err != nil {
		return nil, err
	}
	return SitDownOn(conn, at, code)
}

// SitDownOn is SitDown on an existing connection.
func SitDownOn(conn net.Conn, at, code string) (*Terminal, error) {
	r := newTerminal(24)
	return r, r.sit(conn, at, code, 80, 24, r)
}

// Watch opens a session with a window of this size, in cells. It writes the output to out
// instead of drawing it, which costs little.
func Watch(conn net.Conn, at, code string, w, h uint32, out io.Writer) (*Terminal, error) {
	r := &Terminal{Ended: make(chan error, 1)}
	return r, r.sit(conn, at, code, w, h, out)
}

// Listen opens a session without a terminal, as ssh -T does.
func Listen(at, code string) (*Terminal, error) {
	client, err := Dial(at, code)
	if err != nil {
		return nil, err
	}
	r := newTerminal(200)
	if err := r.open(client, r); err != nil {
		return nil, err
	}
	return r, r.begin()
}

func newTerminal(rows int) *Terminal {
	r := &Terminal{em: vt.NewEmulator(80, rows), Ended: make(chan error, 1)}
	_, _ = r.em.Write([]byte("\x1b[20h"))            // Make a line feed return to the start of the line, too.
	go func() { _, _ = io.Copy(io.Discard, r.em) }() // Don't answer queries.
	return r
}

func (r *Terminal) sit(conn net.Conn, at, code string, w, h uint32, out io.Writer) error {
	client, err := dialOn(conn, at, code)
	if err != nil {
		return err
	}
	if err := r.open(client, out); err != nil {
		return err
	}
	pty := struct {
		Term       string
		W, H, X, Y uint32
		Modes      string
	}{"xterm-256color", w, h, 0, 0, "\x00"}
	if ok, err := r.sess.SendRequest("pty-req", true, gossh.Marshal(pty)); !ok || err != nil {
		return errors.Join(errors.New("no terminal"), err, client.Close())
	}
	return r.begin()
}

// open opens a session whose output goes to out.
func (r *Terminal) open(client *gossh.Client, out io.Writer) error {
	r.Client = client
	var err error
	if r.sess, err = client.NewSession(); err == nil {
		r.keys, err = r.sess.StdinPipe()
		r.sess.Stdout, r.sess.Stderr = out, out
	}
	if err != nil {
		return errors.Join(err, client.Close())
	}
	return nil
}

func (r *Terminal) begin() error {
	if err := r.sess.Shell(); err != nil {
		return errors.Join(err, r.Client.Close())
	}
	go func() { r.Ended <- r.sess.Wait() }()
	return nil
}

// Write draws output on the screen.
func (r *Terminal) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.raw.Write(p)
	return r.em.Write(p)
}

// Screen returns what is on the screen.
func (r *Terminal) Screen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.em.String()
}

// Raw returns all output so far.
func (r *Terminal) Raw() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.raw.String()
}

// Press types keys.
func (r *Terminal) Press(keys string) error {
	_, err := io.WriteString(r.keys, keys)
	return err
}

// Resize changes the size of the window, in cells.
func (r *Terminal) Resize(w, h uint32) error {
	_, err := r.sess.SendRequest("window-change", false, gossh.Marshal(struct{ W, H, X, Y uint32 }{w, h, 0, 0}))
	return err
}

// Sees waits up to ten seconds for a text on the screen, and returns an error without it.
func (r *Terminal) Sees(what string) error {
	for end := time.Now().Add(10 * time.Second); !strings.Contains(r.Screen(), what); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			return fmt.Errorf("never saw %q; the screen:\n%s", what, r.Screen())
		}
	}
	return nil
}
