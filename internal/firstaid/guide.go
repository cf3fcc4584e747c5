package firstaid

import (
	"errors"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
)

// Kind says what a screen is about. It is the id of a step in now.toml.
type Kind string

// The kinds, in the order in which they come.
const (
	Safe     Kind = "safe"     // Asks whether they are safe.
	Danger   Kind = "danger"   // The emergency number and a person; only for someone who isn't safe.
	Breathe  Kind = "breathe"  // A slow breath, which can be passed by.
	Stop     Kind = "stop"     // Don't answer, don't pay, don't send more.
	Save     Kind = "save"     // What to screenshot, and what not.
	Trouble  Kind = "trouble"  // Whether asking for help gets them into trouble.
	Who      Kind = "who"      // Asks who could be with them.
	How      Kind = "how"      // Asks whether they would rather say it or send it.
	Sentence Kind = "sentence" // The first sentence.
	App      Kind = "app"      // Report in the app, then block, and keep the account.
	Report   Kind = "report"   // Who takes a report outside the app.
	Remove   Kind = "remove"   // Who can help to get a picture down, one a screen.
	People   Kind = "people"   // Who helps now.
	End      Kind = "end"      // A calm end.
)

// order is the order of the steps.
func order() []Kind {
	return []Kind{Safe, Danger, Breathe, Stop, Save, Trouble, Who, How, Sentence, App, Report, Remove, People, End}
}

// step is the words of one screen.
type step struct {
	ID        Kind
	Head      string
	Text      string
	Otherwise string            // Stands for Text where a number or a service isn't known.
	Instead   map[string]string // Stands for Text in a country, by its code.
	Option    []option
}

// option is something that can be taken.
type option struct{ ID, Text string }

// sentence is a first sentence to someone.
type sentence struct{ To, How, Text string }

// Guide is the words of all screens.
type Guide struct {
	Hopeless struct {
		Line string // With {{.Who}}.
		Or   string // Of two lines, {{.Who}} and {{.Other}}.
		Call string // With the emergency {{.Number}}.
		Near string
	}
	Clipboard struct {
		Held    string // With the {{.Key}} that clears it.
		Cleared string
	}
	Step     []step
	Sentence []sentence
}

// Read reads now.toml. The error says what is missing: a screen without words would leave
// someone alone in the middle.
func Read(src []byte) (*Guide, error) {
	clean, found := text.Clean(src, text.Policy{Max: 64 << 10})
	if len(found) > 0 {
		return nil, fmt.Errorf("read now.toml: line %d: %s", found[0].Line, found[0].What)
	}
	var g Guide
	meta, err := toml.Decode(clean, &g)
	if err != nil {
		return nil, fmt.Errorf("read now.toml: %w", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return nil, fmt.Errorf("read now.toml: no key %q", text.Line(more[0].String(), 60))
	}
	if err := g.whole(); err != nil {
		return nil, fmt.Errorf("read now.toml: %w", err)
	}
	return &g, nil
}

// whole returns nil where every screen has its words.
func (g *Guide) whole() error {
	var kinds []Kind
	for _, s := range g.Step {
		kinds = append(kinds, s.ID)
		if s.Head == "" || s.Text == "" {
			return fmt.Errorf("step %q needs a head and a text", s.ID)
		}
		if slices.Contains([]Kind{Danger, Report, People}, s.ID) && s.Otherwise == "" {
			return fmt.Errorf("step %q needs an otherwise", s.ID)
		}
	}
	if !slices.Equal(kinds, order()) {
		return fmt.Errorf("the steps are %q, and not %q", kinds, order())
	}
	if ids := g.step(Safe).ids(); !slices.Equal(ids, []string{string(Safe), string(Danger)}) {
		return fmt.Errorf("step %q asks for safe or danger, and not %q", Safe, ids)
	}
	for _, to := range g.step(Who).ids() {
		for _, how := range g.step(How).ids() {
			if g.sentence(to, how) == "" {
				return fmt.Errorf("no sentence to %q to %s", to, how)
			}
		}
	}
	if g.Hopeless.Line == "" || g.Hopeless.Or == "" || g.Hopeless.Call == "" || g.Hopeless.Near == "" ||
		g.Clipboard.Held == "" || g.Clipboard.Cleared == "" {
		return errors.New("words are missing for when it feels hopeless, or about the clipboard")
	}
	return nil
}

// step returns the words of a screen; those of none are empty.
func (g *Guide) step(k Kind) step {
	for _, s := range g.Step {
		if s.ID == k {
			return s
		}
	}
	return step{}
}

func (s step) ids() []string {
	var ids []string
	for _, o := range s.Option {
		ids = append(ids, o.ID)
	}
	return ids
}

func (g *Guide) sentence(to, how string) string {
	for _, s := range g.Sentence {
		if s.To == to && s.How == how {
			return s.Text
		}
	}
	return ""
}
