package plain

import (
	"errors"
	"strings"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// after offers a plan and the map once a lesson is over. The end of the input is
// no error here: the lesson was played.
func (f *face) after(run play.Run) error {
	for {
		line, err := f.ask(f.t("plain.after"))
		switch {
		case errors.Is(err, ErrEnded):
			return nil
		case err != nil:
			return err
		}
		switch strings.ToLower(line) {
		case "p":
			return f.plan()
		case "w":
			f.ways(run)
		default:
			return nil
		}
	}
}

// ways tells the map of a lesson: the scenes seen, and how many are left.
func (f *face) ways(run play.Run) {
	l := run.Lesson()
	seen := append(f.o.Book.Seen(l.ID), run.Scenes()...)
	var lines []string
	been, all := 0, 0
	for _, w := range play.Map(l, seen) {
		if w.Repeated {
			continue
		}
		all++
		if !w.Visited {
			continue
		}
		been++
		title := l.Scenes[w.Scene].Title
		if w.Ending {
			title += ", " + f.t("ways.ending")
		}
		lines = append(lines, f.t("plain.option", "Number", been, "Text", title))
	}
	f.say(f.t("ways.count", "Been", been, "All", all))
	for _, line := range lines {
		f.say(line)
	}
}

// plan makes a plan part by part, or tells the one that is kept. The first
// sentence is typed twice and not kept.
func (f *face) plan() error {
	words, err := f.o.Course.PlanWords()
	if err != nil {
		return err
	}
	f.say(f.t("plan.title"))
	if p, ok := f.o.Book.Plan(); ok && p.Whole(words) == nil {
		f.tellPlan(words, p)
		line, err := f.ask(f.t("plain.kept"))
		if err != nil || line == "" {
			return err
		}
		if strings.EqualFold(line, "n") {
			f.o.Book.KeepPlan(nil)
			f.save()
			f.say(f.t("plain.unkept"))
			return nil
		}
	}
	f.say(f.t("plan.intro"))
	draft := play.Draft{}
	for draft.Step != play.PlanWhole {
		if draft, err = f.planStep(words, draft); err != nil {
			return err
		}
	}
	f.tellPlan(words, draft.Plan)
	if f.o.Book.Private() {
		f.say(f.t("plan.private"))
		return nil
	}
	line, err := f.ask(f.t("plain.keep"))
	if err != nil {
		return err
	}
	if strings.EqualFold(line, "y") || strings.EqualFold(line, f.t("key.yes")) {
		f.o.Book.KeepPlan(&draft.Plan)
		f.save()
		f.say(f.t("plain.keptnow"))
	}
	return nil
}

// planStep asks for one part, or for the first sentence.
func (f *face) planStep(words lesson.PlanWords, d play.Draft) (play.Draft, error) {
	question := [...]string{f.t("plan.when"), f.t("plan.first"), f.t("plan.second"), f.t("plan.by"), f.t("plan.start"),
		f.t("plan.type") + " " + f.t("say.private"), f.t("plan.again")}[d.Step]
	if d.Step == play.PlanType || d.Step == play.PlanAgain {
		_, err := f.ask(question) // What was typed ends here; danger is answered there.
		return d.Typed(), err
	}
	parts := d.Parts(words)
	if d.Step == play.PlanStart {
		parts = append(parts[:len(parts):len(parts)], lesson.PlanPart{ID: play.OwnWords, Text: f.t("plan.own")})
	}
	for i, p := range parts {
		question += "\n" + f.t("plain.option", "Number", i+1, "Text", p.Text)
	}
	for {
		line, err := f.ask(question)
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
		question = f.t("plain.again", "Count", len(parts))
	}
}

func (f *face) tellPlan(words lesson.PlanWords, p play.Plan) {
	for _, line := range f.o.Course.Words().Plan(words, course.PlanParts(p)) {
		f.say(line)
	}
}
