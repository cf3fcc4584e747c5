package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// planScreen makes a plan to tell someone, part by part. The first sentence is
// typed twice and not kept; the plan is kept only if the learner says so.
type planScreen struct {
	words lesson.PlanWords
	draft play.Draft
	list  optionList // The parts that can be taken.
	field field
	kept  bool // The plan that is kept is shown.
}

// newPlan returns the screen at its first step, or with the plan that is kept.
func newPlan(e env) screen {
	words, err := e.course.PlanWords()
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	s := planScreen{words: words, field: newField()}
	if p, ok := e.book.Plan(); ok && p.Whole(words) == nil {
		s.draft, s.kept = play.Draft{Plan: p, Step: play.PlanWhole}, true
	}
	return s
}

func (s planScreen) typing() bool {
	return s.draft.Step == play.PlanType || s.draft.Step == play.PlanAgain
}

// parts returns what can be taken at this step; for the first sentence also one's own words.
func (s planScreen) parts(e env) []lesson.PlanPart {
	parts := s.draft.Parts(s.words)
	if s.draft.Step == play.PlanStart {
		parts = append(parts[:len(parts):len(parts)], lesson.PlanPart{ID: play.OwnWords, Text: e.words.T("plan.own")})
	}
	return parts
}

func (s planScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if p, ok := msg.(pick); ok && p.i < len(s.parts(e)) {
		s.list.at = p.i
		return s.take(e)
	}
	return s, nil, nil
}

func (s planScreen) take(e env) (screen, request, tea.Cmd) {
	if next, err := s.draft.Take(s.words, s.parts(e)[s.list.at].ID); err == nil {
		s.draft, s.list.at = next, 0
	}
	return s, nil, nil
}

// goBack goes to the part before, or closes the screen.
func (s planScreen) goBack(env) (screen, request, tea.Cmd) {
	if before, ok := s.draft.Back(); ok && !s.kept {
		s.draft, s.list.at, s.field = before, 0, newField()
		return s, nil, nil
	}
	return s, back{}, nil
}

// goOn ends the typing of the first sentence, and drops what was typed.
func (s planScreen) goOn(env) (screen, request, tea.Cmd) {
	s.draft, s.field = s.draft.Typed(), newField()
	return s, nil, nil
}

// typed takes the first sentence. A line that speaks of danger brings help first, and the
// plan waits.
func (s planScreen) typed(e env) (screen, request, tea.Cmd) {
	if !e.inDanger(s.field.value()) {
		return s.goOn(e)
	}
	s.field = newField()
	return s, open{screen: helpFirst{}}, nil
}

// keep returns the function that keeps a plan; with nil it deletes the one that is kept.
func (s planScreen) keep(plan *play.Plan) func(env) (screen, request, tea.Cmd) {
	return func(e env) (screen, request, tea.Cmd) {
		e.book.KeepPlan(plan)
		return s, back{}, e.save()
	}
}

// question returns what is asked at this step.
func (s planScreen) question(e env) string {
	if s.draft.Step != play.PlanWhole {
		return e.see.PlanAsks(s.draft.Step)
	}
	if s.kept {
		return e.words.T("plan.kept")
	}
	if e.book.Private() {
		return e.words.T("plan.private")
	}
	return e.words.T("plan.keep")
}

func (s planScreen) draw(e env) frame {
	col := e.column()
	l := layout{title: e.words.T("plan.title"), hints: s.keys(e), pinned: true}
	if s.draft.Step == play.PlanWhen && e.roomy() {
		l.body = append(wrap(e.theme.muted, e.words.T("plan.intro"), col), "")
	}
	if s.draft.Step > play.PlanWhen {
		for _, line := range e.words.Plan(s.words, course.PlanParts(s.draft.Plan)) {
			l.body = append(l.body, e.barred(wrap(e.theme.text, line, col-3), e.theme.important, col)...)
		}
		l.body = append(l.body, "")
	}
	question := wrap(e.theme.strong, s.question(e), col)
	switch {
	case s.typing():
		l.panel = append(question, wrap(e.theme.muted, e.words.T("say.private"), col)...)
		s.field.put(e.look, &l, col)
	default:
		l.panel = question
		var labels []string
		for _, p := range s.parts(e) {
			labels = append(labels, p.Text)
		}
		s.list.put(e.look, &l, labels, col)
	}
	return e.fit(l)
}

func (s planScreen) keys(e env) []action {
	goBack := does(e.keys.back, "", s.goBack)
	switch {
	case s.typing():
		return []action{
			does(e.keys.start, e.words.T("key.say"), s.typed).offIf(s.field.value() == "",
				e.words.T("off.notype")).shown(),
			does(e.keys.skip, e.words.T("key.pass"), s.goOn), goBack,
			s.field.typed(func(f field) screen { s.field = f; return s }),
		}
	case s.kept:
		fresh := func(env) (screen, request, tea.Cmd) {
			return planScreen{words: s.words, field: newField()}, nil, nil
		}
		return []action{
			does(e.keys.again, e.words.T("key.newplan"), fresh), does(e.keys.no, e.words.T("key.unkeep"), s.keep(nil)),
			goBack, e.opensKeys(), asks(e.keys.take, e.words.T("key.back"), back{}).listed(),
		}
	case s.draft.Step == play.PlanWhole && e.book.Private():
		return []action{
			asks(e.keys.take, e.words.T("key.on"), back{}), goBack, e.opensKeys(),
			asks(e.keys.no, e.words.T("key.dontkeep"), back{}).listed(),
		}
	case s.draft.Step == play.PlanWhole:
		plan := s.draft.Plan
		return []action{
			does(e.keys.yes, e.words.T("key.keepit"), s.keep(&plan)),
			asks(e.keys.no, e.words.T("key.dontkeep"), back{}), goBack, e.opensKeys(),
		}
	}
	arrows, numbers := s.list.chooses(e.look, len(s.parts(e)), func(l optionList) chooser { s.list = l; return s })
	return []action{arrows, does(e.keys.take, "", s.take), goBack, e.opensKeys(), numbers}
}
