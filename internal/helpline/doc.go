// Package helpline is the help directory: whom a young person can turn to, by
// country, with where and when that was last seen.
//
// A service for adults is never returned for a learner, and what was not
// confirmed is not in the file in the first place (see lessons/help.toml).
//
// # What this package must not know
//
// The network, the learner's place (the caller says which country), screens.
package helpline
