package tui

import (
	"testing"

	"wayout/internal/progress"
)

// TestLeavingSaysWhatIsKept checks that the page before the first story says what is kept, where it is
// erased, and in private that nothing is, and that all of it fits into the smallest window.
func TestLeavingSaysWhatIsKept(t *testing.T) {
	for _, private := range []bool{false, true} {
		o := whole(t)
		o.Book = progress.Open(progress.Options{Dir: t.TempDir(), Today: today})
		if private {
			o.Book.GoPrivate()
		}
		d := newDesk(t, o, 60, 16)
		d.press("enter")
		d.want("Before you start", "ctrl+x clears", "Nothing you type")
		if kept := d.screen().Contains("until you erase it"); kept == private {
			t.Errorf("private is %v:\n%s", private, d.screen())
		}
		if d.screen().Contains("more below") {
			t.Errorf("it doesn't fit:\n%s", d.screen())
		}
	}
}
