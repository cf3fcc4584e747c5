//go:build js

package lesson

// In a browser lessons come already parsed, so the Markdown parser is left out of the program.

// unparsed returns the diagnostic for any file.
func unparsed(file string) []Diagnostic {
	return []Diagnostic{{File: file, Line: 1, Col: 1, Rule: "format", Message: "no file is parsed in a browser",
		Fix: "pack it where the pages are made"}}
}

// Parse refuses every file: in a browser lessons come already parsed.
func Parse(file string, _ []byte) (*Lesson, []Diagnostic) { return nil, unparsed(file) }

// ParseDeck refuses every file, as [Parse] does.
func ParseDeck(file string, _ []byte) (*Deck, []Diagnostic) { return nil, unparsed(file) }
