package lesson

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestShippedDecks(t *testing.T) {
	files, _ := filepath.Glob("../../lessons/en/*.md")
	decks := 0
	for _, f := range files {
		if !IsDeck(filepath.Base(f)) {
			continue
		}
		decks++
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		d, diags := ParseDeck(filepath.Base(f), src)
		if d == nil {
			t.Errorf("%s: %v", f, diags)
			continue
		}
		for _, form := range d.Forms {
			l := Chain(Head{}, Booster, form.Items, "Go on", Scene{ID: "end"})
			for i := range l.Scenes[:len(l.Scenes)-1] {
				if s := l.Scenes[i]; s.Onward.To != i+1 || (s.Check == nil) == (s.Rehearsal == nil) {
					t.Errorf("%s: %q does not fit into a chain", f, s.Title)
				}
			}
		}
	}
	if decks < 4 {
		t.Errorf("%d decks", decks)
	}
}

func TestDeckDiagnostics(t *testing.T) {
	ask := "\n- [x] a\n\n  Yes.\n\n- [ ] b\n\n  No.\n"
	for want, src := range map[string]string{
		"1:4: format: the story \"One\" has no title above it": "## One\n" + ask,
		"3:1: format: the story \"One\" asks nothing":          "# T\n\n## One\n\nWords.\n",
		"5:1: format: a story in a deck can't lead anywhere": "# T\n\n## One\n\n- [a](#one)\n" +
			"- [b](#one)\n",
		"format: a story in a deck can't lead anywhere": "# T\n\n## One\n\n[a](#one)\n",
		"3:1: format: a story in a deck can't have a note for the facilitator": "# T\n\n## One\n\n> [!NOTE]\n> " +
			"Ask.\n" + ask,
		"1:3: format: there is no story under \"T\"":                        "# T\n",
		"3:1: format: nothing can come between a title and its first story": "# T\n\nWords.\n\n## One\n" + ask,
		"10:1: format: a story in a deck can't mark warning signs": "# T\n\n## One\n\n> **A:** hi[^threat]\n\n" +
			"- [x] a\n\n  Y.\n[^threat]: Because.\n",
		"limit: more than 4 titles":                          "# 1\n# 2\n# 3\n# 4\n# 5\n\n## One\n" + ask,
		"link: two scenes are called \"One\"":                "# T\n\n## One\n" + ask + "\n## One\n" + ask,
		"format: a story in a deck is the same for everyone": "# T\n\n## One\n\n`+told` Words.\n" + ask,
		"format: the line to type has no model answer":       "# T\n\n## One\n\n> **A:** ________\n\n- `decline` no\n",
		"practice: the answer \"a\" isn't explained":         "# T\n\n## One\n\n- [x] a\n- [ ] b\n",
		"text: ": "# T\x1b[2J\n\n## One\n" + ask,
	} {
		d, diags := ParseDeck("x.boosters.md", []byte(src))
		found := false
		var all []string
		for _, g := range diags {
			all = append(all, g.String())
			found = found || strings.Contains(g.String(), want)
		}
		if d != nil || !found {
			t.Errorf("want %q, got %q", want, all)
		}
	}
}

func FuzzParseDeck(f *testing.F) {
	for _, file := range []string{"../coursetest/testdata/the-countdown.boosters.md",
		"../../lessons/en/hold-my-phone.boosters.md", "../../lessons/en/before-after.md"} {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("# T\n\n## One\n\n> **A:** ________\n\n- `decline` no\n\n> **A:** No.\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		d, diags := ParseDeck("x.boosters.md", src)
		if (d == nil) != (len(diags) > 0) {
			t.Fatalf("a deck %v and %d diagnostics", d != nil, len(diags))
		}
		if d == nil {
			return
		}
		for _, form := range d.Forms {
			for _, s := range form.Items {
				if s.Onward != nil || len(s.Choices) > 0 || (s.Check == nil) == (s.Rehearsal == nil) {
					t.Fatalf("%+v", s)
				}
			}
		}
	})
}
