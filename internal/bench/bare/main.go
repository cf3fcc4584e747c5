package main

import (
	"os"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// bare counts the keys that were pressed.
type bare struct{ keys int }

func (bare) Init() tea.Cmd { return nil }

func (b bare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if press.String() == "q" {
			return b, tea.Quit
		}
		b.keys++
	}
	return b, nil
}

func (b bare) View() tea.View {
	v := tea.NewView("bare " + strconv.Itoa(b.keys) + "\n" + strings.Repeat("a line of a bare program\n", 20) +
		"bare footer")
	v.AltScreen = true
	return v
}

func main() {
	// 120 frames a second, while wayout has 30; see internal/tui.
	if _, err := tea.NewProgram(bare{}, tea.WithFPS(120)).Run(); err != nil {
		os.Exit(1)
	}
}
