package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"wayout/internal/course"
	"wayout/internal/room"
)

// draw draws the desk of a class.
func (s classScreen) draw(e env) frame {
	col := e.column()
	switch {
	case s.panel == scenesPanel:
		l := s.p.goTo(e)
		l.hints = s.keys(e)
		return e.fit(l)
	case s.panel == classCard:
		return e.fit(layout{hints: s.keys(e), body: s.p.cardLines(e), top: s.p.top, pinned: true})
	case s.panel == endPanel:
		body := wrap(e.theme.text, e.words.T("desk.end"), col)
		if s.view.Class.People() == 0 {
			body = append(append(body, ""), wrap(e.theme.strong, e.words.T("desk.nopeople"), col)...)
		}
		return e.fit(layout{hints: s.keys(e), body: body, pinned: true})
	case s.panel == peoplePanel:
		return e.fit(s.people(e, col))
	case s.panel == codePanel:
		return e.fit(layout{hints: s.keys(e), body: wrap(e.theme.text, e.words.T("desk.newcode"), col), pinned: true})
	case s.over || s.view.Class.Phase() == room.Ended:
		return e.fit(s.ended(e, col))
	case s.panel == comingPanel || s.view.Class.Phase() == room.Joining:
		return e.fit(s.coming(e, col))
	}
	l := layout{title: e.words.T("present.desk", "Title", s.t.Lesson.Title), hints: s.keys(e), pinned: true, top: s.p.top}
	l.body = append(l.body, s.standing(e, col)...)
	if s.view.Class.Talk().Blank() {
		l.body = append(l.body, wrap(e.theme.strong, e.words.T("present.covered"), col)...)
	}
	if e.roomy() {
		l.body = append(l.body, "")
	}
	seen, clicks := e.classView(s.view, s.p.words, -1)
	at := len(l.body)
	l.body = append(l.body, seen...)
	for _, c := range clicks {
		c.from, c.to = c.from+at, c.to+at
		l.clicks = append(l.clicks, c)
	}
	l.body = append(l.body, s.p.deskLines(e, col)...)
	l.panel = append(s.guessing(e, col), s.trouble(e, col)...)
	return e.fit(l)
}

// people asks how many people take part, and says why.
func (s classScreen) people(e env, col int) layout {
	w := e.words
	s.p.input.SetWidth(max(col-4, 4))
	l := layout{title: w.T("desk.howmany"), hints: s.keys(e), pinned: true}
	l.body = append(l.body, s.p.input.View(), "")
	l.body = append(l.body, wrap(e.theme.text, w.T("desk.whypeople"), col)...)
	l.body = append(append(l.body, ""), wrap(e.theme.muted, w.T("class.in", "Count", s.view.In), col)...)
	l.panel = s.trouble(e, col)
	return l
}

// standing says in one place how the class stands.
func (s classScreen) standing(e env, col int) []string {
	w, c := e.words, s.view.Class
	parts := []string{w.T("class.in", "Count", s.view.In)}
	if c.People() > 0 {
		parts[0] = w.T("desk.inof", "In", s.view.In, "Count", c.People())
	}
	if c.Locked() {
		parts = append(parts, w.T("desk.locked"))
	}
	parts = append(parts, e.seatsStand(s.view)...)
	switch {
	case c.Own():
		parts = append(parts, w.T("desk.own"))
	case c.Phase() == room.Voting:
		parts = append(parts, w.T("desk.open"), e.answered(s.view))
	case c.Phase() == room.Counted:
		parts = append(parts, w.T("class.closed"))
	case c.Phase() == room.Shown:
		parts = append(parts, w.T("desk.shown"))
	case c.Question().Scene != "":
		parts = append(parts, w.T("desk.ask"))
	}
	lines := wrap(e.theme.strong, strings.Join(parts, "  "), col)
	if n := s.view.Beyond(); n > 0 {
		lines = append(lines, wrap(e.theme.risky, "! "+w.T("desk.beyond", "Count", n), col)...)
	}
	return lines
}

// answered says how many have answered, in steps of five.
func (e env) answered(v room.View) string {
	switch {
	case v.Everybody:
		return e.words.T("class.everybody")
	case v.Answered > 0:
		return e.words.T("class.answered", "Count", v.Answered)
	}
	return e.words.T("class.first")
}

// guessing says that somebody types wrong codes, nil where it is the usual few.
func (s classScreen) guessing(e env, col int) []string {
	if n := s.view.Guesses; n > 0 {
		return wrap(e.theme.strong, "! "+e.words.T("desk.guesses", "Count", n), col)
	}
	return nil
}

// trouble is what could not be done, and how many sessions have failed.
func (s classScreen) trouble(e env, col int) []string {
	var lines []string
	if s.said != "" {
		lines = append(lines, wrap(e.theme.strong, "! "+s.said, col)...)
	}
	if s.t.Faults != nil {
		if n := s.t.Faults(); n > 0 {
			lines = append(lines, wrap(e.theme.muted, e.words.T("desk.faults", "Count", n), col)...)
		}
	}
	return lines
}

