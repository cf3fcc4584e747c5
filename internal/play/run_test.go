package play_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// lessons returns the sample of the format and every shipped lesson.
func lessons(t testing.TB) []*lesson.Lesson {
	t.Helper()
	files, _ := shippedFiles()
	files = append(files, "../lesson/testdata/pay-or-else.md")
	var all []*lesson.Lesson
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		l, diags := lesson.Parse(filepath.Base(f), src)
		if l == nil {
			t.Fatal(diags)
		}
		all = append(all, l)
	}
	return all
}

func sample(t testing.TB) *lesson.Lesson {
	all := lessons(t)
	return all[len(all)-1]
}

// must returns a function that returns its run, or fails the test on an error.
func must(t *testing.T) func(play.Run, error) play.Run {
	return func(r play.Run, err error) play.Run {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func TestRun(t *testing.T) {
	ok := must(t)
	r := play.Start(sample(t), 1)
	if r.Turn() != play.Choose || len(r.Open()) != 3 || r.Left() != 6 {
		t.Fatalf("turn %d, open %v, left %d", r.Turn(), r.Open(), r.Left())
	}
	if _, err := r.Choose(3); !errors.Is(err, play.ErrClosed) {
		t.Error(err)
	}
	if _, err := r.Go(); !errors.Is(err, play.ErrTurn) {
		t.Error(err)
	}
	r = ok(r.Choose(1)) // Beg, with its reaction.
	beats := r.Beats()
	var words []string
	for _, b := range beats[len(beats)-4:] {
		switch {
		case b.Choice != nil:
			words = append(words, "> "+b.Choice.String())
		case b.Block.Kind == lesson.Feedback:
			words = append(words, "feedback")
		default:
			words = append(words, b.Block.Text[0].String())
		}
	}
	if want := []string{"> Beg Sam not to", "please dont", "then hurry up", "feedback"}; !reflect.DeepEqual(words,
		want) {
		t.Errorf("shown %q, want %q", words, want)
	}
	r = ok(r.Go())
	r = ok(r.Go())
	if r.Turn() != play.Say {
		t.Fatalf("turn %d", r.Turn())
	}
	r = ok(r.Said([]string{"decline", "bargain"}))
	if said := r.Actions()[len(r.Actions())-1].Said; !reflect.DeepEqual(said, []string{"decline", "bargain"}) {
		t.Errorf("noticed %q", said)
	}
	r = ok(r.Said([]string{"decline"})) // It may be said again.
	r = ok(r.Go())
	if _, err := r.Answer(2, play.Sure); !errors.Is(err, play.ErrClosed) {
		t.Error(err)
	}
	r = ok(r.Answer(0, play.Half))
	r = ok(r.Go())
	if got := r.Open(); len(got) != 2 {
		t.Errorf("open %v", got)
	}
	r = ok(r.Choose(0))
	r = ok(r.Go())
	o := r.Outcome()
	if r.Turn() != play.End || o.Ending == nil || o.Ending.ID != "end" || len(o.Facts) != 1 || len(o.Checks) != 1 ||
		!o.Checks[0].Right {
		t.Errorf("the outcome is %+v", o)
	}
	if len(o.Path) != 2 || len(o.Path[0].Open) != 2 || o.Path[0].Taken.String() != "Beg Sam not to" {
		t.Errorf("the path is %+v", o.Path)
	}
	if !reflect.DeepEqual(o.Practised, []string{"decline", "bargain"}) || len(o.Missed) != 2 {
		t.Errorf("practised %q, missed %v", o.Practised, o.Missed)
	}
	if o.Key == nil || o.Key[0].String() != "There is a way out, and it is never too late. Help is one key away." {
		t.Errorf("the key message is %v", o.Key)
	}
}

func TestConditionsFollowTheStory(t *testing.T) {
	ok := must(t)
	told := func(r play.Run, words string) bool {
		for _, b := range r.Beats() {
			if b.Block != nil && len(b.Block.Text) > 0 && b.Block.Text[0].String() == words {
				return true
			}
		}
		return false
	}
	through := func(pick int) play.Run {
		r := ok(play.Start(sample(t), 1).Choose(pick))
		for r.Scene().ID != "who-to-tell" {
			switch r.Turn() {
			case play.Say:
				r = ok(r.Skip())
			case play.Answer:
				r = ok(r.Answer(play.Unsure, play.Guess))
			default:
				r = ok(r.Go())
			}
		}
		return r
	}
	if !told(through(0), "Kai has paid. That is not too late.") {
		t.Error("nobody says that he has paid")
	}
	if told(through(2), "Kai has paid. That is not too late.") {
		t.Error("he has paid, though he has not")
	}
}

func TestSpotting(t *testing.T) {
	ok := must(t)
	r := play.Start(sample(t), 1)
	messages := r.Messages()
	threat, hello := messages[2], messages[0]
	r, none := r.Spot(hello.Pos)
	r, signs := r.Spot(threat.Pos)
	if len(none) != 0 || len(signs) != 1 || r.Lesson().Signs[signs[0]].Kind != "threat" {
		t.Errorf("spotted %v and %v", none, signs)
	}
	after := ok(ok(r.Choose(0)).Undo(0))
	if o := after.Outcome(); len(o.Spotted) != 1 || len(o.Missed) != 1 {
		t.Errorf("after undo: spotted %v, missed %v", o.Spotted, o.Missed)
	}
}

func TestFrom(t *testing.T) {
	ok := must(t)
	r, err := play.Start(sample(t), 1).From("who-to-tell")
	if err != nil || r.Scene().ID != "who-to-tell" || r.Step() != 0 {
		t.Fatal(err, r.Scene().ID)
	}
	if back := ok(ok(r.Choose(0)).Undo(0)); back.Scene().ID != "who-to-tell" {
		t.Errorf("undo goes back to %q", back.Scene().ID)
	}
	if _, err := r.From("nowhere"); err == nil {
		t.Error("there is a scene nowhere")
	}
}

// draw makes a move that can be made, or says that the run is over.
func draw(t *rapid.T, r play.Run) (play.Run, bool) {
	var next play.Run
	var err error
	if rapid.IntRange(0, 4).Draw(t, "spot") == 0 {
		ms := r.Messages()
		if len(ms) > 0 {
			r, _ = r.Spot(ms[rapid.IntRange(0, len(ms)-1).Draw(t, "message")].Pos)
		}
	}
	switch r.Turn() {
	case play.Choose:
		next, err = r.Choose(rapid.SampledFrom(r.Open()).Draw(t, "choice"))
	case play.Go:
		next, err = r.Go()
	case play.Answer:
		next, err = r.Answer(rapid.IntRange(-1, len(r.Scene().Check.Options)-1).Draw(t, "option"),
			play.Confidence(rapid.IntRange(0, 2).Draw(t, "how")))
	case play.Say:
		said := rapid.SampledFrom([]string{"decline", "feed", "say-what", lesson.Unclear, lesson.Danger})
		next, err = r.Said(rapid.SliceOfN(said, 0, 2).Draw(t, "said"))
	default:
		return r, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return next, true
}

// seen returns everything that a learner can see of a run, to compare two runs.
func seen(r play.Run) string {
	type beat struct {
		Step, Scene int
		Block       *lesson.Block
		Choice      *lesson.Choice
		Action      *play.Action
		Only        bool
	}
	var beats []beat
	for _, b := range r.Beats() {
		beats = append(beats, beat(b))
	}
	out, _ := json.Marshal([]any{r.State(), r.Turn(), r.Open(), r.Order(), r.Left(), r.Scenes(), r.Actions(), beats})
	return string(out)
}

// TestRunProperties walks at random: no reachable state panics, a transcript
// replays to the same run (also through JSON), undo is exact at every move, and
// a run that others were made from stays as it was.
func TestRunProperties(t *testing.T) {
	all := lessons(t)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(all).Draw(t, "lesson")
		seed := rapid.Uint64().Draw(t, "seed")
		r := play.Start(l, seed)
		history := []play.Run{r}
		was := []string{seen(r)}
		for range rapid.IntRange(0, 40).Draw(t, "moves") {
			next, ok := draw(t, r)
			if !ok {
				break
			}
			r = next
			history, was = append(history, r), append(was, seen(r))
		}
		for i, h := range history {
			if seen(h) != was[i] {
				t.Fatalf("the run after %d moves was changed by a later one", i)
			}
		}
		data, err := json.Marshal(r.Actions())
		if err != nil {
			t.Fatal(err)
		}
		var moves []play.Action
		if err := json.Unmarshal(data, &moves); err != nil {
			t.Fatal(err)
		}
		again, err := play.Replay(l, seed, moves)
		if err != nil {
			t.Fatal(err)
		}
		if seen(again) != seen(r) {
			t.Fatalf("replayed to\n%s\nwant\n%s", seen(again), seen(r))
		}
		n := rapid.IntRange(0, len(r.Actions())).Draw(t, "undo")
		back, err := r.Undo(n)
		if err != nil {
			t.Fatal(err)
		}
		if seen(back) != was[n] {
			t.Fatalf("undo to %d gives\n%s\nwant\n%s", n, seen(back), was[n])
		}
		if o := back.Outcome(); len(o.Spotted) > len(r.Outcome().Spotted) {
			t.Fatalf("undo spots signs: %v", o.Spotted)
		}
	})
}

// shippedFiles returns the paths of the shipped lessons, without the decks.
func shippedFiles() ([]string, error) {
	files, err := filepath.Glob("../../lessons/en/*.md")
	return slices.DeleteFunc(files, func(f string) bool { return lesson.IsDeck(filepath.Base(f)) }), err
}

// TestTo makes random jumps in every lesson. A jump gives a run that a learner could have played:
// it keeps the actions from which the scene can be reached, and goes back to a scene that was
// visited.
func TestTo(t *testing.T) {
	all := lessons(t)
	rapid.Check(t, func(t *rapid.T) {
		l := all[rapid.IntRange(0, len(all)-1).Draw(t, "lesson")]
		run := play.Start(l, 1)
		for range rapid.IntRange(0, 30).Draw(t, "moves") {
			run = randomMove(t, run)
		}
		scene := l.Scenes[rapid.IntRange(0, len(l.Scenes)-1).Draw(t, "scene")].ID
		to, kept, err := run.To(scene)
		if err != nil || to.Scene().ID != scene {
			t.Fatalf("%s leads to %s, %v", scene, to.Scene().ID, err)
		}
		if to.Jumped() {
			t.Fatalf("no way to %s is found", scene)
		}
		if kept > 0 && !reflect.DeepEqual(to.Actions()[:kept], run.Actions()[:kept]) {
			t.Fatalf("%v isn't kept of %v", to.Actions()[:kept], run.Actions())
		}
		again, err := play.Replay(l, 1, to.Actions())
		if err != nil || again.State() != to.State() {
			t.Fatalf("no learner can come to %s like this: %v", scene, err)
		}
		visited := run.Scenes()
		slices.Reverse(visited)
		at := len(visited) - 1 - slices.Index(visited, scene)
		if at < len(visited) && !slices.Equal(to.Scenes(), run.Scenes()[:at+1]) {
			t.Fatalf("back at %s by %v, and not by %v", scene, to.Scenes(), run.Scenes()[:at+1])
		}
	})
	if _, _, err := play.Start(all[0], 1).To("nowhere"); err == nil {
		t.Error("a scene that isn't there")
	}
}

// randomMove makes one move of a run; at an ending there is none.
func randomMove(t *rapid.T, run play.Run) play.Run {
	var err error
	switch run.Turn() {
	case play.Choose:
		run, err = run.Choose(rapid.SampledFrom(run.Open()).Draw(t, "choice"))
	case play.Answer:
		run, err = run.Answer(play.Unsure, play.Guess)
	case play.Say:
		run, err = run.Skip()
	case play.Go:
		run, err = run.Go()
	}
	if err != nil {
		t.Fatal(err)
	}
	return run
}
