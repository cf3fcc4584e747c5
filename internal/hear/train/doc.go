// Train learns the weights of the recogniser from the lines of a language and
// writes them beside the frames. It prints what they are worth on writers who were
// left out of learning, which is the figure to report.
//
//	go run ./internal/hear/train              learn, write, report
//	go run ./internal/hear/train -report      report only
package main
