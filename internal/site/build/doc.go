// Command build compiles the engine of an exported course and puts it where package site
// embeds it. A release is made after it has run:
//
//	go generate ./internal/site
package main
