package lesson

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"wayout/internal/text"
)

// maxDiagnostics bounds what one hostile file can make us print.
const maxDiagnostics = 100

// report gathers what is wrong with one file.
type report struct {
	file  string
	src   string
	lines []int // Byte offset of each line.
	diags []Diagnostic
}

func newReport(file, src string) *report {
	r := &report{file: text.Line(file, 200), src: src, lines: []int{0}}
	for i := range len(src) {
		if src[i] == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	return r
}

// pos turns a byte offset into a line and a column.
func (r *report) pos(offset int) Pos {
	offset = min(max(offset, 0), len(r.src))
	line := sort.SearchInts(r.lines, offset+1)
	start := r.lines[line-1]
	return Pos{line, 1 + utf8.RuneCountInString(r.src[start:offset])}
}

func (r *report) add(p Pos, rule, mend, format string, args ...any) {
	if len(r.diags) == maxDiagnostics {
		return
	}
	d := Diagnostic{File: r.file, Line: p.Line, Col: p.Col, Rule: rule, Mend: mend,
		Message: text.Line(fmt.Sprintf(format, args...), 400)}
	if !slices.ContainsFunc(r.diags, func(o Diagnostic) bool { return o.Message == d.Message && o.Line == d.Line && o.Col == d.Col }) {
		r.diags = append(r.diags, d)
	}
}

// gate passes the file through the text gate. What the gate would change is an
// error in a lesson: a reviewer in a browser must see what a learner sees.
func gate(file string, src []byte) (*report, string) {
	if len(src) > MaxFile {
		r := newReport(file, "")
		r.add(Pos{1, 1}, "limit", "split the lesson in two", "the file is over %d KiB", MaxFile>>10)
		return r, ""
	}
	clean, found := text.Clean(src, text.Policy{Max: MaxFile * 4})
	r := newReport(file, clean)
	for _, f := range found {
		r.add(Pos{f.Line, f.Col}, "text", "take it out", "%s", f.What)
	}
	return r, clean
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

// similarity is Dice's coefficient over pairs of letters (Dice 1945), 0 to 1.
func similarity(a, b string) float64 {
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
	pa, pb, common := pairs(strings.ToLower(a)), pairs(strings.ToLower(b)), 0
	for p, n := range pa {
		common += min(n, pb[p])
	}
	return 2 * float64(common) / float64(len(a)+len(b)-2)
}
