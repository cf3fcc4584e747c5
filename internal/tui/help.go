package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/helpline"
	"wayout/internal/view"
)

// helpScreen says whom to turn to, by country. It needs no network.
type helpScreen struct {
	at     int // Index into the countries.
	pager  pager
	naming naming
}

func newHelp(e env) helpScreen { return helpIn(e, e.set.Country) }

// helpIn returns the help of a country. If the country is unknown, that is the help that
// works from anywhere: the first country in the list would be the wrong one.
func helpIn(e env, code string) helpScreen {
	at := func(code string) int {
		return slices.IndexFunc(e.help.Countries, func(c helpline.Country) bool { return c.Code == code })
	}
	if i := at(code); i >= 0 {
		return helpScreen{at: i}
	}
	return helpScreen{at: max(at(helpline.World), 0)}
}

func (s helpScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if paste, ok := msg.(tea.PasteMsg); ok && s.naming.on {
		return s.named(e, s.naming.pasted(e.look, paste)), nil, nil
	}
	return s, nil, nil
}

// typing reports whether a country's name is being typed.
func (s helpScreen) typing() bool { return s.naming.on }

// named shows the country that was named, or the one before if none is.
func (s helpScreen) named(e env, n naming) helpScreen {
	code, _ := n.country(e)
	next := helpIn(e, code)
	next.naming = n
	return next
}

func (s helpScreen) intro(e env) page {
	return e.sentence(e.see.HelpIntro(e.help, e.help.Countries[s.at].Code), e.column())
}

func (s helpScreen) reads(e env) []page { return []page{s.intro(e)} }

func (s helpScreen) body(e env) []string {
	col := e.column()
	lines := append(s.countries(e, col), "")
	if s.naming.on {
		typed, _ := s.naming.line(e, col)
		lines[1] = typed
	}
	lines = append(lines, e.read(s.intro(e))...)
	lines = append(lines, "")
	here := e.help.Countries[s.at]
	if here.Note != "" {
		lines = append(lines, prefixed(wrap(e.theme.strong, here.Note, col-2), e.theme.important.Render("! "), "  ")...)
		lines = append(lines, "")
	}
	for _, service := range e.help.For(here.Code) {
		lines = append(lines, s.service(e, service, col)...)
		lines = append(lines, "")
	}
	if six, err := e.course.SixMoves(); err == nil { // A test reads the file, and the numbers above matter more.
		moves := view.SixMoves{Head: e.words.T("six.title"), First: six.First, From: 1, Moves: six.Moves}
		lines = append(lines, e.sixMoves(moves, col)...)
	}
	return append(lines, wrap(e.theme.muted, e.words.T("help.check"), col)...)
}

// sixMoves draws the six moves that help.
func (e look) sixMoves(six view.SixMoves, col int) []string {
	lines := append(wrap(e.theme.title, six.Head, col), wrap(e.theme.text, six.First, col)...)
	for i, move := range six.Moves {
		number := string(rune('0'+six.From+i)) + "  "
		lines = append(lines, prefixed(wrap(e.theme.text, move, col-3), e.theme.accent.Render(number), "   ")...)
	}
	return append(lines, "")
}

// countries returns the chosen country in brackets, between its neighbours: all
// countries would take half a screen.
func (s helpScreen) countries(e env, col int) []string {
	n := len(e.help.Countries)
	name := func(i int) string { return e.help.Countries[(s.at+i+n)%n].Name }
	if n < 3 {
		return wrap(e.theme.selected, "["+name(0)+"]", col)
	}
	row := e.theme.muted.Render("← "+name(-1)) + "   " + e.theme.selected.Render("["+name(0)+"]") + "   " +
		e.theme.muted.Render(name(1)+" →")
	return []string{ansi.Truncate(row, col, "…")}
}

// service draws one entry: what it is for, how to reach it, what happens then,
// and where and when it was last seen.
func (s helpScreen) service(e env, v helpline.Service, col int) []string {
	name := v.Name
	if v.School {
		name = e.words.T("help.school", "Name", v.Name)
	}
	lines := wrap(e.theme.strong, name, col)
	lines = append(lines, wrap(e.theme.text, v.What, col)...)
	for _, c := range e.see.Contacts(v) {
		indent := len([]rune(c.How)) + 4
		where := wrapWhole(e.theme.accent, c.Where, col-indent)
		lines = append(lines, prefixed(where, "  "+e.theme.muted.Render(c.How)+"  ", spaces(indent))...)
	}
	var good []string
	if v.Free {
		good = append(good, e.words.T("help.free"))
	}
	if v.Unnamed {
		good = append(good, e.words.T("help.unnamed"))
	}
	if len(good) > 0 {
		lines = append(lines, wrap(e.theme.text, "  "+strings.Join(good, " · "), col)...)
	}
	lines = append(lines, prefixed(wrap(e.theme.text, v.Happens, col-2), "  ", "  ")...)
	if v.School {
		return lines
	}
	seen := e.words.T("help.seen", "Date", v.Seen, "Page", v.Source)
	return append(lines, prefixed(wrapWhole(e.theme.muted, seen, col-2), "  ", "  ")...)
}

func (s helpScreen) draw(e env) frame {
	l := layout{title: e.words.T("help.title"), body: s.body(e), pinned: true, top: s.pager.top, hints: s.keys(e)}
	if s.naming.on {
		_, x := s.naming.line(e, e.column())
		l.cursor = &place{x: x, y: 1}
	}
	return e.fit(l)
}

func (s helpScreen) keys(e env) []action {
	in := func(at int) screen { return helpScreen{at: at} }
	now := doesWith(e.keys.help, e.words.T("now.opens"), func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		next := newRightNow(e, e.help.Countries[s.at].Code)
		if s, ok := next.(rightNow); ok {
			s.first = press.Text
			next = s
		}
		return next, nil, nil
	})
	if s.naming.on {
		return []action{
			does(e.keys.start, e.words.T("key.take"), func(e env) (screen, request, tea.Cmd) {
				n := s.naming
				s.naming = naming{}
				if _, named := n.country(e); !named && e.inDanger(n.words()) {
					return s, open{screen: helpFirst{}}, nil
				}
				return s, nil, nil
			}),
			does(e.keys.back, "", func(e env) (screen, request, tea.Cmd) { return helpIn(e, s.naming.from), nil, nil }),
			now, s.naming.edited(func(n naming) screen { return s.named(e, n) }),
		}
	}
	lines, keep := len(s.body(e)), func(p pager) screen { s.pager = p; return s }
	all := append([]action{now, s.turns(e, in), e.names(func(press tea.KeyPressMsg) screen {
		return s.named(e, begun(e.look, press, "", e.help.Countries[s.at].Code))
	})}, e.closes()...)
	all = append(all, s.pager.arrows(e.look, lines, keep))
	return append(all, s.pager.pages(e.look, lines, keep)...)
}

// turns returns the table line that goes to the country before or after this one.
func (s helpScreen) turns(e env, to func(at int) screen) action {
	n := len(e.help.Countries)
	b := e.keys.leftRight
	b.SetHelp(b.Help().Key+" "+e.keys.initial.Help().Key, b.Help().Desc) // A letter does it as well.
	return eitherWay(b, e.keys.left, "", func(_ env, by int) (screen, request, tea.Cmd) {
		return to((s.at + n + by) % n), nil, nil
	})
}

// names returns the table line on which a letter begins the name of a country: thirty countries
// are too many to step through.
func (e env) names(begins func(tea.KeyPressMsg) screen) action {
	return doesWith(e.keys.initial, "", func(e env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		return begins(press), nil, e.readEars
	}).listed()
}
