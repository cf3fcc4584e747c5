package check

import (
	"fmt"
	"strings"
	"testing"
)

// TestWhoseFaultItIsNot checks that every ending with a path on which nobody says it is reported,
// with the line that presses, and that a bystander's lesson may say it about the person harmed.
func TestWhoseFaultItIsNot(t *testing.T) {
	const page = "---\ngoal: Say no.\nrisk: images\nrole: %s\nfocus: Nils\nplace: Leeds\nages: 13-18\nminutes: 5\n" +
		"note: Nothing explicit is shown.\nbehind: Cole.\n---\n\n# No\n\nNils plays.\n\n" +
		"## Start\n\n> **Cole:** send it or you're out[^dare]\n\n> **Maren:** please don't\n\n" +
		"- [Go](#seat)\n- [Stay](#noise)\n\n## Seat\n\n> **Maren:** hi\n\n> [!TIP]\n> %s\n\n" +
		"## Noise\n\n> **Maren:** hey\n\n> [!TIP]\n> %s\n\n[^dare]: It's made to look like a game.\n"
	for _, c := range []struct{ role, seat, noise, want string }{
		{"target", "It isn't Nils's fault.", "It wasn't Nils' fault.", ""},
		{"target", "It wasn't Maren's fault.", "It isn't Nils's fault.", "Seat"},
		{"target", "Well done.", "Well done.", "Seat Noise"},
		{"bystander", "It wasn't Maren's fault, not for a minute.", "None of this was Maren’s fault.", ""},
		{"bystander", "It isn't Nils's fault.", "It's not Priya Shah's fault.", ""},
		{"bystander", "It isn't Cole's fault.", "It's her fault. It isn't anything.", "Seat Noise"},
		{"bystander", "It was Maren's fault.", "It wasn't their fault.", "Seat"},
	} {
		t.Run(fmt.Sprint(c.role, c.seat, c.noise), func(t *testing.T) {
			var ends []string
			for _, d := range Lesson(parse(t, "no.md", fmt.Sprintf(page, c.role, c.seat, c.noise)), lexicon(t)) {
				if d.Rule != "no-blame" || !strings.Contains(d.Message, "whose fault") {
					continue
				}
				if !strings.HasPrefix(d.Message, `Cole pushes here ("send it or you're out", [^dare])`) ||
					d.Line != 19 || len(d.Path) != 2 {
					t.Errorf("%s %v", d.Message, d.Path)
				}
				if strings.Contains(d.Fix, "the person it was done to") != (c.role == "bystander") {
					t.Errorf("the fix is %q", d.Fix)
				}
				_, rest, _ := strings.Cut(d.Message, `ending "`)
				end, _, _ := strings.Cut(rest, `"`)
				ends = append(ends, end)
			}
			if got := strings.Join(ends, " "); got != c.want {
				t.Errorf("found for %q, want %q", got, c.want)
			}
		})
	}
}
