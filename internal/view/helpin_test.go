package view

import (
	"strings"
	"testing"

	"wayout/internal/coursetest"
)

// TestHelpIn looks for countries as people call theirs.
func TestHelpIn(t *testing.T) {
	v, help := Solo(coursetest.Shipped(t)), coursetest.Help(t)
	for typed, want := range map[string]string{
		"france": "Help in France", "FRAN": "Help in France", "england": "Help in the UK", "usa": "Help in the USA",
		"us": "Help in the USA", "uk": "Help in the UK", "deutschland": "Help in Germany", "españ": "Help in Spain",
		"new zealand": "Help in New Zealand", "help in france": "Help in France",
		"help philippines": "Help in the Philippines",
		"south":            "Help in South Africa, Help in South Korea", " Éire ": "Help in Ireland",
		"": "", " ": "", "?": "", "help": "", "help in the": "", "of": "", "fx": "", "world": "",
		"fr":         "Help in France",
		"new friend": "", "a threat": "", "picture": "", "france picture": "",
	} {
		var got []string
		for _, in := range v.HelpIn(help, typed) {
			got = append(got, in.Words)
		}
		if all := strings.Join(got, ", "); all != want {
			t.Errorf("%q finds %q, want %q", typed, all, want)
		}
	}
	if found := v.HelpIn(nil, "france"); len(found) > 0 {
		t.Errorf("without a directory: %v", found)
	}
}
