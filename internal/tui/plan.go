package tui

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// planScreen makes a plan to tell somebody, part by part. The first sentence is
// typed twice and not kept; the plan is kept only if the learner says so.
type planScreen struct {
	words lesson.PlanWords
	draft play.Draft
	at    int
	input textinput.Model
	kept  bool // It is the plan that is kept, which is looked at.
}

// newPlan returns the screen at its first step, or with the plan that is kept.
func newPlan(e env) screen {
	words, err := e.course.PlanWords()
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	s := planScreen{words: words, input: newInput()}
	if p, ok := e.book.Plan(); ok && p.Whole(words) == nil {
		s.draft, s.kept = play.Draft{Plan: p, Step: play.PlanWhole}, true
	}
	return s
}

func (s planScreen) typing() bool {
	return s.draft.Step == play.PlanType || s.draft.Step == play.PlanAgain
}

// parts are what can be taken; at the first sentence also words of one's own.
func (s planScreen) parts(e env) []lesson.PlanPart {
	parts := s.draft.Parts(s.words)
	if s.draft.Step == play.PlanStart {
		parts = append(parts[:len(parts):len(parts)], lesson.PlanPart{ID: play.OwnWords, Text: e.words.T("plan.own")})
	}
	return parts
}

func (s planScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	if p, ok := msg.(pick); ok && p.i < len(s.parts(e)) {
		s.at = p.i
		return s.take(e), nil
	}
	press, ok := msg.(tea.KeyPressMsg)
	switch {
	case ok && key.Matches(press, e.keys.back):
		if back, ok := s.draft.Back(); ok && !s.kept {
			s.draft, s.at = back, 0
			s.input.Reset()
			return s, nil
		}
		return s, e.pop(nil)
	case s.typing():
		return s.edit(e, msg)
	case !ok:
		return s, nil
	case s.draft.Step == play.PlanWhole:
		return s.decide(e, press)
	}
	n := len(s.parts(e))
	switch {
	case key.Matches(press, e.keys.up):
		s.at = (s.at + n - 1) % n
	case key.Matches(press, e.keys.down):
		s.at = (s.at + 1) % n
	case key.Matches(press, e.keys.digits):
		if d := digit(press); d < n {
			s.at = d
			return s.take(e), nil
		}
	case key.Matches(press, e.keys.take):
		return s.take(e), nil
	}
	return s, nil
}

func (s planScreen) take(e env) planScreen {
	if next, err := s.draft.Take(s.words, s.parts(e)[s.at].ID); err == nil {
		s.draft, s.at = next, 0
	}
	return s
}

// edit types the first sentence.
func (s planScreen) edit(e env, msg tea.Msg) (screen, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(press, e.keys.skip) || press.String() == "enter" && s.input.Value() != "" {
			s.draft = s.draft.Typed()
			s.input.Reset() // What was typed ends here.
			return s, nil
		}
		if press.String() == "enter" {
			return s, nil
		}
	}
	var cmd tea.Cmd
	s.input.SetWidth(max(e.column()-4, 4))
	s.input, cmd = s.input.Update(msg)
	return s, cmd
}

// decide keeps the whole plan, or lets it go.
func (s planScreen) decide(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	switch {
	case s.kept && key.Matches(press, e.keys.again):
		return planScreen{words: s.words, input: newInput()}, nil
	case s.kept && key.Matches(press, e.keys.no):
		e.book.KeepPlan(nil)
		return s, tea.Batch(e.pop(nil), e.save())
	case !s.kept && !e.book.Private() && key.Matches(press, e.keys.yes):
		plan := s.draft.Plan
		e.book.KeepPlan(&plan)
		return s, tea.Batch(e.pop(nil), e.save())
	case !s.kept && key.Matches(press, e.keys.no), (s.kept || e.book.Private()) && key.Matches(press, e.keys.take):
		return s, e.pop(nil)
	}
	return s, nil
}

// question returns what is asked at this step.
func (s planScreen) question(e env) string {
	switch s.draft.Step {
	case play.PlanWhen:
		return e.words.T("plan.when")
	case play.PlanFirst:
		return e.words.T("plan.first")
	case play.PlanSecond:
		return e.words.T("plan.second")
	case play.PlanBy:
		return e.words.T("plan.by")
	case play.PlanStart:
		return e.words.T("plan.start")
	case play.PlanType:
		return e.words.T("plan.type")
	case play.PlanAgain:
		return e.words.T("plan.again")
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
		bar := e.theme.important.Render("┃") + "  "
		for _, line := range e.words.Plan(s.words, course.PlanParts(s.draft.Plan)) {
			l.body = append(l.body, prefixed(wrap(e.theme.text, line, col-3), bar, bar)...)
		}
		l.body = append(l.body, "")
	}
	question := wrap(e.theme.strong, s.question(e), col)
	switch {
	case s.typing():
		l.panel = append(question, wrap(e.theme.muted, e.words.T("say.private"), col)...)
		line, x := e.inputLine(s.input, col)
		l.cursor = &place{x: x, y: len(l.panel), panel: true}
		l.panel = append(l.panel, line)
	default:
		l.panel = question
		var labels []string
		for _, p := range s.parts(e) {
			labels = append(labels, p.Text)
		}
		e.put(&l, labels, s.at, col)
	}
	return e.fit(l)
}

func (s planScreen) keys(e env) []key.Binding {
	switch {
	case s.typing():
		return []key.Binding{does(e.keys.start, e.words.T("key.say")), does(e.keys.skip, e.words.T("key.pass")),
			e.keys.back}
	case s.kept:
		return []key.Binding{does(e.keys.again, e.words.T("key.newplan")), does(e.keys.no, e.words.T("key.unkeep")),
			e.keys.back, e.keys.keys}
	case s.draft.Step == play.PlanWhole && e.book.Private():
		return []key.Binding{does(e.keys.take, e.words.T("key.on")), e.keys.back, e.keys.keys}
	case s.draft.Step == play.PlanWhole:
		return []key.Binding{does(e.keys.yes, e.words.T("key.keepit")), does(e.keys.no, e.words.T("key.dontkeep")),
			e.keys.back, e.keys.keys}
	}
	return []key.Binding{key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", e.words.T("key.choose"))),
		e.keys.take, e.keys.back, e.keys.keys, e.keys.digits}
}
