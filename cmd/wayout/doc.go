// Command wayout is a tutor for the terminal: it takes teens through pressure in
// a chat and lets them rehearse the way out.
//
// This package is flags and wiring and nothing else. Data goes to standard
// output, messages to standard error. The exit code is 0 when all is fine, 1
// when a check has findings, 2 for wrong use, 3 when something about the
// machine is in the way.
package main
