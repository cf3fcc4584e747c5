// Package play is one run through a lesson, as a pure state machine: what is
// told now, what can be done, what happens then.
//
// A [Game] holds the rules of one lesson over its [State]s; internal/check uses
// it to visit every state that can be reached. A [Run] is one learner's way
// through a Game: a value that every action returns anew, so that undo is exact
// and a transcript replays to the same state.
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
// is heard once by [Run.Hear], and a run keeps the names of the moves it made and
// nothing else. What was heard is a [Hearing], which goes with the screen.
package play
