// Package exchange says what a typed line is in a rehearsal, which answer of the story
// fits it, and in which words it is told what was heard.
//
// It stands apart from package play so that it can run on the device of someone in a
// class: it knows nothing of lessons, and what it needs of one rehearsal is a value that a
// page can carry ([Rehearsal]). Compiled for the browser (internal/hear/ondevice) it hears
// exactly what the terminal hears.
//
// # What this package must not know
//
// Lessons, files, clocks, the network, and who is typing. Nothing of a line is kept.
package exchange
