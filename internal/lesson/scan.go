package lesson

import (
	"fmt"
	"strings"
)

// Limits on a lesson file. They are enforced before the Markdown parser is
// called, because some inputs of a few KiB keep a parser busy for seconds: in goldmark
// 1.8.7 nested quotes and lists take quadratic time, and a table pads each row to the
// width of its head (yuin/goldmark#588, #589).
const (
	MaxFile      = 96 << 10 // Bytes of a file.
	MaxFront     = 8 << 10  // Bytes of the front matter.
	MaxLine      = 2000     // Bytes of a line.
	MaxParagraph = 4 << 10  // Bytes between two blank lines.
	MaxDepth     = 6        // Nested quotes and lists.
	MaxIndent    = 2 * MaxDepth
	MaxFootnotes = 200  // Footnote marks and texts together.
	MaxLines     = 9000 // In 96 KiB, eleven bytes a line on average, blank lines included.
	MaxParts     = 3000 // Paragraphs, quotes and lists: 90 scenes of 30, and some more.
	MaxScenes    = 90
	MaxFacts     = 16
	MaxLeaks     = 16
	MaxAsked     = 64 // Scenes that conditions ask about: a bit each in a state.
)

// scan enforces the limits in one pass over the lines, and reports each kind of
// excess once, at its first line. It returns whether there is any.
func (r *report) scan(src string, firstLine int) bool {
	var paragraph, notes, parts int
	said := make(map[string]bool)
	once := func(line int, what, fix string) {
		if !said[fix] {
			said[fix] = true
			r.add(Pos{line, 1}, "limit", fix, "%s", what)
		}
	}
	line := firstLine
	for rest := src; rest != ""; line++ {
		var l string
		l, rest, _ = strings.Cut(rest, "\n")
		if line-firstLine == MaxLines {
			once(line, fmt.Sprintf("more than %d lines", MaxLines), "take out empty lines, or split the lesson in two")
		}
		if len(l) > MaxLine {
			once(line, fmt.Sprintf("this line has %d bytes; the limit is %d", len(l), MaxLine), "break the line")
		}
		if strings.TrimSpace(strings.Trim(l, "> ")) == "" {
			paragraph = 0
		} else if paragraph == 0 {
			if parts++; parts > MaxParts {
				once(line, fmt.Sprintf("more than %d paragraphs", MaxParts), "split the lesson in two")
			}
			paragraph = len(l)
		} else if paragraph += len(l); paragraph > MaxParagraph {
			once(line, fmt.Sprintf("this paragraph is over %d bytes", MaxParagraph),
				"break the paragraph with a blank line")
		}
		if d, indent := depth(l); d > MaxDepth || indent > MaxIndent {
			once(line, fmt.Sprintf("quotes and lists are nested more than %d deep", MaxDepth),
				"two levels are enough: a quote in a list item")
		}
		if notes += strings.Count(l, "[^"); notes > MaxFootnotes {
			once(line, fmt.Sprintf("more than %d footnote marks", MaxFootnotes), "mark fewer signs")
		}
		if isDefinition(l) {
			once(line, "link definitions can't be used here", "write the link out: [words](#scene)")
		}
	}
	return len(said) > 0
}

// depth counts the quote and list markers that a line opens with, and the
// columns of white space among them.
func depth(l string) (markers, indent int) {
	for i := 0; i < len(l); i++ {
		switch c := l[i]; {
		case c == ' ':
			indent++
		case c == '>':
			markers++
		case (c == '-' || c == '*' || c == '+') && i+1 < len(l) && l[i+1] == ' ':
			markers++
		case c >= '0' && c <= '9' && i+2 < len(l) && (l[i+1] == '.' || l[i+1] == ')') && l[i+2] == ' ':
			markers++
			i++
		default:
			return markers, indent
		}
	}
	if markers == 0 {
		indent = 0 // The indent of a blank line means nothing.
	}
	return markers, indent
}

// isDefinition reports whether a line looks like "[label]: address", which isn't a
// footnote.
func isDefinition(l string) bool {
	l = strings.TrimLeft(l, " >")
	if !strings.HasPrefix(l, "[") || strings.HasPrefix(l, "[^") {
		return false
	}
	_, after, ok := strings.Cut(l, "]")
	return ok && strings.HasPrefix(after, ":")
}
