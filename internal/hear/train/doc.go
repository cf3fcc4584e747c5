// Command train learns the weights of the recogniser from the training lines of a
// language, and writes them beside the frames. It prints the accuracy on writers who
// were left out of training, which is the figure to report.
//
//	go run ./internal/hear/train              learn, write, report
//	go run ./internal/hear/train -report      report only
package main
