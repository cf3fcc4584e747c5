// Package licences lists the works that wayout is built from, with their licences: wayout
// itself, its lessons, Go's standard library, and each module that is compiled into the program
// on any of its systems. The texts are those that come with the modules.
//
// Package collect writes modules.json and the folder texts:
//
//	go generate ./internal/licences
//
// A test of that package fails when they are out of date.
//
// # What this package must not know
//
// Where modules are stored, and how to recognise a licence.
package licences
