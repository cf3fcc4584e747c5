package link

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"wayout/internal/classtest"
)

// has waits until a link has a state.
func has(t *testing.T, l *Link, want string) {
	t.Helper()
	for end := time.After(10 * time.Second); ; {
		l.mu.Lock()
		got := string(l.frame.State)
		l.mu.Unlock()
		if got == want {
			return
		}
		select {
		case <-l.Arrivals():
		case <-time.After(time.Millisecond):
		case <-end:
			t.Fatalf("has %q, not %q", got, want)
		}
	}
}

// kill ends a link as if its program was killed: it sends nothing and removes no file.
func (l *Link) kill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	if l.host != nil {
		_ = l.host.Close()
	}
	for peer := range l.peers {
		_ = peer.Close()
	}
}

// TestLink kills and starts two programs in random order, 200 times: the state is never
// lost.
func TestLink(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run", "desk")
	join := func() *Link {
		l, err := Join(path)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	r := rand.New(rand.NewPCG(1, 2))
	both := [2]*Link{join(), join()}
	both[0].Share([]byte(`"0"`))
	for i := range 200 {
		last := fmt.Sprintf("%q", fmt.Sprint(i))
		has(t, both[0], last)
		has(t, both[1], last)
		dead := r.IntN(2)
		if r.IntN(4) == 0 {
			both[dead].Close()
		} else {
			both[dead].kill()
		}
		if r.IntN(2) == 0 {
			both[1-dead].Share([]byte(fmt.Sprintf("%q", fmt.Sprint(i+1))))
			both[dead] = join()
			continue
		}
		both[dead] = join()
		has(t, both[dead], last)
		both[dead].Share([]byte(fmt.Sprintf("%q", fmt.Sprint(i+1))))
	}
	both[0].Close()
	both[1].Close()
	both[1].Close()
}

func TestLinkIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run", "desk")
	l, err := Join(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	l.Share([]byte(`"secret"`))
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" { // Windows ignores the mode.
		t.Errorf("%v %v", info.Mode(), err)
	}
	src, _ := os.ReadFile(path)
	addr, _, _ := strings.Cut(string(src), " ")
	if !loopback(addr) {
		t.Errorf("listens on %s", addr)
	}
	_, key, _ := strings.Cut(strings.TrimSpace(string(src)), " ")
	hello := strings.Repeat("0", 32) + "\n"
	for _, said := range []string{"", "\n", hello, hello + "wrong\n", hello + key + "\n",
		hello + proofOf("other", "guest", hello[:32], hello[:32]) + "\n",
		key + "\n", key + "\n" + key + "\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write([]byte(said))
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		if all, err := io.ReadAll(c); strings.Contains(string(all), "secret") ||
			errors.Is(err, os.ErrDeadlineExceeded) || len(all) > maxHello {
			t.Errorf("%q: %q came back, %v", said, all, err)
		}
		_ = c.Close()
	}
	for addr, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "10.0.0.1:1": false,
		"example.com:1": false, "x": false} {
		if loopback(addr) != want {
			t.Errorf("loopback(%q) is %v", addr, !want)
		}
	}
}

// listens returns where a link listens, and its key.
func (l *Link) listens(t *testing.T) (addr, key string) {
	t.Helper()
	src, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	addr, key, _ = strings.Cut(strings.TrimSpace(string(src)), " ")
	return addr, key
}

