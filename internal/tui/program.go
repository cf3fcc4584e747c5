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
	"wayout/internal/pace"
	"wayout/internal/progress"
	"wayout/internal/settings"
	"wayout/internal/view"
	"wayout/internal/watch"
)

// Options are the settings that the program starts with.
type Options struct {
	Course    *course.Course
	Help      *helpline.Directory
	Book      *progress.Book // Nil writes nothing to disk.
	Settings  settings.Settings
	Lesson    string          // The id of a lesson to open at once, or empty for Home.
	Now       bool            // Only the screens that help someone right now.
	Practise  string          // A situation to practise at once, or "any" for the list of them.
	FineOrOff bool            // Opens "Fine or off?" at once.
	From      string          // The id of a scene of Lesson to begin in, or empty for its cover.
	Seed      uint64          // Seeds the order of the options in checks, and the chats of "Fine or off?".
	Color     settings.Color  // What the environment says about colour.
	Notice    string          // Shown above the hints of the first screen, or empty.
	Present   *PresentOptions // A lesson shown to a room, instead of Home; nil for a learner.
	Desk      *DeskOptions    // The desk of a class, instead of Home.
	Seat      *SeatOptions    // A seat in a class, instead of Home.
	Watch     *WatchOptions   // A lesson that its author is working on, instead of Home.
	Keys      *Keys           // Key bindings that the programs of one process share; nil makes new ones.

	Languages []string                                  // The languages that Reopen accepts.
	Reopen    func(lang string) (*course.Course, error) // Nil where the language can't be changed.
	Save      func(settings.Settings) error             // Nil where settings are not kept.
	Erase     func() error                              // Deletes the saved settings on "erase everything"; may be nil.

	// Width and Height are the size of the terminal in cells, if it is known at the start;
	// at 0 the program draws 80 by 24 until the terminal reports its size.
	Width, Height int

	In  io.Reader // Nil is standard input.
	Out io.Writer // Nil is standard output.
	Env []string  // The environment; see os.Environ.
}

// framesPerSecond is how often the terminal may be painted while something happens: the effect of
// a key is seen within 17 ms. A program to which nothing happens rests; see package pace. The first
// frame doesn't wait for the rate; see paintFirst.
const framesPerSecond = 60

// Run shows the program until the learner leaves or ctx is done. The error is the terminal's or that of ctx.
func Run(ctx context.Context, o Options) error {
	var program *tea.Program
	rate := pace.New(framesPerSecond)
	defer rate.Stop()
	opts := []tea.ProgramOption{tea.WithFPS(framesPerSecond), tea.WithEnvironment(o.Env),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			rate.Message(program)
			return msg
		})}
	if o.Out != nil {
		opts = append(opts, tea.WithOutput(o.Out))
	}
	p := New(o)
	p.glance, p.still = glance, !o.Settings.Motion || !p.env.roams
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
	program = tea.NewProgram(rate.Seen(p, &program), opts...)
	// Quit, not Kill: a killed program closes the keyboard while it is still being read.
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

// keysOf returns the program's input, and the key reader in it, which is told when text
// is being typed. Both are nil where the library reads the keys itself.
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

// lastSave is how long the program waits at its end for the record to be written.
// The screen is clear by then; a slower disk isn't waited for.
const lastSave = time.Second

// finish saves what is still unsaved of the record.
func (p *Program) finish() {
	done := make(chan struct{})
	book := p.env.book
	go func() { // The loop has ended, so this can't disturb a screen.
		defer close(done)
		_ = book.Save() // There is no one left to tell: leaving prints nothing.
	}()
	select {
	case <-done:
	case <-time.After(lastSave):
	}
}

// profile returns the colour profile to use; false lets the library detect it.
func (p *Program) profile(o Options) (colorprofile.Profile, bool) {
	switch {
	case o.Color == settings.Never || p.env.set.Theme == "mono":
		return colorprofile.ASCII, true
	case o.Color == settings.Force:
		return max(colorprofile.Env(o.Env), colorprofile.ANSI256), true
	}
	return colorprofile.Unknown, false
}

