package text

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// wide returns text in UTF-16.
func wide(s string, big bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

func TestForeign(t *testing.T) {
	page := "---\ngoal: Say no\nfocus: Zoë\n---\n\n# A “title”\n\nBo sits on a wall. It is late – and cold.\n"
	cyrillic := "---\ngoal: Скажи нет\nfocus: Юля\n---\n\n# Заголовок\n\nЮля сидит на стене, и уже поздно.\n"
	chinese := "---\ngoal: 说不\n---\n\n# 标题\n\n天色已晚，她坐在墙上。她的手机亮了。\n\n> **山姆:** 你好\n"
	latin := strings.NewReplacer("ë", "\xeb", "“", "\x93", "”", "\x94", "–", "\x96").Replace(page)
	for _, c := range []struct{ name, src, want string }{
		{"plain", page, ""},
		{"cyrillic", cyrillic, ""},
		{"chinese", chinese, ""},
		{"bom", "\ufeff" + page, ""},
		{"ascii", "hello", ""},
		{"empty", "", ""},
		{"a torn letter at the end", "Zo\xc3", ""},
		{"one bad byte in good text", page + "\xff", ""},
		{"html in text", "# T\n\n<b>x</b>\n", ""},
		{"le, bom", wide("\ufeff"+page, false), "UTF-16"},
		{"be, bom", wide("\ufeff"+page, true), "UTF-16"},
		{"le", wide(page, false), "UTF-16"},
		{"be", wide(page, true), "UTF-16"},
		{"le, cyrillic", wide(cyrillic, false), "UTF-16"},
		{"be, cyrillic", wide(cyrillic, true), "UTF-16"},
		{"le, chinese", wide(chinese, false), "UTF-16"},
		{"be, chinese", wide(chinese, true), "UTF-16"},
		{"utf-32", "\xff\xfe\x00\x00x\x00\x00\x00", "UTF-32"},
		{"windows-1252", latin, "older encoding"},
		{"docx", "PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml \xa2\x04word/document.xml",
			"Word file (.docx)"},
		{"odt", "PK\x03\x04\x14\x00\x00\x08mimetypeapplication/vnd.oasis.opendocument.textPK", "OpenDocument"},
		{"pages", "PK\x03\x04\x14\x00\x00\x00Index/Document.iwa", "Pages"},
		{"zip", "PK\x03\x04\x14\x00\x00\x00a.md", "archive"},
		{"doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "old Word"},
		{"rtf", "{\\rtf1\\ansi hello}", "Rich Text"},
		{"pdf", "%PDF-1.7\n%\xe2\xe3", "PDF"},
		{"html", "\ufeff\r\n<!DOCTYPE html>\n<html>", "web page"},
		{"html without a type", "  <html lang=en>", "web page"},
		{"xml", "<?xml version=\"1.0\"?><office:document>", "XML"},
		{"png", "\x89PNG\r\n\x1a\n\x00", "picture"},
		{"gdoc", `{"url":"https://docs.google.com/open?id=x"}`, "Google"},
		{"binary", strings.Repeat("\x00\x00\xfe\x81\x01", 20), "not a text file"},
	} {
		what, fix := Foreign([]byte(c.src))
		if c.want == "" && what != "" || !strings.Contains(what, c.want) || (what == "") != (fix == "") {
			t.Errorf("%s: %q, fix %q, want %q", c.name, what, fix, c.want)
		}
	}
}

func TestSourceCol(t *testing.T) {
	for _, c := range []struct {
		line      string
		col, want int
	}{
		{"abc", 3, 3},
		{"\tabc", 5, 2},
		{"-\t\tx", 9, 4},
		{"cafe\u0301 x", 6, 7},
		{"\ufeffab", 2, 2},
		{"ab", 9, 3},
	} {
		if got := SourceCol([]byte(c.line), c.col); got != c.want {
			t.Errorf("SourceCol(%q, %d) = %d, want %d", c.line, c.col, got, c.want)
		}
	}
}

// TestSplitLines checks that SplitLines splits a text where Clean does.
func TestSplitLines(t *testing.T) {
	src := "a\r\nb\rc\nd\u0085e\u2028f\u2029g\vh\fi\n\rj\r\n"
	clean, _ := Clean([]byte(src), Policy{})
	want := strings.Split(clean, "\n")
	got := SplitLines([]byte(src))
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range want {
		if string(got[i]) != want[i] {
			t.Errorf("line %d is %q, want %q", i+1, got[i], want[i])
		}
	}
	if got := string(Lines([]byte("\ufeffa\r\nb\rc\n\x1a"))); got != "a\nb\nc\n" {
		t.Errorf("%q", got)
	}
}
