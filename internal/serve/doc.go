// Package serve puts the classes of this machine on the network: it opens the ports,
// serves the pages of a class to browsers ([PageServer]), and gives terminals to package sshd
// and desks in other programs the way in that package desk uses. The classes are in
// package live.
//
// What somebody without a seat may cost is in package limits. A client that does not read
// for five seconds is let go.
//
// One browser is one seat: its cookie opens the same one for as long as the class is
// there (ticket.go). A form is taken only from one of our own pages (origin.go).
package serve
