package check

import (
	"os"
	"strings"
	"testing"

	"wayout/internal/lesson"
)

// TestShortStoriesAreSafe checks that a story of a deck may not answer a threat, and must
// name help if someone may hurt themselves.
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

// TestPractiseHasItsShape breaks the shape of practise.md in each possible way, and expects
// a diagnostic.
func TestPractiseHasItsShape(t *testing.T) {
	src, err := os.ReadFile("../../lessons/en/practise.md")
	if err != nil {
		t.Fatal(err)
	}
	whole := string(src)
	round := func(title string) string { // Returns a round with its heading.
		_, after, ok := strings.Cut(whole, "\n## "+title+"\n")
		if !ok {
			t.Fatalf("no round %q", title)
		}
		body, _, _ := strings.Cut(after, "\n#")
		return "\n## " + title + "\n" + body
	}
	charm := round("Charm")
	group := strings.Replace(round("In the group"), "In the group", "Elsewhere", 1)
	question, _, _ := strings.Cut(charm, "\n- `")
	models := charm[strings.LastIndex(charm, "\n> **Alex:**"):]
	for _, c := range []struct{ name, page, want string }{
		{"as it is", whole, ""},
		{"a lever less", strings.Replace(whole, charm, "", 1), "11 levers"},
		{"a line that nothing answers", strings.Replace(whole, charm, question+"\n- `decline` no\n"+models, 1),
			"nobody answers in the round"},
		{"one model line", strings.Replace(whole, models, "", 1), "there should be 2 model answers, not 1"},
		{"two situations under a title", strings.Replace(whole, charm, charm+group, 1),
			"belongs to the situation stand-by"},
	} {
		d, diags := lesson.ParseDeck(lesson.PractiseFile, []byte(c.page))
		if d == nil {
			t.Fatalf("%s: %v", c.name, diags)
		}
		var got []string
		for _, x := range Deck(d, lexicon(t)) {
			if x.Rule == "practice" {
				got = append(got, x.Message)
			}
		}
		if all := strings.Join(got, "\n"); c.want == "" && all != "" || !strings.Contains(all, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
