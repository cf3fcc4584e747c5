package tui

import (
	"context"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/input"
	"wayout/internal/progress"
	"wayout/internal/settings"
	"wayout/internal/view"
	"wayout/internal/watch"
)

// Options are what the program is started with.
type Options struct {
	Course    *course.Course
	Help      *helpline.Directory
	Book      *progress.Book // Nil keeps nothing.
	Settings  settings.Settings
	Lesson    string          // The id of a lesson to open at once, or empty for Home.
	Now       bool            // What helps someone right now, and nothing else.
	Practise  string          // A situation to practise at once, or "any" for the list of them.
	FineOrOff bool            // "Fine or off?" at once.
	From      string          // The id of a scene of Lesson to begin in, or empty for its cover.
	Seed      uint64          // Orders the options of the checks.
	Color     settings.Color  // What the environment says about colour.
	Notice    string          // Something to be told on the first screen, or empty.
	Present   *PresentOptions // A lesson before a room, in the place of Home; nil for a learner.
	Desk      *DeskOptions    // The desk of a class, in the place of Home.
	Seat      *SeatOptions    // A seat in a class, in the place of Home.
	Watch     *WatchOptions   // A lesson whose author works on it, in the place of Home.
	Keys      *Keys           // What programs of one process share; nil makes them.

	Languages []string                                  // What Reopen can open.
	Reopen    func(lang string) (*course.Course, error) // Nil where the language can't be changed.
	Save      func(settings.Settings) error             // Nil where settings are not kept.
	Erase     func() error                              // Takes the settings away, on "erase everything".

	// Width and Height are the size of the terminal in cells, where it is known before
	// the terminal says it; 0 draws 80 by 24 until then.
	Width, Height int

	In  io.Reader // Nil is standard input.
	Out io.Writer // Nil is standard output.
	Env []string  // The environment; see os.Environ.
}

// framesPerSecond is how often the terminal may be painted. The library wakes up as often
// also while nothing moves, and nothing else does: an idle wayout takes 1.05 % of a core at 120,
// 0.75 % at 60, 0.33 % at 30 and 0.26 % at 20 (measured). With what starting costs, the first
// fifteen seconds take 0.21 % more. At 30 a key is seen within 33 ms. The first frame doesn't
// wait for it; see paintFirst.
const framesPerSecond = 30

// Run shows the program until the learner leaves it.
func Run(ctx context.Context, o Options) error {
	opts := []tea.ProgramOption{tea.WithFPS(framesPerSecond), tea.WithEnvironment(o.Env)}
	if o.Out != nil {
		opts = append(opts, tea.WithOutput(o.Out))
	}
	p := New(o)
	if o.Settings.Motion && p.env.roams {
		p.glance = glance
	}
	if profile, ok := p.profile(o); ok {
		opts = append(opts, tea.WithColorProfile(profile))
	}
	if o.Width > 0 && o.Height > 0 {
		opts = append(opts, tea.WithWindowSize(o.Width, o.Height))
	}
	giveBack := func(bool) {}
	if o.In == nil && o.Out == nil {
		giveBack = p.paintFirst(os.Stdin, os.Stdout, o)
	}
	if in, keys := keysOf(o.In); keys != nil {
		p.keyboard = keys
		opts = append(opts, tea.WithInput(in))
	}
	program := tea.NewProgram(p, opts...)
	// It is asked to end and not killed: a killed one closes the keyboard while it is
	// still read from.
	stay := context.AfterFunc(ctx, program.Quit)
	defer stay()
	_, err := program.Run()
	if p.keyboard != nil {
		_ = p.keyboard.Close() // What is typed from here on is for the shell.
	}
	giveBack(err != nil)
	p.finish()
	if err == nil {
		err = ctx.Err()
	}
	return err
}

