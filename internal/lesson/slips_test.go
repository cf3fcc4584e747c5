package lesson

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSlips replaces right text in a lesson by what a teacher may type, or what a word
// processor makes of it. It expects one diagnostic, at the line to change, whose fix
// contains want, or the whole right line if want is "".
func TestSlips(t *testing.T) {
	for _, c := range []struct{ name, right, slip, want string }{
		// Front matter.
		{"em dash opens", "---\ngoal", "—\ngoal", "three hyphens instead"},
		{"en dashes open", "---\ngoal", "–––\ngoal", "three hyphens instead"},
		{"em and hyphen open", "---\ngoal", "—-\ngoal", "three hyphens instead"},
		{"underscores open", "---\ngoal", "___\ngoal", "three hyphens instead"},
		{"stars open", "---\ngoal", "***\ngoal", "three hyphens instead"},
		{"four hyphens open", "---\ngoal", "----\ngoal", "three hyphens instead"},
		{"escaped fence", "---\ngoal", "\\---\ngoal", "three hyphens instead"},
		{"plus signs open", "---\ngoal", "+++\ngoal", "three hyphens instead"},
		{"nothing opens", "---\ngoal", "goal", "three hyphens above this line"},
		{"em dash closes", "trusts\n---", "trusts\n—", "three hyphens instead"},
		{"en dashes close", "trusts\n---", "trusts\n–––", "three hyphens instead"},
		{"underscores close", "trusts\n---", "trusts\n___", "three hyphens instead"},
		{"stars close", "trusts\n---", "trusts\n* * *", "three hyphens instead"},
		{"nothing closes", "trusts\n---\n\n#", "trusts\n\n#", "three hyphens above this line"},
		{"capital key", "goal: Stop", "Goal: Stop", "goal: Stop replying"},
		{"bold key", "goal: Stop", "**goal:** Stop", "goal"},
		{"list of keys", "goal: Stop", "- goal: Stop", "goal: Stop replying"},
		{"wide colon", "goal: Stop", "goal： Stop", "goal: Stop replying"},
		{"quoted value", "focus: Kai", "focus: \"Kai\"", "focus: Kai"},
		{"slip in a key", "minutes: 12", "minuts: 12", "did you mean minutes"},
		{"unit", "minutes: 12", "minutes: 12 min", "minutes: 12"},
		{"unknown role", "role: target", "role: victim", "target, bystander, adult"},
		{"title as a key", "goal: Stop", "title: Pay\ngoal: Stop", "# Title"},
		{"no role", "role: target\n", "", "role: target, bystander or adult"},
		{"no minutes", "minutes: 12\n", "", "from 1 to 60"},
		{"a point of the article", "blackmail, way-out", "blackmail, way out", "did you mean way-out"},
		{"fact in a list", "  told: Kai", "- told: Kai", "told: Kai has told"},
		{"fact with a capital", "  told: Kai", "  Told: Kai", "told: Kai has told"},
		{"fact at the margin", "facts:\n  told: Kai", "facts:\ntold: Kai", "two spaces"},
		{"fact behind the colon", "facts:\n  told: Kai has told someone he trusts", "facts: told",
			"told: Kai has told someone"},

		// Headings.
		{"no space in a title", "# Pay or else", "#Pay or else", ""},
		{"no title", "# Pay or else\n\n", "", "# Title"},
		{"bold title", "# Pay or else", "**Pay or else**", "# Title"},
		{"no space", "## The first message", "##The first message", ""},
		{"no-break space", "## The first message", "##\u00a0The first message", ""},
		{"wide marks", "## The first message", "＃＃ The first message", ""},
		{"three marks", "## Beg", "### Beg", ""},
		{"four marks, no space", "## Beg", "####Beg", ""},
		{"one mark", "## Beg", "# Beg", ""},
		{"escaped", "## Beg", `\#\# Beg`, ""},
		{"anchor of an export", "## Beg", "## Beg {#beg}", ""},
		{"line below", "## Beg", "Beg\n---", "## Beg"},
		{"double line below", "## Beg", "Beg\n===", "## Beg"},
		{"line across", "## Beg", "---\n\n## Beg", "take it out"},

		// Messages.
		{"no bold", "> **Sam:** hey you up", "> Sam: hey you up", ""},
		{"no colon", "> **Sam:** hey you up", "> **Sam** hey you up", ""},
		{"italic", "> **Sam:** hey you up", "> *Sam:* hey you up", ""},
		{"space behind the name", "> **Sam:** hey you up", "> **Sam: **hey you up", ""},
		{"space in front", "> **Sam:** hey you up", "> ** Sam:** hey you up", ""},
		{"wide colon in a name", "> **Sam:** hey you up", "> **Sam：** hey you up", ""},
		{"escaped quote", "> **Sam:** hey you up", `\> **Sam:** hey you up`, ""},
		{"no empty line", "> **Sam:** hey you up\n\n> **Kai:** yeah", "> **Sam:** hey you up\n> **Kai:** yeah",
			"empty line above"},
		{"quoted empty line", "> **Sam:** hey you up\n\n> **Kai:** yeah", "> **Sam:** hey you up\n>\n> **Kai:** yeah",
			"take the > out"},
		{"no name at all", "> **Kai:** yeah", "> yeah", "> **Kai:** yeah"},

		// Comments.
		{"words beside", "> [!CAUTION]\n> Paying shows", "> [!CAUTION] Paying shows", "on a line of its own"},
		{"no exclamation mark", "> [!CAUTION]", "> [CAUTION]", ""},
		{"bold comment", "> [!CAUTION]", "> **CAUTION**", ""},
		{"bold comment, colon", "> [!CAUTION]", "> **Caution:**", ""},
		{"space in a comment", "> [!CAUTION]", "> [! CAUTION]", ""},
		{"escaped comment", "> [!CAUTION]", `> \[!CAUTION\]`, ""},
		{"unknown comment", "> [!CAUTION]", "> [!DANGER]", "[!CAUTION]"},
		{"comment without a line above", "What could Kai do?\n\n",
			"> **Sam:** now\n> [!TIP]\n> Good.\n\nWhat could Kai do?\n\n", "empty line above"},

		// Choices and links.
		{"spaces in a link", "(#pay-once)", "(#pay once)", "(#pay-once)"},
		{"spaces and capitals", "(#pay-once)", "(#Pay once)", "(#pay-once)"},
		{"capitals in a link", "(#pay-once)", "(#Pay-Once)", "#pay-once"},
		{"percent signs", "(#pay-once)", "(#pay%20once)", "#pay-once"},
		{"underscores", "(#pay-once)", "(#pay_once)", "#pay-once"},
		{"en dash", "(#pay-once)", "(#pay–once)", "#pay-once"},
		{"no mark in a link", "(#pay-once)", "(pay-once)", "(#pay-once)"},
		{"address of a document", "(#pay-once)", "(https://docs.test/d/1/edit#heading=h.abc)", "#pay-once"},
		{"file and scene", "(#pay-once)", "(pay-or-else.md#pay-once)", "(#pay-once)"},
		{"a link that does not end", "(#pay-once)", "(#pay-once", "(#pay-once)"},
		{"space between", "](#pay-once)", "] (#pay-once)", "](#pay-once)"},
		{"space behind the mark", "(#pay-once)", "(# pay-once)", "(#pay-once)"},
		{"double brackets", "[Pay once, so it stops](#pay-once)", "[[Pay once]]", "(#pay-once)"},
		{"square brackets", "(#pay-once)", "[pay-once]", "(#pay-once)"},
		{"renamed heading", "(#pay-once)", "(#the-payment)", "the scenes are #the-first-message, #pay-once"},
		{"curly rating", "(#pay-once)", "(#pay-once “harmful”)", `(#pay-once "harmful")`},
		{"bullet", "- [Pay once", "• [Pay once", "- [Pay once, so it stops](#pay-once)"},
		{"dash as a bullet", "- [Pay once", "– [Pay once", "- [Pay once, so it stops](#pay-once)"},
		{"no space behind a mark", "- [Pay once", "-[Pay once", "- [Pay once, so it stops](#pay-once)"},
		{"no-break space behind a mark", "- [Pay once", "-\u00a0[Pay once", "- [Pay once, so it stops](#pay-once)"},
		{"escaped mark", "- [Pay once", `\- [Pay once`, "- [Pay once, so it stops](#pay-once)"},
		{"escaped link", "- [Pay once, so it stops](#pay-once)", `- \[Pay once, so it stops\](\#pay-once)`, ""},
		{"two links in a choice", "](#pay-once)\n", "](#pay-once) or [beg](#beg)\n", "two items"},
		{"item without a link", "- [Pay once, so it stops](#pay-once)", "- Pay once", "- [words](#scene)"},
		{"link in bold", "- [Pay once, so it stops](#pay-once)", "- **[Pay once, so it stops](#pay-once)**", "**"},

		// Checks, signs, facts.
		{"empty box", "- [ ] Wait", "- [] Wait", "- [ ] Wait a week"},
		{"box with spaces", "- [x] Tell", "- [ x ] Tell", "- [x] Tell an adult today"},
		{"drawn box", "- [ ] Wait", "☐ Wait", "- [ ] Wait a week"},
		{"ticked box", "- [x] Tell", "- ☑ Tell", "- [x] Tell an adult today"},
		{"box without a mark", "- [ ] Wait", "[ ] Wait", "- [ ] Wait a week"},
		{"slip in a label", "[^threat]\n", "[^thraet]\n", "did you mean [^threat]"},
		{"no colon behind a label", "[^threat]: A threat", "[^threat] A threat",
			"[^threat]: A threat to share is pressure."},
		{"sign without a mark", "team sees it[^threat]", "team sees it", "[^threat]"},
		{"curly quotes around a fact", "`+told`", "‘+told’", "`+told`"},
		{"acute accents around a fact", "`+told`", "´+told´", "`+told`"},
		{"slip in a fact", "`+told`", "`+tould`", "did you mean told"},
		{"capital in a fact", "`+told`", "`+Told`", "did you mean told"},
		{"a scene in a condition", "`?scene:pay-once`", "`?scene:pay`", "`?scene:pay-once`"},
	} {
		src := sample(t)
		if strings.Count(src, c.right) == 0 {
			t.Fatalf("%s: the sample has no %q", c.name, c.right)
		}
		at := strings.Index(src, c.right)
		slipped := strings.Replace(src, c.right, c.slip, 1)
		_, diags := Parse("a.md", []byte(slipped))
		if len(diags) != 1 {
			t.Errorf("%s: %d findings: %v", c.name, len(diags), diags)
			continue
		}
		first := 1 + strings.Count(src[:at], "\n")
		last := first + strings.Count(c.slip, "\n") + 1
		want := c.want
		if want == "" {
			want = strings.Split(src, "\n")[first-1]
		}
		if d := diags[0]; !strings.Contains(d.Fix, want) || d.Line < first ||
			d.Line > last && !strings.HasPrefix(c.name, "no ") && c.name != "sign without a mark" {
			t.Errorf("%s: %v, want at line %d: %q", c.name, d, first, want)
		}
	}
}

