// Collect writes the list of works that wayout is built from, and their licences, beside
// package licences. It asks Go which packages are compiled into the program for each system,
// and takes the licences and notices that stand in the folders of those packages, and in those
// above them up to the module's own. A licence that it can't tell is an error: someone has to
// read it first.
//
//	go generate ./internal/licences
package main
