// Package limits bounds what somebody who has no seat may cost a server: open
// connections ([Listener]) and guesses at a code ([GuessLimiter]). The servers for
// browsers and for terminals have one of each of their own. Limits that only one of them
// needs are in its package.
//
// Nobody is refused because there are too many of them: whoever has said nothing goes
// for whoever comes. A wrong code waits for its answer, and a right one never does.
package limits
