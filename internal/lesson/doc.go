// Package lesson turns one Markdown page into a [Lesson]: plain values that say
// who writes what, what can be chosen, and what is explained.
//
// The format is CommonMark with four GitHub extensions (alerts, footnotes, task
// lists, and headings as link targets), so that a lesson reads well in any
// Markdown viewer and a counsellor reviews it in a browser. [Parse] reads a
// whole lesson; [ReadHead] reads the front matter and the title only, which is
// all that a list of lessons needs.
//
//	l, diags := lesson.Parse("pay-or-else.md", src, lesson.Shared{})
//	for _, d := range diags {
//		fmt.Println(d) // pay-or-else.md:12:3: link: no scene "pay-onse" in this file; …
//	}
//
// # Hostile files
//
// A lesson from outside is untrusted. Limits are enforced by a linear scan
// before the Markdown parser is called, all text passes the gate of
// internal/text, and whatever is wrong becomes a [Diagnostic], never a panic.
//
// # What this package must not know
//
// Screens, clocks, files, and the rules of the game: what a choice leads to in
// a given state is decided in internal/play, whether a lesson is a good one in
// internal/check.
package lesson