// keysOf returns what the program's keys are read from, and the reader in it that is
// told where text is typed; nil leaves both to the library.
func keysOf(in io.Reader) (io.Reader, *input.Reader) {
	if in != nil {
		keys := input.New(in)
		return keys, keys
	}
	if !term.IsTerminal(os.Stdin.Fd()) {
		return nil, nil
	}
	keys, err := input.Open(os.Stdin)
	if err != nil {
		return nil, nil
	}
	return keys, keys.Reader
}

// lastSave is how long the end of the program waits for what is being written.
// The screen is clear by then; a disk that takes longer is not one to wait for.
const lastSave = time.Second

// finish writes what the last answer has left to write.
func (p *Program) finish() {
	done := make(chan struct{})
	book := p.env.book
	go func() { // It outlives the loop, so that no screen could be broken by it.
		defer close(done)
		_ = book.Save() // There is no one left to tell: leaving prints nothing.
	}()
	select {
	case <-done:
	case <-time.After(lastSave):
	}
}

// profile returns the colours to use where the library is not to find out.
func (p *Program) profile(o Options) (colorprofile.Profile, bool) {
	switch {
	case o.Color == settings.Never || p.env.set.Theme == "mono":
		return colorprofile.ASCII, true
	case o.Color == settings.Force:
		return max(colorprofile.Env(o.Env), colorprofile.ANSI256), true
	}
	return colorprofile.Unknown, false
}

// Program is the model of the whole program: a stack of screens. It handles
// size, background, leaving, help, and the stack, and nothing else.
type Program struct {
	env   env
	auto  bool // The theme follows the terminal's background.
	fills bool // The terminal has colours enough for grounds; see [theme.filled].
	stack []screen
	quiet []time.Time // When q was pressed last.
	skips int         // How often the chat was not waited for.
	gone  bool

	glance  time.Duration // How long someone needs at least to see what has come; see hasty.
	entered time.Time     // When the key that goes on was pressed last.
	came    time.Time     // When the chat last came to where the learner can act.

	recovers int // How many screens are covered again once those above them are closed; 0 is none.

	hidden  bool    // The desk of a class shows nothing, and the class goes on.
	typed   string  // Since then.
	covered bool    // The keyboard went to another window, and the learner hasn't come back.
	waits   tea.Msg // What the chat waits with for as long.
	born    time.Time
	asked   time.Time // When the terminal was asked for its background.
	o       Options

	keyboard    *input.Reader // Nil where the keys come from elsewhere.
	toldHistory bool          // See keepsHistory.

	heard  time.Time // When a seat was last alive; see idle.
	warned bool
}

// groundPatience is how long the terminal may take to say what background it
// has. A later answer would change the colours while the learner reads.
const groundPatience = 200 * time.Millisecond

// mostSkips is how often the chat may be skipped until it is taken for a wish not to
// see it move (WCAG 2.2, 2.2.2).
const mostSkips = 2

// settling is how long a terminal may take to answer what the library asks it
// at the start. An answer that comes after the program has gone is typed into
// the shell (charmbracelet/bubbletea#1590), so that leaving in the first moment
// clears the screen at once and goes a moment later.
const settling = 60 * time.Millisecond

