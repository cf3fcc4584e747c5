package site

import (
	"bytes"
	"regexp"
)

// lean leaves out of a script or a style sheet what no browser reads: indentation, empty lines and lines of
// comments. The comment on top stays, because it may be a licence. No line may be in a string of several lines.
func lean(src []byte) []byte {
	var out []byte
	top := true
	for line := range bytes.Lines(src) {
		line = bytes.TrimSpace(line)
		comment := bytes.HasPrefix(line, []byte("//"))
		if len(line) == 0 || comment && !top {
			continue
		}
		top = comment
		out = append(append(out, line...), '\n')
	}
	return out
}

// text is the text between two tags.
var text = regexp.MustCompile(`>[^<]+`)

// quotes are the escapes that html/template makes and that text doesn't need.
var quotes = map[string]string{"&#39;": "'", "&#34;": `"`, "&#43;": "+"}

// gaps are empty lines, which templates leave behind.
var gaps = regexp.MustCompile(`\n\s*\n`)

// plain writes quotation marks in the text of a page as they are, because stories are full of them, and leaves
// out empty lines.
func plain(page []byte) []byte {
	page = gaps.ReplaceAll(page, []byte("\n"))
	return text.ReplaceAllFunc(page, func(said []byte) []byte {
		for escaped, mark := range quotes {
			said = bytes.ReplaceAll(said, []byte(escaped), []byte(mark))
		}
		return said
	})
}
