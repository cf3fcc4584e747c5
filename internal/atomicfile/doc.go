// Package atomicfile writes files completely or not at all: after a killed process, a full
// disk or a power cut there is the old file or the new one, and never half of one.
//
// [Write] replaces a file. [Create] and [CreateAll] make new files and never touch an
// existing one. [Replace] works on any [Folder], so that a test can make each step fail.
//
// On Windows renaming isn't guaranteed to be atomic, and a virus scanner or a cloud folder
// can lock a file for a moment (golang/go#16882, #32188). There it is tried again for two
// seconds.
//
// # What this package must not know
//
// What is in the files.
package atomicfile