// New returns the program, which has not asked the terminal anything yet.
func New(o Options) *Program {
	words := o.Course.Words()
	if o.Settings == (settings.Settings{}) {
		o.Settings = settings.BuiltIn()
	}
	if o.Book == nil {
		o.Book = progress.Open(progress.Options{Today: func() progress.Day { return progress.DayOf(time.Now()) }})
	}
	p := &Program{auto: o.Settings.Theme == "" || o.Settings.Theme == "auto", o: o}
	if o.Keys == nil {
		o.Keys = NewKeys(o.Course)
	}
	if o.Width < 1 || o.Height < 1 {
		o.Width, o.Height = 80, 24
	}
	p.env = env{help: o.Help, book: o.Book, set: o.Settings, seed: o.Seed, look: look{
		w: clamp(o.Width, maxWidth), h: clamp(o.Height, maxHeight), theme: newTheme(o.Settings.Theme), words: words,
		course: o.Course,
		see:    view.Solo(o.Course), keys: o.Keys.keys, drawings: newDrawings(), motion: o.Settings.Motion,
		measure: o.Settings.Width, notice: o.Notice}}
	_, p.env.colorless = p.profile(o)
	p.env.colorless = p.env.colorless && o.Color != settings.Force
	p.troubled()
	if o.Seat != nil {
		p.env.served, p.env.played = true, o.Seat.Played
	}
	p.stack = []screen{p.first(o)}
	_, p.env.roams = p.stack[0].(homeScreen)
	if o.Practise != "" {
		p.stack = append(p.stack, newPractise(p.env, o.Practise))
	}
	if o.FineOrOff {
		p.stack = append(p.stack, newFineOff(p.env, 0))
	}
	if o.Lesson != "" {
		if s, ok := lessonScreen(p.env, o.Lesson); ok {
			p.stack = append(p.stack, s)
			if c, ok := s.(coverScreen); ok && o.From != "" {
				p.stack = append(p.stack, c.from(p.env, o.From))
			}
		}
	}
	return p
}

// first returns the screen that the program begins with.
func (p *Program) first(o Options) screen {
	if o.Now {
		if s, ok := newRightNow(p.env, o.Settings.Country).(rightNow); ok {
			return s.alone()
		}
	}
	switch {
	case o.Seat != nil:
		return newSeat(p.env, *o.Seat)
	case o.Watch != nil:
		return watchScreen{w: *o.Watch}
	case o.Desk != nil:
		return newClass(p.env, *o.Desk)
	case o.Present != nil:
		return newPresent(p.env, *o.Present)
	}
	return newHome(p.env)
}

// troubled tells the learner, once, what is wrong with the file of the record.
func (p *Program) troubled() {
	if words := p.env.trouble(p.env.book.Trouble()); words != "" {
		p.env.notice = words
	}
}

// trouble returns the words for what is wrong with the file, or "".
func (e env) trouble(t progress.Trouble) string {
	return e.words.Trouble(t.Kind.String(), t.Lost, t.Version)
}

// Init asks for the terminal's background; nothing waits for the answer.
func (p *Program) Init() tea.Cmd {
	p.born = time.Now()
	p.asked, p.heard = p.born, p.born
	begin := func() tea.Msg { return arrive{} }
	if p.auto {
		return tea.Batch(tea.RequestBackgroundColor, begin)
	}
	return begin
}

// askGround asks for the background again, after the theme was set to follow it.
func (p *Program) askGround() tea.Cmd {
	p.asked = time.Now()
	return tea.RequestBackgroundColor
}

// Update takes a message. The five things that are the program's own are
// handled here; the rest goes to the screen on top.
func (p *Program) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if p.gone {
		return p, nil // The screen is clear, and the program is on its way out.
	}
	cmd := p.handle(msg)
	if p.covered && !p.covers() {
		p.covered, p.waits = false, nil // The seat has become the projector.
	}
	if p.hidden && !p.hides() {
		p.gone = true // The class is over, and there is nothing to come back to.
	}
	if p.gone {
		return p, p.quit()
	}
	if p.keyboard != nil {
		p.keyboard.Typing(p.typing())
		p.keepsHistory()
	}
	return p, tea.Batch(cmd, p.fetch())
}

