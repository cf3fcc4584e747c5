package tui

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/room"
)

func (s classScreen) keys(e env) []action {
	s.said = ""
	k, w := e.keys, e.words
	if s.ended() {
		return s.after(e)
	}
	switch s.panel {
	case scenesPanel:
		take := func(_ env, scene string) (screen, request, tea.Cmd) {
			s.panel = classOpen
			return s.order(room.Command{Verb: room.Scene, Text: scene})
		}
		return s.picker.keys(e, picks{take: take, close: s.closePanel(k.back), keep: func(p scenePicker) screen {
			s.picker = p
			return s
		}, reads: func(e env, scene string) []string {
			return e.drawRoom(s.see.Preview(s.view.Class.Talk(), scene), -1, false, "").body
		}})
	case peoplePanel:
		return []action{
			does(k.start, w.T("key.on"), s.sayPeople), s.closePanel(k.back),
			s.people.typed(func(f field) screen { s.people = f; return s }),
		}
	case classCard:
		all := s.card.keys(e.look, func(c cardPanel) screen { s.card = c; return s })
		return append(append(all[:1:1], s.closePanel(k.back), s.closesOtherwise(e)), all[1:]...)
	case endPanel:
		ends := does(k.yes, "", func(env) (screen, request, tea.Cmd) {
			s.panel = classOpen
			return s.order(room.Command{Verb: room.End})
		})
		if s.view.Class.Headcount() == 0 {
			return []action{ends, s.asksPeople(e), s.closePanel(k.back), s.closesOtherwise(e)}
		}
		return []action{ends, s.closePanel(k.back), s.asksPeople(e).listed(), s.closesOtherwise(e)}
	case preparePanel:
		lines, keep := len(s.layout(e).body), func(p pager) screen { s.pager = p; return s }
		return append([]action{s.closePanel(k.back), s.pager.scrolls(e.look, k.down, w.T("key.read"), lines, keep),
			s.pager.scrolls(e.look, k.up, "", lines, keep).listed(), s.closePanel(k.desk).listed()},
			s.pager.pages(e.look, lines, keep)...)
	case codePanel:
		return []action{does(k.yes, "", s.replaceCode), s.closePanel(k.back), s.closesOtherwise(e)}
	}
	return s.leads(e)
}

// closePanel returns the table line that closes a panel.
func (s classScreen) closePanel(b key.Binding) action {
	if s.panel == preparePanel {
		s.pager = pager{}
	}
	s.panel, s.card = classOpen, s.card.opened()
	return does(b, "", func(env) (screen, request, tea.Cmd) { return s, nil, nil })
}

// closesOtherwise returns the table line that closes a panel at every other key.
func (s classScreen) closesOtherwise(e env) action {
	a := s.closePanel(e.keys.other)
	return e.anyOther(e.words.T("key.back"), func(e env) (screen, request, tea.Cmd) {
		return a.do(e, tea.KeyPressMsg{})
	})
}

// after returns the desk's table when the class is over: closing, and the report on request.
func (s classScreen) after(e env) []action {
	quit := func(env) (screen, request, tea.Cmd) {
		if s.t.Closed != nil {
			s.t.Closed()
		}
		return s, nil, tea.Quit
	}
	all := []action{does(e.keys.take, e.words.T("key.close"), quit)}
	if write := s.t.Report; write != nil && s.wrote == nil {
		all = append(all, does(e.keys.report, "", func(env) (screen, request, tea.Cmd) {
			return s, nil, func() tea.Msg {
				paths, err := write()
				return reported{paths, err}
			}
		}))
	}
	lines, keep := len(s.layout(e).body), func(p pager) screen { s.pager = p; return s }
	if scrolls := s.pager.arrows(e.look, lines, keep); scrolls.off == "" {
		all = append(all, scrolls)
	} else {
		all = append(all, scrolls.listed())
	}
	all = append(all, does(e.keys.back, e.words.T("key.close"), quit).listed())
	return append(all, s.pager.pages(e.look, lines, keep)...)
}

// orders returns a table line that gives one order. Where the order leads nowhere the line is off,
// but the order is given anyway: the class may have gone further than what is shown here.
func (s classScreen) orders(e env, b key.Binding, words string, verb room.Verb) action {
	order := room.Command{Verb: verb}
	_, err := s.view.Class.Do(order, room.NewBallot())
	return does(b, words, func(env) (screen, request, tea.Cmd) { return s.order(order) }).offIf(err != nil,
		s.refused(e, err)).anyway()
}

func (s classScreen) asksPeople(e env) action {
	return does(e.keys.people, "", func(env) (screen, request, tea.Cmd) { return s.askPeople(""), nil, nil })
}

// opens returns a table line that shows a panel.
func (s classScreen) opens(b key.Binding, panel classPanel) action {
	return does(b, "", func(env) (screen, request, tea.Cmd) {
		s.panel, s.pager = panel, pager{}
		if panel == scenesPanel {
			s.picker = newScenePicker(s.see.Jumps(s.t.Lesson))
		}
		return s, nil, nil
	})
}

