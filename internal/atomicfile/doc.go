// Package atomicfile writes files whole or not at all: a program that is killed, a full
// disk or a power cut leaves the old file or the new one, and never half of one.
//
// [Write] replaces a file, [Create] and [CreateAll] make new ones and never touch what
// is there. [Replace] is the same on any [Folder], so that a test can fail each step of
// it.
//
// On Windows renaming isn't promised to be atomic, and a virus scanner or a cloud folder
// can hold a file for a moment (golang/go#16882, #32188). It is tried again for two
// seconds there.
//
// # What this package must not know
//
// What is in the files.
package atomicfile
