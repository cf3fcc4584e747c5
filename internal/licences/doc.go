// Package licences says whose work wayout is built on, and under which terms: wayout itself,
// its lessons, Go's standard library, and each module that is compiled into the program on any
// of its systems. The texts are those that the modules come with.
//
// modules.json and the folder texts are written by package collect:
//
//	go generate ./internal/licences
//
// A test there fails when they are not what the modules say now.
//
// # What this package must not know
//
// Where modules are kept, and how to tell one licence from another.
package licences
