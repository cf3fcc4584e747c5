package room

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Jump is what a facilitator should know of a jump to a scene, besides where it led.
type Jump struct {
	Back    bool     // The class was there before, and it is as it was then.
	Assumed []string // What is taken to have been chosen on the way, in order.
	Bare    bool     // No way leads there, so nothing from before is known.
}

// assumes is how many actions of a moment's run were not led by the facilitator but taken for
// granted in a jump: those from kept to until.
type assumes struct {
	Kept  int `json:"kept"`
	Until int `json:"until"`
}

// Jumped returns the jump that the present slide follows on, while the scene that it led to is
// shown.
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

// GoTo jumps to a scene, as if the class had come there: see [play.Run.To]. What comes behind the
// scene may say by which way. The error names the scene.
func (t Talk) GoTo(text string) (Talk, error) {
	run, kept, err := come(t.Run(), t.lesson, t.seed, text)
	if err != nil {
		return t, err
	}
	// Where the recording stands somewhere else by now, the way is written down with it.
	scene := run.Scene().ID
	if t.replays {
		scene = text
	} else if there, _, err := t.recorded().Run().To(scene); err != nil || !same(there, run) {
		scene += by + steps(run)
	}
	t.note(Command{Verb: Scene, Text: scene})
	t.phase, t.rewound = Story, false
	m := moment{run: run, since: entered(run), jump: &assumes{kept, len(run.Actions())}}
	return t.with(m), nil
}

// entered returns the first beat of the scene that a run stands in, or the one before it where
// the scene tells nothing.
func entered(run play.Run) int {
	beats := run.Beats()
	at := slices.IndexFunc(beats, func(b play.Beat) bool { return b.Step == run.Step() })
	if at < 0 {
		return max(len(beats)-1, 0)
	}
	return at
}

// by stands in a script between the scene that a jump leads to and the way there.
const by = " by "

// The steps of such a way, besides the number of a choice or an answer and the name of the move
// that a line makes.
const (
	onwards = "." // On along a link, or past a line to type.
	unsure  = "?"
)

// steps writes down the way of a run.
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

// come returns the run that a script's "scene" leads to from another one.
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

// stepped takes one step of a way that was written down.
func stepped(run play.Run, step string) (play.Run, error) {
	n, err := strconv.Atoi(step)
	switch {
	case step == onwards && run.Turn() == play.Go:
		return run.Go()
	case step == onwards && run.Turn() == play.Say:
		if next, err := run.Go(); err == nil {
			return next, nil // It was tried before.
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
