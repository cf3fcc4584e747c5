package limits

import (
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestSilentDevices checks that the system is told to end a connection whose other end
// acknowledges nothing, such as a laptop with its lid closed.
func TestSilentDevices(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := NewListener(nil).Wrap(l)
	t.Cleanup(g.CloseAll)
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	accepted, err := g.Accept()
	if err != nil {
		t.Fatal(err)
	}
	tcp, ok := accepted.(*Conn).Conn.(*net.TCPConn)
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
