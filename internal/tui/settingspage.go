package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/settings"
	"wayout/internal/view"
)

// settingsScreen lists the settings that can be changed, each with its value.
type settingsScreen struct {
	at     int
	fields []settings.Field
}

// newSettings returns the settings with the one of this name selected, or the first.
func (p *Program) newSettings(name string) settingsScreen {
	langs := p.o.Languages
	if p.o.Reopen == nil {
		langs = nil
	}
	fields := p.env.set.Locked.Free(settings.Fields(langs, p.env.help.Codes()))
	at := slices.IndexFunc(fields, func(f settings.Field) bool { return f.Name == name })
	return settingsScreen{at: max(at, 0), fields: fields}
}

func (s settingsScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if p, ok := msg.(pick); ok && p.i <= len(s.fields) {
		s.at = p.i
		return s.change(e, 1)
	}
	return s, nil, nil
}

// change turns the selected setting to its next or previous value, or asks whether to erase.
func (s settingsScreen) change(e env, by int) (screen, request, tea.Cmd) {
	if s.at == len(s.fields) {
		return s, open{screen: eraseScreen{}}, nil
	}
	return s, changed{s.fields[s.at].Turn(e.set, by)}, nil
}

func (s settingsScreen) draw(e env) frame {
	l := layout{title: e.words.T("settings.title"), hints: s.keys(e), pinned: true}
	col := e.column()
	if e.roomy() {
		l.body = append(wrap(e.theme.muted, e.words.T("settings.intro"), col), "")
	}
	for i := 0; i <= len(s.fields); i++ {
		mark, style := e.marked(i == s.at, e.theme.text)
		var drawn []string
		if i == len(s.fields) {
			l.body = append(l.body, "")
			drawn = prefixed(wrap(style, e.words.T("settings.erase"), col-2), mark, "  ")
		} else {
			f := s.fields[i]
			name, value := e.words.Setting(f.Name), s.value(e, f)
			drawn = []string{spread(mark+style.Render(name), style.Render(value), col)}
			if 2+ansi.StringWidth(name)+ansi.StringWidth(value)+2 > col {
				drawn = prefixed(wrap(style, name, col-2), mark, "  ")
				drawn = append(drawn, prefixed(wrap(style, value, col-4), "    ", "    ")...)
			}
		}
		from := len(l.body)
		if i == s.at {
			l.cursor, l.top = &place{x: 0, y: from}, from-e.rows()/2
		}
		l.body = append(l.body, e.banded(drawn, i == s.at, col)...)
		l.clicks = append(l.clicks, click{from: from, to: len(l.body), msg: pick{i}})
	}
	return e.fit(l)
}

// value returns the words for the value that a setting has.
func (s settingsScreen) value(e env, f settings.Field) string {
	v := e.set.Value(f.Name)
	if f.Name == "private" && e.book.Private() {
		v = settings.On // Also where nothing can be written.
	}
	if f.Name == "country" {
		if c, ok := e.help.Find(v); ok {
			return c.Name
		}
	}
	return e.words.SettingValue(f.Name, v)
}

func (s settingsScreen) keys(e env) []action {
	last := len(s.fields) // The line below the settings erases everything.
	to := func(at int) func(env) (screen, request, tea.Cmd) {
		return func(env) (screen, request, tea.Cmd) {
			s.at = min(max(at, 0), last)
			return s, nil, nil
		}
	}
	move := eitherWay(e.keys.upDown, e.keys.up, "", func(e env, by int) (screen, request, tea.Cmd) {
		return to(s.at + by)(e)
	})
	further := func(e env) (screen, request, tea.Cmd) { return s.change(e, 1) }
	takes := does(e.keys.take, e.words.T("key.change"), further).listed() // The arrows say so already.
	if s.at == last {
		takes = does(e.keys.take, e.words.T("key.open"), further)
	}
	sideways := eitherWay(e.keys.leftRight, e.keys.left, e.words.T("key.change"), s.change)
	return []action{
		move, takes, sideways.offIf(s.at == last, e.words.T("off.nosetting")),
		asks(e.keys.back, "", back{}), e.opensKeys(),
		does(e.keys.pageUp, e.words.T("key.first"), to(0)).listed().offIf(s.at == 0, e.words.T("off.top")),
		does(e.keys.pageDown, e.words.T("key.last"), to(last)).listed().offIf(s.at == last, e.words.T("off.bottom")),
	}
}

// eraseScreen asks once more before everything is deleted.
type eraseScreen struct{ done bool }

// erased is sent when everything was deleted.
type erased struct{}

func (s eraseScreen) update(_ env, msg tea.Msg) (screen, request, tea.Cmd) {
	if _, ok := msg.(erased); ok {
		s.done = true
	}
	return s, nil, nil
}

func (s eraseScreen) draw(e env) frame {
	l := layout{title: e.words.T("erase.title"), hints: s.keys(e), pinned: true}
	words := e.words.T("erase.ask")
	if s.done {
		words = e.words.T("erase.done")
	}
	for i, part := range view.Paragraphs(words) {
		if i > 0 {
			l.body = append(l.body, "")
		}
		l.body = append(l.body, wrap(e.theme.text, part, e.column())...)
	}
	return e.fit(l)
}

func (s eraseScreen) keys(e env) []action {
	if s.done {
		return []action{asks(e.keys.take, e.words.T("key.home"), home{}),
			asks(e.keys.back, e.words.T("key.home"), home{}).listed()}
	}
	return []action{
		asks(e.keys.yes, "", erase{}),
		asks(e.keys.back, "", back{}),
	}
}

// change applies new settings, and saves them unless the learner keeps nothing.
func (p *Program) change(msg changed) tea.Cmd {
	was := p.env.set
	p.env.set = msg.set
	p.env.notice = ""
	if was.Theme != msg.set.Theme {
		p.auto = msg.set.Theme == "" || msg.set.Theme == "auto"
		p.dress(msg.set.Theme)
	}
	p.env.motion, p.env.measure = msg.set.Motion, msg.set.Width
	if was.Lang != msg.set.Lang && p.o.Reopen != nil {
		if c, err := p.o.Reopen(msg.set.Lang); err == nil {
			p.env.course, p.env.words = c, c.Words()
			p.env.keys = newKeyMap(p.env.words)
		} else {
			p.env.set.Lang, p.env.notice = was.Lang, err.Error()
		}
	}
	if msg.set.Private && !was.Private {
		p.env.book.GoPrivate()
	}
	// Switching to private is itself saved, so that it holds the next time. Settings
	// that were private before are not written at all.
	if p.o.Save != nil && !was.Private {
		if err := p.o.Save(p.env.set); err != nil {
			p.env.notice = p.env.words.T("settings.unsaved")
		}
	}
	if p.auto && was.Theme != msg.set.Theme {
		return p.askGround()
	}
	return nil
}

// erase deletes everything that is kept.
func (p *Program) erase() tea.Cmd {
	err := p.env.book.Erase()
	if p.o.Erase != nil && err == nil {
		err = p.o.Erase()
	}
	if err != nil {
		p.env.notice = p.env.words.T("erase.failed", "Reason", err.Error())
		return nil
	}
	p.o.Save = nil // Nothing more is kept until the next start.
	return p.top(erased{})
}
