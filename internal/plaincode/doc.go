// Package chroma stands in for the library of that name, which Glamour colours blocks of
// program code with. No lesson has program code in it, and the library brings the grammars
// of three hundred languages: a tenth of the program, all of it read at the start. go.mod
// puts this module in its place. It has what Glamour calls and nothing else, and shows code
// as it's written.
package chroma
