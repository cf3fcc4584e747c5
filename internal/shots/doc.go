// Command shots plays real runs on a terminal in memory and draws the pictures
// that README shows, so that they can never be out of date.
//
//	go run ./internal/shots           # draw them anew
//	go run ./internal/shots --check   # fail where one is out of date
//
// A test does the second.
package main
