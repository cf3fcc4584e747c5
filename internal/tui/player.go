package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// playerScreen is the chat as it comes in, and what can be done about it.
type playerScreen struct {
	run    play.Run
	shown  int  // Beats that have come in.
	seen   int  // Beats that were there when the learner last pressed a key.
	paused bool // The page is full; more comes at a key.
	asked  bool // The learner has read the page and wants the choices.
	at     int  // Which of the open choices is selected.
	up     int  // Lines scrolled back from the end.
	turn   int  // Counts the turns, so that a stale tick is known.
	left   int  // Scenes to the nearest ending.
}

// tick brings the next beat in, if the turn is still the one it was made for.
type tick struct{ turn int }

// played hands a run back from a screen on top of the player.
type played struct {
	run play.Run
	on  bool // Go on to the next scene.
}

func newPlayer(run play.Run) playerScreen {
	return playerScreen{run: run, left: run.Left()}
}

// resumed returns the player at a run that was left, with all that was said.
func resumed(run play.Run) playerScreen {
	s := playerScreen{run: run, left: run.Left(), shown: len(run.Beats()), asked: true}
	for s.seen < s.shown && run.Beats()[s.seen].Step < run.Step() {
		s.seen++
	}
	return s
}

func (s playerScreen) update(e env, msg tea.Msg) (screen, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		if s.shown == 0 {
			return s.come(e)
		}
	case tick:
		if msg.turn == s.turn && !s.paused {
			return s.come(e)
		}
	case tea.WindowSizeMsg:
		s.up = 0
	case played:
		return s.resume(e, msg)
	case pick:
		if s.ready(e) && s.run.Turn() == play.Choose && msg.i < len(s.run.Open()) {
			s.at, s.up = msg.i, 0
			return s.take(e)
		}
	case tea.KeyPressMsg:
		return s.press(e, msg)
	}
	return s, nil
}

// come brings beats in until the page is full, all are there, or, with motion,
// the next one has to be waited for.
func (s playerScreen) come(e env) (screen, tea.Cmd) {
	beats := s.run.Beats()
	for s.shown < len(beats) {
		if s.shown > s.seen && s.height(e, s.seen, s.shown+1) > s.room(e) {
			s.paused = true
			return s, nil
		}
		b := beats[s.shown]
		s.shown++
		if e.motion && s.shown < len(beats) && b.Choice == nil {
			turn := s.turn
			return s, tea.Tick(pause(b), func(time.Time) tea.Msg { return tick{turn} })
		}
	}
	return s, nil
}

// pause returns how long a beat stands before the next one comes. A typing cue
// is a cue and no wait: at most 1.5 seconds, and any key skips it.
func pause(b play.Beat) time.Duration {
	if b.Block == nil || b.Choice != nil {
		return 0 // The learner has done it.
	}
	switch b.Block.Kind {
	case lesson.Typing:
		return 1200 * time.Millisecond
	case lesson.Message:
		letters := len(b.Block.Text[0].String())
		return min(400*time.Millisecond+time.Duration(letters)*12*time.Millisecond, 1400*time.Millisecond)
	}
	return 500 * time.Millisecond
}

// room returns how many rows the chat has while it comes in.
func (s playerScreen) room(e env) int { return max(e.rows()-2, 1) }

// height returns how many lines beats from and to take.
func (s playerScreen) height(e env, from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		n += len(s.lines(e, i))
	}
	return n
}

// lines returns how beat i looks now.
func (s playerScreen) lines(e env, i int) []string {
	b := s.run.Beats()[i]
	switch {
	case b.Block == nil:
	case b.Block.Kind == lesson.Typing && i != s.shown-1:
		return nil // It has been answered by what came after it.
	}
	lines := e.beat(s.run, i, e.column())
	if b.Block != nil && b.Block.Kind == lesson.Message && e.roomy() && !s.goesOn(i) {
		return append(lines[:len(lines):len(lines)], "") // The lines are kept on the shelf; they must not grow.
	}
	return lines
}

// goesOn reports whether another message follows on message i.
func (s playerScreen) goesOn(i int) bool {
	for _, b := range s.run.Beats()[i+1:] {
		if b.Block == nil || b.Block.Kind != lesson.Typing {
			return b.Block != nil && b.Block.Kind == lesson.Message
		}
	}
	return false
}

// ready reports whether the learner can act.
func (s playerScreen) ready(e env) bool {
	if s.shown < len(s.run.Beats()) {
		return false
	}
	return s.asked || s.run.Turn() != play.Choose ||
		s.height(e, s.seen, s.shown)+len(s.choices(e)) <= e.rows()
}