// coming says how one comes in, with a code to scan where there is place for it.
func (s classScreen) coming(e env, col int) layout {
	w, c := e.words, s.t.Coming
	l := layout{title: s.t.Lesson.Title, hints: s.keys(e), pinned: true, top: s.p.top}
	code := e.qrLines(c.Scan)
	wide := 0
	if len(code) > 0 && len(code) <= e.rows()+1 && e.w >= ansi.StringWidth(code[0])+30 {
		wide = ansi.StringWidth(code[0])
		col = min(max(e.w-(e.w-e.column())/2-wide-3, 20), col) // The text stands beside it.
	} else {
		code = nil
	}
	var text []string
	add := func(lines []string) { text = append(text, lines...) }
	for i, page := range c.Pages {
		if i == 0 {
			add(wrap(e.theme.muted, w.T("desk.browser"), col))
		}
		add(wrap(e.theme.title, page, col))
	}
	add(wrap(e.theme.muted, w.T("class.code"), col))
	add(wrap(e.theme.title, c.Code, col))
	if e.roomy() {
		text = append(text, "")
	}
	add(s.standing(e, col))
	add(s.guessing(e, col))
	if e.roomy() {
		text = append(text, "")
	}
	if c.SSH != "" {
		add(wrap(e.theme.muted, w.T("desk.terminal"), col))
		add(wrap(e.theme.text, c.SSH, col))
		add(wrap(e.theme.muted, w.T("desk.fingerprint", "Key", c.Fingerprint), col))
	}
	add(wrap(e.theme.strong, e.course.Unreviewed(), col))
	add(wrap(e.theme.muted, c.Opened, col))
	for _, warning := range c.Warnings {
		add(wrap(e.theme.risky, "! "+warning, col))
	}
	add(wrap(e.theme.muted, w.T("desk.leave"), col))
	l.panel = s.trouble(e, e.column())
	for i, line := range code {
		if i < len(text) {
			line += "   " + text[i]
		}
		l.body = append(l.body, line)
	}
	if rest := len(code); rest < len(text) {
		for _, line := range text[rest:] {
			if wide > 0 {
				line = spaces(wide+3) + line
			}
			l.body = append(l.body, line)
		}
	}
	return l
}

// ended is the desk after the class.
func (s classScreen) ended(e env, col int) layout {
	l := layout{title: s.t.Lesson.Title, hints: s.keys(e), pinned: true}
	l.body = append(wrap(e.theme.title, e.words.T("desk.over"), col), "")
	l.body = append(l.body, wrap(e.theme.text, e.words.T("desk.nothing"), col)...)
	if s.t.Report != nil && s.wrote == nil {
		l.body = append(append(l.body, ""), wrap(e.theme.text, e.words.T("desk.report"), col)...)
	}
	for i, path := range s.wrote {
		if i == 0 {
			l.body = append(append(l.body, ""), wrap(e.theme.text, e.words.T("desk.written"), col)...)
		}
		l.body = append(l.body, wrap(e.theme.strong, path, col)...)
	}
	l.panel = s.trouble(e, col)
	return l
}

// classView draws what a class sees, with the option at selected; -1 for none.
func (e env) classView(v room.View, words course.RoomWords, at int) ([]string, []click) {
	talk := v.Class.Talk()
	p := presentScreen{l: talk.Run().Lesson(), talk: talk, words: words, at: at}
	q := v.Class.Question()
	r, shown := v.Class.Result(q.Scene)
	if q.Scene == "" || !shown {
		return p.view(e)
	}
	col := e.column()
	if r.Kind == room.Bars {
		lines := append(p.told(e, col), p.question(e, col)...)
		return append(lines, e.result(q, r, col)...), nil
	}
	lines, clicks := p.view(e)
	return append(append(lines, ""), e.result(q, r, col)...), clicks
}

// result draws what a room thinks: bars that stand for nobody or for at least five
// people, all at once.
func (e env) result(q room.Question, r room.Result, col int) []string {
	option := func(pick int) string {
		if words, ok := q.Words(pick); ok {
			return words
		}
		return e.words.T("check.unsure")
	}
	switch r.Kind {
	case room.Hidden:
		return wrap(e.theme.text, e.words.T("class.hidden"), col)
	case room.Most:
		return wrap(e.theme.strong, e.words.T("class.most", "Answer", option(r.Most)), col)
	}
	most := 1
	for _, g := range r.Groups {
		most = max(most, g.Count)
	}
	var lines []string
	for _, g := range r.Groups {
		var words []string
		for _, pick := range g.Options {
			words = append(words, option(pick))
		}
		lines = append(lines, wrap(e.theme.text, strings.Join(words, e.words.T("class.or")), col)...)
		bar := strings.Repeat("█", g.Count*max(col-8, 1)/most)
		lines = append(lines, e.theme.accent.Render(bar)+" "+e.words.T("present.count", "Count", g.Count))
	}
	return lines
}
