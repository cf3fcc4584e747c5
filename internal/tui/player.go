package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// playerScreen is the chat as it comes in, and what can be done about it.
type playerScreen struct {
	chat  chat
	fresh bool       // Just opened; the beats after shown haven't begun to come in.
	asked bool       // The learner has read the page and wants the choices.
	list  optionList // The open choices.
	left  int        // Scenes to the nearest ending.
}

// played hands a run back from a screen on top of the player.
type played struct {
	run play.Run
	on  bool // Go on to the next scene.
}

func newPlayer(run play.Run) playerScreen {
	return playerScreen{chat: chat{run: run}, list: optionsOf(run.Lesson()), left: run.Left()}
}

// resumed returns the player at a run that was left, with its whole chat shown.
func resumed(run play.Run) playerScreen {
	return playerScreen{chat: wholeChat(run), list: optionsOf(run.Lesson()), left: run.Left(), asked: true}
}

// comeBack returns the player at a run that was left. The present scene comes in again, except for
// the beats that are known to have been read, the first read of the run. That number isn't kept
// for long, and a message that nobody has seen can be the one that matters.
func comeBack(run play.Run, read int) playerScreen {
	c := chatBefore(run)
	c.read = max(c.read, read)
	c.shown = c.read
	return playerScreen{chat: c, list: optionsOf(run.Lesson()), left: run.Left(), fresh: true}
}

func (s playerScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case arrive:
		if s.chat.shown == 0 || s.fresh {
			s.fresh = false
			s.chat, cmd = s.chat.come(e.look)
		}
	case tick:
		s.chat, cmd = s.chat.update(e.look, msg)
	case tea.WindowSizeMsg:
		s.chat.up = 0
	case played:
		return s.resume(e, msg)
	case pick:
		if s.ready(e) && s.chat.run.Turn() == play.Choose && msg.i < len(s.chat.run.Open()) {
			s.list.at, s.chat.up = msg.i, 0
			return s.take(e)
		}
	}
	return s, nil, cmd
}

// keepPlace records where the story is left: at the page on the screen, which later comes in
// again. It records nothing in a class, where the room goes on and not the seat.
func (s playerScreen) keepPlace(e env) {
	if !e.served {
		e.book.Leave(s.chat.run, s.chat.read)
	}
}

// ready reports whether the learner can act. A word above the hints doesn't change that.
func (s playerScreen) ready(e env) bool {
	if !s.chat.whole() {
		return false
	}
	if s.asked || s.chat.run.Turn() != play.Choose {
		return true
	}
	rows := e.rows() + len(e.told()) - s.chat.kept(e.look)
	return s.chat.page(e.look, s.chat.read, s.chat.shown)+len(s.choices(e)) <= rows
}

// skip brings in at once what was still to come, or shows the choices if everything is there.
func (s playerScreen) skip(e env) (screen, request, tea.Cmd) {
	s.chat.up = 0
	if s.chat.whole() {
		s.asked, s.chat.read = true, s.chat.shown
		return s, nil, nil
	}
	var waited bool
	if s.chat, waited = s.chat.rush(e.look); !waited && e.motion {
		return s, skipped{}, nil
	}
	return s, nil, nil
}

// take carries out the turn: it chooses, goes on, or opens the screen that comes next.
func (s playerScreen) take(e env) (screen, request, tea.Cmd) {
	run := s.chat.run
	s.chat.up = 0
	switch run.Turn() {
	case play.Choose:
		next, err := run.Choose(run.Open()[s.list.at])
		if err != nil {
			return s, nil, nil
		}
		return s.moveTo(e, next)
	case play.Go:
		next, err := run.Go()
		if err != nil {
			return s, nil, nil
		}
		return s.moveTo(e, next)
	case play.Answer:
		return s, open{screen: newCheck(run)}, nil
	case play.Say:
		return s, open{screen: newSay(e, run)}, nil
	}
	switch run.Lesson().Session {
	case "":
		return s, open{screen: debriefScreen{run: run}}, nil
	case lesson.After:
		return s, instead{changeScreen{}}, nil
	}
	return s, home{}, nil
}

