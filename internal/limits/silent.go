package limits

import (
	"net"
	"time"
)

// silentFor is how long a device may take to acknowledge what was sent to it. A lid that
// is closed ends no connection: the system goes on sending for a quarter of an hour, and
// the seat would be taken for present all the time. What is sent every two seconds on a
// stream is acknowledged by any device that is there, however slow its browser is.
const silentFor = 20 * time.Second

// dropSilent has the system end a connection whose other end acknowledges nothing any
// more, where the system can. Keep-alive can't tell: it waits while something is on its
// way.
func dropSilent(c *net.TCPConn) {
	raw, err := c.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { _ = setSilent(fd, silentFor) }) // Else it takes longer.
}
