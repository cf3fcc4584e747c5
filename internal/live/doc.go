// Package live runs the classes of a service on this machine: which question is open, who
// has answered, who is present. It knows nothing of HTTP or SSH: the servers for browsers
// and terminals use it.
//
// # From an answer to a number
//
// A [Room] is a [room.Class] with its seats. Whatever a seat or a desk does is written to
// the [store.Store], and every other machine of the service reads it from there (the
// method apply), so that all machines show the same. The machine that made a change keeps
// its own result and doesn't decode the bytes it has stored.
//
// An answer takes these steps. [Room.Answer] checks that its question is open and queues the
// write behind earlier writes of the same seat ([Room.Update]). The store confirms the write,
// or refuses it because another machine has written the seat meanwhile; then the edit is
// applied again, to the seat's new state. The ballot takes the answer. The viewers of that seat
// are told at once that there is news; the desk and the projector, which show counts, are told
// at the next multiple of [CountsEvery]; the other seats aren't told. A viewer that is told
// asks for a [room.View]. An order is news for everyone at once; that someone has joined, or that
// wrong codes were tried, is news for the desk at once.
//
// A [Registry] finds rooms by join code and by name. It asks the store for a room that it
// doesn't know, because another machine may have made it a moment ago.
//
// # Watching
//
// A slow client must not hold up the others: a [Viewer] has a channel with room for one
// piece of news, which stands for all news before it. Counts are announced every
// [CountsEvery] and not with each answer, because a new count just after someone taps would
// show that they have answered.
//
// # Seats
//
// One record for each class lists the seats that are taken (seats.go). It is written before a
// participant is let in, so that the limit on seats and a new join code hold on every machine.
// Presence is in presence.go: a seat whose stream is closed and that has sent nothing for
// a while is marked absent, isn't counted, and gives way when the class is full.
//
// # What is kept
//
// Nothing is written to disk. A class stays in memory until it is ended, until no desk and
// no seat has been present for two hours, or for a day at most; then all of it is removed
// at once. Addresses are kept for a minute, to slow down people who guess codes or join in
// a loop.
//
// # What this package must not know
//
// What may be asked, answered and shown (package room decides that), and who a person is.
package live
