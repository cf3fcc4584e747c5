// Package privatedir makes folders that only their owner can look into, for files that
// tell another window of the same person where to find a class and its key.
package privatedir
