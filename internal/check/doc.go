// Package check checks a lesson against the rules that make it safe and
// teachable, over every state that a run can reach.
//
// The state of a run is the scene, the facts, and which scenes were visited, as
// far as some condition asks about them (see internal/play). The number of states
// is finite and small, so every rule is decided, not sampled: [Lesson] visits each
// state once, and reports the shortest path that shows a problem.
//
//	for _, d := range check.Lesson(l, lexicon) {
//		fmt.Println(d) // pay.md:48:1: told: a path ends and nobody was told …
//	}
//
// Each rule is in a file of its own. A new rule needs a new file, a line in
// rules.go, and a txtar in testdata with lessons that break only this rule.
//
// # What this package must not know
//
// Files and folders, clocks, screens. Only internal/play decides what a choice
// leads to.
package check
