package view

import (
	"fmt"
	"reflect"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Walk calls visit for every state that a run of a lesson can reach, once each, with what
// the last action has led to and what can be done now; at an ending, with the debrief,
// too. Tests use it to check that every renderer draws everything.
func (v *View) Walk(l *lesson.Lesson, seed uint64, visit func(run play.Run, items []Item)) {
	v.walkFrom(play.Start(l, seed), visit)
}

// walkFrom is [View.Walk], but for the states that can be reached from start.
func (v *View) walkFrom(start play.Run, visit func(run play.Run, items []Item)) {
	met := map[play.State]bool{start.State(): true}
	queue := []play.Run{start}
	into := func(from, next play.Run, err error) {
		if err != nil {
			return
		}
		on := next.Step() > from.Step()
		if on && met[next.State()] {
			return
		}
		visit(next, v.since(next, len(from.Beats())))
		if on {
			met[next.State()] = true
			queue = append(queue, next)
		}
	}
	visit(start, v.since(start, 0))
	for len(queue) > 0 {
		run := queue[0]
		queue = queue[1:]
		for _, r := range v.practised(run, into) {
			switch r.Turn() {
			case play.Choose:
				for _, i := range r.Open() {
					next, err := r.Choose(i)
					into(r, next, err)
				}
			case play.Go:
				next, err := r.Go()
				into(r, next, err)
			}
		}
	}
}

// practised returns the run after each possible answer or line to its present check or
// rehearsal, or the run itself if there is neither.
func (v *View) practised(run play.Run, met func(from, next play.Run, err error)) []play.Run {
	var all []play.Run
	add := func(next play.Run, err error) {
		if met(run, next, err); err == nil {
			all = append(all, next)
		}
	}
	switch run.Turn() {
	case play.Answer:
		for i := range run.Scene().Check.Options {
			add(run.Answer(i, play.Half))
		}
		add(run.Answer(play.Unsure, play.Guess))
		return all[:1] // Every answer leads on to the same scene.
	case play.Say:
		for _, m := range run.Scene().Rehearsal.Moves {
			add(run.Said([]string{m.Name}))
		}
		add(run.Skip())
		return all
	}
	return []play.Run{run}
}

// since returns what a run shows from a beat on, and what can be done now.
func (v *View) since(run play.Run, from int) []Item {
	all := v.beats(run, from, len(run.Beats()))
	if it := v.brought(run); it != nil {
		all = append(all, it)
	}
	all = append(all, v.Turn(run))
	if run.Turn() == play.End {
		all = append(all, v.Debrief(run)...)
	}
	return all
}

// Words returns the words of an item that [View.Walk] passes to visit, in order. Every
// drawing of the item must hold all of them. Words returns nil for the items that a renderer
// may leave out or put in words of its own, and panics on a kind that it doesn't know, so
// that a test can't miss a new kind.
func Words(it Item) []string {
	switch it := it.(type) {
	case Message:
		return append(named(it.Who, it.First, it.Draft), spans(it.Text))
	case Event:
		return append(named(it.Who, it.First, it.What), spans(it.Text))
	case Speech:
		return []string{it.Who, spans(it.Text)}
	case Feedback:
		return texts(reflect.ValueOf(it.Text))
	case Question:
		return append([]string{it.Asks}, it.Labels()...)
	case Models:
		words := []string{it.Head}
		for _, m := range it.Messages {
			words = append(words, spans(m.Text))
		}
		return words
	case StepOut:
		return it.Paras // The head is left out when the item is read aloud.
	case AppLine, Moment, Narration, Opening, Explanation, KeyMessage, Reached, Knew, Path, Signs, Behind, Rehearsed,
		SixMoves:
		return texts(reflect.ValueOf(it))
	case Typing, Chosen, Answered, Practised, Onward, Rehearsal, End, Title, Intro, Moved, Lobby, Rules, Blanked, Calm,
		Over, OwnPace, Headcount, Heard, Meant, HelpFirst, RightNow, Standing, Place, Ahead, Notes, Prepare:
		return nil
	}
	panic(fmt.Sprintf("view.Words doesn't know the kind %T", it))
}

// texts returns every text in a value, in the order of its fields.
func texts(v reflect.Value) (all []string) {
	switch of := v.Interface().(type) {
	case string:
		return []string{of}
	case lesson.Para:
		return []string{of.String()}
	case []lesson.Span:
		return []string{spans(of)}
	case Key:
		return nil // A key points at a block of the lesson; nothing of it is drawn.
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			all = append(all, texts(v.Field(i))...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, texts(v.Index(i))...)
		}
	}
	return all
}

func named(who string, first bool, more ...string) []string {
	if first {
		return append([]string{who}, more...)
	}
	return more
}

func spans(s []lesson.Span) string { return lesson.Para{Spans: s}.String() }
