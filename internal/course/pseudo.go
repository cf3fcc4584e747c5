package course

import (
	"bytes"
	"io"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// PseudoLang is a generated language: English with accents, and two fifths longer,
// as German and Finnish are. It shows on which screens a translation wouldn't fit,
// and which words don't come from a file. Its lessons are the English ones.
const PseudoLang = "en-x-long"

// accents are put over vowels, so that words that don't come from a file stand out.
var accents = map[rune]string{'a': "\u0301", 'e': "\u0302", 'i': "\u0308", 'o': "\u0304", 'u': "\u030a"}

// lengthen returns words as long as in a longer language. Fields in {{braces}} and
// words in **stars** stay as they are.
func lengthen(words string) string {
	var b strings.Builder
	letters, field := 0, 0
	for i, r := range words {
		switch {
		case strings.HasPrefix(words[i:], "{{"):
			field++
		case strings.HasSuffix(words[:i], "}}"):
			field = 0
		}
		b.WriteRune(r)
		if field == 0 && r != '\n' {
			letters++
			b.WriteString(accents[r])
		}
	}
	more := strings.Repeat("lo ", (letters*2/5+2)/3)
	end := strings.TrimRight(b.String(), "\n ")
	return norm.NFC.String(end) + strings.TrimRight(" "+more, " ") +
		strings.Repeat("\n", strings.Count(words, "\n")-strings.Count(end, "\n"))
}

// pseudoFiles are the files whose values are lengthened. Other files stay as they are.
var pseudoFiles = []string{"ui.toml", "signs.toml", "plan.toml", "now.toml"}

// Pseudo returns the shipped files with a folder for [PseudoLang].
func Pseudo(shipped fs.FS) fs.FS { return pseudoFS{shipped} }

type pseudoFS struct{ fs.FS }

// Open opens a file of a language, or of the pseudo-language.
func (p pseudoFS) Open(name string) (fs.File, error) {
	rest, ok := strings.CutPrefix(name, PseudoLang)
	if !ok {
		return p.FS.Open(name)
	}
	f, err := p.FS.Open("en" + rest)
	if err != nil {
		return nil, err
	}
	for _, file := range pseudoFiles {
		if rest == "/"+file {
			defer f.Close()
			return pseudoFile(f, file == "now.toml")
		}
	}
	return f, nil
}

// pseudoFile reads a TOML file of lines such as key = "words", lists of words, and
// texts in triple quotes, and lengthens everything between quotes. Ids stay as they
// are; a guide has ids under three more keys.
func pseudoFile(f fs.File, guide bool) (fs.File, error) {
	ids := []string{"id"}
	if guide {
		ids = append(ids, "to", "unsafe", "how")
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var src bytes.Buffer
	if _, err := src.ReadFrom(f); err != nil {
		return nil, err
	}
	var out, long strings.Builder
	inside := false
	for line := range strings.Lines(src.String()) {
		key, value, ok := strings.Cut(line, " = ")
		switch {
		case strings.TrimSpace(line) == `"""` && inside:
			out.WriteString(lengthen(long.String()) + "\"\"\"\n")
			long.Reset()
			inside = false
		case inside:
			long.WriteString(line)
		case ok && strings.HasPrefix(value, `"""`):
			out.WriteString(line)
			inside = true
		case ok && strings.HasPrefix(value, `"`) && !slices.Contains(ids, key):
			out.WriteString(key + ` = "` + lengthen(strings.TrimSuffix(strings.TrimSpace(value)[1:], `"`)) + "\"\n")
		default:
			out.WriteString(line)
		}
	}
	return &memFile{Reader: strings.NewReader(out.String()), FileInfo: info, size: int64(out.Len())}, nil
}

// memFile is a generated file, with the file info, except the size, of the original.
type memFile struct {
	io.Reader
	fs.FileInfo
	size int64
}

// Stat returns the file info.
func (m *memFile) Stat() (fs.FileInfo, error) { return m, nil }

// Close does nothing.
func (m *memFile) Close() error { return nil }

// Size returns the size of the generated file, in bytes.
func (m *memFile) Size() int64 { return m.size }
