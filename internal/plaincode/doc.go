// Package chroma replaces the library of that name, with which Glamour colours program code.
// No lesson has program code, and the library brings the grammars of three hundred
// languages: a tenth of the program, all of it read at the start. go.mod replaces the
// library by this module, which has only what Glamour calls, and shows code without
// colours.
package chroma
