package room

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// state is the JSON of a talk, as it is sent from the room's window to the desk and back. It
// holds actions and no text of the story.
type state struct {
	Lesson  string    `json:"lesson"`
	Version string    `json:"version"`
	Seed    uint64    `json:"seed"`
	Past    []at      `json:"past"`
	Future  []at      `json:"future,omitempty"`
	Phase   Phase     `json:"phase"`
	Before  Phase     `json:"before,omitempty"`
	Blank   bool      `json:"blank,omitempty"`
	Card    bool      `json:"card,omitempty"`
	Hands   []int     `json:"hands,omitempty"`
	Home    int       `json:"home,omitempty"`
	Script  []Command `json:"script,omitempty"`
	Next    int       `json:"next,omitempty"`
	Away    bool      `json:"away,omitempty"`
	Record  []Command `json:"record,omitempty"`
	Astray  bool      `json:"astray,omitempty"`
}

// at is the JSON of a moment.
type at struct {
	From    int           `json:"from"` // Index of the scene in which the run began.
	Actions []play.Action `json:"moves,omitempty"`
	Since   int           `json:"since,omitempty"`
	Page    int           `json:"page,omitempty"`
	Jump    *assumes      `json:"jump,omitempty"`
}

// Encode returns the talk as bytes.
func (t Talk) Encode() []byte {
	s := state{Lesson: t.lesson.ID, Version: t.lesson.Version, Seed: t.seed, Phase: t.phase, Before: t.before,
		Blank: t.blank, Card: t.card,
		Hands: t.hands, Home: t.whatIfFrom, Script: t.script, Next: t.next, Away: t.away, Record: t.record,
		Astray: t.rewound}
	moments := func(ms []moment) []at {
		var all []at
		for _, m := range ms {
			all = append(all, at{From: t.lesson.Scene(m.run.Scenes()[0]), Actions: m.run.Actions(), Since: m.since,
				Page: m.slide, Jump: m.jump})
		}
		return all
	}
	s.Past, s.Future = moments(t.past), moments(t.future)
	data, _ := json.Marshal(s) // Types of this package; it can't fail.
	return data
}

// ErrOther is returned for a talk about another lesson, or about another version of it.
var ErrOther = errors.New("the other window shows another lesson")

// Decode reads a talk about a lesson. The error is [ErrOther], or says what is wrong in the data.
func Decode(l *lesson.Lesson, data []byte) (Talk, error) {
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		return Talk{}, fmt.Errorf("read a talk: %w", err)
	}
	if s.Lesson != l.ID || s.Version != l.Version {
		return Talk{}, ErrOther
	}
	t := Talk{lesson: l, seed: s.Seed, phase: s.Phase, before: s.Before, blank: s.Blank, card: s.Card, hands: s.Hands,
		whatIfFrom: s.Home,
		script:     s.Script, next: s.Next, away: s.Away, record: s.Record, rewound: s.Astray}
	var err error
	if t.past, err = moments(l, s.Seed, s.Past); err != nil {
		return Talk{}, err
	}
	if t.future, err = moments(l, s.Seed, s.Future); err != nil {
		return Talk{}, err
	}
	if len(t.past) == 0 || t.phase > Paused || t.before > Paused || t.whatIfFrom < 0 || t.whatIfFrom > len(t.past) ||
		t.next < 0 ||
		t.next > len(t.script) ||
		t.hands != nil && len(t.hands) != len(t.Run().Open()) {
		return Talk{}, errors.New("read a talk: it does not fit together")
	}
	return t, nil
}

// moments replays moments. A moment that continues the one before is replayed from there: if each
// were replayed from the start, reading a talk would take time quadratic in its length.
func moments(l *lesson.Lesson, seed uint64, all []at) ([]moment, error) {
	var ms []moment
	for i, a := range all {
		if a.From < 0 || a.From >= len(l.Scenes) || a.Page < 0 {
			return nil, errors.New("read a talk: there is no such scene")
		}
		var run play.Run
		rest := a.Actions
		if i > 0 && a.goesOn(all[i-1]) {
			run, rest = ms[i-1].run, rest[len(all[i-1].Actions):]
		} else {
			run = play.Start(l, seed)
			if a.From > 0 {
				var err error
				if run, err = run.From(l.Scenes[a.From].ID); err != nil {
					return nil, err
				}
			}
		}
		run, err := run.Resume(rest)
		if err != nil {
			return nil, fmt.Errorf("read a talk: %w", err)
		}
		if a.Since < 0 || a.Since >= len(run.Beats()) {
			return nil, errors.New("read a talk: there is no such page")
		}
		if j := a.Jump; j != nil && (j.Kept < 0 || j.Kept > j.Until || j.Until > len(run.Actions())) {
			return nil, errors.New("read a talk: there is no such jump")
		}
		m := begin(run, a.Since, a.Jump)
		m.slide = a.Page
		ms = append(ms, m)
	}
	return ms, nil
}

// goesOn reports whether the run of a moment continues the run of another.
func (a at) goesOn(before at) bool {
	n := len(before.Actions)
	return a.From == before.From && len(a.Actions) >= n && slices.EqualFunc(a.Actions[:n], before.Actions, sameAction)
}
