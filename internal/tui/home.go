package tui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
)

// homeScreen is the course as a list.
type homeScreen struct {
	at     int
	warned bool // Whether leaving at once has been explained.
}

func newHome(env) screen { return homeScreen{} }

func (s homeScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok || len(e.course.Lessons) == 0 {
		return s, nil
	}
	last := len(e.course.Lessons) - 1
	switch {
	case key.Matches(press, e.keys.up):
		s.at = max(s.at-1, 0)
	case key.Matches(press, e.keys.down):
		s.at = min(s.at+1, last)
	case key.Matches(press, e.keys.pageUp):
		s.at = 0
	case key.Matches(press, e.keys.pageDown):
		s.at = last
	case key.Matches(press, e.keys.digits):
		if n := digit(press); n <= last {
			s.at = n
		}
	case key.Matches(press, e.keys.take):
		next, _ := lessonScreen(e, e.course.Lessons[s.at].ID)
		if !s.warned {
			s.warned = true
			next = leavingScreen{next: next}
		}
		return s, push(next)
	}
	return s, nil
}

// digit returns the index that a digit key stands for.
func digit(press tea.KeyPressMsg) int {
	n, err := strconv.Atoi(press.String())
	if err != nil {
		return 0
	}
	return n - 1
}

func (s homeScreen) draw(e env) frame {
	col := e.column()
	l := layout{hints: s.keys(e), pinned: true}
	if e.roomy() {
		l.body = append(l.body, "", e.theme.title.Render(e.words.T("home.title")))
	} else {
		l.title = e.words.T("home.title")
	}
	if e.roomy() {
		l.body = append(l.body, wrap(e.theme.muted, e.words.T("home.intro"), col)...)
		l.body = append(l.body, "")
	}
	if len(e.course.Lessons) == 0 {
		l.body = append(l.body, wrap(e.theme.text, e.words.T("home.empty"), col)...)
	}
	var selected int
	for i, entry := range e.course.Lessons {
		if i == s.at {
			selected = len(l.body)
		}
		l.body = append(l.body, s.entry(e, entry, i, col)...)
	}
	if n := len(e.course.Problems); n > 0 {
		l.body = append(l.body, "")
		l.body = append(l.body, wrap(e.theme.risky, e.words.T("home.problems", "Count", n), col)...)
	}
	rows := e.h - 4
	if l.top = selected - rows/2; !e.roomy() {
		l.top = selected - e.h/2
	}
	l.cursor = &place{x: 0, y: selected}
	return e.fit(l)
}

func (s homeScreen) entry(e env, entry course.Entry, i, col int) []string {
	minutes := e.words.T("home.minutes", "Count", entry.Minutes)
	mark, style := "  ", e.theme.strong
	if i == s.at {
		mark, style = "▸ ", e.theme.selected
	}
	head := style.Render(mark + entry.Title)
	if entry.Own {
		head += e.theme.muted.Render("  " + e.words.T("home.own"))
	}
	lines := []string{spread(head, e.theme.muted.Render(minutes), col)}
	if e.roomy() {
		lines = append(lines, prefixed(wrap(e.theme.muted, entry.Goal, col-2), "  ", "  ")...)
		lines = append(lines, "")
	} else if i == s.at {
		lines = append(lines, prefixed(wrap(e.theme.muted, entry.Goal, col-2), "  ", "  ")...)
	}
	return lines
}

func (s homeScreen) keys(e env) []key.Binding {
	return []key.Binding{
		key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", e.words.T("key.choose"))),
		does(e.keys.take, e.words.T("key.open")), e.keys.keys,
	}
}

// lessonScreen returns the cover of a lesson, or what is wrong with its file;
// false where there is no such lesson.
func lessonScreen(e env, id string) (screen, bool) {
	l, diags, err := e.course.Lesson(id)
	if err != nil {
		return troubleScreen{what: err.Error()}, false
	}
	if l == nil {
		return troubleScreen{diags: diags}, true
	}
	return coverScreen{l: l}, true
}
