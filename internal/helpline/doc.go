// Package helpline is the help directory: whom a young person can turn to, by
// country, with the source of each entry and the month in which it was last seen.
//
// A service for adults is never returned for a learner, and the file has no entry
// that was not confirmed (see lessons/help.toml).
//
// # What this package must not know
//
// The network, the learner's location (the caller gives the country), screens.
package helpline
