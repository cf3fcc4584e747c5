package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// brand checks that there is no real app, brand, handle, phone number or web address.
// They date a lesson, and numbers belong in lessons/help.toml, where they are checked.
func (f *finder) brand() {
	handle := regexp.MustCompile(`(^|\s)@[\p{L}\d_.]{2,}`)
	number := regexp.MustCompile(`\d(?:[ \-.()]?\d){4,}`)
	address := regexp.MustCompile(
		`(?i)\b(?:https?://|www\.)\S+|\b[a-z0-9-]+\.(?:com|org|net|uk|ca|au|de|io|app|gg|me|tv|edu|gov|co)\b`)
	var text, lower strings.Builder
	for _, p := range f.pieces() {
		text.WriteString(p.text + "\n")
		lower.WriteString(p.lower + "\n")
	}
	whole := piece{text: text.String(), lower: lower.String()} // Most names are nowhere; one search rules them out.
	for _, name := range f.lex.Brands {
		if !names(whole, name) {
			continue
		}
		for _, p := range f.pieces() {
			if names(p, name) {
				f.add(p.pos, nil, "invent one: an app where anyone who knows your user name can write to you",
					"%q is a real name", name)
			}
		}
	}
	for _, p := range f.pieces() {
		if m := find(handle, p.text, strings.Contains(p.text, "@")); m != "" {
			f.add(p.pos, nil, "describe it: the user name", "%q looks like a real handle", strings.TrimSpace(m))
		}
		if m := find(number, p.text, strings.ContainsAny(p.text, "0123456789")); m != "" {
			f.add(p.pos, nil, "send the learner to the help screen", "%q looks like a phone number", m)
		}
		if m := find(address, p.text, dotted(p.text)); m != "" {
			f.add(p.pos, nil, "send the learner to the help screen", "%q is a web address", m)
		}
	}
}

// find returns the first match of an expression, or "" if may is false. Matching is slow, and
// may is false for most texts, because they lack a character that every match needs.
func find(re *regexp.Regexp, text string, may bool) string {
	if !may {
		return ""
	}
	return re.FindString(text)
}

// dotted reports whether a text has what every web address has: a dot that no space follows,
// or "://".
func dotted(text string) bool {
	for i := range len(text) - 1 {
		if text[i] == '.' && text[i+1] != ' ' || text[i] == ':' && text[i+1] == '/' {
			return true
		}
	}
	return false
}

// names reports whether a text holds a name as a word. A name with a capital is
// matched with its case, so that Signal doesn't match signal.
func names(p piece, name string) bool {
	s := p.text
	if name == strings.ToLower(name) {
		s = p.lower
	}
	for at := 0; ; {
		i := strings.Index(s[at:], name)
		if i < 0 {
			return false
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(name):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at = i + len(name)
	}
}
