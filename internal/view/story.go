package view

import (
	"fmt"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Beat returns beat i of a run as its learner is shown it. It is nil for a beat
// that isn't shown in the story: a way on that was taken, and the question of the
// present scene, which is shown with its options.
func (v *View) Beat(run play.Run, i int) Item {
	b := run.Beats()[i]
	if isQuestion(run, b) {
		return nil
	}
	it := v.beat(run, i, opensTurn(run.Beats(), i))
	if b.Block == nil || !run.Marked(b.Block.Pos) {
		return it
	}
	var names []string
	for _, s := range b.Block.Signs {
		name, _ := v.course.SignName(run.Lesson().Signs[s].Kind)
		names = append(names, name)
	}
	switch it := it.(type) {
	case Message:
		it.Signs = names
		return it
	case Event:
		it.Signs = names
		return it
	case Speech:
		it.Signs = names
		return it
	}
	return it
}

// Story returns all that a run has shown its learner so far.
func (v *View) Story(run play.Run) []Item { return v.beats(run, 0, len(run.Beats())) }

func (v *View) beats(run play.Run, from, to int) []Item {
	var all []Item
	for i := from; i < to; i++ {
		if it := v.Beat(run, i); it != nil {
			all = append(all, it)
		}
	}
	return all
}

// beat makes an item of beat i. First says that a message names its writer.
func (v *View) beat(run play.Run, i int, first bool) Item {
	l, b := run.Lesson(), run.Beats()[i]
	switch {
	case b.Choice != nil && b.Choice == l.Scenes[b.Scene].Onward, b.Only && b.Block == nil,
		b.Action != nil && b.Action.Missed():
		return nil
	case b.Choice != nil && b.Block == nil:
		return Chosen{Words: b.Choice.String(), Rating: b.Choice.Rating}
	case b.Action != nil:
		return v.moved(run, b)
	}
	switch b.Block.Kind {
	case lesson.Message:
		return v.message(l, b.Scene, b.Block, first)
	case lesson.Speech:
		return Speech{Key: Key{b.Block}, Who: b.Block.Who, Voice: b.Block.Voice, Own: l.Helps(b.Scene, b.Block.Who),
			Text: b.Block.Text[0].Spans}
	case lesson.AppLine:
		return AppLine{Key{b.Block}, b.Block.Text[0].Spans}
	case lesson.Typing:
		if stops(run.Beats(), i) {
			what := v.words.T("player.stopped")
			return Event{Key: Key{b.Block}, Who: b.Block.Who, Voice: b.Block.Voice,
				Own: l.Helps(b.Scene, b.Block.Who), First: first, What: what,
				Words: v.words.T("player.event", "Who", b.Block.Who, "What", what)}
		}
		return Typing{Key{b.Block}, v.words.T("player.typing", "Who", b.Block.Who)}
	case lesson.Moment:
		return Moment{Key{b.Block}, b.Block.Text[0].Spans}
	case lesson.Feedback:
		if b.Block.Head != "" {
			return Feedback{Key{b.Block}, b.Block.Alert, b.Block.Head, true, b.Block.Text}
		}
		return Feedback{Key{b.Block}, b.Block.Alert, v.Alert(b.Block.Alert), false, b.Block.Text}
	case lesson.Narration:
		return Narration{Key{b.Block}, b.Block.Text}
	}
	panic(fmt.Sprintf("no item for a block of kind %d", b.Block.Kind))
}

// message makes an item of a message or an event of the chat.
func (v *View) message(l *lesson.Lesson, scene int, b *lesson.Block, first bool) Item {
	own := l.Helps(scene, b.Who)
	if b.Event != "" {
		words := v.words.T("player.event", "Who", b.Who, "What", b.Event)
		if held := b.Text[0].String(); held != "" {
			words = v.words.T("player.eventholds", "Who", b.Who, "What", b.Event, "Text", held)
		}
		return Event{Key: Key{b}, Who: b.Who, Voice: b.Voice, Own: own, First: first, What: b.Event,
			Text: b.Text[0].Spans, Words: words}
	}
	m := Message{Key: Key{b}, Who: b.Who, Voice: b.Voice, Own: own, First: first, Draft: b.Draft, Text: b.Text[0].Spans}
	if b.Draft != "" {
		m.Drew = v.words.T("player.draft", "Who", b.Who, "Text", b.Draft)
	}
	return m
}

// opensTurn reports whether beat i doesn't follow a message by the same writer.
func opensTurn(beats []play.Beat, i int) bool {
	b := beats[i].Block
	if b == nil {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		switch p := beats[j].Block; {
		case p == nil:
			return true
		case p.Kind == lesson.Typing:
			continue
		case p.Kind != lesson.Message:
			return true
		default:
			return p.Who != b.Who
		}
	}
	return true
}

// stops reports whether someone who is typing at beat i stops without a message, because the
// chat goes on with something else. If narration follows, the narrator says what happened.
func stops(beats []play.Beat, i int) bool {
	if i+1 >= len(beats) {
		return false
	}
	next := beats[i+1].Block
	if next == nil {
		return false
	}
	switch next.Kind {
	case lesson.Message:
		return next.Who != beats[i].Block.Who
	case lesson.Typing, lesson.AppLine, lesson.Moment:
		return true
	}
	return false
}

// isQuestion reports whether a beat is the question that the present scene of the run
// still asks.
func isQuestion(run play.Run, b play.Beat) bool {
	q, _ := run.Scene().Question()
	return q != nil && b.Block != nil && b.Step == run.Step() && b.Block.Pos == q.Pos && run.Turn() != play.Go
}

// Alert returns in words what the colour and the mark of feedback say.
func (v *View) Alert(a lesson.Alert) string {
	return v.words.T([...]string{lesson.NoAlert: "feedback.important", lesson.Tip: "feedback.tip",
		lesson.Warning: "feedback.warning", lesson.Caution: "feedback.caution",
		lesson.Important: "feedback.important"}[a])
}

// moved returns an item for an answer or a typed line. A run never keeps the text of a line.
func (v *View) moved(run play.Run, b play.Beat) Item {
	scene := &run.Lesson().Scenes[b.Scene]
	if b.Action.Turn == play.Say {
		if names := v.moves(play.Kept(b.Action.Said)); names != "" {
			return Practised{v.words.T("say.noticed", "Moves", names)}
		}
		return Practised{v.words.T("player.practised", "Who", scene.Rehearsal.Who)}
	}
	if b.Action.Pick == play.Unsure {
		return Answered{v.words.T("player.answered")}
	}
	return Answered{scene.Check.Options[b.Action.Pick].String()}
}

// moves joins the names of moves for a sentence.
func (v *View) moves(moves []string) string {
	var names []string
	for _, m := range moves {
		names = append(names, v.course.MoveName(m))
	}
	return strings.Join(names, v.words.T("say.and"))
}
