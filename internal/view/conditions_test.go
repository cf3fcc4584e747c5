package view

import (
	"fmt"
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// conditioned is a lesson whose scene "Here" is reached by two choices, one of which sets a
// fact. The test fills in the scene.
const conditioned = `---
goal: Say no.
risk: images
role: target
focus: Kai
place: Leeds
ages: 13-18
minutes: 5
note: Nothing explicit is shown.
behind: A man of forty.
facts:
  told: Kai has told Mum
---

# No

%[1]s

## Start

> **Sam:** hi

- [Tell Mum](#told)
- [Say nothing](#here)

## Told

` + "`+told`" + `

> **Kai:** mum

[On](#here)

## Here

> **Sam:** hello[^guilt]

%[2]s

## There

> **Sam:** more

> [!TIP]
> That was well done.

%[3]s

[^guilt]: It's meant to hurt.
%[4]s
`

// TestConditions puts a condition into every place where a line can be. Each condition must
// either decide what every renderer is given, or be refused with its position, never ignored.
func TestConditions(t *testing.T) {
	const on, moves = "\n\n[On](#there)", "\n\n- `decline` [On](#there)\n\n  > **Sam:** ok\n\n"
	line := "> **Kai:** ________"
	for _, c := range []struct{ name, cover, here, end, signs, refused string }{
		{name: "narration", here: "`?told` XX it is." + on},
		{name: "two paragraphs of a list", here: "- One.\n- `?told` XX it is." + on},
		{name: "a message", here: "> `?told` **Sam:** XX it is" + on},
		{name: "a message with an event", here: "> `?told` **Sam:** *photo* XX it is" + on},
		{name: "an event", here: "> `?told` **Sam:** *XX it is*" + on},
		{name: "a draft", here: "> `?told` **Kai:** ~~hm~~ XX it is" + on},
		{name: "speech", here: "`?told` **Mum:** \"XX it is.\"" + on},
		{name: "a time", here: "`?told` *XX it is*" + on},
		{name: "a line of the app", here: "> `?told` *XX it is*" + on},
		{name: "a panel", here: "> [!TIP]\n> `?told` XX it is." + on},
		{name: "a part of a panel", here: "> [!TIP]\n> Yes.\n>\n> `?told` XX it is." + on},
		{name: "the list of a panel", here: "> [!TIP]\n> Yes.\n>\n> - `?told` XX it is." + on},
		{name: "the panel of an ending", here: "Yes." + on, end: "> [!IMPORTANT]\n> `?told` XX it is."},
		{name: "the question", here: "`?told` XX is it?\n\n- [A](#there)\n- [B](#there)"},
		{name: "a list that ends with a question",
			here: "1. One.\n2. `?told` XX\n3. Two?\n\n- [A](#there)\n- [B](#there)"},
		{name: "a choice", here: "- `?told` [XX it is](#there)\n- [B](#there)"},
		{name: "a reply", here: "- `?told` [\"XX it is\"](#there)\n- [B](#there)"},
		{name: "a message on a choice", here: "- [A](#there)\n\n  > `?told` **Sam:** XX it is\n\n- [B](#there)"},
		{name: "speech on a choice", here: "- [A](#there)\n\n  `?told` **Mum:** \"XX it is.\"\n\n- [B](#there)"},
		{name: "before a line to type",
			here: "> `?told` **Sam:** XX it is\n\n" + line + moves + "> **Kai:** no" + on},
		{name: "an answer to a move",
			here: line + "\n\n- `decline` [On](#there)\n\n  > `?told` **Sam:** XX it is\n\n> **Kai:** no" + on},
		{name: "a line it could have been", here: line + moves + "> **Kai:** no\n\n> `?told` **Kai:** XX it is" + on},
		{name: "said that it could have been",
			here: "**Kai:** ________\n\n- `decline`\n\n  **Mum:** \"ok\"\n\n" +
				"**Kai:** \"no\"\n\n`?told` **Kai:** \"XX it is\"" + on},

		{name: "every line it could have been", here: line + moves + "> `?told` **Kai:** XX" + on,
			refused: "every line that Kai could have typed has a condition"},
		{name: "someone else below the moves", here: line + moves + "> **Kai:** no\n\n> `?told` **Mum:** XX" + on,
			refused: "Mum speaks in between the lines that Kai could have typed"},
		{name: "someone else says it below the moves",
			here:    line + moves + "> **Kai:** no\n\n`?told` **Mum:** \"XX\"" + on,
			refused: "Mum speaks in between the lines that Kai could have typed"},
		{name: "a fact below the moves", here: line + moves + "> **Kai:** no\n\n> `+told` **Kai:** XX" + on,
			refused: `a line that Kai could have typed can't set the fact "told"`},
		{name: "an event below the moves", here: line + moves + "> **Kai:** no\n\n> **Kai:** *photo* XX" + on,
			refused: "a line that Kai could have typed has more in it than words"},
		{name: "a draft below the moves", here: line + moves + "> **Kai:** no\n\n> **Kai:** ~~ok~~ XX" + on,
			refused: "a line that Kai could have typed has more in it than words"},
		{name: "a sign below the moves", here: line + moves + "> **Kai:** no\n\n> **Kai:** XX[^guilt]" + on,
			refused: "this sign isn't on a message or speech"},
		{name: "narration below the moves", here: line + moves + "> **Kai:** no\n\n`?told` XX" + on,
			refused: `a scene does one thing, and "Here" goes on after its line to type`},
		{name: "the line to type", here: "> `?told` **Kai:** ________" + moves + "> **Kai:** no" + on,
			refused: "a line to type can't have a condition"},
		{name: "a fact on the line to type", here: "> `+told` **Kai:** ________" + moves + "> **Kai:** no" + on,
			refused: `a line to type can't set the fact "told"`},
		{name: "a sign on the line to type", here: line + "[^guilt]" + moves + "> **Kai:** no" + on,
			refused: "this sign isn't on a message or speech"},
		{name: "a move", here: line + "\n\n- `?told` `decline` no, nope\n- `boundary` XX\n\n> **Kai:** no" + on,
			refused: "a move can't have a condition"},
		{name: "a move with a link", here: line + "\n\n- `?told` `decline` [XX](#there)\n\n> **Kai:** no" + on,
			refused: "a move can't have a condition"},
		{name: "a later move", here: line + "\n\n- `boundary` no\n- `decline` `?told` XX\n\n> **Kai:** no" + on,
			refused: "a move can't have a condition"},
		{name: "a fact in a move", here: line + "\n\n- `decline` `+told` XX\n\n> **Kai:** no" + on,
			refused: "a move can't have a condition or set a fact"},
		{name: "a fact in an answer to a move",
			here:    line + "\n\n- `decline`\n\n  > `+told` **Sam:** XX\n\n> **Kai:** no" + on,
			refused: `a choice can't set the fact "told"`},
		{name: "a fact in a choice", here: "- `+told` [XX](#there)\n- [B](#there)",
			refused: `a choice can't set the fact "told"`},
		{name: "a choice, behind it", here: "- [XX](#there) `?told`\n- [B](#there)",
			refused: "this choice has words outside its link"},
		{name: "in the words of a choice", here: "- [`?told` XX](#there)\n- [B](#there)",
			refused: "code can't be used here"},
		{name: "an answer of a question", here: "- [x] `?told` XX\n\n  Yes.\n\n- [ ] B\n\n  No." + on,
			refused: "code can't be used here"},
		{name: "why an answer is right", here: "- [x] A\n\n  Yes.\n\n  `?told` XX it is.\n\n- [ ] B\n\n  No." + on,
			refused: `the explanation of an answer is the same for everyone, so "?told" can't be used in it`},
		{name: "a fact in why it is right", here: "- [x] A\n\n  `+told` XX it is.\n\n- [ ] B\n\n  No." + on,
			refused: `the explanation of an answer is the same for everyone, so "+told" can't be used in it`},
		{name: "the way on", here: "`?told` [XX](#there)", refused: "this link has other words beside it"},
		{name: "a panel as a whole", here: "> `?told` [!TIP]\n> XX" + on,
			refused: "this quote is neither a message nor a panel"},
		{name: "beside the name of a panel", here: "> [!TIP] `?told`\n> XX" + on,
			refused: "[!TIP] has to be alone on its line"},
		{name: "a note", here: "> [!NOTE]\n> `?told` XX" + on, refused: "a note for the facilitator can't use facts"},
		{name: "a second part of a note", here: "> [!NOTE]\n> A\n>\n> `?told` XX" + on,
			refused: "a note for the facilitator can't use facts"},
		{name: "a heading", here: "Yes." + on, end: "## `?told` XX", refused: "code can't be used here"},
		{name: "behind a name", here: "> **Sam:** `?told` XX" + on,
			refused: `the condition "?told" is in the middle`},
		{name: "behind the words", here: "> **Sam:** XX `?told`" + on,
			refused: `the condition "?told" is in the middle`},
		{name: "what a sign is", here: "> **Sam:** you[^trade]" + on, signs: "[^trade]: `?told` XX it is.",
			refused: `the explanation of a sign is the same for everyone`},
		{name: "the cover", cover: "`?told` XX it is.", here: "Yes." + on, refused: "the cover can't use facts"},
		{name: "a list on the cover", cover: "- One.\n- `?told` XX it is.", here: "Yes." + on,
			refused: "the cover can't use facts"},
	} {
		src := fmt.Sprintf(conditioned, c.cover, c.here, c.end, c.signs)
		first := strings.Replace(src, "place: Leeds\n", "", 1)
		for format, src := range map[string]string{"": src, " in format 1": first} {
			t.Run(c.name+format, func(t *testing.T) {
				l, diags := lesson.Parse("a.md", []byte(src))
				if c.refused != "" {
					refusedThere(t, src, diags, c.refused)
					return
				}
				if l == nil {
					t.Fatal(diags)
				}
				for _, told := range []bool{false, true} {
					if shown := strings.Contains(shownWhere(t, l, told), "XX"); shown != told {
						t.Errorf("told: %v, shown: %v", told, shown)
					}
				}
			})
		}
	}
}

// refusedThere checks that a diagnostic points at the line of the condition.
func refusedThere(t *testing.T, src string, diags []lesson.Diagnostic, want string) {
	t.Helper()
	lines := strings.Split(src, "\n")
	for _, d := range diags {
		if strings.Contains(d.Message, want) {
			at := lines[d.Line-1]
			if d.Fix == "" || d.Col < 1 || d.Col > len(at) || strings.HasPrefix(at, "> **Sam:** hello") ||
				!strings.ContainsAny(at, "`[") && !strings.Contains(at, "XX") && !strings.Contains(at, "*photo*") {
				t.Errorf("it is found in line %d, column %d: %s", d.Line, d.Col, at)
			}
			return
		}
	}
	t.Errorf("found %v, want %s", diags, want)
}

// shownWhere returns everything shown on any path from the scene "Here" on, with the fact or without.
func shownWhere(t *testing.T, l *lesson.Lesson, told bool) string {
	t.Helper()
	_, v := open(t)
	pick := 1
	if told {
		pick = 0
	}
	run, err := play.Start(l, 1).Choose(pick)
	if told && err == nil {
		run, err = run.Go()
	}
	if err != nil || run.Scene().ID != "here" {
		t.Fatal(err)
	}
	var words []string
	v.walkFrom(run, func(_ play.Run, items []Item) {
		for _, it := range items {
			words = append(words, Words(it)...)
			if it, ok := it.(Event); ok {
				words = append(words, it.What)
			}
		}
	})
	return strings.Join(words, "\n")
}
