package room

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Slide is what a room is shown at a time.
type Slide struct {
	Beats []int // Indexes into the run's beats.
	Kind  SlideKind
}

// SlideKind says what stands on a page besides what is told.
type SlideKind uint8

// The kinds of page.
const (
	Told      SlideKind = iota
	Choices             // What can be done.
	Quiz                // The answers of a check.
	Explained           // Why each answer is what it is.
	Line                // A line to find the words for.
	Models              // How it could sound.
	Ending              // The last of the story.
)

// mostMessages is how many messages stand on a page: with its choices it then fits into
// 60 by 16 cells, at which a letter is a twenty-fifth of the height of the picture.
const mostMessages = 2

// slides parts what a run has shown from a beat on into slides. The last one is
// about what can be done now.
func slides(run play.Run, since int) []Slide {
	beats := run.Beats()
	if last := beats[len(beats)-1]; last.Action != nil && since == len(beats)-1 {
		kind := Explained
		if last.Action.Turn == play.Say {
			kind = Models
		}
		return []Slide{{Beats: []int{since}, Kind: kind}}
	}
	question, _ := run.Scene().Question()
	var all []Slide
	var now Slide
	messages := 0
	flush := func() {
		if len(now.Beats) > 0 {
			all = append(all, now)
		}
		now, messages = Slide{}, 0
	}
	for i := since; i < len(beats); i++ {
		b := beats[i]
		switch {
		case b.Choice != nil && b.Choice == run.Lesson().Scenes[b.Scene].Onward:
			continue
		case b.Block == nil:
		case b.Block.Kind == lesson.Typing:
			continue
		case question != nil && b.Step == run.Step() && b.Block.Pos == question.Pos && run.Turn() != play.Go:
			continue // It stands with what can be done.
		case b.Block.Kind == lesson.Feedback:
			flush()
			all = append(all, Slide{Beats: []int{i}})
			continue
		case b.Block.Kind == lesson.Message:
			if messages == mostMessages {
				flush()
			}
			messages++
		case messages > 0 || len(now.Beats) > 1:
			flush() // The story goes on after the messages.
		}
		now.Beats = append(now.Beats, i)
	}
	return last(run, all, now)
}

// last adds the page on which something can be done. It keeps what was told just
// before beside it, where that was no comment.
func last(run play.Run, all []Slide, now Slide) []Slide {
	switch run.Turn() {
	case play.Choose:
		now.Kind = Choices
	case play.Answer:
		now.Kind = Quiz
	case play.Say:
		now.Kind = Line
	case play.End:
		now.Kind = Ending
		if len(now.Beats) == 0 && len(all) > 0 {
			all[len(all)-1].Kind = Ending
			return all
		}
	default:
		if len(now.Beats) == 0 && len(all) > 0 {
			return all
		}
	}
	return append(all, now)
}
