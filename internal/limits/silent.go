package limits

import (
	"net"
	"time"
)

// silentFor is how long a device may take to acknowledge what was sent to it. Closing a lid
// ends no connection: the system goes on sending for a quarter of an hour, and the seat would
// count as present all that time. A device that is there acknowledges what is sent on a stream
// every two seconds, however slow its browser is.
const silentFor = 20 * time.Second

// dropSilent has the system end a connection whose other end no longer acknowledges anything,
// where the system can do that. Keep-alive doesn't help: it waits while something is
// unacknowledged.
func dropSilent(c *net.TCPConn) {
	raw, err := c.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { _ = setSilent(fd, silentFor) }) // On an error, ending it takes longer.
}