// moveTo shows what a move has brought.
func (s playerScreen) moveTo(e env, run play.Run) (screen, request, tea.Cmd) {
	s.list, s.asked, s.left = optionsOf(run.Lesson()), false, run.Left()
	var cmd tea.Cmd
	s.chat, cmd = s.chat.with(e.look, run)
	return s, nil, tea.Batch(cmd, e.keep(run))
}

// undo goes back to before the last choice; pressed again, to the one before.
func (s playerScreen) undo(e env) (screen, request, tea.Cmd) {
	turns := s.chat.run.Turns()
	s = s.rewind(turns[len(turns)-1])
	return s, nil, e.keep(s.chat.run)
}

// rewind shows the run as it was after its first n moves.
func (s playerScreen) rewind(n int) playerScreen {
	run, err := s.chat.run.Undo(n)
	if err != nil {
		return s
	}
	turn := s.chat.turn + 1
	s = resumed(run)
	s.chat.turn = turn
	return s
}

func (s playerScreen) resume(e env, msg played) (screen, request, tea.Cmd) {
	shorter := len(msg.run.Actions()) < len(s.chat.run.Actions())
	s.chat.run = msg.run
	if shorter {
		s = s.rewind(len(msg.run.Actions()))
		return s, nil, e.keep(s.chat.run)
	}
	s.chat.shown = min(s.chat.shown, len(msg.run.Beats()))
	if msg.on {
		s.chat.shown = len(msg.run.Beats())
		return s.take(e) // Which keeps the run with its next move.
	}
	return s, nil, e.keep(msg.run)
}

func (s playerScreen) draw(e env) frame {
	l := layout{title: s.chat.run.Lesson().Title, status: s.progress(e), hints: s.keys(e), side: s.side(e)}
	s.panel(e, &l)
	l.body = s.chat.draw(e.look, max(e.rows()-len(l.panel), 1))
	return e.fit(l)
}

// panel puts below the chat what can be done, or a hint that more comes.
func (s playerScreen) panel(e env, l *layout) {
	col := e.column()
	click := click{panel: true, msg: tea.KeyPressMsg{Code: tea.KeyEnter}}
	switch q, ok := e.see.Turn(s.chat.run).(view.Question); {
	case !s.ready(e) && (s.chat.paused || s.chat.whole()):
		l.panel = []string{e.theme.accent.Render("▾ ") + e.theme.muted.Render(e.words.T("player.more"))}
	case !s.ready(e):
		l.panel = []string{""}
		l.clicks = append(l.clicks, click.until(1))
		return
	case ok && !q.Quiz:
		l.panel = wrap(e.theme.strong, q.Asks, col)
		s.list.put(e.look, l, q.Labels(), col)
		return
	default:
		l.panel = wrap(e.theme.selected, "▸ "+s.onward(e), col)
	}
	l.cursor = &place{panel: true}
	l.clicks = append(l.clicks, click.until(len(l.panel)))
}

// onward returns the words for going on where there is nothing to choose.
func (s playerScreen) onward(e env) string {
	switch it := e.see.Turn(s.chat.run).(type) {
	case view.Question:
		return e.words.T("player.check")
	case view.Onward:
		return it.Words
	case view.Rehearsal:
		return e.words.T("player.say", "Who", it.Who)
	}
	if s.chat.run.Lesson().Session != "" {
		return e.words.T("player.over")
	}
	return e.words.T("player.end")
}

// choices draws the question and the open choices.
func (s playerScreen) choices(e env) []string {
	q, _ := e.see.Turn(s.chat.run).(view.Question)
	lines, _ := s.list.draw(e.look, q.Labels(), e.column(), nil)
	return append(wrap(e.theme.strong, q.Asks, e.column()), lines...)
}

