package play

import (
	"errors"
	"slices"

	"wayout/internal/lesson"
)

// Plan is what a learner means to do: "If … happens, I will tell … by …, and
// start with …". If-then plans are carried out more often (Sheeran 2024: d .27 to
// .66, more where they are rehearsed). A plan holds ids of plan.toml and nothing
// that was typed.
type Plan struct {
	When   string `json:"when"`   // What may happen.
	First  string `json:"first"`  // Whom to tell.
	Second string `json:"second"` // Whom to tell if the first one reacts badly.
	By     string `json:"by"`     // How.
	Start  string `json:"start"`  // The ready sentence to begin with, or "" for the learner's own words.
}

// Errors of a plan that isn't complete.
var (
	ErrSamePerson  = errors.New("the two people are the same")
	ErrOnlyParents = errors.New("one of the two is no parent")
	ErrNoSuchPart  = errors.New("there is no such part")
)

// Seconds returns who can be the second person of a plan with a given first one:
// anybody else, but no parent if the first is a parent.
func Seconds(w lesson.PlanWords, first string) []lesson.PlanPart {
	var all []lesson.PlanPart
	one, _ := w.Part(first)
	for _, p := range w.People {
		if p.ID != first && (!one.Parent || !p.Parent) {
			all = append(all, p)
		}
	}
	return all
}

// Whole returns nil if every part of a plan is set, the two people differ, and at
// least one of them isn't a parent.
func (p Plan) Whole(w lesson.PlanWords) error {
	first, one := w.Part(p.First)
	second, two := w.Part(p.Second)
	_, when := w.Part(p.When)
	_, by := w.Part(p.By)
	_, start := w.Part(p.Start)
	switch {
	case !when || !one || !two || !by || !start && p.Start != "":
		return ErrNoSuchPart
	case p.First == p.Second:
		return ErrSamePerson
	case first.Parent && second.Parent:
		return ErrOnlyParents
	}
	return nil
}

// PlanStep is what a plan needs next.
type PlanStep uint8

// The steps, in their order.
const (
	PlanWhen PlanStep = iota
	PlanFirst
	PlanSecond
	PlanBy
	PlanStart
	PlanType  // Type the first sentence; nothing of it is kept.
	PlanAgain // Type it again: a rehearsed plan is carried out more often (Sheeran 2024).
	PlanWhole // Read the plan, and say whether to keep it.
)

// Draft is a plan that is being made. It is a value.
type Draft struct {
	Plan
	Step PlanStep
}

// OwnWords is the id that stands for a first sentence in the learner's own words.
const OwnWords = ""

// Parts returns what can be taken at this step, or nil if there is something to
// type or to read instead. For the first sentence [OwnWords] can be taken, too.
func (d Draft) Parts(w lesson.PlanWords) []lesson.PlanPart {
	parts, _ := d.asks(w)
	return parts
}

// asks returns what can be taken at this step, and the field of the plan that it sets. Both are
// nil if there is nothing to take.
func (d *Draft) asks(w lesson.PlanWords) (parts []lesson.PlanPart, to *string) {
	switch d.Step {
	case PlanWhen:
		return w.When, &d.When
	case PlanFirst:
		return w.People, &d.First
	case PlanSecond:
		return Seconds(w, d.First), &d.Second
	case PlanBy:
		return w.By, &d.By
	case PlanStart:
		return w.Start, &d.Start
	}
	return nil, nil
}

// Take takes a part and goes on to the next step. The error is [ErrNoSuchPart].
func (d Draft) Take(w lesson.PlanWords, id string) (Draft, error) {
	parts, to := d.asks(w)
	own := d.Step == PlanStart && id == OwnWords
	if !own && !slices.ContainsFunc(parts, func(p lesson.PlanPart) bool { return p.ID == id }) {
		return d, ErrNoSuchPart
	}
	*to = id
	d.Step++
	return d, nil
}

// Typed goes on to the next step after a sentence was typed or skipped.
func (d Draft) Typed() Draft {
	if d.Step == PlanType || d.Step == PlanAgain {
		d.Step++
	}
	return d
}

// Back goes back one step. It reports false at the first.
func (d Draft) Back() (Draft, bool) {
	if d.Step == PlanWhen {
		return d, false
	}
	d.Step--
	return d, true
}
