package room

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/lessons"
)

// all returns the shipped lessons.
func all(t testing.TB) []*lesson.Lesson {
	t.Helper()
	files, err := fs.Glob(lessons.Files, "en/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var ls []*lesson.Lesson
	for _, f := range files {
		if lesson.IsDeck(f[len("en/"):]) {
			continue
		}
		src, err := fs.ReadFile(lessons.Files, f)
		if err != nil {
			t.Fatal(err)
		}
		l, diags := lesson.Parse(f, src)
		if l == nil {
			t.Fatal(diags)
		}
		ls = append(ls, l)
	}
	return ls
}

// countdown is a small lesson that stays the same when the shipped ones change.
const countdown = "../coursetest/testdata/the-countdown.md"

// one reads one lesson.
func one(t testing.TB, file string) *lesson.Lesson {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	l, diags := lesson.Parse(filepath.Base(file), src)
	if l == nil {
		t.Fatal(diags)
	}
	return l
}

// step goes on: to the next slide, or by the choice pick if something has to be chosen.
func step(talk Talk, pick int) (Talk, error) {
	next, err := talk.Next()
	if err == nil {
		return next, nil
	}
	if run := talk.Run(); run.Turn() == play.Choose {
		pick %= len(run.Open())
	}
	return talk.Take(pick)
}

// standing returns a string that tells the states of a talk apart.
func standing(t Talk) string {
	all, at := t.Slides()
	return strings.Join(t.Run().Scenes(), " ") + string(rune('a'+len(t.Run().Actions()))) + string(rune('0'+at)) +
		string(rune('0'+len(all))) + string(rune('0'+t.Phase()))
}

// full checks that the beats of a slide fit on it, and that the first of them didn't fit on the
// slide before.
func full(t *rapid.T, talk Talk) {
	all, at := talk.Slides()
	run, now := talk.Run(), all[at]
	told := func(s Slide) bool {
		return s.Kind == Told && !slices.ContainsFunc(s.Beats, func(i int) bool {
			b := run.Beats()[i].Block
			return b != nil && b.Kind == lesson.Feedback
		})
	}
	asks := now.Kind == Choices || now.Kind == Quiz || now.Kind == Line
	if len(now.Beats) > 1 && !slideRows(run, now.Beats, asks).fit() {
		t.Fatalf("a slide of %q holds %d beats, which don't fit", run.Scene().ID, len(now.Beats))
	}
	if at > 0 && told(now) && told(all[at-1]) &&
		slideRows(run, slices.Concat(all[at-1].Beats, now.Beats), false).fit() {
		t.Fatalf("slides %d and %d of %q fit on one", at-1, at, run.Scene().ID)
	}
}

// TestTalk walks at random through every lesson: each slide holds as much as fits,
// everything that the run tells is on some slide, back and forward undo each other, and the
// talk ends on the calm screen, after stepping out of the roles.
func TestTalk(t *testing.T) {
	ls := all(t)
	rapid.Check(t, func(t *rapid.T) {
		talk := NewTalk(rapid.SampledFrom(ls).Draw(t, "lesson"), 1)
		shown := map[int]bool{}
		for i := 0; talk.Phase() != Calm; i++ {
			if i > 500 {
				t.Fatalf("no end in %q", talk.Run().Scene().ID)
			}
			if talk.Phase() == Story {
				for _, b := range talk.Slide().Beats {
					shown[b] = true
				}
				full(t, talk)
			}
			if same, err := Decode(talk.lesson, talk.Encode()); err != nil || standing(same) != standing(talk) {
				t.Fatalf("came over as %s, not %s: %v", standing(same), standing(talk), err)
			}
			next, err := step(talk, rapid.IntRange(0, 1).Draw(t, "pick"))
			if err != nil {
				t.Fatalf("stuck in %q, phase %d: %v", talk.Run().Scene().ID, talk.Phase(), err)
			}
			if next.Phase() == Calm && talk.Phase() != Out {
				t.Fatal("calm without stepping out")
			}
			if talk.Phase() == Story && next.Phase() == Story {
				back, err := next.Back()
				if err != nil || standing(back) != standing(talk) {
					t.Fatalf("back from %s is %s, not %s: %v", standing(next), standing(back), standing(talk), err)
				}
				if forth, err := back.Forward(); err != nil || standing(forth) != standing(next) {
					t.Fatalf("forth is %s, not %s: %v", standing(forth), standing(next), err)
				}
			}
			talk = next
		}
		for i, b := range talk.Run().Beats() {
			said := b.Block != nil && b.Block.Kind != lesson.Typing
			question := false
			for _, s := range talk.Run().Lesson().Scenes {
				q, _ := s.Question()
				question = question || q != nil && said && q.Pos == b.Block.Pos
			}
			if said && !question && !shown[i] {
				t.Fatalf("beat %d was never shown: %+v", i, b.Block)
			}
		}
	})
}

func TestWhatIf(t *testing.T) {
	talk := NewTalk(one(t, countdown), 1)
	for talk.Run().Turn() != play.Choose || talk.Slide().Kind != Choices {
		talk, _ = talk.Next()
	}
	if _, err := talk.WhatIf(); err == nil {
		t.Error("what if, before anything was chosen")
	}
	first := standing(talk)
	talk, _ = talk.Take(1)
	talk, _ = talk.Next()
	there := standing(talk)
	if talk.InWhatIf() {
		t.Error("wondering by itself")
	}
	what, err := talk.WhatIf()
	if err != nil || standing(what) != first || !what.InWhatIf() {
		t.Fatalf("%s, %v", standing(what), err)
	}
	what, _ = what.Take(0)
	what, _ = what.Next()
	if back, err := what.ComeBack(); err != nil || standing(back) != there || back.InWhatIf() {
		t.Errorf("came back to %s, not %s: %v", standing(back), there, err)
	}
	for range 10 { // Back past the moment that ComeBack returns to.
		if b, err := what.Back(); err == nil {
			what = b
		}
	}
	if what.InWhatIf() {
		t.Error("wondering about what was gone back from")
	}
}

func TestGoToAndStop(t *testing.T) {
	talk, err := NewTalk(one(t, countdown), 1).GoTo("aunt-dee")
	if err != nil || talk.Run().Scene().ID != "aunt-dee" || talk.Phase() != Story {
		t.Fatalf("%v", err)
	}
	if _, err := talk.GoTo("nowhere"); err == nil {
		t.Error("a scene that is not there")
	}
	if at, of := talk.Place(); at < 2 || of != 16 {
		t.Errorf("scene %d of %d", at, of)
	}
	stopped := talk.Stop()
	if stopped.Phase() != Paused {
		t.Error("not stopped")
	}
	if on, err := stopped.Stop().Next(); err != nil || standing(on) != standing(talk) {
		t.Errorf("goes on in %s", standing(on))
	}
	if b := talk.ToggleBlank(); !b.Blank() || b.ToggleBlank().Blank() {
		t.Error("blank")
	}
}

func TestHands(t *testing.T) {
	for line, want := range map[string][]int{
		"a 12 b 3 c 9": {12, 3, 9}, "A12 b3": {12, 3, 0}, "12 3 9": {12, 3, 9}, "c: 4": {0, 0, 4},
		"a=1, b=2": {1, 2, 0}, "7": {7, 0, 0},
	} {
		if got, err := ParseHands(line, 3); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v", line, got, err)
		}
	}
	for _, line := range []string{"", "  ", "d 4", "a x", "a -1", "a 1000", "1 2 3 4", "a 1 5", "ä 4"} {
		if got, err := ParseHands(line, 3); err == nil {
			t.Errorf("%q: %v", line, got)
		}
	}
	talk := NewTalk(one(t, countdown), 1)
	if _, err := talk.Count([]int{1, 2, 3}); err == nil {
		t.Error("hands before there is anything to choose")
	}
	for talk.Run().Turn() != play.Choose || talk.Slide().Kind != Choices {
		talk, _ = talk.Next()
	}
	if _, err := talk.Count([]int{1, 2}); err == nil {
		t.Error("two counts for three choices")
	}
	talk, err := talk.Count([]int{1, 2, 3})
	if err != nil || !slices.Equal(talk.Hands(), []int{1, 2, 3}) {
		t.Error(err, talk.Hands())
	}
	if talk, _ = talk.Take(0); talk.Hands() != nil {
		t.Error("hands of the last choice are still up")
	}
}

