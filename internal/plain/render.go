package plain

import (
	"wayout/internal/lesson"
	"wayout/internal/view"
)

// render says an item of package view in words. What the learner has just done
// themselves isn't said again, nor is the title, which stands at the beginning.
func (f *face) render(it view.Item) {
	switch it := it.(type) {
	case view.Title, view.Typing, view.Chosen, view.Answered, view.Practised, view.Onward, view.End:
	case view.Intro:
		f.lines(it.Goal, it.Note, it.Pass)
	case view.Lobby:
		f.lines(it.Words, it.Note, it.Pass)
	case view.Rules:
		f.head(it.Head)
		for _, rule := range it.Rules {
			f.say("- " + rule)
		}
		f.say(it.Before)
	case view.Blanked:
		f.say(it.Words)
	case view.Calm:
		f.lines(it.Lines...)
	case view.Over:
		f.lines(append(it.Lines, it.Bye)...)
	case view.OwnPace:
		f.say(it.Words)
	case view.Headcount:
		f.say(it.Words)
	case view.Message:
		f.lines(it.Drew, f.voice(it))
	case view.Event, view.Speech:
		f.say(f.voice(it))
	case view.AppLine:
		f.say(lesson.Para{Spans: it.Text}.String())
	case view.Moment:
		f.say(lesson.Para{Spans: it.Text}.String())
	case view.Narration:
		f.paras(it.Text)
	case view.Feedback:
		f.say("")
		f.say(f.feedback(it.Alert))
		f.paras(it.Text)
		f.say("")
	case view.Question:
		f.question(it)
	case view.Rehearsal:
		f.say(it.Asks)
		f.say(f.t("class.say"))
	case view.Heard:
		f.lines(it.Strong, it.Weak, it.Unsure, it.Gentle)
	case view.Meant:
		f.lines(append([]string{it.Asks}, it.Options...)...)
	case view.HelpFirst:
		f.head(it.Head)
		f.lines(it.First...)
		for _, p := range it.People {
			f.say(p.Name)
			f.lines(p.Ways...)
		}
		f.lines(it.Then...)
		f.lines(it.More)
	case view.Models:
		f.say(it.Head)
		for _, m := range it.Messages {
			if it.Aloud {
				f.render(view.Speech{Who: m.Who, Text: m.Text})
			} else {
				f.render(m)
			}
		}
	case view.Explanation:
		f.explanation(it)
	default:
		f.lookBack(it)
	}
}

// voice is one line of a message, an event of the chat, or speech.
func (f *face) voice(it view.Item) string {
	switch it := it.(type) {
	case view.Message:
		return f.t("plain.says", "Who", it.Who, "Text", lesson.Para{Spans: it.Text}.String())
	case view.Event:
		return it.Words
	case view.Speech:
		return f.t("plain.spoken", "Who", it.Who, "Text", lesson.Para{Spans: it.Text}.String())
	}
	return ""
}

// lookBack says an item of a debrief.
func (f *face) lookBack(it view.Item) {
	f.say("")
	switch it := it.(type) {
	case view.KeyMessage:
		f.head(it.Head)
		f.paras(it.Text)
	case view.Reached:
		f.head(it.Head)
		f.lines(it.Title, it.Words)
	case view.Knew:
		f.head(it.Head)
		for _, thing := range it.Things {
			f.say("- " + thing.What)
			f.lines(thing.From)
		}
	case view.Path:
		f.head(it.Head)
		for i, step := range it.Steps {
			f.say(f.t("plain.step", "Number", i+1, "Text", step.Words, "Rating", f.t("plain."+step.Rating.String())))
			if step.Led != "" {
				f.say(f.t("debrief.led", "Scene", step.Led))
			}
			f.lines(step.Others...)
		}
	case view.Signs:
		f.head(it.Head)
		for _, s := range it.Signs {
			f.say(f.t("plain.sign", "Name", s.Name))
			f.lines(s.In)
			f.paras(s.Why)
		}
	case view.SixMoves:
		f.head(it.Head)
		f.lines(it.First)
		for i, move := range it.Moves {
			f.say(f.t("plain.option", "Number", i+1, "Text", move))
		}
	case view.Rehearsed:
		f.head(it.Head)
		f.say(it.Text)
	case view.Behind:
		f.head(it.Head)
		f.say(it.Text)
	case view.StepOut:
		f.lines(it.Paras...)
		f.say(f.t("plain.helplines"))
	}
}

// lines says lines, without those that are empty.
func (f *face) lines(lines ...string) {
	for _, l := range lines {
		if l != "" {
			f.say(l)
		}
	}
}

func (f *face) head(words string) { f.say(f.t("plain.head", "Text", words)) }

// question says what is asked in a class, and what came of it once that is shown.
func (f *face) question(q view.Question) {
	f.say(q.Asks)
	if q.Result != nil {
		f.result(*q.Result)
		return
	}
	for i, o := range q.Options {
		f.say(f.t("plain.option", "Number", i+1, "Text", o.Words))
	}
	if q.IsOpen() {
		f.say(f.t("plain.vote")) // What has become of an answer is said when it is given.
		return
	}
	f.lines(q.Status)
}

// asks puts a question and its options into one text, to be asked.
func (f *face) asks(q view.Question) string {
	words := q.Asks
	for i, o := range q.Options {
		words += "\n" + f.t("plain.option", "Number", i+1, "Text", o.Words)
	}
	return words
}

func (f *face) result(r view.Result) {
	f.head(r.Head)
	f.lines(r.Words)
	for _, b := range r.Bars {
		f.say(f.t("plain.bar", "Answer", b.Words, "Count", b.Count))
	}
}

// explanation explains every answer of a knowledge check, in the order in which they
// were asked.
func (f *face) explanation(e view.Explanation) {
	f.lines(e.Lead)
	for _, a := range e.Answers {
		id := "plain.instead"
		if a.Right {
			id = "plain.best"
		}
		f.say(f.t(id, "Text", a.Words))
		f.paras(a.Why)
	}
}