// progress draws a dot for each scene, played and left to play, or the number left where dots don't fit.
func (s playerScreen) progress(e env) string {
	behind, before := s.chat.run.Step(), s.left
	if before <= 0 && (behind > 15 || e.w < 60) {
		return "" // Nothing is left to go.
	}
	if before < 0 || behind+before+1 > 16 || e.w < 60 {
		return e.theme.muted.Render(e.words.T("player.left", "Count", max(before, 0)))
	}
	return e.theme.accent.Render(strings.Repeat("● ", behind)+"◉") + e.theme.muted.Render(strings.Repeat(" ○", before))
}

// side returns the column beside the chat on a wide terminal.
func (s playerScreen) side(e env) []string {
	l := s.chat.run.Lesson()
	if l.Session != "" {
		return nil
	}
	lines := []string{e.theme.accent.Render(e.words.T("player.goal"))}
	lines = append(lines, wrap(e.theme.text, l.Goal, e.sideWidth())...)
	lines = append(lines, "", e.theme.accent.Render(e.words.T("player.spotted")))
	spotted := s.chat.run.Outcome().Spotted
	for _, i := range spotted {
		name, _ := e.course.SignName(l.Signs[i].Kind)
		lines = append(lines, ansi.Truncate(e.theme.accent.Render("⚑ ")+name, e.sideWidth(), "…"))
	}
	if len(spotted) == 0 {
		lines = append(lines, wrap(e.theme.muted, e.words.T("player.nothing"), e.sideWidth())...)
	}
	return lines
}

func (s playerScreen) keys(e env) []action {
	k, run := e.keys, s.chat.run
	leave := does(k.back, "", func(e env) (screen, request, tea.Cmd) { // A slip of a key loses nothing.
		s.keepPlace(e)
		return s, back{}, nil
	})
	scroll := s.chat.keys(e.look, func(c chat) screen { s.chat = c; return s })
	if !s.ready(e) {
		all := []action{does(k.take, e.words.T("key.more"), s.skip), leave, e.opensKeys(),
			e.anyOther(e.words.T("key.more"), s.skip)}
		all = append(all, s.finds(e)...)
		return append(all, scroll[0].listed(), scroll[1].listed())
	}
	messages, session := len(run.Messages()), run.Lesson().Session != ""
	spot := does(k.spot, "", func(env) (screen, request, tea.Cmd) {
		s.chat.up = 0
		return s, open{screen: newSpot(run)}, nil
	})
	ways := does(k.ways, "", func(e env) (screen, request, tea.Cmd) {
		s.chat.up = 0
		return s, open{screen: newMap(e, run)}, nil
	})
	spot = spot.offIf(messages == 0, e.words.T("off.nomessages")).offIf(session, e.words.T("off.lessonsonly"))
	ways = ways.offIf(session, e.words.T("off.lessonsonly"))
	undo := does(k.undo, "", s.undo).offIf(len(run.Turns()) == 0, e.words.T("off.nochoice"))
	if run.Turn() != play.Choose {
		take := does(k.take, e.words.T("key.on"), s.take)
		all := []action{take, spot, undo, e.opensKeys(), ways, scroll[0], scroll[1], leave}
		return slices.Concat(all, s.finds(e), s.toEnd(e))
	}
	arrows, numbers := s.list.chooses(e.look, len(run.Open()), func(l optionList) chooser {
		s.list, s.chat.up = l, 0
		return s
	})
	all := []action{s.list.takes(e.look, s.take), spot, arrows, undo, e.opensKeys(), ways, numbers, scroll[0],
		scroll[1], leave}
	return slices.Concat(all, s.finds(e), s.toEnd(e))
}

// finds returns the table line that opens the palette, in words short enough for the hints.
func (s playerScreen) finds(e env) []action {
	if !e.roams {
		return nil
	}
	return []action{e.opensPalette(s, e.words.T("key.find"))}
}

// toEnd returns the table line for a learner who has scrolled back: any other key goes to the end.
func (s playerScreen) toEnd(e env) []action {
	if s.chat.up == 0 {
		return nil
	}
	s.chat.up = 0
	return []action{e.anyOther(e.words.T("key.toend"), func(env) (screen, request, tea.Cmd) { return s, nil, nil })}
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
