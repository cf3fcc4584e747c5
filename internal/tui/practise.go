package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
)

// practiseScreen offers what can be practised without a story: what is due, and each
// situation. Situations for adults are opened from the command line only.
type practiseScreen struct {
	all  []course.Sparring
	list optionList
}

// newPractise returns the screen, or, if a situation is named, the cover of its next
// rounds.
func newPractise(e env, situation string) screen {
	all, err := e.course.Practise()
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	var s practiseScreen
	for _, p := range all {
		switch {
		case p.Situation == situation:
			return spar(e, p)
		case !p.ForAdults():
			s.all = append(s.all, p)
		}
	}
	return s
}

// spar returns the cover of the next rounds of a situation.
func spar(e env, p course.Sparring) screen {
	here, _ := e.help.Find(e.set.Country)
	return coverScreen{l: e.course.Spar(p, e.book.Rounds(p.Situation, p.Stories), here.Note)}
}

// due returns the situation to practise next.
func (s practiseScreen) due(e env) course.Sparring {
	var names []string
	for _, p := range s.all {
		names = append(names, p.Situation)
	}
	return s.all[max(slices.Index(names, e.book.PractiseDue(names)), 0)]
}

func (s practiseScreen) labels(e env) []string {
	if len(s.all) == 0 {
		return nil
	}
	labels := []string{e.words.T("practise.due", "Title", s.due(e).Title)}
	for _, p := range s.all {
		labels = append(labels, p.Title)
	}
	return labels
}

func (s practiseScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	if p, ok := msg.(pick); ok {
		s.list.at = p.i
		return s.take(e)
	}
	return s, nil, nil
}

func (s practiseScreen) take(e env) (screen, request, tea.Cmd) {
	switch at := s.list.at; {
	case at < 0 || at > len(s.all) || len(s.all) == 0:
		return s, nil, nil
	case at == 0:
		return s, open{screen: spar(e, s.due(e))}, nil
	default:
		return s, open{screen: spar(e, s.all[at-1])}, nil
	}
}

func (s practiseScreen) draw(e env) frame {
	col := e.column()
	l := layout{title: e.words.T("practise.title"), hints: s.keys(e), pinned: true}
	l.body = append(wrap(e.theme.muted, e.words.T("practise.intro"), col), "")
	s.list.put(e.look, &l, s.labels(e), col)
	return e.fit(l)
}

func (s practiseScreen) keys(e env) []action {
	arrows, numbers := s.list.chooses(e.look, len(s.labels(e)), func(l optionList) chooser { s.list = l; return s })
	return []action{arrows, does(e.keys.take, e.words.T("key.open"), s.take), asks(e.keys.back, "", back{}),
		e.opensKeys(), numbers}
}
