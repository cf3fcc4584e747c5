package view

import (
	"fmt"
	"reflect"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Walk visits every state that a run of a lesson can reach, each once, with the items
// that lead into it: what the last action brought, and what can be done now; at an
// ending the debrief, too. Tests use it to hold every renderer to draw everything.
func (v *View) Walk(l *lesson.Lesson, seed uint64, visit func(run play.Run, items []Item)) {
	v.walkFrom(play.Start(l, seed), visit)
}

// walkFrom is [View.Walk] of the states that can be reached from where a run stands.
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

// practised returns the run after each way in which its check or rehearsal can be met,
// or the run itself where it has none.
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
		return all[:1] // They all lead on alike.
	case play.Say:
		for _, m := range run.Scene().Rehearsal.Moves {
			add(run.Said([]string{m.Name}))
		}
		add(run.Skip())
		return all
	}
	return []play.Run{run}
}

// since is what a run shows from a beat on, and what can be done now.
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

// Words returns the words of an item that [View.Walk] meets, in order: whatever draws it
// has all of them. It returns nil for the items that a renderer may leave out or put in
// words of its own, and panics on a kind that it doesn't know, so that the tests that ask
// it can't pass over a new kind.
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
		return it.Paras // Its head is left out where it is read aloud.
	case AppLine, Moment, Narration, Opening, Explanation, KeyMessage, Reached, Knew, Path, Signs, Behind, Rehearsed,
		SixMoves:
		return texts(reflect.ValueOf(it))
	case Typing, Chosen, Answered, Practised, Onward, Rehearsal, End, Title, Intro, Moved, Lobby, Rules, Blanked, Calm,
		Over, OwnPace, Headcount, Heard, Meant, HelpFirst, RightNow, Standing, Place, Ahead, Notes, Prepare:
		return nil
	}
	panic(fmt.Sprintf("view.Words doesn't know the kind %T", it))
}

// texts returns all that is said in a value, in the order of its fields.
func texts(v reflect.Value) (all []string) {
	switch of := v.Interface().(type) {
	case string:
		return []string{of}
	case lesson.Para:
		return []string{of.String()}
	case []lesson.Span:
		return []string{spans(of)}
	case Key:
		return nil // It holds a piece of the lesson, for renderers to tell drawings apart.
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
