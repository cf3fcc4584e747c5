// Package play is one run through a lesson, as a pure state machine: what is
// told now, what can be done, what happens then.
//
// A [Game] holds the rules of one lesson as transitions between [State]s;
// internal/check uses it to visit every state that can be reached. A [Run] is one
// learner's way through a Game. It is a value, and every action returns a new one,
// so that undo is exact and a transcript replays to the same state.
//
//	run := play.Start(l, seed)
//	for run.Turn() != play.End {
//		switch run.Turn() {
//		case play.Choose:
//			run, err = run.Choose(run.Open()[0])
//		…
//		}
//	}
//	fmt.Println(run.Outcome().Ending.Title)
//
// # What this package must not know
//
// Screens, clocks, files, chance, and anything that was typed: a rehearsed line
// is heard once by [Run.Hear], and a run keeps only the names of the moves in it.
// The [Hearing] that quotes the line isn't kept beyond the screen that shows it.
package play
