// Package serve puts the classes of this machine on the network. It opens the ports,
// serves the pages of a class to browsers ([PageServer]), hands terminals to package sshd,
// and answers the requests of desks in other programs, which package desk sends. The
// classes themselves are in package live.
//
// What a client without a seat may cost is bounded by package limits. A client that
// doesn't read for five seconds is disconnected.
//
// One browser is one seat: its cookie opens the same seat for as long as the class exists
// (ticket.go). A form is accepted only from one of our own pages (origin.go).
package serve
