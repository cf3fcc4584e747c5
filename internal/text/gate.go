package text

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Policy says what [Clean] allows in a piece of text.
type Policy struct {
	Max int  // Bytes; 0 is 64 KiB.
	RTL bool // The text is declared as written from right to left: balanced isolates are kept.
}

// Finding is one thing that [Clean] took out or changed, and where.
type Finding struct {
	Line, Col int // In the source, from 1; columns are characters.
	Rune      rune
	What      string // In plain words, such as "control character U+001B".
}

const (
	defaultMax  = 64 << 10
	maxFindings = 100
	// MaxMarks is how many combining marks a letter keeps. No living script
	// needs more in running text; stacks of them draw over other lines.
	MaxMarks = 4
	tabStop  = 4
	// endOfFile is what DOS and CP/M wrote after the last line.
	endOfFile = 0x1A
)

// Clean makes bytes from outside safe to show, in this order: size, UTF-8,
// dangerous runes, combining marks, NFC. Every line end that an editor writes
// becomes LF, a tab goes to the next multiple of four columns, and a ^Z that
// ends the file (DOS) is dropped, all without a finding; whatever else is
// changed is reported. It takes linear time, and returns its own result
// unchanged.
func Clean(src []byte, p Policy) (string, []Finding) {
	limit := cmp.Or(p.Max, defaultMax)
	c := cleaner{rtl: p.RTL, line: 1, col: 1}
	if len(src) > limit {
		cut := limit
		for cut > 0 && !utf8.RuneStart(src[cut]) {
			cut--
		}
		src = src[:cut]
		c.oversize = fmt.Sprintf("longer than %d bytes", limit)
	}
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r >= ' ' && r < 0x7F { // Most runes, which need no checks.
			c.buf = append(c.buf, r)
			c.col++
		} else {
			c.take(r, size, src[size:])
		}
		src = src[size:]
	}
	c.endLine()
	if c.oversize != "" {
		c.find(0, c.oversize)
	}
	if c.more > 0 {
		c.found = append(c.found, Finding{Line: c.line, Col: c.col, What: fmt.Sprintf("and %d more", c.more)})
	}
	return c.out.String(), c.found
}

// cleaner is one pass over a text. It holds a line back until the line is whole, since
// NFC and the balance of isolates concern whole lines.
type cleaner struct {
	out       strings.Builder
	buf       []rune // The line so far.
	rtl       bool
	line, col int
	open      int // Isolates that are open on this line.
	found     []Finding
	more      int
	oversize  string
}

func (c *cleaner) find(r rune, what string) {
	if len(c.found) == maxFindings {
		c.more++
		return
	}
	c.found = append(c.found, Finding{Line: c.line, Col: c.col, Rune: r, What: what})
}

func (c *cleaner) take(r rune, size int, rest []byte) {
	switch {
	case r == utf8.RuneError && size == 1:
		c.find(r, "invalid UTF-8")
		c.buf = append(c.buf, utf8.RuneError)
	// The LF ends the line, even if line ends were converted twice.
	case r == '\r' && (bytes.HasPrefix(rest, []byte("\n")) || bytes.HasPrefix(rest, []byte("\r\n"))):
		return
	case isLineEnd(r):
		c.endLine()
		c.out.WriteByte('\n')
		c.line, c.col = c.line+1, 1
		return
	case r == '\t':
		for n := tabStop - len(c.buf)%tabStop; n > 0; n-- {
			c.buf = append(c.buf, ' ')
		}
	case r == endOfFile && len(bytes.TrimLeft(rest, "\r\n\x1a\x00")) == 0:
	case r == 0xFEFF && c.line == 1 && c.col == 1 && c.out.Len() == 0:
	case c.rtl && isIsolate(r):
		c.isolate(r)
	case isJoiner(r):
		c.joiner(r, rest)
	default:
		if what := refused(r); what != "" {
			c.find(r, what)
		} else {
			c.buf = append(c.buf, r)
		}
	}
	c.col++
}

func (c *cleaner) isolate(r rune) {
	switch {
	case r != 0x2069:
		c.open++
	case c.open > 0:
		c.open--
	default:
		c.find(r, "bidi control U+2069 that closes nothing")
		return
	}
	c.buf = append(c.buf, r)
}

// joiner keeps a joiner or a variation selector that is part of spelling or of an
// emoji. It drops any other, which could hide text.
func (c *cleaner) joiner(r rune, rest []byte) {
	next, _ := utf8.DecodeRune(rest)
	var last rune
	if n := len(c.buf); n > 0 {
		last = c.buf[n-1]
	}
	if r == zwj && last == vs16 && len(c.buf) > 1 {
		last = c.buf[len(c.buf)-2]
	}
	ok := false
	switch r {
	case zwj:
		ok = isPictographic(last) && isPictographic(next) || joins(last) && joins(next)
	case zwnj:
		ok = joins(last) && joins(next)
	case vs16:
		ok = isPictographic(last) || next == 0x20E3 && strings.ContainsRune("0123456789#*", last)
	}
	if !ok {
		c.find(r, fmt.Sprintf("invisible character U+%04X", r))
		return
	}
	c.buf = append(c.buf, r)
}

// endLine closes open isolates, bounds the marks, and writes the line in NFC.
func (c *cleaner) endLine() {
	for ; c.open > 0; c.open-- {
		c.buf = append(c.buf, 0x2069)
	}
	line := string(c.buf)
	if !isComposed(line) || slices.ContainsFunc(c.buf, isMark) {
		line = composed(c.fewMarks(decomposed(line)))
	}
	c.out.WriteString(line)
	c.buf = c.buf[:0]
}

// fewMarks drops marks beyond the limit. It looks at the decomposed line, so
// that a letter's own accent counts and the result is stable.
func (c *cleaner) fewMarks(line string) string {
	marks := 0
	reported := false
	return strings.Map(func(r rune) rune {
		if !isMark(r) {
			marks = 0
			return r
		}
		if marks++; marks > MaxMarks {
			if !reported {
				reported = true
				c.find(r, fmt.Sprintf("more than %d marks on one letter", MaxMarks))
			}
			return -1
		}
		return r
	}, line)
}

// isMark reports whether a rune is a combining mark. The first of them is U+0300.
func isMark(r rune) bool { return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) && r != vs16 }

// Line is [Clean] for one line, such as a name, a title or an argument: line
// ends become spaces, runs of white space become one space, and the result has
// at most limit bytes. Findings are dropped.
func Line(s string, limit int) string {
	clean, _ := Clean([]byte(s), Policy{Max: max(4*limit, 64)})
	clean = strings.Join(strings.Fields(clean), " ")
	if len(clean) <= limit {
		return clean
	}
	cut := max(limit, 0)
	for cut > 0 && (!utf8.RuneStart(clean[cut]) || isTrailing(clean[cut:])) {
		cut--
	}
	return strings.TrimRight(clean[:cut], " \u200c\u200d")
}

// isTrailing reports whether s begins with a rune that belongs to the one
// before it.
func isTrailing(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isMark(r) || isJoiner(r)
}