// TestLinkTakesNoLongLine has strangers send endless lines, and others send nothing, all
// at once: their data isn't kept, each is disconnected, and another window can join
// meanwhile.
func TestLinkTakesNoLongLine(t *testing.T) {
	l, err := Join(filepath.Join(t.TempDir(), "run", "desk"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	addr, _ := l.listens(t)
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	block := bytes.Repeat([]byte("x"), 1<<20)
	var all sync.WaitGroup
	for i := range 4 * maxUnproven {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		all.Go(func() {
			_ = c.SetDeadline(time.Now().Add(10 * time.Second))
			for range 64 * (i % 2) { // Every other one sends nothing.
				if _, err := c.Write(block); err != nil {
					return
				}
			}
			if _, err := io.ReadAll(c); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("a stranger is not let go")
			}
		})
	}
	friend, err := Join(l.path)
	if err != nil {
		t.Fatal(err)
	}
	defer friend.Close()
	l.Share([]byte(`"hello"`))
	has(t, friend, `"hello"`)
	all.Wait()
	runtime.ReadMemStats(&now)
	if grown := now.TotalAlloc - before.TotalAlloc; grown > 8<<20 {
		t.Errorf("strangers cost %d KiB", grown>>10)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.unproven) != 0 {
		t.Errorf("%d strangers are still held", len(l.unproven))
	}
}

// TestLinkLeavesAnotherPortAlone checks that another program that now has the port of a
// closed window is told nothing, and that the talk goes on without it.
func TestLinkLeavesAnotherPortAlone(t *testing.T) {
	for name, says := range map[string]string{
		"silent": "", "web server": "HTTP/1.1 400 Bad Request\r\n\r\n", "liar": strings.Repeat("0", 32) + " " +
			strings.Repeat("0", 64) + "\n",
		"endless": strings.Repeat("y", 1<<20),
	} {
		other, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		heard := make(chan string, 1)
		go func() {
			c, err := other.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.WriteString(c, says) }()
			_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
			all, _ := io.ReadAll(c)
			heard <- string(all)
		}()
		path := filepath.Join(t.TempDir(), "run", "desk")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(other.Addr().String()+" thekey\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Join(path)
		if err != nil {
			t.Fatal(name, err)
		}
		l.Share([]byte(`"secret"`))
		friend, err := Join(path)
		if err != nil {
			t.Fatal(name, err)
		}
		has(t, friend, `"secret"`)
		if all := <-heard; strings.Contains(all, "secret") || strings.Contains(all, "thekey") {
			t.Errorf("%s: was told %q", name, all)
		}
		friend.Close()
		l.Close()
		_ = other.Close()
	}
}

// TestTwoWindowsAtOnce has two windows share at the same time, again and again: both end
// with the same state, and the window whose state is lost is told so.
func TestTwoWindowsAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run", "desk")
	var both [2]*Link
	for i := range both {
		l, err := Join(path)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		both[i] = l
	}
	rounds := 400
	for i := range rounds {
		want := [2]string{fmt.Sprintf("%q", fmt.Sprint("a", i)), fmt.Sprintf("%q", fmt.Sprint("b", i))}
		var told [2]bool
		var at sync.WaitGroup
		for n, l := range both {
			at.Go(func() { l.Share([]byte(want[n])) })
		}
		at.Wait()
		state := func(l *Link) (string, []shared) {
			l.mu.Lock()
			defer l.mu.Unlock()
			return string(l.frame.State), l.frame.Holds
		}
		hear := func() {
			for n, l := range both {
				select {
				case a := <-l.Arrivals():
					told[n] = told[n] || a.Lost
				default:
				}
			}
		}
		classtest.Until(t, 10*time.Second, "both windows to agree", func() bool {
			hear()
			a, _ := state(both[0])
			b, _ := state(both[1])
			return a == b && (a == want[0] || a == want[1])
		})
		got, holds := state(both[0])
		for n, l := range both {
			counts := got == want[n] || slices.ContainsFunc(holds, func(s shared) bool {
				return s.From == l.id && s.N == uint64(i+1)
			})
			if !counts { // The news may come a moment after the state.
				classtest.Until(t, 10*time.Second, fmt.Sprintf(
					"window %d to be told in round %d that %s does not count", n, i, want[n]), func() bool {
					hear()
					return told[n]
				})
			} else if told[n] {
				t.Fatalf("round %d: window %d was told that it lost, and %s counts", i, n, got)
			}
		}
	}
}

// TestStaleFile checks that the file of a killed program doesn't keep a window from
// starting, and that a file never makes it connect to another machine.
func TestStaleFile(t *testing.T) {
	for _, src := range []string{"127.0.0.1:1 key\n", "10.255.255.1:80 key\n", "nonsense", ""} {
		path := filepath.Join(t.TempDir(), "run", "desk")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		l, err := Join(path)
		if err != nil || time.Since(begin) > 5*time.Second {
			t.Errorf("%q: %v after %v", src, err, time.Since(begin))
			continue
		}
		l.Close()
	}
}
