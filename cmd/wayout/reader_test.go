package main

import (
	"bytes"
	"strings"
	"testing"

	"wayout/internal/coursetest"
)

// TestWhyPlain checks that a request is named before a limitation, and that a capable terminal
// gets the full screen.
func TestWhyPlain(t *testing.T) {
	for _, c := range []struct {
		asked    bool
		env      map[string]string
		terminal bool
		want     string
	}{
		{false, map[string]string{"TERM": "xterm"}, true, ""},
		{true, map[string]string{"TERM": "dumb", "ACCESSIBLE": "1"}, false, "chosen.flag"},
		{false, map[string]string{"TERM": "dumb", "ACCESSIBLE": "1"}, true, "chosen.accessible"},
		{false, map[string]string{"TERM": "dumb"}, true, "chosen.dumb"},
		{false, map[string]string{"TERM": "xterm"}, false, "chosen.pipe"},
	} {
		if got := whyPlain(c.asked, func(k string) string { return c.env[k] }, c.terminal); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	words := coursetest.Shipped(t).Words()
	for _, id := range []string{"chosen.flag", "chosen.accessible", "chosen.dumb", "chosen.pipe", "chosen.reader"} {
		if said := words.T(id); !strings.HasPrefix(said, "Line by line") {
			t.Errorf("%s says %q", id, said)
		}
	}
}

// TestOffersLines checks that enter chooses line by line and f the full screen, and that the input
// after the answer isn't read.
func TestOffersLines(t *testing.T) {
	words := coursetest.Shipped(t).Words()
	for typed, want := range map[string]bool{"\nrest": true, "f\nrest": false, " F \nrest": false, "yes\nrest": true,
		"": true, strings.Repeat("f", 5000): true} {
		in, out := strings.NewReader(typed), &bytes.Buffer{}
		if got := offersLines(in, out, words); got != want {
			t.Errorf("%.20q takes it: %v", typed, got)
		}
		if strings.HasSuffix(typed, "rest") && in.Len() != len("rest") {
			t.Errorf("%q: %d bytes are left", typed, in.Len())
		}
		if strings.Count(out.String(), "\n") != 1 {
			t.Errorf("it says %q", out)
		}
	}
}
