package tui

import (
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
	"wayout/internal/view"
)

// screen is one screen of the program, as a value.
type screen interface {
	// keys returns the table of the keys that the screen answers to, in the order of
	// importance. The hints, the page of keys and the handling are made from it.
	keys(env) []action
	// update takes any message except keys and pastes, which the table handles. It returns
	// the changed screen, a request or nil, and a command for work outside the loop.
	update(env, tea.Msg) (screen, request, tea.Cmd)
	// draw returns the whole screen. It may be called at any size and must not
	// change anything.
	draw(env) frame
}

// reader is a screen with prose. The program has the pages drawn outside the loop;
// see prose.go.
type reader interface{ reads(env) []page }

// typist is a screen with a text field. While typing is true, keys of one letter are text.
type typist interface{ typing() bool }

// look is what drawing needs. Components take no more than this.
type look struct {
	w, h      int
	theme     *theme
	words     *course.Words
	course    *course.Course
	see       *view.View // Decides what a learner alone is shown.
	keys      keyMap
	drawings  *drawings
	motion    bool
	measure   int               // The greatest width of the text column that the learner has set, in cells, or 0.
	cut       func(what string) // Called with what does not fit and is cut, for tests; nil otherwise.
	colorless bool              // There are no colours at all.
	notice    string            // One line that stands above the hints until the next screen.
	typing    bool              // Text is typed on the screen that is drawn.
	why       string            // Why the last key did nothing, until the next key.
}

// env is what the screens share.
type env struct {
	look
	help   *helpline.Directory
	book   *progress.Book
	set    settings.Settings
	seed   uint64
	served bool // The learner sits at another machine, so no text may be typed.
	roams  bool // The program began at Home, so there are other places to go to.

	// played records a move in a seat's own run; nil outside a class. Wait waits for the result.
	played func(play.Run) (wait func() error)
}

// frame is a drawn screen.
type frame struct {
	lines  []string
	cursor *tea.Cursor // Where a magnifier or a screen reader should look.
	hits   []hit       // Where a click does something.
}

// request is what a screen asks the program for. It is carried out as soon as update has
// returned, before the next key. A tea.Cmd could arrive after a key that was pressed in
// haste, which would then go to the wrong screen. Nil asks for nothing.
type request interface{ request() }

// The requests.
type (
	// open puts a screen on the stack, and shows the notice above its hints, if
	// there is one.
	open struct {
		screen screen
		notice string
	}
	// instead replaces the top screen.
	instead struct{ screen screen }
	// back closes the top screen. The message, if any, is handed to the screen
	// below.
	back struct{ tell tea.Msg }
	// home closes all screens but the first.
	home struct{}
	// openHelp and openKeys show the page of help and that of keys.
	openHelp struct{}
	openKeys struct{}
	// openSettings shows the settings, with the one of this name selected, or the first; the program
	// knows which can be changed.
	openSettings struct{ at string }
	// skipped says that the learner didn't wait for the chat to come in.
	skipped struct{}
	// changed applies new settings.
	changed struct{ set settings.Settings }
	// erase deletes everything that is kept.
	erase struct{}
	// leaveNow leaves the program at once.
	leaveNow struct{}
)

func (open) request()         {}
func (instead) request()      {}
func (back) request()         {}
func (home) request()         {}
func (openHelp) request()     {}
func (openKeys) request()     {}
func (openSettings) request() {}
func (skipped) request()      {}
func (changed) request()      {}
func (erase) request()        {}
func (leaveNow) request()     {}

// arrive is sent to a screen when it is put on the stack, or comes up again.
type arrive struct{}

// drawn is sent to the screen on top when prose that it reads has been drawn.
type drawn struct{}

// roomy reports whether there is room for boxes and empty lines. In a smaller
// terminal a screen shrinks to a plain list.
func (e look) roomy() bool { return e.w >= 60 && e.h >= 20 }

// column returns the width of the text column in cells. Lines of 60 to 66 characters read
// best, and over 80 are hard for many (WCAG 2.2, 1.4.8); with a chat's margins that is 72.
func (e look) column() int {
	if e.w < 60 {
		return max(e.w, 1)
	}
	most := textWidth
	if e.measure > 0 {
		most = e.measure
	}
	return min(e.w-4, most)
}

// textWidth is the greatest width of the text column, in cells, unless the learner has
// set another.
const textWidth = 72

// keep records a run after a move. The record in memory changes at once; the
// returned command writes the file outside the loop, and the program waits for
// that before it ends.
func (e env) keep(run play.Run) tea.Cmd {
	e.book.Keep(run)
	if e.played != nil { // A seat keeps no file.
		wait := e.played(run)
		return func() tea.Msg {
			if err := wait(); err != nil {
				return unkept{err}
			}
			return nil
		}
	}
	return e.save()
}

// saved is sent when the record was written, or could not be.
type saved struct{}

// save returns the command that writes the record.
func (e env) save() tea.Cmd {
	book := e.book
	return func() tea.Msg {
		_ = book.Save() // What went wrong is the book's Trouble.
		return saved{}
	}
}
