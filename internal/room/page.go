package room

import (
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Page is what a room is shown at a time.
type Page struct {
	Beats []int // Indexes into the run's beats.
	Kind  PageKind
}

// PageKind says what stands on a page besides what is told.
type PageKind uint8

// The kinds of page.
const (
	Told      PageKind = iota
	Choices            // What can be done.
	Quiz               // The answers of a check.
	Explained          // Why each answer is what it is.
	Line               // A line to find the words for.
	Models             // How it could sound.
	Ending             // The last of the story.
)

// mostMessages is how many messages stand on a page: with its choices it then fits into
// 60 by 16 cells, at which a letter is a twenty-fifth of the height of the picture.
const mostMessages = 2

// pages parts what a run has shown from a beat on into pages. The last one is
// about what can be done now.
func pages(run play.Run, since int) []Page {
	beats := run.Beats()
	if last := beats[len(beats)-1]; last.Move != nil && since == len(beats)-1 {
		kind := Explained
		if last.Move.Turn == play.Say {
			kind = Models
		}
		return []Page{{Beats: []int{since}, Kind: kind}}
	}
	question, _ := run.Scene().Question()
	var all []Page
	var now Page
	messages := 0
	flush := func() {
		if len(now.Beats) > 0 {
			all = append(all, now)
		}
		now, messages = Page{}, 0
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
			all = append(all, Page{Beats: []int{i}})
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
func last(run play.Run, all []Page, now Page) []Page {
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
