package lesson

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// TestDiagnosticsOfVersion2 changes one thing in the example, and expects the named
// diagnostics: the first of each kind, with a fix.
func TestDiagnosticsOfVersion2(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/version2.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			change, want, _ := strings.Cut(string(f.Data), "\n===\n")
			from, to, ok := strings.Cut(change, "\n---\n")
			src := strings.ReplaceAll(example(t), "\r\n", "\n")
			if !ok || !strings.Contains(src, from) {
				t.Fatalf("the example has no %q", from)
			}
			l, diags := Parse("a.md", []byte(strings.Replace(src, from, to, 1)))
			if l != nil {
				t.Error("it is played")
			}
			var got []string
			for _, d := range diags {
				if d.Fix == "" {
					t.Errorf("%s does not say how to fix it", d)
				}
				if s := d.Rule + ": " + d.Message; !slices.Contains(got, s) {
					got = append(got, s)
				}
			}
			for _, w := range strings.Split(strings.TrimSpace(want), "\n") {
				if !slices.Contains(got, w) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), w)
				}
			}
		})
	}
}

// TestBlocksOfVersion2 checks how the new kinds of block are parsed.
func TestBlocksOfVersion2(t *testing.T) {
	l, diags := Parse("a.md", []byte(example(t)))
	if l == nil {
		t.Fatal(diags)
	}
	find := func(words string) *Block {
		for i := range l.Scenes {
			s := &l.Scenes[i]
			all := s.Told
			for _, c := range s.Choices {
				all = append(slices.Clone(all), c.Reaction...)
			}
			for k := range all {
				if all[k].String() == words {
					return &all[k]
				}
			}
		}
		t.Fatalf("nothing says %q", words)
		return nil
	}
	if b := find("liked a message"); b.Kind != Message || b.Event != "liked a message" || b.Who != "Kenz" ||
		b.Text[0].String() != "" {
		t.Errorf("the event is %+v", b)
	}
	if b := find("thats not me"); b.Draft != "what the" || b.Who != "Wyatt" {
		t.Errorf("the draft is %+v", b)
	}
	if b := find("Tuesday 11:20 AM"); b.Kind != AppLine || b.Who != "" {
		t.Errorf("the line of the app is %+v", b)
	}
	if b := find("Dez, only you"); b.Kind != AppLine || b.Text[0].If[0].Fact != "dez" {
		t.Errorf("the line of the app is %+v", b)
	}
	if b := find(`"What are you doing up?"`); b.Kind != Speech || b.Who != "Mom" ||
		b.Text[0].If[0].Scene != "the-counter" || !b.Text[0].If[0].Not {
		t.Errorf("the speech is %+v", b)
	}
	if b := find("papaw gets it too. on the fork"); b.Kind != Message || b.Text[0].If[0].Fact != "papaw" {
		t.Errorf("the message is %+v", b)
	}
	r := l.Scenes[l.Scene("the-kitchen-light")].Rehearsal
	if !r.Aloud || r.Situation != "tell" || len(r.Moves) != 8 || len(r.Models) != 2 || r.Models[0].Kind != Speech ||
		!r.Branches() {
		t.Errorf("the rehearsal is %+v", r)
	}
	if m := r.Moves[6]; m.Name != Danger || m.Onward.To != l.Scene("right-here") || m.Reaction[0].Who != "Mom" {
		t.Errorf("the move is %+v", m)
	}
	if c := l.Scenes[0].Choices[0]; c.Reply == nil || c.Reply.Sent.String() != "my friends mom drives us. she sings" ||
		c.Rating != Safe {
		t.Errorf("the reply is %+v", c)
	}
	voice, diags := Parse("b.md", []byte(strings.Replace(example(t), "> **Kenz:** *photo*",
		"> **Kenz:** *voice message 0:31* Right, girls, *now*.", 1)))
	if voice == nil {
		t.Fatal(diags)
	}
	l = voice
	if b := find("voice message 0:31 Right, girls, now."); b.Event != "voice message 0:31" ||
		b.Text[0].String() != "Right, girls, now." {
		t.Errorf("the voice message is %+v", b)
	}
}

// TestAFirstAlertFurtherOn checks that a choice is rated by the first alert that follows it,
// even if that isn't in the next scene.
func TestAFirstAlertFurtherOn(t *testing.T) {
	src := strings.NewReplacer(`(#gary "safe")`, `(#gary)`, `(#kind-eyes "risky")`, `(#kind-eyes)`).Replace(example(t))
	l, diags := Parse("a.md", []byte(src))
	if l == nil {
		t.Fatal(diags)
	}
	for i, c := range l.Scenes[0].Choices {
		if c.Rating != Risky { // Gary has no alert; So close is the worse of the two scenes that follow it.
			t.Errorf("choice %d is %s", i, c.Rating)
		}
	}
}

// TestHostileVersion2 limits the cost of the new syntax. It compares the best time of some
// runs with that of the example, so that it doesn't fail on a busy machine: the limit of
// ten times the example is some 150 ms.
func TestHostileVersion2(t *testing.T) {
	head, _, _ := strings.Cut(example(t), "## Rest in peace")
	head += "## A\n\n"
	best := func(src string) time.Duration {
		least := time.Hour
		for range 5 {
			begin := time.Now()
			Parse("a.md", []byte(src))
			least = min(least, time.Since(begin))
		}
		return least
	}
	plain := best(example(t))
	for name, body := range map[string]string{
		"struck":         strings.Repeat("> **Wyatt:** "+strings.Repeat("~~a", 600)+"\n\n", 40),
		"tildes":         strings.Repeat("> **Wyatt:** "+strings.Repeat("~", 1900)+"\n\n", 40),
		"half struck":    strings.Repeat("> **Wyatt:** "+strings.Repeat("~a ~~b ", 250)+"\n\n", 40),
		"stars":          strings.Repeat("> **Kenz:** "+strings.Repeat("*a", 900)+"\n\n", 40),
		"chips":          strings.Repeat("> "+strings.Repeat("`?papaw` ", 200)+"**Kenz:** a\n\n", 40),
		"speech":         strings.Repeat("**Mom:** a\n\n", 2900),
		"names":          strings.Repeat(strings.Repeat("**Mom:** a ", 150)+"\n\n", 40),
		"lines to type":  strings.Repeat("**Mom:** ____\n\n", 2900),
		"moves":          "**Wyatt:** ____\n\n" + strings.Repeat("- `ask` [a](#a)\n\n  **Mom:** a\n\n", 1400),
		"names of moves": "**Wyatt:** ____\n\n" + strings.Repeat("- "+strings.Repeat("`ask`, ", 250)+"[a](#a)\n", 40),
		"replies":        strings.Repeat(`- ["`+strings.Repeat("a", 1000)+"\"](#a)\n", 60),
	} {
		took := best(head + body)
		for try := 0; try < 5 && took > 10*plain; try++ { // The machine may have been busy.
			took = min(took, best(head+body))
		}
		t.Logf("%s: %v, %.0f times the example", name, took, float64(took)/float64(plain))
		if took > 10*plain {
			t.Errorf("%s takes %v, the example %v", name, took, plain)
		}
	}
}
