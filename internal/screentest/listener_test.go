package screentest

import "testing"

// TestListener: what a listener reads is what it is sent since the last key, in the order in
// which it is sent, and the line of the cursor, which can't be hidden.
func TestListener(t *testing.T) {
	l := NewListener(t, 40, 6)
	for _, sent := range []string{"\x1b]2;here\x07\x1b[?25l\x1b[1;31mone    two\x1b[m\x1b[3;5Hthr", "ee\x1b[",
		"3;20Hfour", "\x1b[5;1Hx\x1b[4b"} {
		if _, err := l.Write([]byte(sent)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := l.Heard(), "one two\nthree four\nxxxxx"; got != want {
		t.Errorf("heard is %q, not %q", got, want)
	}
	if got := l.Line(); got != "xxxxx" || l.em.CursorHidden() || l.Title() != "here" {
		t.Errorf("the line is %q, the cursor hidden %v, the title %q", got, l.em.CursorHidden(), l.Title())
	}
	if c := l.Screen().Cell(0, 0); c.Content != "o" || c.Style.Fg != nil || c.Style.Attrs != 0 {
		t.Errorf("a letter has a style: %+v", c)
	}
	l.Forget()
	if _, err := l.Write([]byte("\x1b[1;5Htwice\x1b[3;1H")); err != nil {
		t.Fatal(err)
	}
	if got, line := l.Heard(), l.Line(); got != "twice" || line != "three four" {
		t.Errorf("after a key heard is %q, and the line %q", got, line)
	}
}
