//go:build !race

package lesson

// raceEnabled reports whether the race detector is on. It slows everything down by an
// order of magnitude, so that times mean nothing.
const raceEnabled = false