const script = `# An hour about the countdown.
choose 1
pause 60
note Ask what the clock is for.
blank
blank
choose put the phone
scene aunt-dee
`

func TestScript(t *testing.T) {
	l := one(t, countdown)
	commands, diags := ParseScript("x.script",
		[]byte(strings.Replace(script, "choose put the phone", "choose save the messages", 1)))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if found := CheckScript("x.script", commands, l); len(found) > 0 {
		t.Fatal(found)
	}
	talk := NewTalk(l, 1).WithScript(commands)
	var first []string
	for range 200 {
		next, err := talk.Follow()
		if err != nil {
			break
		}
		talk = next
		first = append(first, standing(talk))
	}
	if talk.Run().Scene().ID == "sunday-night" || !slices.ContainsFunc(first, func(s string) bool {
		return strings.Contains(s, " aunt-dee")
	}) {
		t.Errorf("it ends in %q: %q", talk.Run().Scene().ID, first)
	}
	// The recording, played as a script, passes the same states.
	again, diags := ParseScript("y.script", talk.Recorded())
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if found := CheckScript("y.script", again, l); len(found) > 0 {
		t.Errorf("%v\n%s", found, talk.Recorded())
	}
	replayed := NewTalk(l, 1).WithScript(again)
	for range 200 {
		next, err := replayed.Follow()
		if err != nil {
			break
		}
		replayed = next
	}
	if talk.Run().Scene().ID != replayed.Run().Scene().ID || standing(talk) != standing(replayed) {
		t.Errorf("the script ends in %q, and its recording in %q", standing(talk), standing(replayed))
	}
	// The script can be left and resumed.
	left := NewTalk(l, 1).WithScript(commands).LeaveScript()
	if s, _ := left.Script(); s != nil || !left.HasScript() {
		t.Error("not left")
	}
	if s, next := left.LeaveScript().Script(); s == nil || next != 0 {
		t.Error("not come back to")
	}
}

