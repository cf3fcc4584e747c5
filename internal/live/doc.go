// Package live runs the classes of a service on this machine: what is asked, who has
// answered, who is present. It knows neither HTTP nor SSH; the servers for browsers and
// terminals are clients of it.
//
// # From an answer to a number
//
// A [Room] is a [room.Class] with the seats of those who take part. Whatever a seat or a
// desk does is written to the [store.Store] first and comes back from it as an entry
// (the method apply), so that every machine of a service shows the same. An answer goes
// this way: [Room.Answer] checks that its question is open; [Room.Update] queues the
// write behind earlier ones of the same seat; the store confirms it, or refuses it
// because another machine has written the seat meanwhile, and then it is tried again on
// what the seat is by then; the ballot takes it; and whoever watches the room is told
// that there is news, and asks for a [room.View].
//
// A [Registry] finds rooms by their join codes and names. It asks the store for a room
// that another machine has made just now.
//
// # Who watches
//
// Nobody who is slow holds up the rest: a [Viewer] has a channel with room for one piece
// of news, which stands for all before it. Counts are told on the beat of the class and
// not with each answer, since news a moment after an answer would say whose it was.
//
// # Seats
//
// Which seats are taken is one record a class (seats.go), which is written before
// anybody is in, so that the limit and a new join code hold on every machine. Who is
// present is in presence.go: a seat whose stream is closed and that has sent nothing for
// a while is marked absent, is counted nowhere, and gives way where the class is full.
//
// # What is kept
//
// Nothing is written to a disk. A class is in memory until nobody was there for two
// hours, neither a desk nor a seat, or until it is ended, and for a day at most; then
// all of it goes at once. Addresses are kept for a minute, where somebody guesses codes
// or joins.
//
// # What this package must not know
//
// What may be asked, answered and shown: package room decides it. Who somebody is.
package live
