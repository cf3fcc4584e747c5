// Command collect writes the list of works that wayout is built from, and their licences, into
// package licences. It asks Go which packages are compiled into the program for each system, and
// takes the licences and notices in the folders of those packages, and in their parent folders
// up to the module's root. An unknown licence is an error: someone has to read it first.
//
//	go generate ./internal/licences
package main
