package sshd

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	gossh "golang.org/x/crypto/ssh"
)

// Limits on what a client may send. Without a limit on the size of its window, one of 3000 by
// 3000 cells took 2 GiB of memory, and one of 2^32-1 by 2^32-1 killed the process.
const (
	mostCols, mostRows = 240, 80
	mostEnv            = 8
	mostEnvBytes       = 64
	mostRequests       = 64 // Before the session begins.
	keysEach           = 4 << 10
	keysAtOnce         = 16 << 10
)

// envAllowed are the variables that a client may send.
var envAllowed = map[string]bool{"COLORTERM": true, "LANG": true, "LC_ALL": true, "LC_CTYPE": true, "NO_COLOR": true,
	"TERM_PROGRAM": true}

// boundedNewChannel is a session channel that holds its client to the limits.
type boundedNewChannel struct {
	gossh.NewChannel
	cut func() // Cuts the connection.
}

// Accept accepts the channel and holds its requests and its bytes to the limits.
func (m boundedNewChannel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, asked, err := m.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go m.pass(asked, passed)
	return &boundedChannel{Channel: ch, cut: m.cut, keys: rate.NewLimiter(keysEach, keysAtOnce)}, passed, nil
}

// pass passes on the requests that a class needs, within the limits.
func (m boundedNewChannel) pass(asked <-chan *gossh.Request, passed chan<- *gossh.Request) {
	defer close(passed)
	sizes := rate.NewLimiter(20, 20)
	count, env := 0, 0
	for r := range asked {
		if count++; count > mostRequests && r.Type != "window-change" {
			m.cut()
			refuse(r)
			continue
		}
		ok := false
		switch r.Type {
		case "env":
			if env++; env <= mostEnv {
				ok = allowedEnv(r.Payload)
			}
		case "pty-req":
			r.Payload, ok = clampedPty(r.Payload)
		case "window-change":
			if wait := sizes.Reserve(); wait.Delay() > 0 {
				time.Sleep(min(wait.Delay(), time.Second)) // This delays only the client's own connection.
			}
			r.Payload, ok = clampedSize(r.Payload)
		case "shell", "exec", "subsystem", "signal", "break":
			ok = true
		}
		if !ok {
			refuse(r) // Agent and X11 forwarding, among others.
			continue
		}
		passed <- r
	}
}

func refuse(r *gossh.Request) {
	if r.WantReply {
		_ = r.Reply(false, nil) // The connection may be gone.
	}
}

func allowedEnv(payload []byte) bool {
	var kv struct{ Name, Value string }
	if gossh.Unmarshal(payload, &kv) != nil || !envAllowed[kv.Name] || len(kv.Value) > mostEnvBytes {
		return false
	}
	return !strings.ContainsFunc(kv.Value, func(r rune) bool { return r < ' ' || r > '~' })
}

// termName is a pattern for the allowed names of a terminal.
const termName = `^[A-Za-z0-9._+-]{1,64}$`

func clampedPty(payload []byte) ([]byte, bool) {
	var p struct {
		Term                   string
		Cols, Rows, Wide, High uint32
		Modes                  string
	}
	if gossh.Unmarshal(payload, &p) != nil {
		return nil, false
	}
	if ok, err := regexp.MatchString(termName, p.Term); err != nil || !ok {
		return nil, false
	}
	p.Cols, p.Rows, p.Wide, p.High = clampTo(p.Cols, mostCols), clampTo(p.Rows, mostRows), 0, 0
	p.Modes = "\x00" // The end of the list; there is no line discipline to configure.
	return gossh.Marshal(p), true
}

func clampedSize(payload []byte) ([]byte, bool) {
	var p struct{ Cols, Rows, Wide, High uint32 }
	if gossh.Unmarshal(payload, &p) != nil {
		return nil, false
	}
	p.Cols, p.Rows, p.Wide, p.High = clampTo(p.Cols, mostCols), clampTo(p.Rows, mostRows), 0, 0
	return gossh.Marshal(p), true
}

func clampTo(n uint32, most uint32) uint32 { return max(min(n, most), 1) }

// writeWithin is how long a client may leave output unread.
const writeWithin = 5 * time.Second

// boundedChannel is a channel that limits the rate of its input, and whose client has to read its
// output.
type boundedChannel struct {
	gossh.Channel
	cut  func()
	keys *rate.Limiter

	writing sync.Mutex // The painter and the terminal library write from two goroutines.
}

// Read reads keys, and makes a client that sends too much wait.
func (c *boundedChannel) Read(p []byte) (int, error) {
	n, err := c.Channel.Read(p[:min(len(p), 1<<10)])
	if n > 0 {
		if wait := c.keys.ReserveN(time.Now(), n); wait.OK() {
			time.Sleep(wait.Delay())
		}
	}
	return n, err
}

// Write writes output. A client that reads nothing for five seconds is disconnected; otherwise
// the write would block for ever, and so would the end of the program.
func (c *boundedChannel) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	late := time.AfterFunc(writeWithin, c.cut)
	defer late.Stop()
	return c.Channel.Write(p)
}
