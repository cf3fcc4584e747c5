package lesson

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wayout/internal/text"
)

// maxDiagnostics is the largest number of diagnostics for one file, which may be hostile.
const maxDiagnostics = 100

// report gathers what is wrong with one file.
type report struct {
	file   string
	src    string
	lines  []int        // Byte offset of each line of src.
	raw    [][]byte     // The lines of the file, if their columns differ from those of src; or nil.
	mended map[int]bool // Lines that slips.mend has changed, so that columns don't match the file.
	labels []string     // The labels of the footnotes.
	diags  []Diagnostic
}

// read sets the text that offsets refer to.
func (r *report) read(src string) {
	r.src, r.lines = src, []int{0}
	for i := range len(src) {
		if src[i] == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
}

// pos turns a byte offset into a line and a column of the file.
func (r *report) pos(offset int) Pos {
	offset = min(max(offset, 0), len(r.src))
	line := sort.SearchInts(r.lines, offset+1)
	start := r.lines[line-1]
	col := 1 + utf8.RuneCountInString(r.src[start:offset])
	if r.mended[line] {
		col = 1
	} else if line <= len(r.raw) {
		col = text.SourceCol(r.raw[line-1], col)
	}
	return Pos{line, col}
}

func (r *report) add(p Pos, rule, fix, format string, args ...any) {
	if len(r.diags) == maxDiagnostics {
		return
	}
	d := Diagnostic{File: r.file, Line: p.Line, Col: p.Col, Rule: rule, Fix: fix,
		Message: text.Line(fmt.Sprintf(format, args...), 400)}
	if !slices.ContainsFunc(r.diags, func(o Diagnostic) bool {
		return o.Message == d.Message && o.Line == d.Line && o.Col == d.Col
	}) {
		r.diags = append(r.diags, d)
	}
}

// reported reports whether a line has a diagnostic already.
func (r *report) reported(line int) bool {
	return slices.ContainsFunc(r.diags, func(d Diagnostic) bool { return d.Line == line })
}

// mostOfAKind is the largest number of reports for one kind of unsafe character.
const mostOfAKind = 5

// gate passes the file through the text gate. Whatever the gate would change is an
// error in a lesson: a reviewer in a browser must see what a learner sees. A file that
// isn't plain text, or is empty, gets a single diagnostic.
func gate(file string, src []byte) (*report, string) {
	r := &report{file: text.Line(file, 200), mended: make(map[int]bool)}
	r.read("")
	if what, fix := text.Foreign(src); what != "" {
		r.add(firstBroken(src), "text", fix, "this is %s; a lesson has to be plain text in UTF-8", what)
		return r, ""
	}
	if len(src) > MaxFile {
		r.add(Pos{1, 1}, "limit", "split the lesson in two", "the file is over %d KiB", MaxFile>>10)
		return r, ""
	}
	clean, found := text.Clean(src, text.Policy{Max: MaxFile * 4})
	r.read(clean)
	if bytes.IndexByte(src, '\t') >= 0 || !norm.NFC.IsNormal(src) {
		r.raw = text.SplitLines(src)
	}
	if strings.TrimSpace(clean) == "" && len(found) == 0 {
		r.add(Pos{1, 1}, "format",
			"type wayout new to start one",
			"the file is empty")
		return r, ""
	}
	times := make(map[string]int)
	for _, f := range found {
		times[f.What]++
	}
	said := make(map[string]int)
	for _, f := range found {
		if said[f.What]++; said[f.What] > mostOfAKind {
			continue
		}
		what := f.What
		if n := times[f.What] - mostOfAKind; n > 0 && said[f.What] == mostOfAKind {
			what = fmt.Sprintf("%s, and %d more like it below", what, n)
		}
		r.add(Pos{f.Line, f.Col}, "text", unsafeFix(f), "%s", what)
	}
	return r, clean
}

// firstBroken returns the position of the first byte that isn't UTF-8.
func firstBroken(src []byte) Pos {
	line, start := 1, 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 && i > 1 {
			return Pos{line, 1 + utf8.RuneCount(src[start:i])}
		}
		if i += size; r == '\n' || r == '\r' && (i == len(src) || src[i] != '\n') {
			line, start = line+1, i
		}
	}
	return Pos{1, 1}
}

// unsafeFix says how to remove an unsafe character, which is often invisible.
func unsafeFix(f text.Finding) string {
	switch {
	case strings.HasPrefix(f.What, "invalid UTF-8"):
		return "type the character again, and save the file as UTF-8"
	case strings.HasPrefix(f.What, "longer than"), strings.HasPrefix(f.What, "and "):
		return "take them out"
	}
	return fmt.Sprintf("take it out: it can't be seen, so put the cursor at column %d of line %d and press Delete, "+
		"or type the words again", f.Col, f.Line)
}

// nearest returns the candidate that is most like s, or "".
func nearest(s string, candidates []string) string {
	best, score := "", 0.5
	for _, c := range candidates {
		if like := similarity(s, c); like > score {
			best, score = c, like
		}
	}
	return best
}

// similarity is 0 to 1: Dice's coefficient over pairs of letters (Dice 1945), which
// forgives words in another order, or the share of letters that need no change,
// which forgives a slip in a short word.
func similarity(a, b string) float64 {
	a, b = strings.ToLower(a), strings.ToLower(b)
	pairs := func(s string) map[string]int {
		m := make(map[string]int)
		for i := range len(s) - 1 {
			m[s[i:i+2]]++
		}
		return m
	}
	if len(a) < 2 || len(b) < 2 {
		return 0
	}
	pa, pb, common := pairs(a), pairs(b), 0
	for p, n := range pa {
		common += min(n, pb[p])
	}
	dice := 2 * float64(common) / float64(len(a)+len(b)-2)
	return max(dice, 1-float64(text.Distance(a, b))/float64(max(len(a), len(b))))
}
