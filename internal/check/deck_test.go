package check

import (
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// TestShortStoriesAreSafe: a story of a deck lets nobody answer a threat, and names
// help where somebody may hurt themselves.
func TestShortStoriesAreSafe(t *testing.T) {
	lex := lexicon(t)
	for _, c := range []struct{ name, story, want string }{
		{"a threat is answered", "> **Rex:** 30 minutes. then i press send\n\n> **Amal:** ________\n\n" +
			"- `decline` no, nope\n\n> **Amal:** No.\n", "reply: Rex makes a threat"},
		{"somebody else is told", "> **Gran:** Can't you sleep?\n\n> **Amal:** ________\n\n- `tell` i need help\n\n" +
			"> **Amal:** I need help.\n", ""},
		{"a request is refused",
			"> **Lux:** ur cute. send a pic\n\n> **Amal:** ________\n\n- `decline` no, nope\n\n> **Amal:** No.\n", ""},
		{"no help is named", "> **Pim:** i want to die\n\n> **Amal:** ________\n\n- `tell` i get someone\n\n" +
			"> **Amal:** I get someone.\n", "danger: someone may hurt themselves"},
		{"help is named", "> **Pim:** i want to die\n\n> **Amal:** ________\n\n- `tell` i get someone\n\n" +
			"> **Amal:** I get someone, and we ring a crisis line.\n", ""},
	} {
		d, diags := lesson.ParseDeck("a.boosters.md", []byte("# A: boosters\n\n## One\n\n"+c.story))
		if d == nil {
			t.Fatalf("%s: %v", c.name, diags)
		}
		var got []string
		for _, x := range Deck(d, lex) {
			if x.Rule == "reply" || x.Rule == "danger" {
				got = append(got, x.Rule+": "+x.Message)
			}
		}
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], c.want)) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
