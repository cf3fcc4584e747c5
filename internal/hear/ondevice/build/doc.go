// Command build compiles the recogniser for the browser and writes it where the pages of a
// class find it, compressed, beside Go's own script that starts it. Run it from the root of
// the repository after a change to the recogniser:
//
//	go run ./internal/hear/ondevice/build
//
// The result is kept in the repository, so that go build needs nothing else. Equal sources
// and an equal version of Go give equal bytes. TestTheDeviceHearsWhatTheProgramHears of
// package serve fails when the result is out of date.
package main
