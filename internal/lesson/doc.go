// Package lesson turns one Markdown page into a [Lesson]: plain values that say
// who writes what, what can be chosen, and what is explained.
//
// The format is CommonMark with five GitHub extensions (alerts, footnotes, task
// lists, struck words, and headings as link targets), so that a lesson reads well in any
// Markdown viewer and a counsellor reviews it in a browser. [Parse] reads a
// whole lesson; [ReadHead] reads the front matter and the title only, which is
// all that a list of lessons needs.
//
//	l, diags := lesson.Parse("pay-or-else.md", src)
//	for _, d := range diags {
//		fmt.Println(d) // pay-or-else.md:12:3: link: there's no scene "#pay-onse" in this file; …
//	}
//
// # Two versions
//
// A lesson whose front matter says where the story happens ("place:") is of version 2; see
// [Head.Format]. Both versions are parsed alike: messages, narration, choices and feedback.
// The following syntax is newer, but a lesson of version 1 may use it, too:
//
//   - "> **Sam:** *photo*" is an event of the chat. Words after it are its content:
//     "> **Sam:** *voice message 0:31* Training's at six." So a message can't begin with
//     an italic word; put another word in front of it.
//   - "> **Kai:** ~~who is~~ yeah" is a draft: typed, deleted, and the rest is sent.
//   - "> *Sam added you*" is a line of the app, "**Mum:** "Dinner."" is speech.
//   - A choice whose words are in double quotes is a reply: [Choice.Reply].
//   - "`?team`" in front of a message, speech, a list item or feedback is a condition;
//     "`+team`" sets a fact, or a leak: what the other person now knows.
//   - A move of a rehearsal may have what the others answer, and a link: [Move].
//
// Only the rules of internal/check and [Scene.Question] depend on the version: in version
// 2 the last narration before a choice is a question only if it ends with a question mark.
//
// # Hostile files
//
// A lesson from outside is untrusted. Limits are enforced by a linear scan
// before the Markdown parser is called, all text passes the gate of
// internal/text, and whatever is wrong becomes a [Diagnostic], never a panic.
//
// # What this package must not know
//
// Screens, clocks, files, and the rules of the game: internal/play decides what a
// choice leads to in a given state, and internal/check whether a lesson is a good
// one.
package lesson