// Program is the Bubble Tea model: a stack of screens. It handles what concerns
// every screen, such as size, theme, leaving, help and the stack itself.
type Program struct {
	env   env
	auto  bool // The theme follows the terminal's background.
	fills bool // The terminal has enough colours for backgrounds; see [theme.filled].
	stack []screen
	quiet []time.Time // The last presses of q; see thrice.
	skips int         // How often the learner has skipped the pauses of a chat.
	gone  bool

	glance   time.Duration // The least time someone needs to see what has come; 0 switches hasty off.
	hurried  int           // How many presses in a row were hasty.
	still    bool          // Nothing moves, so that hasty is for emergency numbers alone.
	entered  time.Time     // When the key that goes on was last pressed.
	numbered time.Time     // When a number last took something, until the key that goes on; see hasty.
	came     time.Time     // When the chat last came to where the learner can act.

	recovers int // The size of the stack at which the cover comes back once help is closed; 0 is none.

	hidden  bool    // The desk of a class shows nothing while the class goes on.
	typed   string  // What was typed while hidden; see whileHidden.
	covered bool    // The window lost the keyboard, and the learner hasn't uncovered the screen.
	waits   tea.Msg // The tick that the chat on a covered screen waits with.
	born    time.Time
	asked   time.Time // When the terminal was asked for its background.
	o       Options

	keyboard    *input.Reader // Nil where the library reads the keys.
	toldHistory bool          // See keepsHistory.

	heard  time.Time // When the seat last pressed a key or got news; see idle.
	warned bool
}

// groundPatience is how long the terminal may take to report its background. A
// later answer is ignored: it would change the colours while the learner reads.
const groundPatience = 200 * time.Millisecond

// mostSkips is how many skipped pauses of a chat switch motion off: the learner doesn't
// want to see it move (WCAG 2.2, 2.2.2).
const mostSkips = 2

// settling is how long a terminal may take to answer what the library asks it
// at the start. An answer that comes after the program has ended is typed into
// the shell (charmbracelet/bubbletea#1590). A learner who leaves before that sees
// a clear screen at once, and the program ends when the time is over.
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

// troubled tells the learner, once, what is wrong with the file of the record, if anything.
func (p *Program) troubled() {
	if words := p.env.trouble(p.env.book.Trouble()); words != "" {
		p.env.notice = words
	}
}

// trouble returns the words for what is wrong with the file of the record, or "".
func (e env) trouble(t progress.Trouble) string {
	return e.words.Trouble(t.Kind.String(), t.Lost, t.Version)
}

// Init asks for the terminal's background if the theme follows it; nothing waits for the answer.
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

// Update takes a message. The program handles what concerns every screen; the
// rest goes to the screen on top.
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

// handle acts on a message or a request.
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
		return p.handle(open{screen: p.newSettings(msg.at)})
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

// leap goes to what was picked in the palette, whichever screens are open.
func (p *Program) leap(msg tea.Msg) tea.Cmd {
	p.recovers, p.waits = 0, nil // The learner has left the screen that was covered.
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

// keepPlace records where the learner leaves the story that is open, if any.
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

// colored takes the colour profile of the terminal.
func (p *Program) colored(profile colorprofile.Profile) {
	p.fills = profile >= colorprofile.ANSI256
	p.dress(p.env.theme.name)
}

// dress switches to a theme, with backgrounds of its own if the terminal has enough colours.
func (p *Program) dress(name string) {
	if p.env.theme = newTheme(name); p.fills {
		p.env.theme = p.env.theme.filled()
	}
}

// quit returns the command that ends the program once the terminal has settled; see settling.
func (p *Program) quit() tea.Cmd {
	wait := settling - time.Since(p.born)
	if wait <= 0 {
		return tea.Quit
	}
	return tea.Tick(wait, func(time.Time) tea.Msg { return tea.QuitMsg{} })
}

// maxWidth and maxHeight bound what is drawn, in cells; a larger terminal is filled
// only in its upper left part. The library takes up to 2^20 cells, which are 220 MiB
// a session; 3000 by 3000 took 2 GiB (Bubble Tea 2.1.1, measured).
const maxWidth, maxHeight = 400, 200

func clamp(n, most int) int { return min(max(n, 0), most) }

// maxPaste bounds a paste, in bytes. A paste without an end grows for as long as it is
// sent (anomalyco/opentui#1320).
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

// thrice notes a press of q and reports whether it is the third within two seconds.
// A single key is hit too easily, and the control key is hard to find on some
// keyboards; GOV.UK's "Exit a page quickly" also takes one key, three times.
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

// bottom hands a message to the lowest screen, whatever is open above it: the desk of a
// class gets its news while the page of help is open.
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

// fetch returns the command that draws the prose of the screen on top that isn't drawn yet.
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
	if p.hidden { // The terminal looks as it does after leaving, and shows nothing that is typed.
		v.AltScreen = false
		return v
	}
	if !p.covered {
		v.WindowTitle = "wayout"
	}
	v.ReportFocus = p.covers()
	v.DisableBracketedPasteMode = !p.typing() // Elsewhere, torn marks of a paste could be read as keys.
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

// clip cuts a frame to the size of the terminal. It is a safeguard: a screen fits already.
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
