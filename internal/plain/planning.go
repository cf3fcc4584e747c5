package plain

import (
	"errors"
	"strings"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// after offers a plan and the map when a lesson is over. The end of the input is
// no error here, because the lesson was played.
func (p *player) after(run play.Run) error {
	for {
		line, err := p.ask(p.t("plain.after"))
		switch {
		case errors.Is(err, ErrEnded):
			return nil
		case err != nil:
			return err
		}
		switch strings.ToLower(line) {
		case "p":
			return p.plan()
		case "w":
			p.ways(run)
		default:
			return nil
		}
	}
}

// ways tells the map of a lesson: the scenes seen, and how many are left.
func (p *player) ways(run play.Run) {
	l := run.Lesson()
	seen := append(p.o.Book.Seen(l.ID), run.Scenes()...)
	var titles []string
	all := 0
	for _, w := range play.Map(l, seen) {
		if w.Repeated {
			continue
		}
		all++
		if !w.Visited {
			continue
		}
		title := l.Scenes[w.Scene].Title
		if w.Ending {
			title += ", " + p.t("ways.ending")
		}
		titles = append(titles, title)
	}
	p.say(p.numbered(p.t("ways.count", "Been", len(titles), "All", all), titles))
}

// plan makes a plan part by part, or tells the one that is kept. The learner types
// the first sentence twice, and it isn't kept.
func (p *player) plan() error {
	words, err := p.o.Course.PlanWords()
	if err != nil {
		return err
	}
	p.say(p.t("plan.title"))
	if kept, ok := p.o.Book.Plan(); ok && kept.Whole(words) == nil {
		p.tellPlan(words, kept)
		line, err := p.ask(p.t("plain.kept"))
		if err != nil || line == "" {
			return err
		}
		if strings.EqualFold(line, "n") {
			p.o.Book.KeepPlan(nil)
			p.save()
			p.say(p.t("plain.unkept"))
			return nil
		}
	}
	p.say(p.t("plan.intro"))
	draft := play.Draft{}
	for draft.Step != play.PlanWhole {
		if draft, err = p.planStep(words, draft); err != nil {
			return err
		}
	}
	p.tellPlan(words, draft.Plan)
	if p.o.Book.Private() {
		p.say(p.t("plan.private"))
		return nil
	}
	keep, err := p.agrees(p.t("plain.keep"))
	if keep {
		p.o.Book.KeepPlan(&draft.Plan)
		p.save()
		p.say(p.t("plain.keptnow"))
	}
	return err
}

// planStep asks for one part, or for the first sentence.
func (p *player) planStep(words lesson.PlanWords, d play.Draft) (play.Draft, error) {
	question := p.view.PlanAsks(d.Step)
	if d.Step == play.PlanType {
		question += " " + p.t("say.private")
	}
	if d.Step == play.PlanType || d.Step == play.PlanAgain {
		_, err := p.ask(question) // The line is dropped here; ask answers danger.
		return d.Typed(), err
	}
	parts := d.Parts(words)
	if d.Step == play.PlanStart {
		parts = append(parts[:len(parts):len(parts)], lesson.PlanPart{ID: play.OwnWords, Text: p.t("plan.own")})
	}
	var texts []string
	for _, part := range parts {
		texts = append(texts, part.Text)
	}
	for question = p.numbered(question, texts); ; question = p.t("plain.again", "Count", len(parts)) {
		line, err := p.ask(question)
		if err != nil {
			return d, err
		}
		if strings.EqualFold(line, "u") {
			back, _ := d.Back()
			return back, nil
		}
		if n, ok := number(line, len(parts)); ok {
			return d.Take(words, parts[n].ID)
		}
	}
}

func (p *player) tellPlan(words lesson.PlanWords, plan play.Plan) {
	for _, line := range p.o.Course.Words().Plan(words, course.PlanParts(plan)) {
		p.say(line)
	}
}
