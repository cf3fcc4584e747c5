package serve

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// has waits until a link's program was told a state.
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

// kill ends a link as the end of its program does: nothing is said, and no file
// is tidied up.
func (l *Link) kill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.done)
	if l.host != nil {
		_ = l.host.Close()
	}
	for peer := range l.peers {
		_ = peer.Close()
	}
}

// TestLink kills and starts two programs in any order, 200 times: the state is
// the same each time.
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
	path := filepath.Join(t.TempDir(), "desk")
	l, err := Join(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	l.Share([]byte(`"secret"`))
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	src, _ := os.ReadFile(path)
	addr, _, _ := strings.Cut(string(src), " ")
	if !loopback(addr) {
		t.Errorf("listens on %s", addr)
	}
	for _, key := range []string{"", "wrong", strings.Repeat("0", 32)} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write([]byte(key + "\n"))
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		if n, _ := c.Read(make([]byte, 100)); n > 0 {
			t.Errorf("key %q: %d bytes came back", key, n)
		}
		_ = c.Close()
	}
	for addr, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "10.0.0.1:1": false, "example.com:1": false, "x": false} {
		if loopback(addr) != want {
			t.Errorf("loopback(%q) is %v", addr, !want)
		}
	}
}

// TestStaleFile: a file that a killed program left leads nowhere, and is no
// hindrance; one that somebody else wrote is not followed to another machine.
func TestStaleFile(t *testing.T) {
	for _, src := range []string{"127.0.0.1:1 key\n", "10.255.255.1:80 key\n", "nonsense", ""} {
		path := filepath.Join(t.TempDir(), "desk")
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
