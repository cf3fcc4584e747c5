// Package lessons holds the course as data: the lessons, the words of the
// interface, the help directory. Everything that a learner reads is in this
// folder, so that a counsellor can review all of it without reading Go.
package lessons

import "embed"

// Files is the shipped course: a folder a language, and what they share. The lines
// that the recogniser has learned from are not part of the program.
//
//go:embed *.toml en/*.md en/*.toml en/hear/frames.toml.gz en/hear/weights.packed
var Files embed.FS
