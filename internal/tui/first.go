package tui

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// paintFirst draws the first screen before the library's loop starts, which
// paints at its first tick, 8 ms later: a fifth of all that a learner waits for.
// The loop then draws the same cells again, in one piece, so that nothing
// flickers. It returns the function that gives the terminal back when the loop has
// ended, or has failed.
//
// The alternate screen is thus entered twice. Terminals keep the cursor of the main
// screen apart from that of the alternate one, so the second time changes nothing.
func (p *Program) paintFirst(in, out *os.File, o Options) (giveBack func(failed bool)) {
	w, h, err := term.GetSize(out.Fd())
	if err != nil || w < 1 || h < 1 {
		return func(bool) {}
	}
	// A key that is pressed before the loop reads is kept for it, and not
	// echoed over the screen; ctrl+c leaves as it does later.
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return func(bool) {}
	}
	p.env.w, p.env.h = clamp(w, maxWidth), clamp(h, maxHeight)
	profile, ok := p.profile(o)
	if !ok {
		profile = colorprofile.Detect(out, o.Env)
	}
	p.colored(profile)
	var frame strings.Builder
	colors := &colorprofile.Writer{Forward: &frame, Profile: profile}
	_, _ = io.WriteString(colors, strings.ReplaceAll(p.View().Content, "\n", "\r\n")) // A builder never fails.
	_, _ = fmt.Fprint(out, askAlternate, ansi.SetModeAltScreenSaveCursor, ansi.HideCursor, ansi.EraseEntireScreen,
		ansi.CursorHomePosition, frame.String())
	return func(failed bool) {
		if failed {
			_, _ = fmt.Fprint(out, ansi.ShowCursor, ansi.ResetModeAltScreenSaveCursor)
		}
		if p.noAlternate() {
			if p.inScreen() {
				_, _ = io.WriteString(out, strings.Repeat("\n", pushesOut))
			}
			_, _ = io.WriteString(out, clearHistory)
		}
		_ = term.Restore(in.Fd(), was)
	}
}

// Where the alternate screen is switched off, as it is in GNU screen by default and can
// be in tmux, we draw on the main screen, and what is erased from it goes into the history.
// Leaving it then doesn't restore the cursor: if the terminal still reports the cursor at
// probeRow and probeCol, where we moved it in between, there is no alternate screen.
const (
	probeRow, probeCol = 3, 7
	askPlace           = "\x1b[6n"
	askAlternate       = askPlace + ansi.SetModeAltScreenSaveCursor + "\x1b[3;7H" + ansi.ResetModeAltScreenSaveCursor +
		askPlace

	// The screen first: some terminals move what is erased into the history.
	clearHistory = "\x1b[H\x1b[2J\x1b[3J\x1b[H"
)

// pushesOut is how many empty lines push a lesson out of the history of GNU screen, which
// can't be cleared: it keeps the last hundred lines unless it is set higher.
const pushesOut = 4 << 10

// noAlternate reports whether the terminal has answered that its alternate screen is
// switched off.
func (p *Program) noAlternate() bool {
	if p.keyboard == nil {
		return false
	}
	said, at := p.keyboard.Places(), [2]int{probeRow, probeCol}
	return len(said) > 1 && said[0] != at && said[1] == at
}

// keepsHistory tells the learner, once, if what was on the screen stays in the history
// of the terminal and can't be cleared from here.
func (p *Program) keepsHistory() {
	if p.toldHistory || !p.inScreen() || !p.noAlternate() {
		return
	}
	p.toldHistory = true
	p.env.notice = p.env.words.T("leaving.history")
}

// inScreen reports whether the program runs in GNU screen.
func (p *Program) inScreen() bool {
	return slices.ContainsFunc(p.o.Env, func(kv string) bool { return strings.HasPrefix(kv, "STY=") && kv != "STY=" })
}
