// Command lint reads files of training lines and prints which rows can't be used, and how
// many rows there are of each kind.
//
//	go run ./internal/hear/lint FILE...
package main
