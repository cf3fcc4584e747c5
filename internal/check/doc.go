// Package check holds a lesson to the rules that make it safe and teachable,
// over every state that a run can reach.
//
// A run's state is the scene, the facts and the visited flags that some
// condition uses (see internal/play), which is finite and small. So every rule
// is decided, not sampled: [Lesson] visits each state once, and what it reports
// comes with the shortest path that shows it.
//
//	for _, d := range check.Lesson(l, lexicon) {
//		fmt.Println(d) // pay.md:48:1: told: a path ends and nobody was told …
//	}
//
// One file holds one rule. A new rule is a new file, a line in rules.go, and a
// txtar in testdata with lessons that break just it.
//
// # What this package must not know
//
// Files and folders, clocks, screens. It plays by the rules of internal/play
// and has none of its own about what a choice leads to.
package check
