// Package live runs the classes of a service on this machine: which question is open, who
// has answered, who is present. It knows neither HTTP nor SSH; the servers for browsers
// and terminals are its clients.
//
// # From an answer to a number
//
// A [Room] is a [room.Class] with its seats. Whatever a seat or a desk does is written to
// the [store.Store], and every other machine of the service reads it from there (the
// method apply), so that all machines show the same. The machine that made a change keeps
// what it made, and doesn't decode its own bytes.
//
// An answer goes this way. [Room.Answer] checks that its question is open and queues the
// write behind earlier ones of the same seat ([Room.Update]). The store confirms it, or
// refuses it because another machine has written the seat meanwhile, and then the edit is
// applied to what the seat is by then. The ballot takes the answer. The viewers of that seat
// are told at once that there is news; those who are shown counts, which are the desk and the
// projector, are told at the next [CountsEvery]; the other seats aren't told. A viewer that is
// told asks for a [room.View].
//
// A [Registry] finds rooms by join code and by name. It asks the store for a room that
// another machine has made a moment ago.
//
// # Watching
//
// A slow client must not hold up the others: a [Viewer] has a channel with room for one
// piece of news, which stands for all news before it. Counts are announced at the rhythm
// of the class ([CountsEvery]) and not with each answer, because news a moment after an
// answer would say whose it was.
//
// # Seats
//
// Which seats are taken is one record for each class (seats.go). It is written before a
// participant is in, so that the limit on seats and a new join code hold on every machine.
// Presence is in presence.go: a seat whose stream is closed and that has sent nothing for
// a while is marked absent, isn't counted, and gives way when the class is full.
//
// # What is kept
//
// Nothing is written to disk. A class stays in memory until it is ended, until there has
// been neither a desk nor a seat for two hours, or for a day at most; then all of it goes
// at once. Addresses are kept for a minute, to slow down people who guess codes or join in
// a loop.
//
// # What this package must not know
//
// What may be asked, answered and shown: package room decides that. Who a person is.
package live
