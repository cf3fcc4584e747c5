// Package serve puts the classes of this machine on the network. It opens the ports,
// serves the pages of a class to browsers ([PageServer]), hands terminals to package sshd,
// and answers the requests of desks in other programs, which package desk sends. The
// classes themselves are in package live.
//
// What a client without a seat may cost is bounded by package limits. A client that
// doesn't read for five seconds is disconnected.
//
// A line that a participant types is heard on their own device. Once there is one to type,
// the page loads the recogniser, which runs in a worker; the worker's policy lets it compile
// the recogniser and connect to nothing, and the page's own policy lets the page compile
// nothing. The page holds every answer that the story has to the line, so that the one that
// fits is shown without anything being sent: what is sent afterwards is that the line was
// passed by, as by someone who typed nothing. Neither the class nor its facilitator knows
// that anything was typed, or what was heard. Where that doesn't work (no script, an old
// browser, a filter) there are model answers. Over SSH every key travels to this machine, so
// there nothing is typed at all, and the screen says why.
//
// One browser is one seat: its cookie opens the same seat for as long as the class exists
// (ticket.go). A form is accepted only from one of our own pages (origin.go).
package serve
