// Package screentest is a terminal in memory, for tests: a real Bubble Tea
// program draws into it, keys are pressed, and the cells of the screen are read.
//
// It is imported by tests only, and by what draws the pictures of the README.
// It waits for conditions and never for time.
//
// # What this package must not know
//
// wayout: it tests any Bubble Tea program.
package screentest