// opensCard returns the table line that shows the card, and blanks what the room sees of the lesson.
func (s classScreen) opensCard(e env) action {
	return does(e.keys.card, "", func(env) (screen, request, tea.Cmd) {
		s.panel, s.card = classCard, s.card.opened()
		if s.view.Class.Phase() == room.Joining {
			return s, nil, nil // The room sees nothing of the lesson yet.
		}
		return s.order(room.Command{Verb: room.ForceBlank})
	})
}

// leads returns the table for leading the class.
func (s classScreen) leads(e env) []action {
	k, w := e.keys, e.words
	lock, own := s.orders(e, k.lock, "", room.Lock), s.orders(e, k.ownPace, "", room.OwnPace)
	people, end, card := s.asksPeople(e), s.opens(k.endClass, endPanel), s.opensCard(e)
	switch {
	case s.view.Class.Phase() == room.Joining:
		notes := s.opens(k.desk, preparePanel)
		all := append([]action{s.orders(e, k.start, w.T("key.begin"), room.Start), notes, own, lock, people, end, card},
			s.seatKeys(e)...)
		return append(all, s.orders(e, k.roomNext, w.T("key.begin"), room.Start).listed(), s.scrolls(e))
	case s.panel == comingPanel:
		all := append([]action{s.closePanel(k.back), lock, own, people, end, card, s.closePanel(k.coming).listed()},
			s.seatKeys(e)...)
		for _, a := range s.pages(e) {
			all = append(all, a.listed())
		}
		return append(all, s.scrolls(e))
	}
	p := s.pages(e)
	first, rest := p[:2:2], append(p[5:len(p):len(p)], end)
	if n := len(rest); p[0].off != "" { // What there is to do instead of going on comes first.
		if s.ways() > 0 {
			n--
		}
		first = append([]action{rest[n-1]}, first...)
		rest = slices.Delete(rest, n-1, n)
	}
	scrolls := s.scrolls(e)
	if scrolls.off == "" {
		scrolls.aside = false
		first = append(first, scrolls)
	}
	all := append(first, s.opens(k.coming, comingPanel), e.opensKeys(), p[2], card, p[3], p[4], own, lock, people)
	all = append(append(all, rest...), s.seatKeys(e)...)
	return append(all, scrolls.listed(), s.orders(e, k.roomForth, "", room.Forward).listed())
}

// pages returns the table lines that go through the pages of the lesson, and put its questions
// to the class.
func (s classScreen) pages(e env) []action {
	k, c := e.keys, s.view.Class
	verb, words, why := s.onward(e)
	on := func(env) (screen, request, tea.Cmd) {
		if verb == room.Show {
			return s.show()
		}
		return s.order(room.Command{Verb: verb})
	}
	next := does(k.start, words, on).offIf(why != "", why).anyway()
	next.SetKeys(append(k.roomNext.Keys(), k.start.Keys()...)...)
	// The class decides: it may be further than what is shown here.
	vote := does(k.vote, "", s.vote).offIf(c.Question().Scene == "" || c.OwnPace(),
		e.words.T("off.noquestion")).offIf(c.Phase() == room.Shown, e.words.T("desk.asked")).anyway()
	if c.Phase() == room.Counted && s.view.TooFew() {
		vote.off, vote.tries = e.words.T("desk.toofew"), false
	}
	if verb != room.Next && verb != room.Blank {
		vote = vote.listed() // Going on does the same.
	}
	digits := k.digits
	if n := s.ways(); n > 1 {
		digits.SetHelp(fmt.Sprint("1-", n), digits.Help().Desc)
	}
	takes := doesWith(digits, "", func(_ env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
		return s.order(room.Command{Verb: room.Choose, Number: digit(press) + 1})
	}).offIf(c.Phase() == room.Voting, e.words.T("desk.voting")).offIf(s.ways() == 0, e.words.T("off.noway"))
	return []action{
		next, vote, s.orders(e, k.roomBlank, "", room.Blank), s.opens(k.goTo, scenesPanel),
		s.orders(e, k.roomBack, "", room.Back),
		s.orders(e, k.whatIf, "", room.WhatIf), s.orders(e, k.comeBack, "", room.ComeBack),
		s.orders(e, k.roomStop, "", room.Stop), takes,
	}
}

// vote opens the question to the class, closes it, or shows its result, whichever is next.
func (s classScreen) vote(env) (screen, request, tea.Cmd) {
	switch s.view.Class.Phase() {
	case room.Voting:
		return s.order(room.Command{Verb: room.Close})
	case room.Counted:
		return s.show()
	}
	return s.order(room.Command{Verb: room.Ask})
}

// scrolls returns the table line that scrolls what is longer than the screen.
func (s classScreen) scrolls(e env) action {
	l := s.layout(e)
	return s.pager.arrows(e.look, len(l.body)+len(l.panel), func(p pager) screen { s.pager = p; return s }).listed()
}