// TestRecordingReplays leads a talk at random: forward, back, to other scenes, in a "what
// if". Following the recording makes the same choices in the same scenes and in the same
// order.
func TestRecordingReplays(t *testing.T) {
	ls := all(t)
	chosen := func(talk Talk, do func() (Talk, error)) (Talk, string, error) {
		at := talk.Run().Scene().ID
		next, err := do()
		if err != nil || len(next.record) == len(talk.record) || next.record[len(next.record)-1].Verb != Choose {
			return next, "", err
		}
		moves := next.Run().Actions()
		return next, fmt.Sprint(at, moves[len(moves)-1].Pick), nil
	}
	rapid.Check(t, func(t *rapid.T) {
		l := ls[rapid.IntRange(0, len(ls)-1).Draw(t, "lesson")]
		talk := NewTalk(l, 1)
		var first, second []string
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			take := func() (Talk, error) { return talk.Take(rapid.IntRange(0, 3).Draw(t, "which")) }
			steps := []func() (Talk, error){talk.Next, talk.Next, talk.Next, talk.Next, take, take, talk.Back,
				talk.Forward, talk.WhatIf, talk.ComeBack}
			next, what, err := chosen(talk, steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")])
			if err != nil {
				continue
			}
			if talk = next; what != "" {
				first = append(first, what)
			}
		}
		script, diags := ParseScript("x.script", talk.Recorded())
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		again := NewTalk(l, 1).WithScript(script)
		for range 2000 {
			if again.next >= len(script) {
				break
			}
			next, what, err := chosen(again, again.Follow)
			if err != nil {
				t.Fatalf("%v\n%s", err, talk.Recorded())
			}
			if again = next; what != "" {
				second = append(second, what)
			}
		}
		if !slices.Equal(first, second) {
			t.Fatalf("chosen was %v\nand is      %v\nby\n%s", first, second, talk.Recorded())
		}
	})
}

// cameBy returns how a run came to its present scene: its scenes and its actions.
func cameBy(r play.Run) string {
	s := strings.Join(r.Scenes(), " ")
	for _, m := range r.Actions() {
		s += fmt.Sprintf(" %d:%d:%d", m.Turn, m.Pick, m.How)
	}
	return s
}

