package play_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// example is a whole lesson in version 2 of the format.
func example(t testing.TB) *lesson.Lesson {
	t.Helper()
	src, err := os.ReadFile("../../lessons/en/justice-for-greg.md")
	if err != nil {
		t.Fatal(err)
	}
	l, diags := lesson.Parse("justice-for-greg.md", src)
	if l == nil {
		t.Fatal(diags)
	}
	return l
}

// to plays from a scene on.
func to(t *testing.T, scene string) play.Run {
	t.Helper()
	r, err := play.Start(example(t), 1).From(scene)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// last returns the words of the last n beats.
func last(r play.Run, n int) string {
	var words []string
	for _, b := range r.Beats()[len(r.Beats())-n:] {
		if b.Block != nil {
			words = append(words, b.Block.String())
		} else {
			words = append(words, "-")
		}
	}
	return strings.Join(words, " | ")
}

// TestALineLeads checks that a line decides what the others answer and where the story goes,
// that danger comes before everything, and that the story goes on after a skipped line.
func TestALineLeads(t *testing.T) {
	for _, c := range []struct {
		said          string
		answer, leads string
	}{
		{"ask", "I'm right here. Say it, show me", "mom-hears"},
		{"hint", "Now what's this about? Start anywhere.", "the-envelope"},
		{"ask hint", "I'm right here. Say it, show me", "mom-hears"}, // The strong move decides.
		{"ask danger", "I heard you. Come here.", "right-here"},
		{"unclear", "Sit down, honey. I'm listening.", "the-envelope"},
		{"", "", "the-envelope"},
	} {
		r, err := to(t, "the-kitchen-light").Said(strings.Fields(c.said))
		if c.said == "" {
			r, err = to(t, "the-kitchen-light").Skip()
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := last(r, 1); !strings.Contains(got, c.answer) {
			t.Errorf("%q is answered %q", c.said, got)
		}
		ok := must(t)
		if r = ok(r.Go()); r.Scene().ID != c.leads {
			t.Errorf("%q leads to %s, want %s", c.said, r.Scene().ID, c.leads)
		}
		if undone := ok(r.Undo(len(r.Actions()) - 1)); undone.Onward().To != r.Lesson().Scene(c.leads) {
			t.Errorf("%q: after undo it leads elsewhere", c.said)
		}
	}
	// Danger stays, whatever is said after it.
	ok := must(t)
	r := ok(ok(to(t, "the-kitchen-light").Said([]string{lesson.Danger})).Said([]string{"ask"}))
	if r = ok(r.Go()); r.Scene().ID != "right-here" {
		t.Errorf("danger leads to %s", r.Scene().ID)
	}
	if out := r.Outcome(); len(out.Practised) > 0 {
		t.Errorf("danger is named: %v", out.Practised)
	}
}

// TestDangerIsNotWrittenDown checks that traces don't reveal a line about danger, and still lead
// back to the learner's scene.
func TestDangerIsNotWrittenDown(t *testing.T) {
	ok := must(t)
	r := play.Start(example(t), 1)
	for _, s := range []string{"gary", "so-close", "sunday", "none-taken", "allergies"} {
		for _, i := range r.Open() {
			if r.Lesson().Scenes[r.Scene().Choices[i].To].ID == s {
				r = ok(r.Choose(i))
				break
			}
		}
	}
	r = ok(ok(r.Said([]string{lesson.Danger})).Go())
	if r.Scene().ID != "andre" {
		t.Fatalf("it leads to %s", r.Scene().ID)
	}
	data, err := json.Marshal(r.Traces())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), lesson.Danger) {
		t.Errorf("the trace is %s", data)
	}
	var traces []play.Trace
	if err := json.Unmarshal(data, &traces); err != nil {
		t.Fatal(err)
	}
	back, whole := play.Retrace(example(t), 1, traces)
	if !whole || !reflect.DeepEqual(back.Scenes(), r.Scenes()) {
		t.Errorf("%t, %v", whole, back.Scenes())
	}
}