// handle does what a message is about.
func (p *Program) handle(msg tea.Msg) (cmd tea.Cmd) {
	if p.elsewhere(msg) {
		return nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.env.w, p.env.h = clamp(msg.Width, maxWidth), clamp(msg.Height, maxHeight)
	case tea.BackgroundColorMsg:
		p.background(msg)
	case tea.ColorProfileMsg:
		p.colored(msg.Profile)
	case pageDrawn:
		p.env.drawings.put(msg)
		cmd = p.top(drawn{})
	case watch.Edition:
		cmd = p.replaced(msg)
	case seatNews:
		cmd = p.seated(msg)
	case idleTick:
		cmd = p.idle()
	case classNews, ordered, reported, answeredNow, endingsCounted:
		cmd = p.bottom(msg)
	case unkept:
		if p.env.notice = p.env.words.T("class.unkept"); len(p.stack) == 1 {
			p.env.notice = "" // The seat says it in its own place.
		}
		cmd = p.bottom(msg)
	case saved:
		p.troubled()
	case skipped:
		if p.skips++; p.skips >= mostSkips {
			p.env.motion = false
		}
	case openSettings:
		return p.handle(open{screen: p.newSettings()})
	case changed:
		cmd = p.change(msg)
	case erase:
		cmd = p.erase()
	case tea.MouseClickMsg:
		cmd = p.click(msg)
	case tea.MouseWheelMsg:
		cmd = p.wheel(msg)
	case leaveNow:
		p.leave()
	case openHelp, openKeys:
		cmd = p.handle(open{screen: p.page(msg)})
	case fromPalette, fromHome, fromScene:
		cmd = p.leap(msg)
	case open:
		p.env.notice = msg.notice
		p.stack = append(p.stack, msg.screen)
		cmd = p.top(arrive{})
	case instead:
		p.stack[len(p.stack)-1] = msg.screen
		cmd = p.top(arrive{})
	case back:
		cmd = p.pop(msg)
	case home:
		p.env.notice = ""
		p.stack = p.stack[:1]
		cmd = p.top(arrive{})
	case tea.KeyPressMsg:
		cmd = p.press(msg)
	case tea.PasteMsg:
		cmd = p.paste(pasted(msg))
	case tick:
		cmd = p.ticked(msg)
	default:
		cmd = p.top(msg)
	}
	return cmd
}

// leap goes where the palette says, wherever the learner is.
func (p *Program) leap(msg tea.Msg) tea.Cmd {
	p.recovers, p.waits = 0, nil // They have left what was covered.
	switch msg := msg.(type) {
	case fromPalette:
		p.stack = p.stack[:len(p.stack)-1]
		return p.handle(msg.does)
	case fromHome:
		p.keepPlace()
		p.stack = p.stack[:1]
		return p.top(msg)
	case fromScene:
		p.keepPlace()
		p.stack = p.stack[:1]
		s, ok := lessonScreen(p.env, msg.lesson)
		if !ok {
			return nil
		}
		p.stack = append(p.stack, s)
		if c, ok := s.(coverScreen); ok {
			return p.handle(open{screen: c.from(p.env, msg.scene)})
		}
	}
	return nil
}

// keepPlace has a story that is open taken down as left.
func (p *Program) keepPlace() {
	for _, s := range p.stack {
		if s, ok := s.(playerScreen); ok {
			s.keepPlace(p.env)
		}
	}
}

// page returns the page of help, or that of keys.
func (p *Program) page(msg tea.Msg) screen {
	if _, ok := msg.(openHelp); ok {
		return newHelp(p.env)
	}
	return newKeys(p.env, p.table())
}

// colored takes what colours the terminal has.
func (p *Program) colored(profile colorprofile.Profile) {
	p.fills = profile >= colorprofile.ANSI256
	p.dress(p.env.theme.name)
}

// dress takes a theme, with grounds where the terminal has the colours for them.
func (p *Program) dress(name string) {
	if p.env.theme = newTheme(name); p.fills {
		p.env.theme = p.env.theme.filled()
	}
}

// quit ends the program, not before the terminal has settled.
func (p *Program) quit() tea.Cmd {
	wait := settling - time.Since(p.born)
	if wait <= 0 {
		return tea.Quit
	}
	return tea.Tick(wait, func(time.Time) tea.Msg { return tea.QuitMsg{} })
}

// maxWidth and maxHeight bound what is drawn, in cells; a terminal that says it
// is larger gets its upper left part. The library takes up to 2^20 cells, which are
// 220 MiB a session; 3000 by 3000 took 2 GiB (Bubble Tea 2.1.1, measured).
const maxWidth, maxHeight = 400, 200

func clamp(n, most int) int { return min(max(n, 0), most) }

