// Command bench measures wayout beside its peers, in one run on one machine, so
// that the ratios mean something where the milliseconds don't.
//
//	go run ./internal/bench start    # start to first full frame
//	go run ./internal/bench key      # key to frame
//	go run ./internal/bench class    # what a student in a class costs
//
// It is no test: a timed test fails on a busy machine and proves nothing on an
// idle one.
package main