// TestReplies checks that a choice in quotes becomes words of the person who is helped: a
// message in a chat, or speech if somebody has just spoken.
func TestReplies(t *testing.T) {
	ok := must(t)
	r := ok(play.Start(example(t), 1).Choose(1))
	for _, b := range r.Beats() {
		if b.Choice != nil && (b.Block == nil || b.Block.Kind != lesson.Message ||
			b.Block.String() != "my papaw is giving me his truck" || b.Block.Who != "Wyatt") {
			t.Errorf("sent %+v", b.Block)
		}
	}
	r = ok(to(t, "poster-paint").Choose(0))
	for _, b := range r.Beats() {
		if b.Choice != nil && (b.Block == nil || b.Block.Kind != lesson.Speech ||
			b.Block.String() != `"You spelled honest wrong."`) {
			t.Errorf("said %+v", b.Block)
		}
	}
	if got := last(r, 1); strings.Contains(got, "Poster paint") {
		t.Error(got)
	}
}

// TestOutcomeOfVersion2 checks what a debrief says: what the other person found out and from
// which words, the message that each sign is in, and how many endings there are.
func TestOutcomeOfVersion2(t *testing.T) {
	ok := must(t)
	r := ok(play.Start(example(t), 1).Choose(1))
	r = ok(r.Go())
	r = ok(r.Choose(0))
	out := r.Outcome()
	var knows []string
	for _, k := range out.Knows {
		if k.From == nil {
			t.Fatalf("%+v", k)
		}
		knows = append(knows, k.Leak.Name+": "+k.From.String())
	}
	want := []string{"papaw: my papaw is giving me his truck", "money: 340 down, 160 to go. thats a lot of lawns"}
	if !slices.Equal(knows, want) {
		t.Errorf("they know %q", knows)
	}
	if out.Endings != 5 || out.Ending != nil {
		t.Errorf("%d endings, %v", out.Endings, out.Ending)
	}
	for i, b := range out.Stood {
		if !slices.Contains(b.Signs, i) {
			t.Errorf("sign %d stood in %q", i, b.String())
		}
	}
	if b := out.Stood[0]; b == nil || b.String() != "bless you" {
		t.Errorf("the first sign stood in %v", b)
	}
}

// TestStatesOfVersion2 makes random runs and checks that the state, the traces and undo
// agree, and that every run can be played on to an ending.
func TestStatesOfVersion2(t *testing.T) {
	l := example(t)
	rapid.Check(t, func(t *rapid.T) {
		r := play.Start(l, 1)
		for n := 0; n < 200 && r.Turn() != play.End; n++ {
			before := r
			var err error
			switch r.Turn() {
			case play.Choose:
				r, err = r.Choose(rapid.SampledFrom(r.Open()).Draw(t, "choice"))
			case play.Go:
				r, err = r.Go()
			case play.Answer:
				last := len(r.Scene().Check.Options) - 1
				r, err = r.Answer(rapid.IntRange(play.Unsure, last).Draw(t, "answer"), play.Half)
			case play.Say:
				moves := []string{}
				for _, m := range r.Scene().Rehearsal.Moves {
					moves = append(moves, m.Name)
				}
				r, err = r.Said(rapid.SliceOfN(rapid.SampledFrom(moves), 0, 3).Draw(t, "said"))
			}
			if err != nil {
				t.Fatal(err)
			}
			back, err := r.Undo(len(before.Actions()))
			if err != nil || back.State() != before.State() || len(back.Beats()) != len(before.Beats()) {
				t.Fatalf("undo in %s: %v", before.Scene().ID, err)
			}
			if r.Step() > before.Step() && !slices.Contains(before.Game().Successors(before.State()), r.State()) {
				t.Fatalf("from %s to %s, which the rules don't know", before.Scene().ID, r.Scene().ID)
			}
		}
		if r.Left() < 0 {
			t.Fatalf("no way out of %s", r.Scene().ID)
		}
		again, whole := play.Retrace(l, 1, r.Traces())
		if !whole || again.State() != r.State() {
			t.Fatalf("retraced to %v, want %v", again.State(), r.State())
		}
	})
}
