// Package text is the gate through which every byte from outside passes:
// lesson files, front matter, file names, what is typed, the words of the
// operating system's errors. Nothing downstream may hold raw text.
//
// The renderer of a terminal is no sanitiser: control strings, C1 controls in
// UTF-8 form, bidi overrides and invalid UTF-8 go through it to the terminal, and
// through ansi.Strip too (measured with Bubble Tea 2.1.1; the same fault elsewhere was
// CVE-2025-64494). So text is made safe here, once, where it is read.
//
// It also measures and breaks text by the cells of a terminal.
//
// # What this package must not know
//
// Files, terminals, colours, Markdown.
package text
