package check

import (
	"fmt"
	"strings"
	"testing"
)

// turns returns a lesson with a chain of n rehearsals; first are the items of the first one.
func turns(n int, first string) string {
	var b strings.Builder
	b.WriteString(
		"---\ngoal: Say no.\nrisk: images\nrole: target\nfocus: Kai\nplace: Leeds\nages: 13-18\nminutes: 5\n" +
			"note: Nothing explicit is shown.\nbehind: A man of forty.\narticle: images\nsources: nca-24\n---\n\n" +
			"# No\n\n" +
			"Kai plays a game.\n\n")
	for i := range n {
		fmt.Fprintf(&b, "## Turn %d\n\n> **Sam:** just one\n\n> **Kai:** ________\n\n", i)
		if i == 0 && first != "" {
			b.WriteString(first)
		} else {
			fmt.Fprintf(&b, "- `decline` [On](#turn-%d)\n\n  > **Sam:** wow ok\n\n- `~agree`\n\n  > **Sam:** yay\n\n"+
				"- `~excuse`\n\n  > **Sam:** so what\n\n- `unclear`\n\n  > **Sam:** huh?\n\n", i+1)
		}
		fmt.Fprintf(&b, "> **Kai:** no\n\n[On](#turn-%d)\n\n", i+1)
	}
	fmt.Fprintf(&b,
		"## Turn %d\n\n> [!TIP]\n> A no is enough.\n\n## Sent\n\n> **Kai:** *photo*\n\n> [!CAUTION]\n> It's out.\n\n"+
			"[On](#turn-%d)\n", n, n)
	return b.String()
}

// TestExchanges checks that the rule "exchange" finds exchanges that are too long, and answers
// in which what was asked for happens after a line that protects.
func TestExchanges(t *testing.T) {
	const unclear = "- `unclear`\n\n  > **Sam:** huh?\n\n"
	const rest = "- `~excuse`\n\n  > **Sam:** so what\n\n" + unclear
	for _, c := range []struct{ name, src, want string }{
		{"five turns", turns(5, ""), ""},
		{"six turns", turns(6, ""), `more than 5 turns starts in "Turn 0"`},
		{"round and round", turns(2, "- `decline` [On](#turn-1)\n\n- `~agree` [On](#turn-0)\n\n"+rest),
			`more than 5 turns starts in "Turn 0"`},
		{"fulfilled as by giving in", turns(1, "- `decline` [On](#sent)\n\n- `~agree` [On](#sent)\n\n"+rest),
			`"decline" protects, but leads to "Sent"`},
		{"sent all the same",
			turns(1, "- `decline`\n\n  > **Sam:** ok\n\n  > **Kai:** *photo*\n\n- `~agree` [On](#sent)\n\n"+rest),
			`"decline" protects, but then Kai sends something`},
		{"a no with an excuse", turns(1, "- `decline`\n\n  > **Sam:** ok\n\n- `~agree` [On](#sent)\n\n"+unclear),
			`a learner who types "sorry, i have homework" gets "huh?", the answer of ` + "`unclear`: there is no item for " +
				"`~bargain`, `~feed`, `~excuse`, `~attack`"},
		{"an answer to an excuse by what is sent",
			turns(1, "- `decline`\n\n  > **Sam:** ok\n\n- `~agree`, `~excuse` [On](#sent)\n\n"+unclear),
			"there is no item for `~bargain`, `~feed`, `~attack`"},
		{"another that weakens",
			turns(1, "- `decline`\n\n  > **Sam:** ok\n\n- `~agree` [On](#sent)\n\n- `~attack`\n\n  > **Sam:** hey\n\n"+
				unclear), ""},
		{"as it should be", turns(1, "- `decline`\n\n  > **Sam:** ok\n\n- `~agree` [On](#sent)\n\n"+rest), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range Lesson(parse(t, "no.md", c.src), lexicon(t)) {
				if d.Rule == "exchange" {
					got = append(got, d.Message)
				}
			}
			if c.want == "" && len(got) > 0 || c.want != "" && !strings.Contains(strings.Join(got, "\n"), c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// TestARatingThatItsPanelContradicts checks that the rating of a link counts, and that a panel
// that says the opposite is reported.
func TestARatingThatItsPanelContradicts(t *testing.T) {
	const page = "---\ngoal: Say no.\nrisk: images\nrole: target\nfocus: Kai\nplace: Leeds\nages: 13-18\nminutes: 5\n" +
		"note: Nothing explicit is shown.\nbehind: A man of forty.\n---\n\n# No\n\nKai plays.\n\n" +
		"## Start\n\n> **Sam:** one?\n\n- [Go](#there%s)\n- [Stay](#end)\n\n## There\n\n> **Sam:** hi\n\n" +
		"> [!%s]\n> It is what it is.\n\n[On](#end)\n\n## End\n\n> [!TIP]\n> A no is enough.\n"
	for _, c := range []struct{ title, panel, want string }{
		{"safe", "CAUTION", `the link rates this "safe", but the panel of "There" says CAUTION`},
		{"harmful", "TIP", `the link rates this "harmful", but the panel of "There" says TIP`},
		{"harmful", "IMPORTANT", `the link rates this "harmful", but the panel of "There" says IMPORTANT`},
		{"", "CAUTION", ""}, {"safe", "TIP", ""}, {"neutral", "CAUTION", ""}, {"safe", "WARNING", ""},
	} {
		title := ""
		if c.title != "" {
			title = fmt.Sprintf(" %q", c.title)
		}
		l := parse(t, "no.md", fmt.Sprintf(page, title, c.panel))
		if got := l.Scenes[0].Choices[0].Rating.String(); c.title != "" && got != c.title {
			t.Errorf("the link says %s, and %s counts", c.title, got)
		}
		got := ""
		for _, d := range Lesson(l, lexicon(t)) {
			if d.Rule == "feedback" && strings.HasPrefix(d.Message, "the link rates") {
				got = d.Message
				if d.Line != 21 || d.Col < 3 || !strings.HasPrefix(d.Fix, "take ") {
					t.Errorf("%d:%d: %s", d.Line, d.Col, d.Fix)
				}
			}
		}
		if got != c.want {
			t.Errorf("%s and %s: %q, want %q", c.title, c.panel, got, c.want)
		}
	}
}
