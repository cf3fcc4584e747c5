package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// coverScreen says what a lesson is about before it begins.
type coverScreen struct {
	l     *lesson.Lesson
	doubt string // What check finds in it, or "".
	goOn  bool   // Goes on at once where the learner stopped.
	pager pager
}

func (s coverScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if _, ok := msg.(arrive); ok && s.goOn {
		s.goOn = false
		return s, s.resume(e), nil
	}
	return s, nil, nil
}

// begun reports whether the learner has stopped in this lesson and can go on.
func (s coverScreen) begun(e env) bool { return e.book.State(s.l.ID).Begun }

// resume goes on where the learner stopped. If the lesson has changed since, so that
// it is no longer quite the same place, it says so.
func (s coverScreen) resume(e env) request {
	run, changed, _ := e.book.Resume(s.l, e.seed)
	read := e.book.Read(run)
	switch {
	case changed:
		return open{comeBack(run, 0), e.words.T("cover.changed")}
	case len(run.Actions()) == 0 && read == 0:
		return open{screen: newPlayer(run)}
	}
	return open{screen: comeBack(run, read)}
}

// from returns the player in a scene, or says why it can't begin there.
func (s coverScreen) from(e env, scene string) screen {
	run, err := play.Start(s.l, e.seed).From(scene)
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	return newPlayer(run)
}

func (s coverScreen) body(e env) []string {
	col := e.column()
	var lines []string
	if e.roomy() {
		lines = append(append(append(lines, ""), wrap(e.theme.title, s.l.Title, e.column())...), "")
	}
	if s.doubt != "" {
		lines = append(lines, append(wrap(e.theme.strong, s.doubt, col), "")...)
	}
	if s.begun(e) {
		on := e.words.T("cover.begun", "On", e.keys.take.Help().Key, "Again", e.keys.again.Help().Key)
		lines = append(lines, append(wrap(e.theme.strong, on, col), "")...)
	}
	for i, b := range s.l.Cover {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, e.paras(b.Text, col)...)
	}
	lines = append(lines, "")
	names := max(ansi.StringWidth(e.words.T("cover.goal")), ansi.StringWidth(e.words.T("cover.time")),
		ansi.StringWidth(e.words.T("cover.note"))) + 2
	fact := func(name, words string) {
		lines = append(lines, prefixed(wrap(e.theme.text, words, col-names),
			e.theme.muted.Render(name)+spaces(names-ansi.StringWidth(name)), spaces(names))...)
	}
	fact(e.words.T("cover.goal"), s.l.Goal)
	fact(e.words.T("cover.time"), e.words.T("cover.minutes", "Count", s.l.Minutes))
	fact(e.words.T("cover.note"), s.l.Note)
	lines = append(lines, "")
	if s.l.Role == "adult" {
		lines = append(lines, wrap(e.theme.muted, e.course.Review(), col)...)
	}
	lines = append(lines, wrap(e.theme.muted, e.words.T("cover.pass"), col)...)
	if m, ok := e.course.Milder(s.l.ID); ok {
		lines = append(lines, wrap(e.theme.muted, e.words.T("cover.milder", "Title", m.Title), col)...)
	}
	return lines
}

func (s coverScreen) draw(e env) frame {
	l := layout{body: s.body(e), pinned: true, top: s.pager.top, hints: s.keys(e)}
	if !e.roomy() {
		l.title = s.l.Title
	}
	return e.fit(l)
}

func (s coverScreen) keys(e env) []action {
	fresh := func(e env) (screen, request, tea.Cmd) {
		return nil, open{screen: newPlayer(play.Start(s.l, e.seed))}, nil
	}
	all := []action{does(e.keys.take, e.words.T("key.start"), fresh),
		does(e.keys.again, e.words.T("key.fresh"), fresh).listed()}
	if s.begun(e) {
		all[0] = does(e.keys.take, e.words.T("key.on"), func(e env) (screen, request, tea.Cmd) {
			return nil, s.resume(e), nil
		})
		all[1] = does(e.keys.again, e.words.T("key.fresh"), fresh)
	}
	all = append(all, asks(e.keys.back, "", back{}))
	if m, ok := e.course.Milder(s.l.ID); ok {
		all = append(all, does(e.keys.milder, "", func(e env) (screen, request, tea.Cmd) {
			next, _ := lessonScreen(e, m.ID)
			return next, nil, nil
		}))
	}
	lines, keep := len(s.body(e)), func(p pager) screen { s.pager = p; return s }
	all = append(all, e.opensKeys(), s.pager.arrows(e.look, lines, keep).listed())
	return append(all, s.pager.pages(e.look, lines, keep)...)
}
