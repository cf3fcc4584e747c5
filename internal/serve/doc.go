// Package serve is what wayout says over a network: today the link between a
// room's view and the desk of the adult, two programs on one machine.
//
// # The link
//
// Whoever is started first listens on the loopback interface and writes its
// address and a random key into a private file; the other reads the file and
// dials. Both then hold the same state, and the later one counts, so that either
// may be stopped and started again: what is left takes over, and nothing is lost
// as long as one of them runs.
//
// # What this package must not know
//
// What the state means. It is bytes that are handed on.
package serve
