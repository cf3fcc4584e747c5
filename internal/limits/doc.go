// Package limits bounds what a client without a seat may cost a server: open connections
// ([Listener]) and guesses at a code ([GuessLimiter]). The servers for browsers and for
// terminals each have their own. A limit that only one of them needs stays in its package.
//
// No newcomer is refused because there are too many connections: a connection that has
// said nothing is closed to make room. The answer to a wrong code is delayed, and a right
// code is never delayed.
package limits
