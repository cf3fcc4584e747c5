package tui

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// TestAddressesStayWhole checks that on every country's page of help, at 60 columns too, each
// address stands in one piece, or is a hyperlink to the whole.
func TestAddressesStayWhole(t *testing.T) {
	for _, w := range []int{60, 80, 120} {
		d := newDesk(t, whole(t), w, 24)
		e := d.p.env
		for _, c := range e.help.Countries {
			body := strings.Join(helpIn(e, c.Code).body(e), "\n")
			for _, service := range e.help.For(c.Code) {
				if a := service.Source; a != "" && !service.School && !strings.Contains(body, a) {
					t.Errorf("at %d, %s: %s is broken", w, c.Name, a)
				}
				for _, word := range strings.Fields(service.Web + " " + service.Chat) {
					if isAddress(word) && !strings.Contains(body, word) {
						t.Errorf("at %d, %s: %s is broken", w, c.Name, word)
					}
				}
			}
		}
	}
}

// TestWrapWhole wraps words and addresses into lines.
func TestWrapWhole(t *testing.T) {
	for words, want := range map[string]string{
		"no address-here": "no address-\nhere",
		"on https://a.b":  "on\nhttps://a.b",
		"see www.a.b now": "see www.a.b\nnow",
		"x https://www.long-one.example/a-b/c and y": "x\nlong-one.exa…\nand y",
	} {
		got := wrapWhole(lipgloss.NewStyle(), words, 13)
		if s := ansi.Strip(strings.Join(got, "\n")); s != want {
			t.Errorf("%q becomes %q, not %q", words, s, want)
		}
	}
}
