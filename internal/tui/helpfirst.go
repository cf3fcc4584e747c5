package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/hear"
	"wayout/internal/play"
	"wayout/internal/text"
	"wayout/internal/view"
)

// helpFirst stands in place of the story after a line that spoke of danger: whom to call or
// go to now, and the way back to where the learner was. It doesn't hold the line.
type helpFirst struct{ pager pager }

// notMeant goes back to the line for a learner who says that it didn't speak of danger.
type notMeant struct{}

func (s helpFirst) update(env, tea.Msg) (screen, request, tea.Cmd) { return s, nil, nil }

func (s helpFirst) body(e env) []string {
	return e.helpFirst(e.see.HelpFirst(e.help, e.set.Country), e.column())
}

func (e look) helpFirst(it view.HelpFirst, col int) []string {
	lines := append(wrap(e.theme.title, it.Head, col), "")
	for _, words := range it.First {
		lines = append(append(lines, e.barred(wrap(e.theme.strong, words, col-3), e.theme.important, col)...), "")
	}
	for _, p := range it.People {
		lines = append(lines, wrap(e.theme.strong, p.Name, col)...)
		for _, way := range p.Ways {
			lines = append(lines, prefixed(wrapWhole(e.theme.accent, way, col-2), "  ", "  ")...)
		}
		lines = append(lines, "")
	}
	for _, words := range it.Then {
		lines = append(append(lines, wrap(e.theme.text, words, col)...), "")
	}
	lines = append(append(lines, wrap(e.theme.muted, it.More, col)...), "")
	return append(lines, wrap(e.theme.muted, e.words.T("danger.pressn", "Text", it.NotMeant), col)...)
}

func (s helpFirst) draw(e env) frame {
	return e.page("", s.body(e), s.pager, s.keys(e))
}

func (s helpFirst) keys(e env) []action {
	lines, keep := len(s.body(e)), func(p pager) screen { s.pager = p; return s }
	where := asks(e.keys.back, e.words.T("key.where"), back{})
	not := asks(e.keys.no, e.words.T("key.notmeant"), back{notMeant{}})
	return append([]action{where, not, s.pager.arrows(e.look, lines, keep)}, s.pager.pages(e.look, lines, keep)...)
}

// ears returns the recogniser that hears typed lines, or nil in a language that has
// none.
func (e env) ears() *hear.Recogniser {
	r, _ := e.course.Recogniser()
	return r
}

// readEars loads the recogniser outside the loop, so that the first line is heard at once.
func (e env) readEars() tea.Msg {
	_ = e.ears()
	return nil
}

// inDanger reports whether a typed line speaks of danger; always false in a seat, and without ears.
func (e env) inDanger(typed string) bool {
	r, line := e.ears(), text.Line(typed, 4*maxSaid)
	if e.served || r == nil || line == "" {
		return false
	}
	danger, _ := play.SpeaksOfDanger(r, line)
	return danger
}

// heard draws what is said about a typed line: a word about help first, then what protects, and no
// score.
func (e look) heard(it view.Heard, width int) []string {
	var lines []string
	if it.Gentle != "" {
		lines = e.barred(wrap(e.theme.text, it.Gentle, width-3), e.theme.important, width)
		if it.Strong+it.Weak+it.Unsure != "" {
			lines = append(lines, "")
		}
	}
	lines = append(lines, wrap(e.theme.safe, it.Strong, width)...)
	lines = append(lines, wrap(e.theme.text, it.Weak, width)...)
	return append(lines, wrap(e.theme.text, it.Unsure, width)...)
}
