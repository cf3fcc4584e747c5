package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/view"
)

// courseEndScreen is the end of the course, once every lesson was played.
type courseEndScreen struct {
	end   view.CourseEnd
	pager pager
}

// courseEnded is sent when the end of the course has been read.
type courseEnded struct{ end view.CourseEnd }

func (s courseEndScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		see, seen := e.see, e.book.Seen
		return s, nil, func() tea.Msg { return courseEnded{see.CourseEnd(seen)} }
	case courseEnded:
		s.end = msg.end
	}
	return s, nil, nil
}

func (s courseEndScreen) body(e env) []string {
	col := e.column()
	lines := append(wrap(e.theme.text, s.end.Text, col), "")
	for _, part := range s.end.Parts {
		lines = append(lines, wrap(e.theme.title, part.Title, col)...)
		lines = append(lines, e.barred(wrap(e.theme.strong, part.Stays, col-3), e.theme.accent, col)...)
		for _, l := range part.Lessons {
			lines = append(lines, prefixed(wrap(e.theme.muted, l, col-3), "   ", "   ")...)
		}
		lines = append(lines, "")
	}
	return append(lines, wrap(e.theme.text, s.end.Last, col)...)
}

func (s courseEndScreen) draw(e env) frame {
	return e.page(e.words.T("finish.title"), s.body(e), s.pager, s.keys(e))
}

func (s courseEndScreen) keys(e env) []action {
	return append(s.pager.reads(e.look, len(s.body(e)), func(p pager) screen { s.pager = p; return s }), e.opensKeys())
}
