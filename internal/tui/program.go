package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/course"
	"wayout/internal/helpline"
)

// Options are what the program is started with.
type Options struct {
	Course  *course.Course
	Help    *helpline.Directory
	Country string // Whose help is shown first, such as "GB"; may be empty.
	Lesson  string // The id of a lesson to open at once, or empty for Home.
	From    string // The id of a scene of Lesson to begin in, or empty for its cover.
	Theme   string // One of Themes; empty is "auto".
	Motion  bool   // Whether the chat comes in bit by bit.
	Seed    uint64 // Orders the options of the checks.

	In  io.Reader // Nil is standard input.
	Out io.Writer // Nil is standard output.
	Env []string  // The environment; see os.Environ.
}

// Themes returns the names that Options.Theme takes.
func Themes() []string { return append([]string(nil), themeNames...) }

// framesPerSecond is how often the terminal may be painted. The first frame
// waits for the first tick: 8 ms at 120, 16 at 60 (performance.md).
const framesPerSecond = 120

// Run shows the program until the learner leaves it.
func Run(ctx context.Context, o Options) error {
	opts := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond), tea.WithEnvironment(o.Env)}
	if o.In != nil {
		opts = append(opts, tea.WithInput(o.In))
	}
	if o.Out != nil {
		opts = append(opts, tea.WithOutput(o.Out))
	}
	if noColor(o.Env) || o.Theme == "mono" {
		opts = append(opts, tea.WithColorProfile(colorprofile.ASCII))
	}
	p := New(o)
	giveBack := func(bool) {}
	if o.In == nil && o.Out == nil {
		giveBack = p.paintFirst(os.Stdin, os.Stdout, o.Env)
	}
	_, err := tea.NewProgram(p, opts...).Run()
	giveBack(err != nil)
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// noColor reports whether NO_COLOR is set to anything (no-color.org). The
// library reads it as a truth value, so that NO_COLOR=yes would be ignored.
func noColor(environ []string) bool {
	for _, v := range environ {
		if value, ok := strings.CutPrefix(v, "NO_COLOR="); ok {
			return value != ""
		}
	}
	return false
}

// Program is the model of the whole program: a stack of screens. It handles
// size, background, leaving, help, and the stack, and nothing else.
type Program struct {
	env   env
	auto  bool // The theme follows the terminal's background.
	stack []screen
	quiet []time.Time // When q was pressed last.
	gone  bool
	born  time.Time
}

// settling is how long a terminal may take to answer what the library asks it
// at the start. An answer that comes after the program has gone is typed into
// the shell (charmbracelet/bubbletea#1590), so that leaving in the first moment
// clears the screen at once and goes a moment later.
const settling = 60 * time.Millisecond

// New returns the program, which has not asked the terminal anything yet.
func New(o Options) *Program {
	words := o.Course.Words()
	p := &Program{auto: o.Theme == "" || o.Theme == "auto"}
	p.env = env{w: 80, h: 24, theme: newTheme(o.Theme), words: words, course: o.Course, help: o.Help,
		country: o.Country, keys: newKeyMap(words), shelf: newShelf(), motion: o.Motion, seed: o.Seed}
	p.stack = []screen{newHome(p.env)}
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

// Init asks for the terminal's background; nothing waits for the answer.
func (p *Program) Init() tea.Cmd {
	p.born = time.Now()
	if p.auto {
		return tea.Batch(tea.RequestBackgroundColor, send(arrive{}))
	}
	return send(arrive{})
}

// Update takes a message. The five things that are the program's own are
// handled here; the rest goes to the screen on top.
func (p *Program) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if p.gone {
		return p, nil // The screen is clear, and the program is on its way out.
	}
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.env.w, p.env.h = clamp(msg.Width, maxWidth), clamp(msg.Height, maxHeight)
	case tea.BackgroundColorMsg:
		p.background(msg)
	case pageDrawn:
		p.env.shelf.put(msg)
		cmd = p.top(drawn{})
	case open:
		p.stack = append(p.stack, msg.screen)
		cmd = p.top(arrive{})
	case instead:
		p.stack[len(p.stack)-1] = msg.screen
		cmd = p.top(arrive{})
	case back:
		cmd = p.pop(msg)
	case home:
		p.stack = p.stack[:1]
		cmd = p.top(arrive{})
	case tea.KeyPressMsg:
		cmd = p.press(msg)
	case tea.PasteMsg:
		cmd = p.top(pasted(msg))
	default:
		cmd = p.top(msg)
	}
	if p.gone {
		return p, p.quit()
	}
	return p, tea.Batch(cmd, p.fetch())
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
// is larger gets its upper left part (trust.md 1.4).
const maxWidth, maxHeight = 400, 200

func clamp(n, most int) int { return min(max(n, 0), most) }

// maxPaste bounds a paste, in bytes (trust.md 1.2).
const maxPaste = 1 << 10

func pasted(msg tea.PasteMsg) tea.PasteMsg {
	if len(msg.Content) > maxPaste {
		msg.Content = strings.ToValidUTF8(msg.Content[:maxPaste], "")
	}
	return msg
}

func (p *Program) press(msg tea.KeyPressMsg) tea.Cmd {
	k, top := p.env.keys, p.stack[len(p.stack)-1]
	t, ok := top.(typist)
	typing := ok && t.typing()
	_, onHelp := top.(helpScreen)
	_, onKeys := top.(keysScreen)
	switch {
	case key.Matches(msg, k.leave), !typing && key.Matches(msg, k.leaveQuietly) && p.thrice():
		p.gone = true
		return nil
	case msg.String() == "f1" && !onHelp, !typing && !onHelp && key.Matches(msg, k.help):
		p.stack = append(p.stack, newHelp(p.env))
		return p.top(arrive{})
	case !typing && !onKeys && key.Matches(msg, k.keys):
		p.stack = append(p.stack, newKeys(p.env, top.keys(p.env)))
		return p.top(arrive{})
	}
	return p.top(msg)
}

// thrice reports whether q was pressed three times within two seconds. Once is
// too easily hit, and the control key is not on every keyboard where one looks
// for it (trust.md 2.3).
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
	i := len(p.stack) - 1
	var cmd tea.Cmd
	p.stack[i], cmd = p.stack[i].update(p.env, msg)
	return cmd
}

func (p *Program) pop(msg back) tea.Cmd {
	if len(p.stack) == 1 {
		return nil
	}
	p.stack = p.stack[:len(p.stack)-1]
	if msg.tell != nil {
		return p.top(msg.tell)
	}
	return p.top(arrive{})
}

func (p *Program) background(msg tea.BackgroundColorMsg) {
	if !p.auto {
		return
	}
	name := "light"
	if msg.IsDark() {
		name = "dark"
	}
	if p.env.theme.name != name {
		p.env.theme = newTheme(name)
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
	v.WindowTitle = "wayout"
	f := p.stack[len(p.stack)-1].draw(p.env)
	v.SetContent(strings.Join(fence(f.lines, p.env.w, p.env.h), "\n"))
	if f.cursor != nil {
		f.cursor.Blink = false
		v.Cursor = f.cursor
	}
	return v
}

// fence cuts a frame to the terminal. A screen that fits changes nothing here.
func fence(lines []string, w, h int) []string {
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
