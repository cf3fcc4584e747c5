// Package tui is the renderer of wayout in a terminal: a Bubble Tea program of
// screens on a stack, one file a screen, one theme, one table of keys a screen.
//
// It may draw and never decide: what can be done, and what follows, is asked of
// internal/play, and what is shown of internal/view. It starts no goroutine; slow
// work is a command whose answer names the request that it belongs to.
//
// # How a screen is made
//
// A screen is a value with three methods (see screen.go). It gets the size, the
// theme and the words with each call and holds none of them, so that the screen
// of a test is the screen of a learner.
//
//   - keys returns the table of what it answers to. Each line has the keys, what
//     they do in words, what is done, and why it does nothing just now. The hints at
//     the bottom, the page of keys and the handling are all made from the table, so
//     that none of them can be out of date; the idea is lazygit's. Where text is
//     typed, one line takes it, and what is pasted goes there too.
//   - update takes every other message.
//   - draw returns the frame.
//
// Where a screen wants to go is what it returns: both update and a line of a table
// return the screen as it is then, a request (open another screen, go back, leave;
// see request), and a command for work beside the loop. The program follows a
// request before it takes the next key.
//
// # Components
//
// What several screens have is a component, in the manner of Bubbles: a value with
// a few methods that take a look and no more of the environment. They are chat (a run
// as it comes in), optionList, pager, field (a line to type in), scenePicker and
// cardPanel. A component gives its lines of the table; the screen that has it says
// where its new value goes.
//
// # Traps of the libraries
//
//   - The space key is "space", not " ".
//   - Style.Width(n) is the whole box: border and padding are inside.
//   - Glamour takes milliseconds and is never called while drawing; see
//     prose.go.
//   - The renderer sends of a row only what differs from the row that stood there; see
//     margin.go for those who listen.
//   - Importing lipgloss asks the terminal for its colours, so that no pure
//     package may do it.
package tui
