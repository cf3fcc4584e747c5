package plain

import (
	"wayout/internal/lesson"
	"wayout/internal/view"
)

// render says an item of package view in words. It leaves out what the learner has
// just done, and the title, which was said at the beginning.
func (p *player) render(it view.Item) {
	switch it := it.(type) {
	case view.Title, view.Typing, view.Chosen, view.Answered, view.Practised, view.Onward, view.End:
	case view.Intro:
		p.lines(it.Goal, it.Note, it.Pass)
	case view.Lobby:
		p.lines(it.Words, it.Note, it.Pass)
	case view.Rules:
		p.head(it.Head)
		for _, rule := range it.Rules {
			p.say("- " + rule)
		}
		p.say(it.Before)
	case view.Blanked:
		p.say(it.Words)
	case view.Calm:
		p.lines(it.Lines...)
	case view.Over:
		p.lines(append(it.Lines, it.Bye)...)
	case view.OwnPace:
		p.say(it.Words)
	case view.Moved:
		p.say(it.Words)
	case view.Headcount:
		p.say(it.Words)
	case view.Message:
		p.lines(it.Drew, p.voice(it))
	case view.Event, view.Speech:
		p.say(p.voice(it))
	case view.AppLine:
		p.say(lesson.Para{Spans: it.Text}.String())
	case view.Moment:
		p.say(lesson.Para{Spans: it.Text}.String())
	case view.Narration:
		p.paras(it.Text)
	case view.Opening:
		p.paras(it.Text)
	case view.Feedback:
		p.say("")
		if it.Own {
			p.say(it.Head)
		} else {
			p.say(p.feedback(it.Alert))
		}
		p.paras(it.Text)
		p.say("")
	case view.Question:
		p.question(it)
	case view.Rehearsal:
		p.lines(it.Asks, it.How)
	case view.Heard:
		p.lines(it.Gentle, it.Strong, it.Weak, it.Unsure)
	case view.Meant:
		p.lines(append([]string{it.Asks}, it.Options...)...)
	case view.HelpFirst:
		p.head(it.Head)
		p.lines(it.First...)
		for _, person := range it.People {
			p.say(person.Name)
			p.lines(person.Ways...)
		}
		p.lines(it.Then...)
		p.lines(it.More)
	case view.RightNow:
		p.rightNow(it)
	case view.Models:
		p.models(it)
	case view.Explanation:
		p.explanation(it)
	default:
		p.lookBack(it)
	}
}

// models shows how a line could sound.
func (p *player) models(it view.Models) {
	p.say(it.Head)
	for _, m := range it.Messages {
		if it.Aloud {
			p.render(view.Speech{Who: m.Who, Text: m.Text})
		} else {
			p.render(m)
		}
	}
	p.lines(it.Leads)
}

// voice returns a message, an event of the chat, or speech in words.
func (p *player) voice(it view.Item) string {
	switch it := it.(type) {
	case view.Message:
		if it.Own && it.Who == p.t("fineoff.you") {
			return p.t("fineoff.yousay", "Text", lesson.Para{Spans: it.Text}.String())
		}
		return p.t("plain.says", "Who", it.Who, "Text", lesson.Para{Spans: it.Text}.String())
	case view.Event:
		return it.Words
	case view.Speech:
		return p.t("plain.spoken", "Who", it.Who, "Text", lesson.Para{Spans: it.Text}.String())
	}
	return ""
}

// lookBack says an item of the debrief.
func (p *player) lookBack(it view.Item) {
	p.say("")
	switch it := it.(type) {
	case view.KeyMessage:
		p.head(it.Head)
		p.paras(it.Text)
	case view.Reached:
		p.head(it.Head)
		p.lines(it.Title, it.Words)
	case view.Knew:
		p.head(it.Head)
		for _, thing := range it.Things {
			p.say("- " + thing.What)
			p.lines(thing.From)
		}
	case view.Path:
		p.head(it.Head)
		for i, step := range it.Steps {
			p.say(p.t("plain.step", "Number", i+1, "Text", step.Words, "Rating", p.t("plain."+step.Rating.String())))
			if step.Led != "" {
				p.say(p.t("debrief.led", "Scene", step.Led))
			}
			p.lines(step.Others...)
		}
	case view.Signs:
		p.head(it.Head)
		for _, s := range it.Signs {
			p.say(p.t("plain.sign", "Name", s.Name))
			p.lines(s.In)
			p.paras(s.Why)
		}
	case view.SixMoves:
		p.head(it.Head)
		p.lines(it.First)
		for i, move := range it.Moves {
			p.say(p.option(it.From-1+i, move))
		}
	case view.Rehearsed:
		p.head(it.Head)
		p.say(it.Text)
	case view.Behind:
		p.head(it.Head)
		p.say(it.Text)
	case view.StepOut:
		p.lines(it.Paras...)
		p.say(p.t("plain.helplines"))
	}
}

// lines says lines, without those that are empty.
func (p *player) lines(lines ...string) {
	for _, l := range lines {
		if l != "" {
			p.say(l)
		}
	}
}

func (p *player) head(words string) { p.say(p.t("plain.head", "Text", words)) }

// question says what is asked in a class, and the result once that is shown.
func (p *player) question(q view.Question) {
	if q.Result != nil {
		p.say(q.Asks)
		p.result(*q.Result)
		return
	}
	p.say(p.numbered(q.Asks, q.Labels()))
	if q.IsOpen() {
		p.say(p.t("plain.vote")) // Whether an answer was taken is said when it is given.
		return
	}
	p.lines(q.Status)
}

func (p *player) result(r view.Result) {
	p.head(r.Head)
	p.lines(r.Words)
	for _, b := range r.Bars {
		p.say(p.t("plain.bar", "Answer", b.Words, "Count", b.Count))
	}
}

// explanation explains every answer of a knowledge check, in the order of the question.
func (p *player) explanation(e view.Explanation) {
	p.lines(e.Lead)
	for _, a := range e.Answers {
		id := "plain.instead"
		if a.Right {
			id = "plain.best"
		}
		p.say(p.t(id, "Text", a.Words))
		p.paras(a.Why)
	}
}
