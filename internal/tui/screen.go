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
	// update takes any message but keys and pastes, which the table takes care of. It returns
	// the screen as it is then, where to go from it, and work to do beside the loop.
	update(env, tea.Msg) (screen, request, tea.Cmd)
	// draw returns the whole screen. It may be called at any size and must not
	// change anything.
	draw(env) frame
}

// reader is a screen with prose. The program sees to it that the pages are
// drawn before they are shown.
type reader interface{ reads(env) []page }

// typist is a screen on which text is typed; keys of one letter are off there.
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
	measure   int               // How wide the text column is at most, where the learner has set it.
	cut       func(what string) // Told what does not fit and is cut, for tests; nil otherwise.
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
	served bool // The learner sits at another machine: nothing is typed.
	roams  bool // There is more to go to: a class and a talk have no other place.

	// played takes down that a seat's own run has gone on; nil where nothing has to know.
	played func(play.Run) (wait func() error)
}

// frame is a drawn screen.
type frame struct {
	lines  []string
	cursor *tea.Cursor // Where a magnifier or a screen reader should look.
	hits   []hit       // Where a click does something.
}

// request is what a screen asks the program for. It is done as soon as the update has
// returned, before the next key: through a command it could come after a key that was
// pressed in haste, which then went to the wrong screen. Nil asks for nothing.
type request interface{ request() }

// The requests.
type (
	// open puts a screen on the stack, and shows one line above its hints, if there
	// is any.
	open struct {
		screen screen
		notice string
	}
	// instead puts a screen in the place of the top one.
	instead struct{ screen screen }
	// back takes the top screen off. The message, if any, is handed to the screen
	// below.
	back struct{ tell tea.Msg }
	// home takes all screens off but the first.
	home struct{}
	// openHelp and openKeys show the page of help and that of keys.
	openHelp struct{}
	openKeys struct{}
	// openSettings shows the settings. The program knows what can be set.
	openSettings struct{}
	// skipped says that the learner didn't wait for the chat to come in.
	skipped struct{}
	// changed takes other settings.
	changed struct{ set settings.Settings }
	// erase takes everything away that is kept.
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

// roomy reports whether there is place for boxes and air. Below it a screen
// shrinks to a plain list.
func (e look) roomy() bool { return e.w >= 60 && e.h >= 20 }

// column returns the width of the text column. Some 60 to 66 characters a line read
// best, and over 80 is hard for many (WCAG 2.2, 1.4.8); 72 with the margins of a chat.
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

// textWidth is how wide the text column is at most where no one has asked for
// another width, in cells.
const textWidth = 72

// keep has a run remembered as it is after a move. The record in memory is there
// at once; the file is written beside the loop, and the program waits for it
// before it ends.
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

// save writes the record.
func (e env) save() tea.Cmd {
	book := e.book
	return func() tea.Msg {
		_ = book.Save() // What went wrong is the book's Trouble.
		return saved{}
	}
}
