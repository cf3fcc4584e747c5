package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/helpline"
)

// screen is one screen of the program, as a value.
type screen interface {
	// update takes a message and returns the screen as it is then. To go to
	// another screen it returns open or back through the command.
	update(env, tea.Msg) (screen, tea.Cmd)
	// draw returns the whole screen. It may be called at any size and must not
	// change anything.
	draw(env) frame
	// keys returns what the screen answers to, in the order of importance: the
	// footer and the screen of keys are made from it.
	keys(env) []key.Binding
}

// reader is a screen with prose. The program sees to it that the pages are
// drawn before they are shown.
type reader interface{ reads(env) []page }

// typist is a screen on which text is typed; keys of one letter are off there.
type typist interface{ typing() bool }

// env is what the screens share.
type env struct {
	w, h    int
	theme   *theme
	words   *course.Words
	course  *course.Course
	help    *helpline.Directory
	country string
	keys    keyMap
	shelf   *shelf
	motion  bool
	seed    uint64
}

// frame is a drawn screen.
type frame struct {
	lines  []string
	cursor *tea.Cursor // Where a magnifier or a screen reader should look.
}

// open asks the program to put a screen on the stack.
type open struct{ screen }

// instead asks the program to put a screen in the place of the top one.
type instead struct{ screen }

// back asks the program to take the top screen off. The message, if any, is
// handed to the screen below.
type back struct{ tell tea.Msg }

// home asks the program to take all screens off but the first.
type home struct{}

// arrive is sent to a screen when it is put on the stack, or comes up again.
type arrive struct{}

// drawn is sent to the screen on top when prose that it reads has been drawn.
type drawn struct{}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

func push(s screen) tea.Cmd { return send(open{s}) }

func pop(tell tea.Msg) tea.Cmd { return send(back{tell}) }

// roomy reports whether there is place for boxes and air. Below it a screen
// shrinks to a plain list.
func (e env) roomy() bool { return e.w >= 60 && e.h >= 20 }

// column returns the width of the text column. Lines of 60 to 66 characters
// read best (trust.md 4.3); 72 with the margins of a chat.
func (e env) column() int {
	if e.w < 60 {
		return max(e.w, 1)
	}
	return min(e.w-4, 72)
}
