// Package graph draws a lesson as a graph of scenes and the ways between them: as a tree for a
// terminal, as Mermaid or DOT for other programs, and as data.
//
// # What this package must not know
//
// What a run remembers (a way is drawn with its conditions, whether or not they can hold),
// files, screens, and whether a lesson is a good one.
package graph
