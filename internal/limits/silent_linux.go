package limits

import (
	"time"

	"golang.org/x/sys/unix"
)

func setSilent(fd uintptr, after time.Duration) error {
	return unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(after/time.Millisecond))
}
