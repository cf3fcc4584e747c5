// Command bench measures wayout beside its peers, in one run on one machine: the
// ratios can be compared between machines, although the milliseconds can't.
//
//	go run ./internal/bench start    # start to first full frame
//	go run ./internal/bench key      # key to frame, and what an idle program takes
//	go run ./internal/bench class    # what a student in a class costs
//	go run ./internal/bench hear     # what it takes to hear a typed line
//
// It isn't a test: a timed test fails on a busy machine and proves nothing on an
// idle one.
package main
