// Package privatedir makes folders that only their owner can read, for the files that tell
// another window of the same person where a class is and what its key is.
package privatedir