// TestTwoSlipsInALine checks that each fix for a line with two slips corrects both.
func TestTwoSlipsInALine(t *testing.T) {
	src := strings.Replace(sample(t), "- [Pay once, so it stops](#pay-once)", "• [Pay once, so it stops](#Pay once)", 1)
	_, diags := Parse("a.md", []byte(src))
	if len(diags) != 2 {
		t.Fatal(diags)
	}
	for _, d := range diags {
		if d.Fix != "type: - [Pay once, so it stops](#pay-once)" {
			t.Errorf("%v", d)
		}
	}
}

// TestColumnsAsShown checks that a diagnostic has the column that an editor shows, where a tab
// is one character, and so is each mark of a decomposed letter.
func TestColumnsAsShown(t *testing.T) {
	for line, want := range map[string]int{
		"- [Pay once, so it stops](#nowhere)":            3,
		"-\t[Pay once, so it stops](#nowhere)":           3,
		"- Cafe\u0301 [Pay once, so it stops](#nowhere)": 9,
	} {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			src := strings.Replace(sample(t), "- [Pay once, so it stops](#pay-once)", line, 1)
			_, diags := Parse("a.md", []byte(strings.ReplaceAll(src, "\n", end)))
			if !slices.ContainsFunc(diags, func(d Diagnostic) bool { return d.Rule == "link" && d.Col == want }) {
				t.Errorf("%q, %q: %v, want column %d", line, end, diags, want)
			}
		}
	}
}

