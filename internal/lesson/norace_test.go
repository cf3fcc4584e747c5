//go:build !race

package lesson

// raceEnabled is whether the race detector slows everything down by an order of
// magnitude, so that no time says anything.
const raceEnabled = false