// maxPaste bounds a paste, in bytes. One that doesn't end grows for as long as it is
// sent; other libraries had to learn it (anomalyco/opentui#1320).
const maxPaste = 1 << 10

func pasted(msg tea.PasteMsg) tea.PasteMsg {
	if len(msg.Content) > maxPaste {
		msg.Content = strings.ToValidUTF8(msg.Content[:maxPaste], "")
	}
	return msg
}

// typing reports whether text is typed on the screen on top.
func (p *Program) typing() bool {
	t, ok := p.stack[len(p.stack)-1].(typist)
	return ok && t.typing() && !p.covered
}

// thrice reports whether q was pressed three times within two seconds. Once is
// too easily hit, and the control key is not on every keyboard where one looks
// for it; GOV.UK's "Exit a page quickly" takes one key, three times, as well.
func (p *Program) thrice() bool {
	now := time.Now()
	p.quiet = append(p.quiet, now)
	if n := len(p.quiet); n > 3 {
		p.quiet = p.quiet[n-3:]
	}
	return len(p.quiet) == 3 && now.Sub(p.quiet[0]) <= 2*time.Second
}

// top hands a message to the screen on top.
func (p *Program) top(msg tea.Msg) tea.Cmd {
	return p.tell(len(p.stack)-1, msg)
}

// bottom hands a message to the screen below all others, whatever is open: to the
// desk of a class under the page of help.
func (p *Program) bottom(msg tea.Msg) tea.Cmd {
	return p.tell(0, msg)
}

// tell hands a message to screen i.
func (p *Program) tell(i int, msg tea.Msg) tea.Cmd {
	s, asks, cmd := p.stack[i].update(p.env, msg)
	return p.becomes(i, s, asks, cmd)
}

func (p *Program) pop(msg back) tea.Cmd {
	if len(p.stack) == 1 {
		return nil
	}
	p.env.notice = ""
	p.stack = p.stack[:len(p.stack)-1]
	if p.recovers >= len(p.stack) && p.covers() {
		p.covered = true
	}
	if p.recovers >= len(p.stack) {
		p.recovers = 0
	}
	if msg.tell != nil {
		return p.top(msg.tell)
	}
	return p.top(arrive{})
}

func (p *Program) background(msg tea.BackgroundColorMsg) {
	if !p.auto || time.Since(p.asked) > groundPatience {
		return
	}
	name := "light"
	if msg.IsDark() {
		name = "dark"
	}
	if p.env.theme.name != name {
		p.dress(name)
	}
}

// fetch has the prose of the screen on top drawn, where it is not yet.
func (p *Program) fetch() tea.Cmd {
	if r, ok := p.stack[len(p.stack)-1].(reader); ok {
		return p.env.fetch(r.reads(p.env))
	}
	return nil
}

// View draws the screen on top. Once the learner has left there is nothing to
// draw: the renderer then clears the screen before it gives the terminal back.
func (p *Program) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	if p.gone {
		return v
	}
	if p.hidden { // The terminal is as after leaving; what is typed does not show.
		v.AltScreen = false
		return v
	}
	if !p.covered {
		v.WindowTitle = "wayout"
	}
	v.ReportFocus = p.covers()
	v.DisableBracketedPasteMode = !p.typing() // A paste is for text; elsewhere its marks could only be torn.
	v.KeyboardEnhancements.ReportAlternateKeys = true
	if p.env.set.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	f := p.frame()
	v.SetContent(strings.Join(clip(f.lines, p.env.w, p.env.h), "\n"))
	if f.cursor != nil {
		f.cursor.Blink = false
		v.Cursor = f.cursor
	}
	return v
}

// clip cuts a frame to the terminal. A screen that fits changes nothing here.
func clip(lines []string, w, h int) []string {
	if len(lines) > h {
		lines = lines[:h]
	}
	for i, l := range lines {
		if ansi.StringWidth(l) > w {
			lines[i] = ansi.Truncate(l, w, "")
		}
	}
	return lines
}
