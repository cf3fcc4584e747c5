// Command wayout is a tutor for the terminal: it takes teens through pressure in
// a chat and lets them rehearse the way out.
//
// This package has only flags and wiring. Data goes to standard output, messages
// to standard error. The exit code is 0 if all is fine, 1 if a check has findings,
// 2 for wrong use, and 3 for a problem of the environment, such as a file or port.
package main
