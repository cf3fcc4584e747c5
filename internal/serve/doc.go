// Package serve puts the classes of this machine on the network. It opens the ports,
// serves the pages of a class to browsers ([PageServer]), hands terminals to package sshd,
// and answers the requests of desks in other programs, which package desk sends. The
// classes themselves are in package live.
//
// Package limits bounds what a client without a seat may cost. A client that doesn't read
// for five seconds is disconnected.
//
// A line that a participant types is recognised on their own device. When there is a line to
// type, the page loads the recogniser, which runs in a worker; the worker's policy lets it
// compile the recogniser and connect to nothing, and the page's own policy lets the page
// compile nothing. The page holds every answer that the story has to the line, so the answer
// that fits is shown without anything being sent. All that is sent afterwards is that the line
// was skipped, as if nothing had been typed. Neither the class nor its facilitator knows that
// anything was typed, or what was heard. Where that doesn't work (no script, an old browser, a
// filter) there are model answers. Over SSH every key travels to this machine, so nothing is
// typed there at all, and the screen says why.
//
// One browser is one seat: its cookie opens the same seat for as long as the class exists
// (ticket.go). A form is accepted only from one of our own pages (origin.go).
package serve
