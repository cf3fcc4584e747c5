package doctor

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
)

// The errors of Windows for a port that can't be opened; Go's EADDRINUSE and EACCES are neither
// (learn.microsoft.com, Windows Sockets Error Codes). No other system has errors with these numbers.
const (
	wsaAccess syscall.Errno = 10013 // WSAEACCES
	wsaInUse  syscall.Errno = 10048 // WSAEADDRINUSE
)

// Taken reports whether a port couldn't be opened because another program has it.
func Taken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaInUse) }

// Reserved reports whether a port couldn't be opened because the system reserves it: ports below
// 1024 on most systems, and whole ranges of higher ports on Windows.
func Reserved(err error) bool { return errors.Is(err, syscall.EACCES) || errors.Is(err, wsaAccess) }

// low is the first port that no system but Windows reserves.
const low = 1024

// Port checks whether a port of an address can be opened, and closes it at once.
func Port(addr netip.Addr, port int, flag string) Finding {
	l, err := net.Listen("tcp", netip.AddrPortFrom(addr, uint16(port)).String())
	if err == nil {
		_ = l.Close()
		return Finding{Check: "port", Says: fmt.Sprintf("Port %d is free.", port)}
	}
	return portFinding(err, port, flag)
}

// portFinding returns the finding for a port that couldn't be opened.
func portFinding(err error, port int, flag string) Finding {
	switch {
	case Taken(err):
		return Finding{"port", Wrong, fmt.Sprintf("Another program is using port %d.", port),
			fmt.Sprintf("Close it, or choose another port with %s.", flag)}
	case Reserved(err) && port < low:
		return Finding{"port", Wrong, fmt.Sprintf("The system doesn't let this program open port %d.", port),
			fmt.Sprintf("Choose one above 1024 with %s.", flag)}
	case Reserved(err):
		return Finding{"port", Wrong, fmt.Sprintf("The system doesn't let this program open port %d.", port),
			fmt.Sprintf("Choose another port with %s.", flag)}
	}
	return Finding{"port", Wrong, fmt.Sprintf("Port %d can't be opened: %v.", port, err),
		"Check the address you gave with --address."}
}
