package room

import (
	"encoding/json"
	"errors"
	"fmt"

	"wayout/internal/lesson"
)

// classState is a class as it goes from the machine with the desk to the others.
type classState struct {
	Talk    json.RawMessage `json:"talk"`
	Began   bool            `json:"began,omitempty"`
	Locked  bool            `json:"locked,omitempty"`
	Own     bool            `json:"own,omitempty"`
	Ended   bool            `json:"ended,omitempty"`
	Open    string          `json:"open,omitempty"`
	Closed  string          `json:"closed,omitempty"`
	Results []Result        `json:"results,omitempty"`
}

// Encode returns the class as bytes.
func (c Class) Encode() []byte {
	data, _ := json.Marshal(classState{c.talk.Encode(), c.began, c.locked, c.own, c.ended, c.open, c.closed, c.results})
	return data // Types of this package; it can't fail.
}

// DecodeClass reads a class about a lesson. The error is [ErrOther], or says what
// does not fit.
func DecodeClass(l *lesson.Lesson, data []byte) (Class, error) {
	var s classState
	if err := json.Unmarshal(data, &s); err != nil {
		return Class{}, fmt.Errorf("read a class: %w", err)
	}
	t, err := Decode(l, s.Talk)
	if err != nil {
		return Class{}, err
	}
	if s.Open != "" && l.Scene(s.Open) < 0 || s.Closed != "" && l.Scene(s.Closed) < 0 || len(s.Results) > lesson.MaxScenes {
		return Class{}, errors.New("read a class: it does not fit together")
	}
	for _, r := range s.Results {
		if !r.fits(l) {
			return Class{}, errors.New("read a class: it has a result of something else")
		}
	}
	return Class{talk: t, began: s.Began, locked: s.Locked, own: s.Own, ended: s.Ended, open: s.Open, closed: s.Closed, results: s.Results}, nil
}

// fits reports whether a result is of a question of the lesson.
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
	for _, pick := range all {
		if pick < -1 || pick >= n {
			return false
		}
	}
	return true
}
