// Package exchange finds the moves of a line that was typed in a rehearsal, the answer of
// the story that fits them, and the words that tell the learner what was heard.
//
// It is separate from package play so that it can run on the device of someone in a
// class: it knows nothing of lessons, and everything it needs to know about a rehearsal is
// a value that a page can carry ([Rehearsal]). Compiled for the browser
// (internal/hear/ondevice), it hears exactly what the terminal hears.
//
// # What this package must not know
//
// Lessons, files, clocks, the network, and who is typing. Nothing of a line is kept.
package exchange
