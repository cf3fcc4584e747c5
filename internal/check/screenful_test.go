package check

import (
	"fmt"
	"strings"
	"testing"
)

// TestScreenfulCountsAllOfIt checks that a stretch is counted to its end, so that every cut
// reduces the number, and that the exceeded limit is named with its lines.
func TestScreenfulCountsAllOfIt(t *testing.T) {
	page := func(lines ...string) string {
		var b strings.Builder
		b.WriteString("---\ngoal: Say no.\nrisk: images\nrole: target\nfocus: Kai\nplace: Leeds\nages: 13-18\n" +
			"minutes: 5\nnote: Nothing explicit is shown.\nbehind: A man of forty.\n---\n\n# No\n\n" +
			"Kai plays a game.\n\n")
		for i, words := range lines {
			fmt.Fprintf(&b, "## Part %d\n\n%s\n\n[On](#part-%d)\n\n", i, words, i+1)
		}
		fmt.Fprintf(&b, "## Part %d\n\n> [!TIP]\n> A no is enough.\n", len(lines))
		return b.String()
	}
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("word ", n)) + "." }
	messages := func(n int) string { return strings.TrimSpace(strings.Repeat("> **Sam:** hi\n\n", n)) }
	for _, c := range []struct{ name, src, want string }{
		{"words", page(words(70), words(70)),
			"144 words to read in one go, from line 19 to line 32; the limit is 120 words"},
		{"fewer words", page(words(60), words(70)),
			"134 words to read in one go, from line 19 to line 32; the limit is 120 words"},
		{"lines", page(messages(10), messages(4)),
			"30 lines of a small screen to read in one go, from line 19 to line 56; the limit is 24 lines"},
		{"fewer lines", page(messages(9), messages(4)),
			"28 lines of a small screen to read in one go, from line 19 to line 54; the limit is 24 lines"},
		{"both", page(words(130), messages(20)), "154 words and 55 lines of a small screen to read in one go"},
		{"little", page(words(30), messages(4)), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range Lesson(parse(t, "no.md", c.src), lexicon(t)) {
				if d.Rule != "screenful" {
					continue
				}
				got = append(got, d.Message)
				if d.Line != 19 || d.Col != 1 || !strings.HasSuffix(d.Fix, "a link alone on its line isn't a stop") {
					t.Errorf("%d:%d: %s", d.Line, d.Col, d.Fix)
				}
			}
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
				t.Errorf("got %q, want %s", got, c.want)
			}
		})
	}
}

// TestMemoryOfEachCondition checks that a condition that always or never holds is reported at
// its position, with what to delete, even below a rehearsal.
func TestMemoryOfEachCondition(t *testing.T) {
	head := "---\ngoal: Say no.\nrisk: images\nrole: target\nfocus: Kai\nplace: Leeds\nages: 13-18\nminutes: 5\n" +
		"note: Nothing explicit is shown.\nbehind: A man of forty.\nfacts:\n  moved: Kai has moved to another chat\n" +
		"---\n\n# No\n\nKai plays a game.\n\n"
	const start = "## Start\n\n> **Sam:** come\n\n- [Go](#moved)\n- [Stay](#stays)\n\n## Moved\n\n`+moved`\n\n" +
		"> **Sam:** hi\n\n%s\n\n[On](#end)\n\n## Stays\n\n> **Sam:** ok\n\n%s\n\n[On](#end)\n\n" +
		"## End\n\n> **Sam:** bye\n\n%s\n\n> [!TIP]\n> A no is enough.\n"
	const keep, gone = "delete `%smoved` and keep the line", "delete the line that `%smoved` comes before"
	line := "> **Kai:** ________\n\n- `decline`\n\n  > %s**Sam:** ok\n\n> **Kai:** no\n\n> %s**Kai:** no way"
	for _, c := range []struct{ name, moved, stays, end, says, fix string }{
		{"some way", "", "", "`?moved` Yes.", "", ""},
		{"always", "`?moved` Yes.", "", "", `"moved" is always set when "Moved" asks for it`, fmt.Sprintf(keep, "?")},
		{"never unset", "`!moved` No.", "", "", `"moved" is always set when "Moved" asks for it`, fmt.Sprintf(gone, "!")},
		{"never", "", "`?moved` Yes.", "", `"moved" is never set when "Stays" asks for it`, fmt.Sprintf(gone, "?")},
		{"always unset", "", "`!moved` No.", "", `"moved" is never set when "Stays" asks for it`, fmt.Sprintf(keep, "!")},
		{"in an answer", fmt.Sprintf(line, "`?moved` ", ""), "", "", `"moved" is always set when "Moved"`,
			fmt.Sprintf(keep, "?")},
		{"in what could have been typed", fmt.Sprintf(line, "", "`?moved` "), "", "", `"moved" is always set when "Moved"`,
			fmt.Sprintf(keep, "?")},
		{"two of them", "`?moved` Yes.\n\n> `?moved` **Sam:** yes", "", "", `"moved" is always set when "Moved"`,
			fmt.Sprintf(keep, "?")},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := head + fmt.Sprintf(start, c.moved, c.stays, c.end)
			n := 0
			for _, d := range Lesson(parse(t, "no.md", src), lexicon(t)) {
				if d.Rule != "memory" || strings.Contains(d.Message, "comes up again") {
					continue
				}
				n++
				if !strings.Contains(d.Message, c.says) || c.says == "" || !strings.Contains(d.Fix, c.fix) {
					t.Errorf("%s\n%s", d.Message, d.Fix)
				}
				at := strings.Split(src, "\n")[d.Line-1]
				if !strings.HasPrefix(at[d.Col-1:], "`?moved`") && !strings.HasPrefix(at[d.Col-1:], "`!moved`") {
					t.Errorf("line %d, column %d is %q", d.Line, d.Col, at)
				}
			}
			if want := strings.Count(c.moved+c.stays, "moved`"); n != want {
				t.Errorf("%d findings, not %d", n, want)
			}
		})
	}
}
