// Package graph draws a lesson as what it is, scenes and the ways between them: as a tree
// for a terminal, as Mermaid or DOT for other programs, and as data.
//
// # What this package must not know
//
// What a run remembers: a way is drawn whether or not a condition lets it be taken, with
// its conditions beside it. Files, screens, and whether a lesson is a good one.
package graph
