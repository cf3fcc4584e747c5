package graph

import (
	"fmt"
	"strings"
	"unicode"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// mostLabel is how long the words on an arrow may be, in cells.
const mostLabel = 40

// classes are the styles of scenes in a Mermaid diagram, by the alert of their feedback.
var classes = []struct{ alert, style string }{
	{"tip", "fill:#e3f4e6,stroke:#1f7a33,color:#000"},
	{"warning", "fill:#fff3d1,stroke:#8a6100,color:#000"},
	{"caution", "fill:#fde2e0,stroke:#b3261e,color:#000"},
	{"important", "fill:#e2ecfb,stroke:#1b57b0,color:#000"},
}

// Mermaid returns a lesson as a flowchart for mermaid.js. Many Markdown viewers draw it in a
// code block with the language "mermaid".
func Mermaid(l *lesson.Lesson) string {
	scenes := Of(l)
	index := places(scenes)
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for i, s := range scenes {
		open, shut := `["`, `"]`
		switch {
		case s.Ending:
			open, shut = `(["`, `"])`
		case s.Asks == "check" || s.Asks == "rehearsal":
			open, shut = `[/"`, `"/]`
		}
		fmt.Fprintf(&b, "  s%d%s%s%s\n", i, open, quoted(s.Title+s.sets()), shut)
	}
	for i, s := range scenes {
		for _, w := range joined(s.Ways) {
			arrow := "-->"
			if w.Kind == "continue" {
				arrow = "-.->"
			}
			if words := quoted(text.Truncate(w.Words, mostLabel)); words != "" {
				arrow += `|"` + words + `"|`
			}
			fmt.Fprintf(&b, "  s%d %s s%d\n", i, arrow, index[w.To])
		}
	}
	for _, c := range classes {
		var of []string
		for i, s := range scenes {
			if s.Alert == c.alert {
				of = append(of, fmt.Sprintf("s%d", i))
			}
		}
		if len(of) > 0 {
			fmt.Fprintf(&b, "  classDef %s %s\n  class %s %s\n", c.alert, c.style, strings.Join(of, ","), c.alert)
		}
	}
	return b.String()
}

// quoted escapes words for a diagram: all characters but letters, digits and a few harmless
// ones become entities, which mermaid writes as #65;.
func quoted(words string) string {
	var b strings.Builder
	for _, r := range words {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(" .,'-+?!…’“”", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// Dot returns a lesson as a digraph for Graphviz.
func Dot(l *lesson.Lesson) string {
	scenes := Of(l)
	var b strings.Builder
	b.WriteString("digraph lesson {\n  node [shape=box, style=rounded];\n")
	for i, s := range scenes {
		shape := ""
		if s.Ending {
			shape = ", peripheries=2"
		}
		fmt.Fprintf(&b, "  s%d [label=%s%s];\n", i, dotted(s.Title), shape)
	}
	index := places(scenes)
	for i, s := range scenes {
		for _, w := range joined(s.Ways) {
			fmt.Fprintf(&b, "  s%d -> s%d [label=%s];\n", i, index[w.To], dotted(text.Truncate(w.Words, mostLabel)))
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// dotted quotes words for DOT.
func dotted(words string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(words) + `"`
}
