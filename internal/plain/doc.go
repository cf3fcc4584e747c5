// Package plain is the renderer of wayout line by line: for screen readers, for
// pipes, and for terminals that can do nothing else.
//
// # The rules of this renderer
//
// Output is only ever appended: no cursor movement, no escape byte, no box, no
// picture sign. The speaker comes first in a line, choices are numbered, and
// the question is repeated on "?". There is one reader for the whole run, so
// that no answer is swallowed, and the end of the input is an error, never an
// answer: a tutor must not answer "pay" because a pipe was closed.
//
// It may say and never decide: what is shown is decided in internal/view; what can be done,
// and what follows, is asked of internal/play.
package plain
