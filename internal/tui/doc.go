// Package tui renders wayout in a terminal. It is a Bubble Tea program: a stack of
// screens, with one file and one table of keys for each, and one theme for all.
//
// The package draws and never decides: internal/play says what can be done and what
// follows, and internal/view what is shown. No screen starts a goroutine; slow work
// is a tea.Cmd whose answer names the request that it belongs to.
//
// # How a screen is made
//
// A screen is a value with three methods (see screen.go). Each call passes in the
// size, the theme and the words. A screen stores none of them, so a test draws the
// same screen that a learner sees.
//
//   - keys returns the screen's table of keys. A line of the table has the keys, the
//     words for them, the function that they call, and the reason if they do nothing
//     right now. The hints at the bottom, the page of keys and the handling are all
//     made from the table, as in lazygit, so none of them can be out of date. Where
//     text is typed, one line of the table takes it, and pasted text too.
//   - update takes every other message.
//   - draw returns the frame.
//
// update and the functions in a table return the changed screen, a request (open
// another screen, go back, leave; see request), and a command for work outside the
// loop. The program carries out a request before it takes the next key.
//
// # Components
//
// What several screens share is a component, as in Bubbles: a value with a few
// methods that need a look and nothing else of the env. The components are chat (a
// run as it comes in), optionList, pager, field (a line to type in), scenePicker and
// cardPanel. A component returns its lines of the table; the screen that owns it
// passes in a function, usually keep, that stores its new value.
//
// # Traps of the libraries
//
//   - The space key is "space", not " ".
//   - Style.Width(n) is the whole box: border and padding are inside.
//   - Glamour takes milliseconds and is never called while drawing; see
//     prose.go.
//   - The renderer sends only the part of a row that has changed, which a screen
//     reader needs whole; see margin.go.
//   - Importing lipgloss asks the terminal for its colours, so no pure package may
//     import it.
package tui
