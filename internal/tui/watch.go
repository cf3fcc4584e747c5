package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/watch"
)

// WatchOptions describes a lesson that its author is working on, shown instead of Home.
type WatchOptions struct {
	File string
	News func() (watch.Edition, bool) // Waits for the next edition; false when there will be none.
}

// watchScreen lists what check finds in the file. It lies below the player.
type watchScreen struct {
	w     WatchOptions
	ed    watch.Edition
	pager pager
}

func (s watchScreen) update(_ env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if s.ed.Number == 0 {
			return s, nil, next(s.w.News)
		}
	case watch.Edition:
		s.ed, s.pager = msg, pager{}
		return s, nil, next(s.w.News)
	}
	return s, nil, nil
}

// replaced takes a new edition of the file, and plays it from where it was changed. It closes
// what was open, except for an author who is reading the findings.
func (p *Program) replaced(ed watch.Edition) tea.Cmd {
	cmd := p.bottom(ed)
	s, ok := p.stack[0].(watchScreen)
	if !ok {
		return cmd
	}
	if reading := len(p.stack) == 1 && ed.Number > 1; ed.Moved && !reading {
		player, begin := s.player(p.env)
		p.stack = append(p.stack[:1], player)
		cmd = tea.Batch(cmd, begin, p.top(arrive{}))
	}
	if p.env.notice = ""; len(p.stack) > 1 {
		p.env.notice = s.summary(p.env)
	}
	return cmd
}

// player returns the player at the scene that was changed, reached by the edition's way if it can be.
func (s watchScreen) player(e env) (screen, tea.Cmd) {
	run, err := play.Replay(s.ed.Lesson, e.seed, s.ed.Way)
	if err != nil || s.ed.Scene != "" && run.Scene().ID != s.ed.Scene {
		if run, err = play.Start(s.ed.Lesson, e.seed).From(s.ed.Scene); err != nil {
			run = play.Start(s.ed.Lesson, e.seed)
		}
	}
	player := resumed(run)
	player.asked, player.chat = false, chatBefore(run)
	var cmd tea.Cmd
	player.chat, cmd = player.chat.with(e.look, run)
	return player, cmd
}

// summary says in a line or two how the file stands.
func (s watchScreen) summary(e env) string {
	ed := s.ed
	if ed.Missed != nil {
		return e.words.T("watch.missing", "File", s.w.File)
	}
	if len(ed.Found) == 0 {
		return ""
	}
	first := e.words.T("watch.line", "Line", ed.Found[0].Line, "Message", ed.Found[0].Message)
	if ed.Broken {
		return e.words.T("watch.broken", "First", first)
	}
	return e.words.T("watch.found", "Count", len(ed.Found), "First", first)
}

func (s watchScreen) body(e env) []string {
	col := e.column()
	ed := s.ed
	if ed.Number == 0 {
		return wrap(e.theme.muted, e.words.T("watch.checking"), col)
	}
	lines := wrap(e.theme.title, s.w.File, col)
	switch {
	case ed.Missed != nil:
		lines = append(lines, wrap(e.theme.strong, e.words.T("watch.missing", "File", s.w.File), col)...)
	case ed.Broken && ed.Lesson != nil:
		lines = append(lines, wrap(e.theme.strong, e.words.T("watch.older"), col)...)
	case ed.Broken:
		lines = append(lines, wrap(e.theme.strong, e.words.T("watch.never"), col)...)
	case !ed.Checked:
		lines = append(lines, wrap(e.theme.muted, e.words.T("watch.checking"), col)...)
	case len(ed.Found) == 0:
		lines = append(lines, wrap(e.theme.safe, e.words.T("watch.clean"), col)...)
	}
	for _, d := range ed.Found {
		lines = append(append(lines, ""), s.finding(e, d, col)...)
	}
	return lines
}

// finding says what is wrong, and what to do about it.
func (s watchScreen) finding(e env, d lesson.Diagnostic, col int) []string {
	lines := wrap(e.theme.strong, e.words.T("watch.line", "Line", d.Line, "Message", d.Message), col)
	if d.Fix != "" {
		lines = append(lines, prefixed(wrap(e.theme.text, e.words.T("watch.fix", "Fix", d.Fix), col-2), "  ", "  ")...)
	}
	return lines
}

func (s watchScreen) draw(e env) frame {
	return e.page(e.words.T("watch.title"), s.body(e), s.pager, s.keys(e))
}

func (s watchScreen) keys(e env) []action {
	begin := does(e.keys.take, e.words.T("key.start"), func(e env) (screen, request, tea.Cmd) {
		player, cmd := s.player(e)
		return nil, open{player, s.summary(e)}, cmd
	}).offIf(s.ed.Lesson == nil, e.words.T("watch.never"))
	lines, keep := len(s.body(e)), func(p pager) screen { s.pager = p; return s }
	all := []action{begin, s.pager.arrows(e.look, lines, keep), e.opensKeys()}
	return append(all, s.pager.pages(e.look, lines, keep)...)
}
