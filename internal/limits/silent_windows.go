package limits

import (
	"syscall"
	"time"
)

// maxRetransmit is TCP_MAXRT of winsock, in seconds.
const maxRetransmit = 5

func setSilent(fd uintptr, after time.Duration) error {
	return syscall.SetsockoptInt(syscall.Handle(fd), syscall.IPPROTO_TCP, maxRetransmit, int(after/time.Second))
}