func (s playerScreen) press(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	switch {
	case key.Matches(press, e.keys.back):
		return s, e.pop(nil) // The book has it: a slip of a key loses nothing.
	case key.Matches(press, e.keys.pageUp):
		s.up = min(s.up+e.rows()/2, max(s.height(e, 0, s.shown)-1, 0))
		return s, nil
	case key.Matches(press, e.keys.pageDown):
		s.up = max(s.up-e.rows()/2, 0)
		return s, nil
	case key.Matches(press, e.keys.leaveQuietly):
		return s, nil // It is counted by the program.
	}
	s.up = 0
	if !s.ready(e) {
		return s.skip(e)
	}
	switch {
	case key.Matches(press, e.keys.spot) && len(s.run.Messages()) > 0 && s.run.Lesson().Session == "":
		return s, e.push(newSpot(s.run))
	case key.Matches(press, e.keys.undo):
		return s.undo(e)
	case key.Matches(press, e.keys.ways) && s.run.Lesson().Session == "":
		return s, e.push(newWays(e, s.run))
	}
	if s.run.Turn() == play.Choose {
		return s.choose(e, press)
	}
	if key.Matches(press, e.keys.take) {
		return s.take(e)
	}
	return s, nil
}

// skip brings in at once what was still to come, up to a full page.
func (s playerScreen) skip(e env) (screen, tea.Cmd) {
	if s.shown == len(s.run.Beats()) {
		s.asked = true
		return s, nil
	}
	var wish tea.Cmd
	if s.paused {
		s.paused, s.seen = false, s.shown
	} else if e.motion {
		wish = e.send(skipped{})
	}
	s.turn++
	e.motion = false
	next, cmd := s.come(e)
	return next, tea.Batch(cmd, wish)
}

// skipped is sent when somebody did not wait for the chat to come in.
type skipped struct{}

func (s playerScreen) choose(e env, press tea.KeyPressMsg) (screen, tea.Cmd) {
	open := s.run.Open()
	switch {
	case key.Matches(press, e.keys.up):
		s.at = (s.at + len(open) - 1) % len(open)
	case key.Matches(press, e.keys.down):
		s.at = (s.at + 1) % len(open)
	case key.Matches(press, e.keys.digits):
		if n := digit(press); n < len(open) {
			s.at = n
			return s.take(e)
		}
	case key.Matches(press, e.keys.take):
		return s.take(e)
	}
	return s, nil
}

// take does what the turn is about.
func (s playerScreen) take(e env) (screen, tea.Cmd) {
	switch s.run.Turn() {
	case play.Choose:
		next, err := s.run.Choose(s.run.Open()[s.at])
		if err != nil {
			return s, nil
		}
		return s.moveTo(e, next)
	case play.Go:
		next, err := s.run.Go()
		if err != nil {
			return s, nil
		}
		return s.moveTo(e, next)
	case play.Answer:
		return s, e.push(newCheck(s.run))
	case play.Say:
		return s, e.push(newSay(e, s.run))
	}
	switch s.run.Lesson().Session {
	case "":
		return s, e.push(debriefScreen{run: s.run})
	case lesson.After:
		return s, e.send(instead{changeScreen{}})
	}
	return s, e.send(home{})
}

// moveTo shows what a move has brought.
func (s playerScreen) moveTo(e env, run play.Run) (screen, tea.Cmd) {
	s.run, s.seen, s.at, s.asked, s.paused = run, s.shown, 0, false, false
	s.turn++
	s.left = run.Left()
	next, cmd := s.come(e)
	return next, tea.Batch(cmd, e.keep(run))
}

// undo goes back to before the last choice; pressed again, to the one before.
func (s playerScreen) undo(e env) (screen, tea.Cmd) {
	turns := s.run.Turns()
	if len(turns) == 0 {
		return s, nil
	}
	s = s.rewind(turns[len(turns)-1])
	return s, e.keep(s.run)
}

// rewind shows the run as it was after its first n moves.
func (s playerScreen) rewind(n int) playerScreen {
	run, err := s.run.Undo(n)
	if err != nil {
		return s
	}
	turn := s.turn + 1
	s = resumed(run)
	s.turn = turn
	return s
}

func (s playerScreen) resume(e env, msg played) (screen, tea.Cmd) {
	if len(msg.run.Moves()) < len(s.run.Moves()) {
		s.run = msg.run
		s = s.rewind(len(msg.run.Moves()))
		return s, e.keep(s.run)
	}
	s.run = msg.run
	s.shown = min(s.shown, len(s.run.Beats()))
	if msg.on {
		s.shown = len(s.run.Beats())
		return s.take(e) // Which keeps the run with its next move.
	}
	return s, e.keep(s.run)
}

func (s playerScreen) draw(e env) frame {
	l := layout{title: s.run.Lesson().Title, status: s.progress(e), hints: s.keys(e), side: s.side(e)}
	rows := e.rows() + s.up
	for i := s.shown - 1; i >= 0 && len(l.body) < rows; i-- {
		l.body = append(append([]string(nil), s.lines(e, i)...), l.body...)
	}
	if s.up > 0 {
		l.body = l.body[:max(len(l.body)-s.up, 0)]
	}
	var at int
	l.panel, at = s.panel(e)
	if at >= 0 {
		l.cursor = &place{x: 0, y: at, panel: true}
	}
	l.clicks = s.clicks(e, len(l.panel))
	return e.fit(l)
}

