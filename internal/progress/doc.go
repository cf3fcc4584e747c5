// Package progress keeps what a learner has done, in one small file, and says
// when a booster is due.
//
// A [Book] is the record in memory. [Book.Keep] takes a run after each move, and
// [Book.Save] writes the record to the file; an answer counts as kept once Save
// has returned nil. A private Book has no file, and is otherwise the same.
//
// # What is kept
//
// Ids of options, scenes and signs; the day, never the time of day; the version
// of the lesson; the plan, if the learner asked for that. Nothing that was typed
// and no name, because others who use the computer might find it.
//
// # The file
//
//	wayout-progress 1 57 0.2.0
//	{ … one JSON object … }
//	sha256 9f86d081884c7d65…
//
// The first line has the number of the schema, how many answers there are, and
// the version of the program that wrote it. The last line is the SHA-256 of all
// bytes above it. Unknown fields are kept, at every depth. A file of a newer
// schema is never read and never written to.
//
// Each save writes a new file, syncs it, renames the old file to progress.old and
// the new one to progress, and syncs the folder. Saves of two windows are merged:
// what is known of a lesson only grows, and of two places at which to go on, the
// later one counts. If the file disappears while the program runs, someone has
// erased it, and nothing more is written.
//
// The beat at which a learner left a story is kept only in memory, while the program runs; see
// [Book.Leave].
//
// # What this package must not know
//
// Screens, words, and the network.
package progress
