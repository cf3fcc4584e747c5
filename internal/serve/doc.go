// Package serve is what wayout says over a network: a class and its desk.
//
// # A class
//
// A [Room] is a [room.Class] that many look at. Whatever is decided or answered in
// it goes through the [store.Store] first and comes back as news, so that any machine of a
// service shows any seat the same. The store of one machine is its memory, that of
// several a NATS cluster. The [Hall] holds the rooms that this machine
// knows. [Site] shows them to browsers, [Shell] to terminals over SSH, and a [Desk]
// leads one, from here or over the network.
//
// Nobody who looks can hold up the rest: a [Viewer] has a box for one piece of news,
// which covers all before it, and whoever does not read for five seconds is let go.
// What a stranger may cost is in gate.go, channel.go and code.go, each
// with its number and where it comes from (trust.md 1.4, 1.5).
//
// # Seats
//
// One browser is one seat: its cookie opens the same one for as long as the class is
// there (ticket.go). Seats are given away in registry.go, in one record a class that is
// written before anybody is in, so that the limit and a new join code hold on every
// machine. Who is present is in presence.go: a seat whose stream is closed and that
// has sent nothing for a while is marked absent, is counted nowhere, and gives way
// where the class is full.
//
// # What is kept
//
// Nothing is written to a disk. A class is in memory until nobody was there for two
// hours, neither a desk nor a seat, or until it is ended, and for a day at most; then
// all of it goes at once. With one machine it is gone when that one dies; in a cluster
// of three it is there as long as two are. What a seat has been told is stored was
// stored. Addresses are kept for a minute where somebody guesses codes or joins, and as
// long as their connection lasts.
//
// # Taking a class up again
//
// A desk may be left, closed or lost, and the class goes on. A [Ticket], kept by whoever
// leads in a file of their own, opens the room to another window of the same person: at
// a service by its address, in another program of this computer by a socket in a private
// folder, so that no port is opened for it ([Service.OpenDoor], [TakeUp]).
//
// # What this package must not know
//
// What may be asked, answered and shown: package room decides it. Who somebody is.
package serve