// TestRecordingReplaysEverything leads talks at random, going back and forward, with
// what-ifs and jumps. Following the recording makes the same choices, each with the
// facts known when it was made, and ends where the talk ended.
func TestRecordingReplaysEverything(t *testing.T) {
	ls := all(t)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(ls).Draw(t, "lesson")
		talk := NewTalk(l, 1)
		var led []string
		for range rapid.IntRange(5, 150).Draw(t, "steps") {
			next, err := talk, error(nil)
			switch rapid.IntRange(0, 19).Draw(t, "do") {
			case 0, 1, 2:
				next, err = talk.Back()
			case 3:
				next, err = talk.Forward()
			case 4:
				next, err = talk.WhatIf()
			case 5:
				next, err = talk.ComeBack()
			case 6:
				next, err = talk.GoTo(rapid.SampledFrom(l.Scenes).Draw(t, "scene").ID)
				led = append(led, cameBy(next.Run()))
			case 7:
				data := talk.Encode()
				next, err = Decode(l, data)
			default:
				if next, err = talk.Next(); err == nil && len(next.record) > len(talk.record) {
					led = append(led, cameBy(next.Run())) // Only one choice was open.
				} else if errors.Is(err, ErrNothing) {
					if next, err = talk.Take(rapid.IntRange(0, 3).Draw(t, "pick")); err == nil {
						led = append(led, cameBy(next.Run()))
					}
				}
			}
			if err == nil {
				talk = next
			}
		}
		script, diags := ParseScript("x.script", talk.Recorded())
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if found := CheckScript("x.script", script, l); len(found) > 0 {
			t.Fatalf("%v\n%s", found, talk.Recorded())
		}
		replay := NewTalk(l, 1).WithScript(script)
		var again []string
		for range 20 * maxCommands {
			if _, at := replay.Script(); at == len(script) {
				break
			}
			at := replay.next
			next, err := replay.Follow()
			if err != nil {
				t.Fatalf("%v in\n%s", err, talk.Recorded())
			}
			if replay = next; next.next > at && script[at].Verb != Blank && script[at].Verb != Again {
				again = append(again, cameBy(replay.Run()))
			}
			if next.next > at && script[at].Verb == Again && !replay.waits() {
				t.Fatalf("%q leads to another slide than that of the question, in\n%s", script[at], talk.Recorded())
			}
		}
		for _, want := range led {
			i := slices.Index(again, want)
			if i < 0 {
				t.Fatalf("this way was led and is not replayed:\n%s\nin\n%s", want, talk.Recorded())
			}
			again = again[i+1:]
		}
		if len(led) > 0 && len(again) > 0 {
			t.Fatalf("the replay goes on where the talk ended:\n%q\n%s", again, talk.Recorded())
		}
	})
}

// TestRecordingAfterGoingBack goes back to a question and gives the other answer, does so
// again with a jump in between, and goes back to the first of two ways to the same
// question.
func TestRecordingAfterGoingBack(t *testing.T) {
	l := one(t, countdown)
	lead := func(talk Talk, steps ...string) Talk {
		t.Helper()
		for _, s := range steps {
			var err error
			switch s {
			case "ask":
				for err == nil {
					var next Talk
					if next, err = talk.Next(); err == nil {
						talk = next
					}
				}
				err = nil
			case "what-if":
				talk, err = talk.WhatIf()
			case "come-back":
				talk, err = talk.ComeBack()
			case "aunt-dee":
				talk, err = talk.GoTo(s)
			default:
				talk, err = talk.Take(int(s[0] - '1'))
			}
			if err != nil {
				t.Fatal(s, err)
			}
		}
		return talk
	}
	talk := lead(NewTalk(l, 1), "ask", "1", "ask", "3", "ask", "what-if", "2", "ask", "1")
	want := "# A talk about the-countdown.\nchoose 1\nchoose 3\nagain one-minute\nchoose 2\nchoose 1\n"
	if got := string(talk.Recorded()); got != want {
		t.Errorf("recorded\n%s\nwant\n%s", got, want)
	}
	talk = lead(NewTalk(l, 1), "ask", "1", "aunt-dee", "ask", "1")
	if got := string(talk.Recorded()); got != "# A talk about the-countdown.\nchoose 1\nscene aunt-dee\nchoose 1\n" {
		t.Errorf("recorded\n%s", got)
	}
	// Both choices lead to the same question, so the recording must say which one was taken.
	l = way("joined", asks("a", 1, 1), asks("b", 2, 2), lesson.Scene{ID: "end"})
	talk = lead(NewTalk(l, 1), "ask", "1", "ask", "what-if", "2", "ask", "come-back", "1")
	want = "# A talk about joined.\nchoose 1\nagain a\nchoose 2\nagain b\nchoose 1\n"
	if got := string(talk.Recorded()); got != want {
		t.Errorf("recorded\n%s\nwant\n%s", got, want)
	}
}

