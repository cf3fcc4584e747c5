package tui

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// paintFirst draws the first screen before the library's loop starts, which
// paints at its first tick, 8 ms later: a fifth of all that a learner waits for.
// The loop then draws the same cells again, in one piece, so that nothing
// flickers. It returns what gives the terminal back when the loop has ended, or
// has never begun.
//
// The alternate screen is entered twice in this way. Terminals keep the cursor
// of the main screen apart from that of the alternate one, so that the second
// time changes nothing.
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
	var frame strings.Builder
	colors := &colorprofile.Writer{Forward: &frame, Profile: profile}
	_, _ = io.WriteString(colors, strings.ReplaceAll(p.View().Content, "\n", "\r\n")) // A builder never fails.
	_, _ = fmt.Fprint(out, ansi.SetModeAltScreenSaveCursor, ansi.HideCursor, ansi.EraseEntireScreen, ansi.CursorHomePosition, frame.String())
	return func(failed bool) {
		if failed {
			_, _ = fmt.Fprint(out, ansi.ShowCursor, ansi.ResetModeAltScreenSaveCursor)
		}
		_ = term.Restore(in.Fd(), was)
	}
}
