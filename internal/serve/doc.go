// Package serve is what wayout says over a network: the pages of a class for browsers
// ([Site]), its screens for terminals over SSH (package sshd), and the desk from which it is
// led ([Desk]), from this process or over the network. The class itself is in package
// live.
//
// What somebody without a seat may cost is in package limits. A client that does not read
// for five seconds is let go.
//
// # Seats
//
// One browser is one seat: its cookie opens the same one for as long as the class is
// there (ticket.go).
//
// # Taking a class up again
//
// A desk may be left, closed or lost, and the class goes on. A [Ticket], kept by the
// facilitator in a file of their own, opens the room to another window of the same
// person: at a service by its address, in another program of this computer by a socket
// in a private folder, so that no port is opened for it ([Service.OpenDoor], [TakeUp]).
package serve
