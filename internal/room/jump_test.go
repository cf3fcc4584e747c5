package room

import (
	"slices"
	"testing"

	"wayout/internal/lesson"
)

// TestJumpRemembers checks that a jump keeps what the class chose on the way, that it reports
// what it assumes, and that encoding and decoding the talk or the class keeps all of it.
func TestJumpRemembers(t *testing.T) {
	told := lesson.Block{Text: []lesson.Para{{Sets: []string{"known"}, Spans: []lesson.Span{{Text: "Now they know."}}}}}
	knows := goes("knows", 3)
	knows.Told = []lesson.Block{told}
	l := way("forked", asks("x", 1, 2), goes("z", 3), knows, asks("y", 4, 5), goes("on", 5), lesson.Scene{ID: "end"})
	ask := func(talk Talk, pick int) Talk {
		t.Helper()
		asked := func() bool {
			id := talk.Run().Scene().ID
			return talk.Phase() == Story && (id == "x" || id == "y") && talk.Slide().Kind == Choices
		}
		for !asked() {
			var err error
			if talk, err = talk.Next(); err != nil {
				t.Fatal(err)
			}
		}
		talk, err := talk.Take(pick)
		if err != nil {
			t.Fatal(err)
		}
		return talk
	}
	for _, tt := range []struct {
		name    string
		lead    func(Talk) Talk
		to      string
		known   bool
		assumed []string
		back    bool
	}{
		{"forward", func(t Talk) Talk { return ask(t, 1) }, "end", true, []string{"1"}, false},
		{"the other way", func(t Talk) Talk { return ask(t, 0) }, "end", false, []string{"1"}, false},
		{"from the beginning", func(t Talk) Talk { return t }, "knows", false, []string{"1"}, false},
		{"past what sets it", func(t Talk) Talk { return t }, "y", false, []string{"0"}, false},
		{"back", func(t Talk) Talk { return ask(ask(t, 1), 0) }, "y", true, nil, true},
		{"back before it", func(t Talk) Talk { return ask(ask(t, 1), 0) }, "x", false, nil, true},
		{"to another branch", func(t Talk) Talk { return ask(t, 1) }, "z", false, []string{"0"}, false},
	} {
		led := tt.lead(NewTalk(l, 1))
		jumped, err := led.GoTo(tt.to)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		for i := range 2 {
			run := jumped.Run()
			if knows := run.Game().Knows(run.State().Facts, "known"); run.Scene().ID != tt.to || knows != tt.known {
				t.Errorf("%s: in %s it is known: %v", tt.name, run.Scene().ID, knows)
			}
			if j, ok := jumped.Jumped(); !ok || j.Bare || j.Back != tt.back || !slices.Equal(j.Assumed, tt.assumed) {
				t.Errorf("%s: %+v %v", tt.name, j, ok)
			}
			if i == 0 {
				if jumped, err = Decode(l, jumped.Encode()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if first := jumped.now().since; jumped.Run().Beats()[first].Step != jumped.Run().Step() {
			t.Errorf("%s: the room is shown what lies before the scene", tt.name)
		}
		if _, ok := led.Jumped(); ok {
			t.Errorf("%s: a jump, where there was none", tt.name)
		}
		script, diags := ParseScript("x.script", jumped.Recorded())
		if found := CheckScript("x.script", script, l); len(diags)+len(found) > 0 {
			t.Fatalf("%s: %v %v", tt.name, diags, found)
		}
		again := NewTalk(l, 1).WithScript(script)
		if again = again.recordedOf(script); !same(again.Run(), jumped.Run()) {
			t.Errorf("%s: the script\n%sleads to %v, not %v", tt.name, jumped.Recorded(), again.Run().Scenes(),
				jumped.Run().Scenes())
		}
	}
	for _, bad := range []string{"scene end by 1 1", "scene y by 1", "scene end by x", "scene end by ?"} {
		script, _ := ParseScript("x.script", []byte(bad))
		if len(CheckScript("x.script", script, l)) == 0 {
			t.Errorf("%q is taken", bad)
		}
	}
}

// recordedOf follows a script to its last command.
func (t Talk) recordedOf(script []Command) Talk {
	t.record = script
	return t.recorded()
}
