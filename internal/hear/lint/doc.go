// Lint reads files of lines to learn from and says which rows can't be used, and how
// many there are of each kind.
//
//	go run ./internal/hear/lint FILE...
package main
