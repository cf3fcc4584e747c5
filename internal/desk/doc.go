// Package desk is where a class is led from. A [Local] desk leads a room of this
// process; a [Remote] one leads a room at a service, or in another program of the same
// person, over HTTP. Whoever shows a desk needs a [Desk] and not which it is.
//
// A desk may be left, closed or lost, and the class goes on. A [Credentials], which the
// facilitator keeps in a file of their own, opens the room to another window: [Resume].
//
// What goes over the line is in wire.go, for both ends of it.
package desk
