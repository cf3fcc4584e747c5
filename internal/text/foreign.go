package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// signatures are the beginnings of files that word processors, browsers and archivers
// write. A lesson saved from one of these may be named .md without being plain text.
var signatures = []struct{ begins, what, fix string }{
	{"\xff\xfe\x00\x00", "text in UTF-32", saveAsUTF8},
	{"\x00\x00\xfe\xff", "text in UTF-32", saveAsUTF8},
	{"\xff\xfe", "text in UTF-16", saveAsUTF8},
	{"\xfe\xff", "text in UTF-16", saveAsUTF8},
	{"%PDF-", "a PDF", saveAsText},
	{"{\\rtf", "a Rich Text file (.rtf)", saveAsText},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc)", saveAsText},
	{"bplist00", "a web archive or a list of macOS", saveAsText},
	{"<?xml", "an XML file", saveAsText},
	{"\x1f\x8b", "a compressed file (.gz)", "unpack it, and put the text itself here"},
	{"7z\xbc\xaf\x27\x1c", "an archive (.7z)", "unpack it, and put the text itself here"},
	{"\x89PNG", "a picture", saveAsText},
	{"\xff\xd8\xff", "a picture", saveAsText},
	{"GIF8", "a picture", saveAsText},
	{"\x7fELF", "a program", "put a text file here"},
	{`{"url":"https://docs.google`, "a link to a Google document, not the document", saveAsText},
	{`{"url": "https://docs.google`, "a link to a Google document, not the document", saveAsText},
}

// zipped are texts near the beginning of ZIP files, the format that newer word
// processors write, and what the file then is.
var zipped = []struct{ holds, what string }{
	{"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file (.odt)"},
	{"mimetypeapplication/epub", "an e-book (.epub)"},
	{"word/", "a Word file (.docx)"},
	{"xl/", "an Excel file (.xlsx)"},
	{"ppt/", "a PowerPoint file (.pptx)"},
	{"Index/", "a Pages file"},
	{"[Content_Types].xml", "a Word file (.docx), or another one of Office"},
}

const (
	saveAsUTF8 = "save it again as plain text in UTF-8 (Notepad: Save as, Encoding: UTF-8)"
	saveAsText = "open it where it was written, copy the text into a plain-text editor, and save that as UTF-8"
)

// Foreign says what a file is if it is not plain text in UTF-8, such as text in
// another encoding or a file of a word processor, and what to do about it. Both
// results are "" for text in UTF-8, whatever else is wrong with it.
func Foreign(src []byte) (what, fix string) {
	for _, s := range signatures {
		if bytes.HasPrefix(src, []byte(s.begins)) {
			return s.what, s.fix
		}
	}
	head := src[:min(len(src), 8<<10)]
	if bytes.HasPrefix(src, []byte("PK\x03\x04")) || bytes.HasPrefix(src, []byte("PK\x05\x06")) {
		for _, z := range zipped {
			if bytes.Contains(head, []byte(z.holds)) {
				return z.what, saveAsText
			}
		}
		return "an archive (.zip)", "unpack it, and put the text itself here"
	}
	if isWide(head) {
		return "text in UTF-16", saveAsUTF8
	}
	if isPage(head) {
		return "a web page (HTML)", saveAsText
	}
	if broken, whole := sequences(src); broken > whole {
		if bytes.IndexByte(head, 0) >= 0 {
			return "not a text file", "put a text file here"
		}
		return "text in an older encoding, such as Windows-1252 or Mac Roman", saveAsUTF8
	}
	return "", ""
}

// sequences counts the bytes that aren't UTF-8, and the letters of several bytes
// that are. A rune that the end of the source cuts off counts as neither.
func sequences(src []byte) (broken, whole int) {
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		switch {
		case r == utf8.RuneError && size == 1 && (utf8.FullRune(src) || len(src) >= utf8.UTFMax):
			broken++
		case size > 1:
			whole++
		}
		src = src[size:]
	}
	return broken, whole
}

// isWide reports whether a text is in UTF-16 without a byte-order mark. There, either
// the first or the second byte of every pair holds the block of the letter. That byte is
// zero in line ends and spaces, and has few values in any script but Chinese.
func isWide(head []byte) bool {
	var zeros [2]int
	var met [2][256]bool
	var kinds [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
		if !met[i%2][c] {
			met[i%2][c] = true
			kinds[i%2]++
		}
	}
	for high := range 2 {
		low := 1 - high
		if len(head) >= 8 && zeros[high] >= 2 && zeros[low] == 0 &&
			(zeros[high] > len(head)/4 || kinds[high] <= 8 || zeros[high] >= len(head)/50 && !utf8.Valid(head)) {
			return true
		}
	}
	return false
}

// isPage reports whether a text begins as a web page does.
func isPage(head []byte) bool {
	s := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n"))
	for _, begin := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<!doctype ",
		"mime-version: 1.0", "from: <saved by"} {
		if strings.HasPrefix(s, begin) {
			return true
		}
	}
	return false
}

// Lines returns a text with CRLF and CR as LF, without a byte-order mark and without
// the ^Z of DOS: for files that programs write, and that an editor or a version
// control system may have changed.
func Lines(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.TrimRight(src, "\x1a")
	if bytes.IndexByte(src, '\r') < 0 {
		return src
	}
	for _, end := range []string{"\r\r\n", "\r\n", "\r"} {
		src = bytes.ReplaceAll(src, []byte(end), []byte("\n"))
	}
	return src
}

// SplitLines splits a text at what [Clean] takes for line ends, and leaves these out.
func SplitLines(src []byte) [][]byte {
	var lines [][]byte
	start := 0
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		i += size
		if !isLineEnd(r) {
			continue
		}
		lines = append(lines, src[start:i-size])
		for _, end := range []string{"\r\n", "\n"} {
			if r == '\r' && bytes.HasPrefix(src[i:], []byte(end)) {
				i += len(end)
				break
			}
		}
		start = i
	}
	return append(lines, src[start:])
}

// SourceCol turns a column of a line that [Clean] has made into the one that an
// editor shows for the source, from 1, in characters: a tab is one, and so is
// each mark of a decomposed letter.
func SourceCol(line []byte, col int) int {
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	at, clean := 1, 0
	for len(line) > 0 && clean+1 < col {
		if line[0] == '\t' {
			clean += tabStop - clean%tabStop
			line = line[1:]
			at++
			continue
		}
		n := letter(line)
		clean += utf8.RuneCountInString(composed(string(line[:n])))
		at += utf8.RuneCount(line[:n])
		line = line[n:]
	}
	return at
}
