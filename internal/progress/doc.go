// Package progress keeps what a learner has done, in one small file, and says
// when a booster is due.
//
// A [Book] is the record in memory. [Book.Keep] takes a run after each move,
// [Book.Save] puts it into the file; an answer counts as kept once Save has
// returned nil. A private Book has no file, and nothing else is different.
//
// # What is kept
//
// Ids of options, scenes and signs; the day, never the time of day; the version
// of the lesson; the plan, if the learner said so. Nothing that was typed, and
// no name: what is not kept can't be found on a computer that others use too.
//
// # The file
//
//	wayout-progress 1 57 0.2.0
//	{ … one JSON object … }
//	sha256 9f86d081884c7d65…
//
// The first line has the number of the schema, how many answers there are, and
// the version of the program that wrote it. The last line is the SHA-256 of all
// bytes above it. Fields that are not known are kept, at
// every depth. A file of a newer schema
// is never read and never written to.
//
// Each save writes a file of its own, syncs it, renames the old file to its
// previous generation and the new one to its place, and syncs the folder. Two
// windows merge: what is known of a lesson only ever grows, and of the two places
// at which to go on the later one counts. Where the file has gone while the
// program runs someone has erased it, and nothing more is written.
//
// Where a story was left is known to the beat as long as the program runs, in memory alone;
// see [Book.Leave].
//
// # What this package must not know
//
// Screens, words, and the network.
package progress