// clicks are the choices, or the one thing that can be done.
func (s playerScreen) clicks(e env, lines int) []click {
	if !s.ready(e) || s.run.Turn() != play.Choose {
		return []click{{from: 0, to: lines, panel: true, msg: tea.KeyPressMsg{Code: tea.KeyEnter}}}
	}
	_, at := s.drawChoices(e)
	var all []click
	for i, from := range at {
		to := lines
		if i+1 < len(at) {
			to = at[i+1]
		}
		all = append(all, click{from: from, to: to, panel: true, msg: pick{i}})
	}
	return all
}

// panel is what stands below the chat: what can be done, or that more comes.
func (s playerScreen) panel(e env) ([]string, int) {
	col := e.column()
	if !s.ready(e) {
		if s.paused || s.shown == len(s.run.Beats()) {
			return []string{e.theme.accent.Render("▾ ") + e.theme.muted.Render(e.words.T("player.more"))}, 0
		}
		return []string{""}, -1
	}
	var words string
	switch it := e.see.Turn(s.run).(type) {
	case view.Question:
		if !it.Quiz {
			lines := s.choices(e)
			return lines, s.choiceLine(e)
		}
		words = e.words.T("player.check")
	case view.Onward:
		words = it.Words
	case view.Rehearsal:
		words = e.words.T("player.say", "Who", it.Who)
	case view.End:
		words = e.words.T("player.end")
		if s.run.Lesson().Session != "" {
			words = e.words.T("player.over")
		}
	}
	return wrap(e.theme.selected, "▸ "+words, col), 0
}

// choices draws the question and the open choices.
func (s playerScreen) choices(e env) []string {
	lines, _ := s.drawChoices(e)
	return lines
}

func (s playerScreen) choiceLine(e env) int {
	_, at := s.drawChoices(e)
	return at[s.at]
}

// drawChoices also returns at which line each choice begins.
func (s playerScreen) drawChoices(e env) (lines []string, at []int) {
	col := e.column()
	q, _ := e.see.Turn(s.run).(view.Question)
	lines = append(lines, wrap(e.theme.strong, q.Asks, col)...)
	var labels []string
	for _, o := range q.Options {
		labels = append(labels, o.Words)
	}
	offered, from := e.offer(labels, s.at, col, nil)
	for _, f := range from {
		at = append(at, len(lines)+f)
	}
	lines = append(lines, offered...)
	return lines, at
}

// progress draws a dot for each scene behind and before.
func (s playerScreen) progress(e env) string {
	behind, before := s.run.Step(), s.left
	if before < 0 || behind+before+1 > 16 || e.w < 60 {
		return e.theme.muted.Render(e.words.T("player.left", "Count", max(before, 0)))
	}
	var b strings.Builder
	for i := range behind + before + 1 {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case i < behind:
			b.WriteString(e.theme.accent.Render("●"))
		case i == behind:
			b.WriteString(e.theme.accent.Render("◉"))
		default:
			b.WriteString(e.theme.muted.Render("○"))
		}
	}
	return b.String()
}

// side is the column beside the chat on a wide terminal.
func (s playerScreen) side(e env) []string {
	l := s.run.Lesson()
	if l.Session != "" {
		return nil
	}
	lines := []string{e.theme.muted.Render(e.words.T("player.goal"))}
	lines = append(lines, wrap(e.theme.text, l.Goal, sideWidth)...)
	lines = append(lines, "", e.theme.muted.Render(e.words.T("player.spotted")))
	any := false
	for _, i := range s.run.Outcome().Spotted {
		name, _ := e.course.SignName(l.Signs[i].Kind)
		lines = append(lines, ansi.Truncate(e.theme.accent.Render("⚑ ")+name, sideWidth, "…"))
		any = true
	}
	if !any {
		lines = append(lines, wrap(e.theme.muted, e.words.T("player.nothing"), sideWidth)...)
	}
	return lines
}

func (s playerScreen) keys(e env) []key.Binding {
	k := e.keys
	spot, undo, ways := k.spot, k.undo, k.ways
	spot.SetEnabled(len(s.run.Messages()) > 0 && s.run.Lesson().Session == "")
	undo.SetEnabled(len(s.run.Turns()) > 0)
	ways.SetEnabled(s.run.Lesson().Session == "")
	if !s.ready(e) {
		return []key.Binding{does(k.take, e.words.T("key.more")), k.back, k.keys}
	}
	if s.run.Turn() == play.Choose {
		arrows := key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", e.words.T("key.choose")))
		return []key.Binding{k.take, spot, arrows, undo, k.keys, ways, k.digits, k.pageUp, k.pageDown, k.back}
	}
	return []key.Binding{does(k.take, e.words.T("key.on")), spot, undo, k.keys, ways, k.pageUp, k.pageDown, k.back}
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
