package check

import (
	"fmt"
	"strings"
	"testing"
)

// turns is a page with a chain of lines to type; first are the items of the first one.
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

// TestExchanges holds that an exchange ends, and that nothing of what was asked for
// happens on a line that protects.
func TestExchanges(t *testing.T) {
	const unclear = "- `unclear`\n\n  > **Sam:** huh?\n\n"
	const rest = "- `~excuse`\n\n  > **Sam:** so what\n\n" + unclear
	for _, c := range []struct{ name, src, want string }{
		{"five turns", turns(5, ""), ""},
		{"six turns", turns(6, ""), `more than 5 turns begins in "Turn 0"`},
		{"round and round", turns(2, "- `decline` [On](#turn-1)\n\n- `~agree` [On](#turn-0)\n\n"+rest),
			`more than 5 turns begins in "Turn 0"`},
		{"fulfilled as by giving in", turns(1, "- `decline` [On](#sent)\n\n- `~agree` [On](#sent)\n\n"+rest),
			`"decline" protects, and leads to "Sent"`},
		{"sent all the same",
			turns(1, "- `decline`\n\n  > **Sam:** ok\n\n  > **Kai:** *photo*\n\n- `~agree` [On](#sent)\n\n"+rest),
			`"decline" protects, and then Kai sends something`},
		{"a no with an excuse", turns(1, "- `decline`\n\n  > **Sam:** ok\n\n- `~agree` [On](#sent)\n\n"+unclear),
			`whoever types "sorry, i have homework" gets "huh?", the answer of ` + "`unclear`: there is no item for " +
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
