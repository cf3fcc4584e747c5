// Command shots plays real runs on a terminal in memory, and draws the pictures
// in the README.
//
//	go run ./internal/shots           # draw all pictures again
//	go run ./internal/shots --check   # fail if a picture is out of date
//
// A test does the same check.
package main
