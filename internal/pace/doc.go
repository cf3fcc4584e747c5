// Package pace lets a Bubble Tea program rest while nothing happens.
//
// The library looks at its screen from a ticker, as often as WithFPS says, whether there is
// something new or not. The looks cost almost nothing, but each wakes the processor: thirty a
// second take 0.3 to 0.9 % of a core, depending on the machine, and keep a battery awake. A view
// can only change after a message, so a [Pace] slows the ticker down when no message has come for
// a moment, and brings it back to its rate with the next one, before the program sees it.
//
// The library has no option for that (charm.land/bubbletea/v2 2.1.1), so a Pace finds its ticker
// by reflection. With a version that has none it finds nothing, and the program runs as the
// library has it; the test of this package fails then.
package pace
