package screentest

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/vt"
)

// counter counts keys, and asks the terminal something at each key.
type counter struct{ n int }

func (c counter) Init() tea.Cmd { return nil }

func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if k.String() == "q" {
			return c, tea.Quit
		}
		c.n++
		return c, tea.RequestBackgroundColor
	}
	return c, nil
}

func (c counter) View() tea.View {
	v := tea.NewView(fmt.Sprintf("keys: %d\n%s\n世界 wide", c.n,
		lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color("#FF0000")).Render("red")))
	v.AltScreen = true
	return v
}

func TestTerminal(t *testing.T) {
	term := New(t, 40, 10)
	term.Run(counter{})
	s := term.WaitFor("keys: 0")
	if got := s.Lines()[2]; got != "世界 wide" {
		t.Errorf("a wide glyph is drawn as %q", got)
	}
	if c := s.Cell(0, 1); hex(c.Style.Fg) != "#ff0000" {
		t.Errorf("the colour of %q is %v", c.Content, c.Style.Fg)
	}
	if !term.AltScreen() {
		t.Error("the alternate screen is not shown")
	}
	term.Type(strings.Repeat("a", 3000))
	term.WaitFor("keys: 3000")
	term.With(func(em *vt.Emulator) { em.Resize(20, 5) })
	term.Send(tea.WindowSizeMsg{Width: 20, Height: 5})
	term.Wait("the new size", func(s Screen) bool { return s.W == 20 && s.Contains("keys: 3000") })
	term.Press("q")
	if err := term.WaitExit(); err != nil {
		t.Error(err)
	}
	if term.AltScreen() {
		t.Error("the alternate screen is still shown")
	}
}

func TestDraw(t *testing.T) {
	s := Draw(lipgloss.NewStyle().Bold(true).Render("hello")+"\n<b>", 12, 3)
	if s.Row("hello") != 0 || s.Row("<b>") != 1 || s.Row("none") != -1 {
		t.Errorf("drawn as %q", s.Lines())
	}
	svg := string(s.SVG("a test", "#000000", "#ffffff"))
	for _, want := range []string{`role="img"`, `font-weight="bold"`, ">hello</text>", "&lt;b&gt;"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture has no %s:\n%s", want, svg)
		}
	}
}