// TestScenesByTheirWords checks which scene a wrong link seems to mean.
func TestScenesByTheirWords(t *testing.T) {
	var scenes []heading
	for i, title := range []string{"Scene 1: The match", "Scene 2: She sends it", "Scene 12: The end", "What’s next?",
		"She tells her gran", "Café", "Telling Mr. Okoro"} {
		scenes = append(scenes, heading{Slug(title), title, i + 1})
	}
	for asked, want := range map[string]string{
		"scene-2":                    "scene-2-she-sends-it",
		"scene2":                     "scene-2-she-sends-it",
		"2":                          "scene-2-she-sends-it",
		"scene-12":                   "scene-12-the-end",
		"the-end":                    "scene-12-the-end",
		"She sends it":               "scene-2-she-sends-it",
		"scene_2_she_sends_it":       "scene-2-she-sends-it",
		"scene-2--she-sends-it":      "scene-2-she-sends-it",
		"what's-next":                "whats-next",
		"whats-next?":                "whats-next",
		"tells-gran":                 "she-tells-her-gran",
		"caf%C3%A9":                  "café",
		"cafe":                       "café",
		"mr-okoro":                   "telling-mr-okoro",
		"scene-3":                    "",
		"completely-different-words": "",
	} {
		got, ok := meantScene(asked, scenes)
		if got.id != want && (want != "" || ok) {
			t.Errorf("%q means %q (%v), want %q", asked, got.id, ok, want)
		}
	}
	// A different number is a different scene, however similar the letters are.
	short := []heading{{"scene-1", "Scene 1", 1}, {"scene-2-she-sends-it-to-him", "Scene 2: She sends it to him", 2}}
	if got, ok := meantScene("scene-3", short); ok {
		t.Errorf("scene 3 is taken for %q", got.id)
	}
	if got, ok := meantScene("scene-2", short); !ok || got.line != 2 {
		t.Errorf("scene 2 is taken for %q", got.id)
	}
}

