// Package desk leads a class for its facilitator. A [Local] desk leads a room of
// this process. A [Remote] desk leads a room at a service, or in another program of the
// same person, over HTTP. Screens use the interface [Desk] and don't know which one they
// have.
//
// Every order of a desk, including those about seats, goes through one queue (queue.go), in
// the order in which the keys were pressed.
//
// A desk may be left, closed or lost, and the class goes on. With [Credentials], which the
// facilitator keeps in a private file, another window can lead the room: see [Resume].
//
// The messages between a desk and a service are in wire.go, for both ends.
package desk
