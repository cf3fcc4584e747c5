package room

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// classState is a class as the store keeps it. The names in its JSON are those of the store.
type classState struct {
	Talk    json.RawMessage `json:"talk"`
	Began   bool            `json:"began,omitempty"`
	Locked  bool            `json:"locked,omitempty"`
	Own     bool            `json:"own,omitempty"`
	Paced   bool            `json:"paced,omitempty"`
	Shut    bool            `json:"shut,omitempty"`
	Ended   bool            `json:"ended,omitempty"`
	People  int             `json:"people,omitempty"`
	Open    string          `json:"open,omitempty"`
	Closed  string          `json:"closed,omitempty"`
	Results []Result        `json:"results,omitempty"`
	Tallies []tally         `json:"tallies,omitempty"`
	Sum     *summary        `json:"sum,omitempty"`
}

func (c Class) state() classState {
	return classState{c.talk.Encode(), c.began, c.locked, c.ownPace, c.hadOwnPace, c.frozen, c.ended, c.headcount,
		c.open, c.closed,
		c.results, c.tallies, c.sum}
}

// Encode returns the class as bytes, for the machines that run it and no one else: they hold
// counts that were not shown.
func (c Class) Encode() []byte {
	data, _ := json.Marshal(c.state()) // Types of this package; it can't fail.
	return data
}

// EncodeShown returns the class as bytes for a desk, without any count that was not shown.
func (c Class) EncodeShown() []byte {
	c.tallies, c.sum = nil, nil
	return c.Encode()
}

// DecodeClass reads a class about a lesson. The error is [ErrOther], or says what doesn't fit.
func DecodeClass(l *lesson.Lesson, data []byte) (Class, error) {
	var s classState
	if err := json.Unmarshal(data, &s); err != nil {
		return Class{}, fmt.Errorf("read a class: %w", err)
	}
	t, err := Decode(l, s.Talk)
	if err != nil {
		return Class{}, err
	}
	all := s.Results
	if s.Sum != nil {
		all = append(slices.Clip(all), s.Sum.Results...)
	}
	if s.Open != "" && l.Scene(s.Open) < 0 || s.Closed != "" && l.Scene(s.Closed) < 0 ||
		len(all) > 2*lesson.MaxScenes ||
		len(s.Tallies) > lesson.MaxScenes || s.People < 0 || s.People > mostPeople {
		return Class{}, errors.New("read a class: it does not fit together")
	}
	for _, r := range all {
		if !r.fits(l) {
			return Class{}, errors.New("read a class: it has a result of something else")
		}
	}
	for _, t := range s.Tallies {
		if !t.fits(l) {
			return Class{}, errors.New("read a class: it has a count of something else")
		}
	}
	return Class{talk: t, began: s.Began, locked: s.Locked, ownPace: s.Own, hadOwnPace: s.Paced, frozen: s.Shut,
		ended:     s.Ended,
		headcount: s.People,
		open:      s.Open, closed: s.Closed, results: s.Results, tallies: s.Tallies, sum: s.Sum}, nil
}

// fits reports whether a result is about a question of the lesson.
func (r Result) fits(l *lesson.Lesson) bool {
	at := l.Scene(r.Scene)
	if at < 0 || r.Kind > Most {
		return false
	}
	n := len(l.Scenes[at].Choices)
	if c := l.Scenes[at].Check; c != nil {
		n = len(c.Options)
	}
	all := append([]int{r.Most}, r.Options...)
	for _, g := range r.Groups {
		all = append(all, g.Options...)
	}
	return !slices.ContainsFunc(all, func(pick int) bool { return pick < -1 || pick >= n })
}
