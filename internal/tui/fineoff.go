package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/fineoff"
	"wayout/internal/play"
	"wayout/internal/view"
)

// fineOffScreen is a round of "Fine or off?": an introduction, one chat after the other,
// and a summary in words of how they were read. Nothing of it is kept.
type fineOffScreen struct {
	set    fineoff.Set
	round  fineoff.Round
	number int  // The number of the round, from 0.
	begun  bool // The introduction has been read.

	player playerScreen // The present chat, and what was told about it.
	answer fineoff.Answer
	pager  pager
}

// roundsDealt tells Home which round comes next, so that no chat comes again too soon.
type roundsDealt struct{ n int }

// newFineOff returns the first screen of a round, or what is wrong with the file.
func newFineOff(e env, number int) screen {
	set, err := e.course.FineOrOff()
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	return fineOffScreen{set: set, round: set.Deal(e.seed, number), number: number}
}

func (s fineOffScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case pick:
		if q, ok := s.question(e); ok && s.player.ready(e) && msg.i < len(q.Options) {
			s.player.list.at, s.player.chat.up = msg.i, 0
			return s.take(e)
		}
	case tick, tea.WindowSizeMsg:
		if s.playing() {
			next, _, cmd := s.player.update(e, msg)
			s.player, _ = next.(playerScreen)
			return s, nil, cmd
		}
	}
	return s, nil, nil
}

// playing reports whether a chat is shown.
func (s fineOffScreen) playing() bool { return s.begun && !s.round.Over() }

// question returns what is asked about the present chat; false once it was answered.
func (s fineOffScreen) question(e env) (view.Question, bool) {
	if !s.playing() {
		return view.Question{}, false
	}
	q, ok := e.see.Turn(s.player.chat.run).(view.Question)
	return q, ok
}

// show brings in the chat that comes next.
func (s fineOffScreen) show(e env) (screen, request, tea.Cmd) {
	run := play.Start(e.course.FineOrOffChat(s.round), e.seed)
	turn := s.player.chat.turn + 1
	s.player = newPlayer(run)
	s.player.chat.turn = turn // So that a tick of the last chat is ignored.
	s.player.chat.placed = true
	var cmd tea.Cmd
	s.player.chat, cmd = s.player.chat.come(e.look)
	return s, nil, cmd
}

// take goes on from the present page: it answers, or brings in the next chat or round.
func (s fineOffScreen) take(e env) (screen, request, tea.Cmd) {
	switch {
	case !s.begun:
		s.begun = true
		return s.show(e)
	case s.round.Over():
		s.number++
		s.round, s.pager = s.set.Deal(e.seed, s.number), pager{}
		return s.show(e)
	}
	run := s.player.chat.run
	if run.Turn() == play.Choose {
		s.answer = fineoff.Answer(run.Open()[s.player.list.at])
		next, err := run.Choose(int(s.answer))
		if err != nil {
			return s, nil, nil
		}
		var cmd tea.Cmd
		s.player.list, s.player.asked = optionsOf(next.Lesson()), false
		s.player.chat.up = 0
		s.player.chat, cmd = s.player.chat.with(e.look, next)
		return s, nil, cmd
	}
	if s.round = s.round.Answer(s.answer); s.round.Over() {
		return s, nil, nil
	}
	return s.show(e)
}

// skip brings in at once what was still to come.
func (s fineOffScreen) skip(e env) (screen, request, tea.Cmd) {
	next, asks, cmd := s.player.skip(e)
	s.player, _ = next.(playerScreen)
	return s, asks, cmd
}

// page returns what stands before the first chat, or after the last one.
func (s fineOffScreen) page(e env) []string {
	col := e.column()
	if !s.begun {
		lines := append(wrap(e.theme.text, e.words.T("fineoff.intro"), col), "")
		return append(lines, wrap(e.theme.muted, e.words.T("fineoff.note"), col)...)
	}
	lines := append(wrap(e.theme.title, e.words.T("fineoff.tally"), col), "")
	for i, words := range e.course.FineOrOffTally(s.round.Tally()) {
		style := e.theme.text
		if i == 0 {
			style = e.theme.strong
		}
		lines = append(append(lines, wrap(style, words, col)...), "")
	}
	return append(lines, wrap(e.theme.text, e.words.T("debrief.whohelps"), col)...)
}

func (s fineOffScreen) draw(e env) frame {
	l := layout{title: e.words.T("fineoff.title"), hints: s.keys(e)}
	if !s.playing() {
		l.body, l.pinned, l.top = s.page(e), true, s.pager.top
		return e.fit(l)
	}
	l.status = e.theme.muted.Render(e.words.T("fineoff.at", "At", s.round.At()+1, "Of", s.round.Len()))
	s.player.panel(e, &l)
	l.below, l.body = s.player.chat.place(e.look, max(e.rows()-len(l.panel), 1))
	return e.fit(l)
}

func (s fineOffScreen) keys(e env) []action {
	k := e.keys
	dealt := s.number
	if s.begun {
		dealt++
	}
	leave := asks(k.back, "", back{tell: roundsDealt{dealt}})
	if !s.playing() {
		words, lines := e.words.T("key.start"), len(s.page(e))
		if s.begun {
			words = e.words.T("fineoff.again")
		}
		keep := func(p pager) screen { s.pager = p; return s }
		all := []action{does(k.take, words, s.take), s.pager.arrows(e.look, lines, keep), leave, e.opensKeys()}
		return append(all, s.pager.pages(e.look, lines, keep)...)
	}
	scroll := s.player.chat.keys(e.look, func(c chat) screen { s.player.chat = c; return s })
	if !s.player.ready(e) {
		return []action{does(k.take, e.words.T("key.more"), s.skip), leave, e.opensKeys(),
			e.anyOther(e.words.T("key.more"), s.skip), scroll[0].listed(), scroll[1].listed()}
	}
	q, ok := s.question(e)
	if !ok {
		return append([]action{does(k.take, e.words.T("key.on"), s.take), e.opensKeys(), scroll[0], scroll[1], leave},
			s.toEnd(e)...)
	}
	n := len(q.Options)
	arrows := s.player.list.arrows(e.look, n, func(l optionList) screen {
		s.player.list, s.player.chat.up = l, 0
		return s
	})
	numbers := s.player.list.numbers(e.look, n, func(e env, l optionList) (screen, request, tea.Cmd) {
		s.player.list, s.player.chat.up = l, 0
		return s.take(e)
	})
	all := []action{s.player.list.takes(e.look, s.take), numbers, arrows, e.opensKeys(), scroll[0], scroll[1], leave}
	return append(all, s.toEnd(e)...)
}

// toEnd returns the table line for someone who has scrolled back: any other key goes to the end.
func (s fineOffScreen) toEnd(e env) []action {
	if s.player.chat.up == 0 {
		return nil
	}
	s.player.chat.up = 0
	return []action{e.anyOther(e.words.T("key.toend"), func(env) (screen, request, tea.Cmd) { return s, nil, nil })}
}