// TestPatternsNeedWhatTheySay checks that every line that a pattern matches begins with its
// begins and contains its needs.
func TestPatternsNeedWhatTheySay(t *testing.T) {
	re := slipPatterns()
	all := []pattern{re.says, re.explains, re.link, re.open, re.wiki, re.reference, re.chip, re.mark, re.bold, re.plain,
		re.italic}
	matched := make(map[int]bool)
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SampledFrom([]string{"[", "]", "(", ")", "#", "^", "*", "**", ":", "：", "_", "`", "|", " ", "> ",
			"a", "+told", "“", "”", "!", `\`})
		line := strings.Join(rapid.SliceOfN(part, 1, 14).Draw(t, "line"), "")
		for i, p := range all {
			if p.re.MatchString(line) {
				matched[i] = true
				if p.find(line) == nil || len(p.findAll(line)) == 0 {
					t.Fatalf("%s matches %q, which is not looked at", p.re, line)
				}
			}
		}
	})
	for line := range strings.SplitSeq(sample(t)+example(t)+
		"\n[[a|b]] [a][b] *Sam:* a “+told”\n*Sam*: a\nSam: a\n[a](#b", "\n") {
		for i, p := range all {
			if p.re.MatchString(line) {
				matched[i] = true
				if p.find(line) == nil {
					t.Fatalf("%s matches %q, which is not looked at", p.re, line)
				}
			}
		}
	}
	if len(matched) != len(all) {
		t.Errorf("%d of %d patterns ever matched", len(matched), len(all))
	}
}

// TestOneThingToDo checks that text after the one thing to do in a scene is reported once for
// each scene, where the text begins, and with the missing link as the fix.
func TestOneThingToDo(t *testing.T) {
	const head = "---\ngoal: g\nrisk: r\nrole: target\nfocus: Bo\nplace: Leeds\nages: 13-18\nminutes: 5\nnote: n\n" +
		"---\n\n# T\n\nx\n\n## One\n\n> **Bo:** hi\n\n"
	const question = "Which?\n\n- [x] a\n\n  b\n\n- [ ] c\n\n  d\n\n"
	for name, test := range map[string]struct{ scene, want string }{
		"told after a question": {question + "Later.\n\nMuch later.\n\n- [On](#two)\n\n- [On, too](#two)\n",
			`a scene does one thing, and "One" goes on after its question`},
		"choices after a question": {question + "- [On](#two)\n\n- [On, too](#two)\n",
			"this choice is in a list of answers"},
		"told after a line": {"> **Bo:** ________\n\n- `decline`\n\n  > **Cy:** ok\n\n> **Bo:** no\n\n" +
			"Later.\n\nMuch later.\n", `"One" goes on after its line to type`},
	} {
		_, diags := Parse("a.md", []byte(head+test.scene+"\n## Two\n\n> **Bo:** bye\n\n> [!TIP]\n> Well done.\n"))
		var said []string
		for _, d := range diags {
			if d.Rule == "format" {
				said = append(said, d.Message+"; "+d.Fix)
			}
		}
		if len(said) != 1 || !strings.Contains(said[0], test.want) || !strings.Contains(said[0], "one link") {
			t.Errorf("%s: %q", name, said)
		}
	}
}
