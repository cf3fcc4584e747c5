// Package tui is the face of wayout in a terminal: a Bubble Tea program of
// screens on a stack, one file a screen, one theme, one key map.
//
// It may draw and never decide: what can be done, and what follows, is asked of
// internal/play. It starts no goroutine; slow work is a command whose answer
// carries what it was asked for.
//
// # How a screen is made
//
// A screen is a value with three methods (see screen.go). It gets the size, the
// theme and the words with each call and holds none of them, so that the screen
// of a test is the screen of a learner: call update, then draw.
//
// # Traps of the libraries
//
//   - The space key is "space", not " ".
//   - Style.Width(n) is the whole box: border and padding are inside.
//   - Glamour takes milliseconds and is never called while drawing; see
//     prose.go.
//   - Importing lipgloss asks the terminal for its colours, so that no pure
//     package may do it.
package tui
