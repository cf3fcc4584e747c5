package main

import (
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
)

type bare struct{}

func (bare) Init() tea.Cmd { return nil }

func (b bare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return b, tea.Quit
	}
	return b, nil
}

func (bare) View() tea.View {
	v := tea.NewView("bare\n" + strings.Repeat("a line of a bare program\n", 20) + "bare footer")
	v.AltScreen = true
	return v
}

func main() {
	// The frame rate is that of wayout; see internal/tui.
	if _, err := tea.NewProgram(bare{}, tea.WithFPS(120)).Run(); err != nil {
		os.Exit(1)
	}
}
