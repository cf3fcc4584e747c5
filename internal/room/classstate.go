package room

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// encoded is the JSON of a class with its talk.
type encoded struct {
	Talk json.RawMessage `json:"talk"`
	classState
}

// Encode returns the class as bytes. They hold counts that were not shown, so only the machines
// that run the class may have them.
func (c Class) Encode() []byte {
	data, _ := json.Marshal(encoded{c.talk.Encode(), c.kept}) // Types of this package; it can't fail.
	return data
}

// EncodeShown returns the class as bytes for a desk, without any count that was not shown.
func (c Class) EncodeShown() []byte {
	c.kept.Tallies, c.kept.Sum = nil, nil
	return c.Encode()
}

// DecodeClass reads a class about a lesson. The error is [ErrOther] for another lesson, or says
// what is wrong in the data.
func DecodeClass(l *lesson.Lesson, data []byte) (Class, error) {
	var s encoded
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
		len(all) > 2*lesson.MaxScenes || len(s.Tallies) > lesson.MaxScenes ||
		s.Headcount < 0 || s.Headcount > mostPeople {
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
	return Class{t, s.classState}, nil
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
