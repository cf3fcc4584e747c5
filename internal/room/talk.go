package room

import (
	"errors"
	"slices"
	"sync/atomic"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Phase is how far a talk has come.
type Phase uint8

// The phases. A talk never ends on the threat. Guidance on teaching such subjects asks for
// ground rules first (PSHE Association) and for a way out of the roles at the end (St John
// Ambulance, CEOP's pack on blackmail). A calm last screen comes after that.
const (
	Rules  Phase = iota // The ground rules, agreed before the first scene.
	Story               // The lesson.
	Out                 // Stepping out of the roles.
	Calm                // The last screen, which says where help is.
	Paused              // "Let's stop here": a calm screen in the middle.
)

// moment is a place in the story, with the slide that is shown.
type moment struct {
	run   play.Run
	since int // The first beat that belongs to this moment.
	slide int
	jump  *assumes // The jump that led to this moment, or nil.
	made  *pages   // The same for every slide of the moment; nil makes the slides each time.
}

// pages are the slides of a moment without those that look back. Every screen of a class asks for
// them with every view, and to make them each block is measured, so they are made once.
type pages struct{ told atomic.Pointer[[]Slide] }

// begin returns the moment on its first slide.
func begin(run play.Run, since int, jump *assumes) moment {
	return moment{run: run, since: since, jump: jump, made: &pages{}}
}

// Talk is a lesson that a facilitator presents to a room.
type Talk struct {
	lesson *lesson.Lesson
	seed   uint64
	past   []moment // The last one is the present one.
	future []moment // Moments that Back has left; Forward returns to the last one.

	phase      Phase
	before     Phase // The phase before a pause.
	blank      bool
	card       bool  // The desk shows the card for a disclosure.
	hands      []int // Hands for each open choice, once they are counted.
	whatIfFrom int   // How many moments came before the "what if" that is played, or 0.
	script     []Command
	next       int  // Index of the script's next command.
	away       bool // The facilitator has left the script.
	record     []Command
	rewound    bool // The talk went back since the last recorded command.
	replays    bool // The talk replays a recording, to see where it leads.
}

// ErrNothing is returned for a command that has no effect here.
var ErrNothing = errors.New("there is nothing to do here")

// NewTalk returns a talk before its ground rules. The seed orders the options of the knowledge
// checks; equal seeds give equal talks.
func NewTalk(l *lesson.Lesson, seed uint64) Talk {
	return Talk{lesson: l, seed: seed, past: []moment{begin(play.Start(l, seed), 0, nil)}}
}

func (t Talk) now() moment { return t.past[len(t.past)-1] }

// Run returns the run as it stands.
func (t Talk) Run() play.Run { return t.now().run }

// Phase returns how far the talk has come.
func (t Talk) Phase() Phase { return t.phase }

// Blank reports whether the room is shown nothing.
func (t Talk) Blank() bool { return t.blank }

// Before returns the talk as it was n slides ago, for someone who reads back. It reports
// false outside the story, and if fewer slides have been shown.
func (t Talk) Before(n int) (Talk, bool) {
	if t.phase != Story || n < 0 || n >= len(t.past) {
		return t, false
	}
	t.past = t.past[:len(t.past)-n]
	return t, true
}

// Slides returns the slides of the present moment, and which one is shown. They must not be changed.
func (t Talk) Slides() ([]Slide, int) {
	m := t.now()
	all := m.slides()
	return all, min(m.slide, len(all)-1)
}

// Slide returns what the room is shown.
func (t Talk) Slide() Slide {
	m := t.now()
	if told := m.told(); m.slide < len(told) {
		return told[m.slide] // The slides that look back are slow to make.
	}
	all, at := t.Slides()
	return all[at]
}

// with goes on to another moment. The moments that Back has left are dropped.
func (t Talk) with(m moment) Talk {
	t.past = append(slices.Clip(t.past), m)
	t.future, t.hands = nil, nil
	return t
}

// Next goes on to the next slide, along a continue link, past a rehearsal, up to the end of
// the talk. If the room has to choose or to answer, it returns [ErrChoose].
func (t Talk) Next() (Talk, error) {
	switch t.phase {
	case Rules:
		t.phase = Story
		return t, nil
	case Out:
		t.phase = Calm
		return t, nil
	case Calm:
		return t, ErrLast
	case Paused:
		t.phase = t.before
		return t, nil
	}
	all, at := t.Slides()
	m := t.now()
	if at < len(all)-1 {
		m.slide = at + 1
		return t.with(m), nil
	}
	switch m.run.Turn() {
	case play.Go:
		if len(m.run.Scene().Choices) > 0 {
			return t.Take(0) // The only open choice; a recording has it as a choice.
		}
		return t.move(m.run.Go())
	case play.Say:
		return t.move(m.run.Model())
	case play.End:
		t.phase = Out
		return t, nil
	}
	return t, ErrChoose
}

// move goes on to what the last action of a run has led to.
func (t Talk) move(run play.Run, err error) (Talk, error) {
	if err != nil {
		return t, err
	}
	return t.with(begin(run, len(t.now().run.Beats()), nil)), nil
}

// Take takes the i-th open choice, or gives the i-th answer in the order shown; i counts from
// 0.
func (t Talk) Take(i int) (Talk, error) {
	run := t.Run()
	if t.phase != Story {
		return t, ErrNoWay
	}
	switch run.Turn() {
	case play.Choose, play.Go: // At play.Go there may be a single open choice.
		if open := run.Open(); i >= 0 && i < len(open) {
			t.noteChoice(Command{Verb: Choose, Number: i + 1})
			return t.move(run.Choose(open[i]))
		}
	case play.Answer:
		if order := append(run.Order(), play.Unsure); i >= 0 && i < len(order) {
			t.noteChoice(Command{Verb: Choose, Number: i + 1})
			return t.move(run.Answer(order[i], play.Guess))
		}
	}
	return t, ErrNoWay
}

// Back goes one step back.
func (t Talk) Back() (Talk, error) {
	switch {
	case t.phase == Out, t.phase == Calm, t.phase == Paused:
		t.phase = Story
		return t, nil
	case t.phase == Story && len(t.past) == 1:
		t.phase = Rules
		return t, nil
	case len(t.past) == 1:
		return t, ErrFirst
	}
	t.rewound = true
	t.future = append(slices.Clip(t.future), t.now())
	t.past, t.hands = t.past[:len(t.past)-1], nil
	if len(t.past) < t.whatIfFrom {
		t.whatIfFrom = 0 // Back went past the moment that ComeBack would return to.
	}
	return t, nil
}

// Forward undoes Back.
func (t Talk) Forward() (Talk, error) {
	if t.phase == Rules {
		return t.Next()
	}
	if len(t.future) == 0 {
		return t, ErrNoForward
	}
	m := t.future[len(t.future)-1]
	future := t.future[:len(t.future)-1]
	t = t.with(m)
	t.future, t.rewound = future, true
	return t, nil
}

// WhatIf goes back to the last choice, so that the room can try another. [Talk.ComeBack] returns.
func (t Talk) WhatIf() (Talk, error) {
	if t.phase != Story {
		return t, ErrNotTold
	}
	for i := len(t.past) - 2; i >= 0; i-- {
		m := t.past[i]
		if all := m.slides(); m.run.Turn() == play.Choose && m.slide >= len(all)-1 {
			if t.whatIfFrom == 0 {
				t.whatIfFrom = len(t.past)
			}
			home := t.whatIfFrom
			t = t.with(m)
			t.whatIfFrom, t.rewound = home, true
			return t, nil
		}
	}
	return t, ErrNoChoice
}

// InWhatIf reports whether a "what if" is being played, from which ComeBack returns.
func (t Talk) InWhatIf() bool { return t.whatIfFrom > 0 }

// ComeBack returns from a "what if".
func (t Talk) ComeBack() (Talk, error) {
	if t.whatIfFrom == 0 {
		return t, ErrNoWhatIf
	}
	m := t.past[t.whatIfFrom-1]
	t.whatIfFrom, t.rewound = 0, true
	return t.with(m), nil
}

// ToggleBlank shows the room nothing, or the slide again.
func (t Talk) ToggleBlank() Talk {
	t.blank = !t.blank
	t.note(Command{Verb: Blank})
	return t
}

// ForceBlank shows the room nothing, whether or not it is blank already.
func (t Talk) ForceBlank() Talk {
	t.blank = true
	return t
}

// Card reports whether the desk shows the card for a disclosure.
func (t Talk) Card() bool { return t.card }

// ToggleCard shows the card on the desk and blanks the room's view, or puts the card away. The
// room's view stays blank until the facilitator shows it again.
func (t Talk) ToggleCard() Talk {
	t.card = !t.card
	t.blank = t.blank || t.card
	return t
}

// Stop shows a calm screen in the middle of a talk; Next returns from it.
func (t Talk) Stop() Talk {
	if t.phase != Paused {
		t.before, t.phase = t.phase, Paused
	}
	return t
}

// Hands returns how many hands each open choice has; nil before they are counted.
func (t Talk) Hands() []int { return t.hands }

// Count shows the hands for the open choices. The error is [ErrNothing] if there is nothing
// to choose, or if the number of counts isn't that of the choices.
func (t Talk) Count(hands []int) (Talk, error) {
	if t.phase != Story || t.Run().Turn() != play.Choose || len(hands) != len(t.Run().Open()) {
		return t, ErrNothing
	}
	t.hands = slices.Clone(hands)
	return t, nil
}

// Place returns the number of the present scene in the lesson, from 1, and how many there are.
func (t Talk) Place() (at, of int) {
	return slices.IndexFunc(t.lesson.Scenes, func(s lesson.Scene) bool {
		return s.ID == t.Run().Scene().ID
	}) + 1, len(t.lesson.Scenes)
}
