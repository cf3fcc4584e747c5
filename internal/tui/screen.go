package tui

import (
	"charm.land/bubbles/v2/key"
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
	w, h   int
	theme  *theme
	words  *course.Words
	course *course.Course
	help   *helpline.Directory
	book   *progress.Book
	set    settings.Settings
	keys   keyMap
	shelf  *shelf
	see    *view.View // Decides what a learner alone is shown.
	motion bool
	seed   uint64
	queue  *queue
	served bool // The learner sits at another machine: nothing is typed.

	// played takes down that a seat's own run has gone on; nil where nobody has to know.
	played func(play.Run) (wait func() error)

	cut func(what string) // Told what does not fit and is cut, for tests; nil otherwise.

	colorless bool   // There are no colours at all.
	notice    string // One line that stands above the hints until the next screen.
}

// frame is a drawn screen.
type frame struct {
	lines  []string
	cursor *tea.Cursor // Where a magnifier or a screen reader should look.
	hits   []hit       // Where a click does something.
}

// open asks the program to put a screen on the stack, and to show one line above
// its hints, if there is any.
type open struct {
	screen
	notice string
}

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

// queue holds what a screen has asked the program for in its update. It is done
// as soon as the update has returned, before the next key: through a command it
// could come after a key that was pressed in haste, which then went to the wrong
// screen.
type queue struct{ asked []tea.Msg }

// send asks the program for something. It returns nil, to stand where a command
// is returned.
func (e env) send(msg tea.Msg) tea.Cmd {
	e.queue.asked = append(e.queue.asked, msg)
	return nil
}

func (e env) push(s screen) tea.Cmd { return e.send(open{screen: s}) }

func (e env) pop(tell tea.Msg) tea.Cmd { return e.send(back{tell}) }

// ids returns the ids of the lessons, in the order of the course.
func (e env) ids() []string {
	var ids []string
	for _, l := range e.course.Lessons {
		ids = append(ids, l.ID)
	}
	return ids
}

// roomy reports whether there is place for boxes and air. Below it a screen
// shrinks to a plain list.
func (e env) roomy() bool { return e.w >= 60 && e.h >= 20 }

// column returns the width of the text column. Some 60 to 66 characters a line read
// best, and over 80 is hard for many (WCAG 2.2, 1.4.8); 72 with the margins of a chat.
func (e env) column() int {
	if e.w < 60 {
		return max(e.w, 1)
	}
	most := textWidth
	if e.set.Width > 0 {
		most = e.set.Width
	}
	return min(e.w-4, most)
}

// textWidth is how wide the text column is at most where nobody has asked for
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