func TestScriptDiagnostics(t *testing.T) {
	for src, want := range map[string]string{
		"jump x":                                 "1:1: script: unknown verb",
		"\n\nchoose":                             "3:1: script: which choice",
		"pause soon":                             "1:1: script: a pause of",
		"pause 4000":                             "1:1: script: a pause of",
		"scene":                                  "1:1: script: \"scene\" says nothing",
		"again":                                  "1:1: script: \"again\" says nothing",
		"again x 0":                              "1:1: script: \"again\" says nothing",
		"again x y z":                            "1:1: script: \"again\" says nothing",
		"blank now":                              "1:1: script: blank takes nothing",
		"note a\x1b[2J":                          "1:7: ",
		strings.Repeat("blank\n", maxCommands+1): "more than 1000 commands",
	} {
		_, diags := ParseScript("x.script", []byte(src))
		if len(diags) == 0 || !strings.Contains(diags[0].String(), strings.TrimSuffix(want, "1:7: ")) {
			t.Errorf("%.20q: %v", src, diags)
		}
	}
	l := one(t, countdown)
	for src, want := range map[string]string{
		"scene nowhere":        "does not fit",
		"choose 9":             "does not fit",
		"choose no such words": "does not fit",
		"choose 2\nchoose 3\nchoose 2\nchoose 1\nchoose 1\nchoose 1\nchoose 1": "the lesson is over before",
	} {
		commands, diags := ParseScript("x.script", []byte(src))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if found := CheckScript("x.script", commands, l); len(found) != 1 ||
			!strings.Contains(found[0].String(), want) {
			t.Errorf("%q: %v", src, found)
		}
	}
}

func FuzzParseScript(f *testing.F) {
	l := one(f, countdown)
	f.Add([]byte(script))
	f.Add([]byte("scene aunt-dee\nblank\nchoose 1\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		commands, diags := ParseScript("x", src)
		if (commands == nil) == (len(diags) == 0) && len(commands) > 0 {
			t.Fatal("commands and diagnostics")
		}
		CheckScript("x", commands, l)
	})
}

func FuzzParseHands(f *testing.F) {
	f.Add("a 12 b 3 c 9")
	f.Fuzz(func(t *testing.T, line string) {
		hands, err := ParseHands(line, 3)
		if err == nil && len(hands) != 3 {
			t.Fatal(hands)
		}
	})
}

func TestDecodeRefuses(t *testing.T) {
	l, other := one(t, countdown), one(t, "../../lessons/en/justice-for-greg.md")
	talk, _ := NewTalk(l, 1).Next()
	if _, err := Decode(other, talk.Encode()); !errors.Is(err, ErrOther) {
		t.Error(err)
	}
	good := string(talk.Encode())
	for from, to := range map[string]string{
		`"from":0`: `"from":99`, `"phase":1`: `"phase":77`,
		`"past":[`: `"past":[{"from":0,"moves":[{"turn":"choose","pick":44}]},`,
		`"seed":1`: `"seed":1,"home":-4`, `{"lesson"`: `["lesson"`,
	} {
		if _, err := Decode(l, []byte(strings.Replace(good, from, to, 1))); err == nil {
			t.Errorf("%s is taken", to)
		}
	}
}

func FuzzDecode(f *testing.F) {
	l := one(f, countdown)
	talk, _ := NewTalk(l, 1).GoTo("whom-to-tell")
	f.Add(NewTalk(l, 1).Encode())
	f.Add(talk.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		talk, err := Decode(l, data)
		if err != nil {
			return
		}
		for range 5 { // A talk that was accepted can go on.
			talk.Slide()
			if next, err := talk.Follow(); err == nil {
				talk = next
			}
			if next, err := talk.Take(0); err == nil {
				talk = next
			}
			if next, err := talk.ComeBack(); err == nil {
				talk = next
			}
		}
		if _, err := Decode(l, talk.Encode()); err != nil {
			t.Fatal(err)
		}
	})
}

// TestSlidesAreMadeOnce checks that the screens of a class share the slides of a moment, whichever of them is
// shown, and that another moment has its own.
func TestSlidesAreMadeOnce(t *testing.T) {
	for _, l := range all(t)[:2] {
		talk, err := NewTalk(l, Seed).Next()
		if err != nil {
			t.Fatal(err)
		}
		first, _ := talk.Slides()
		again, _ := talk.Slides()
		if &first[0] != &again[0] {
			t.Errorf("%s: the slides are made twice", l.ID)
		}
		for len(first) > 1 {
			if talk, err = talk.Next(); err != nil {
				break
			}
			if now, at := talk.Slides(); at == 0 {
				if &now[0] == &first[0] {
					t.Errorf("%s: another moment has the slides of the one before", l.ID)
				}
				break
			} else if &now[0] != &first[0] {
				t.Errorf("%s: slide %d makes them again", l.ID, at)
			}
		}
	}
}
