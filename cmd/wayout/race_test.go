//go:build race

package main

// raceEnabled reports whether the race detector is on, with which every program takes a
// second to end.
const raceEnabled = true
