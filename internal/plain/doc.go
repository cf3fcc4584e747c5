// Package plain renders wayout line by line: for screen readers, for pipes, and
// for terminals that can do nothing else.
//
// # The rules of this renderer
//
// Output is only ever appended: no cursor movement, no escape byte, no box, no
// emoji. The speaker comes first in a line, choices are numbered, and "?" repeats
// the question. There is one reader for the whole run, so that no answer is lost
// in a buffer, and the end of the input is an error, never an answer: a tutor must
// not answer "pay" because a pipe was closed.
//
// This package words things and decides nothing: package view decides what is shown, and
// package play what can be done and what follows.
package plain
