package lesson

import "strings"

// Markdown returns paragraphs and flat lists as Markdown again, with every
// character escaped that has a meaning in Markdown. So a prose renderer shows
// exactly what the parser has accepted.
func Markdown(text []Para) string {
	var b strings.Builder
	for i, p := range text {
		switch {
		case p.Bullet == "":
			if i > 0 {
				b.WriteString("\n")
			}
		case p.Bullet == "•":
			b.WriteString("- ")
		default:
			b.WriteString(p.Bullet + " ")
		}
		for _, s := range p.Spans {
			b.WriteString(s.markdown())
		}
		b.WriteString("\n")
	}
	return b.String()
}

// markdown puts the emphasis marks inside the white space at both ends, because
// Markdown doesn't read marks next to white space as emphasis.
func (s Span) markdown() string {
	mark := ""
	if s.Italic {
		mark = "*"
	}
	if s.Bold {
		mark += "**"
	}
	words := strings.TrimSpace(s.Text)
	if mark == "" || words == "" {
		return escape(s.Text)
	}
	before, after, _ := strings.Cut(s.Text, words)
	return before + mark + escape(words) + mark + after
}

func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]()<>#+-.!|", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
