package room

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Jump is what a facilitator should know about a jump to a scene, besides where it led.
type Jump struct {
	Back    bool     // The class was there before, and the story is as it was then.
	Assumed []string // The choices that the jump assumes were made on the way, in order.
	Bare    bool     // No path leads to the scene, so the story has no past there.
}

// assumes says which actions of a moment's run weren't taken by the facilitator but assumed by
// a jump: those with an index from Kept up to, not including, Until.
type assumes struct {
	Kept  int `json:"kept"`
	Until int `json:"until"`
}

// Jumped returns the jump that led to the present scene. It reports false if no jump did.
func (t Talk) Jumped() (Jump, bool) {
	m := t.now()
	if m.jump == nil {
		return Jump{}, false
	}
	actions := m.run.Actions()
	j := Jump{Back: m.jump.Kept == m.jump.Until, Bare: m.run.Jumped()}
	run, err := m.run.Undo(m.jump.Kept)
	for i := m.jump.Kept; i < m.jump.Until && err == nil; i++ {
		a := actions[i]
		if a.Turn == play.Choose && run.Turn() == play.Choose {
			j.Assumed = append(j.Assumed, run.Scene().Choices[a.Pick].String())
		}
		run, err = run.Resume(actions[i : i+1])
	}
	return j, err == nil
}

// Landed reports whether the present slide is the first one after a jump.
func (t Talk) Landed() bool { return t.phase == Story && t.now().jump != nil && t.now().slide == 0 }

// GoTo jumps to a scene as if the class had come there by choosing: see [play.Run.To]. Text is the
// id of the scene, and may give the way there after " by ". The error names the scene.
func (t Talk) GoTo(text string) (Talk, error) {
	run, kept, err := come(t.Run(), t.lesson, t.seed, text)
	if err != nil {
		return t, err
	}
	// If a replay of the recording would reach the scene another way, record this way with it.
	scene := run.Scene().ID
	if t.replays {
		scene = text
	} else if there, _, err := t.recorded().Run().To(scene); err != nil || !same(there, run) {
		scene += by + steps(run)
	}
	t.note(Command{Verb: Scene, Text: scene})
	t.phase, t.rewound = Story, false
	m := begin(run, entered(run), &assumes{kept, len(run.Actions())})
	return t.with(m), nil
}

// entered returns the index of the first beat of a run's present scene, or of the last beat if
// the scene has none.
func entered(run play.Run) int {
	beats := run.Beats()
	at := slices.IndexFunc(beats, func(b play.Beat) bool { return b.Step == run.Step() })
	if at < 0 {
		return max(len(beats)-1, 0)
	}
	return at
}

// by separates in a script the scene that a jump leads to from the way there.
const by = " by "

// Steps of such a way. The other steps are the number of a choice or an answer, and the names
// of the moves that a line makes, joined by "+".
const (
	onwards = "." // Follow a link, or skip a rehearsal.
	unsure  = "?" // Answer "not sure".
)

// steps returns the actions of a run in the form that a script has them.
func steps(run play.Run) string {
	var all []string
	for _, a := range run.Actions() {
		switch {
		case a.Turn == play.Choose, a.Turn == play.Answer && a.Pick != play.Unsure:
			all = append(all, strconv.Itoa(a.Pick+1))
		case a.Turn == play.Answer:
			all = append(all, unsure)
		case a.Turn == play.Say && len(a.Said) > 0:
			all = append(all, strings.Join(a.Said, "+"))
		default:
			all = append(all, onwards)
		}
	}
	return strings.Join(all, " ")
}

// come returns the run after the "scene" command of a script, and how many of its actions were kept.
func come(run play.Run, l *lesson.Lesson, seed uint64, text string) (play.Run, int, error) {
	scene, way, given := strings.Cut(text, by)
	if !given {
		return run.To(scene)
	}
	run = play.Start(l, seed)
	fields := strings.Fields(way)
	if len(fields) > mostActions {
		return run, 0, fmt.Errorf("a way of more than %d steps", mostActions)
	}
	for _, f := range fields {
		var err error
		if run, err = stepped(run, f); err != nil {
			return run, 0, fmt.Errorf("step %q: %w", f, err)
		}
	}
	if run.Scene().ID != scene {
		return run, 0, fmt.Errorf("this way leads to %q", run.Scene().ID)
	}
	return run, len(run.Actions()), nil
}

// stepped returns the run after one step of a way in a script.
func stepped(run play.Run, step string) (play.Run, error) {
	n, err := strconv.Atoi(step)
	switch {
	case step == onwards && run.Turn() == play.Go:
		return run.Go()
	case step == onwards && run.Turn() == play.Say:
		if next, err := run.Go(); err == nil {
			return next, nil // The rehearsal is already done.
		}
		return run.Skip()
	case step == onwards:
		return run, play.ErrTurn
	case step == unsure:
		return run.Answer(play.Unsure, play.Guess)
	case err != nil:
		return run.Said(strings.Split(step, "+"))
	case run.Turn() == play.Answer:
		return run.Answer(n-1, play.Guess)
	}
	return run.Choose(n - 1)
}
