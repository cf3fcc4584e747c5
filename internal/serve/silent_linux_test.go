package serve

import (
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"wayout/internal/classtest"
)

// TestSilentDevices holds that the system is told to end a connection whose other end
// acknowledges nothing, as one does whose lid was closed.
func TestSilentDevices(t *testing.T) {
	c := newClass(t, 12, SiteOptions{})
	at, shell := c.shell(open(t))
	for to, g := range map[string]*gate{c.host(): c.site.gate, at: shell.gate} {
		conn, err := net.Dial("tcp", to)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		classtest.Until(t, 5*time.Second, "the connection is there", func() bool { return g.count() == 1 })
		g.mu.Lock()
		for p := range g.peers {
			tcp, ok := p.Conn.(*net.TCPConn)
			if !ok {
				t.Fatal("no TCP connection")
			}
			raw, err := tcp.SyscallConn()
			if err != nil {
				t.Fatal(err)
			}
			_ = raw.Control(func(fd uintptr) {
				ms, err := unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT)
				if err != nil || time.Duration(ms)*time.Millisecond != silentFor {
					t.Errorf("a silent device is waited for for %d ms: %v", ms, err)
				}
			})
		}
		g.mu.Unlock()
	}
}
