package firstaid

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Kind says what a screen is about. It is the id of a step in now.toml.
type Kind string

// The kinds, in the order of now.toml.
const (
	Safe     Kind = "safe"     // Asks the reader whether they are safe.
	Danger   Kind = "danger"   // Someone could hurt them: the emergency number, and people.
	Hurt     Kind = "hurt"     // They might hurt themselves: someone to stay with them, the number, the lines.
	Unsure   Kind = "unsure"   // They aren't sure, it's someone else, or they haven't said: the number and the lines.
	Breathe  Kind = "breathe"  // A slow breath, which can be skipped.
	Stop     Kind = "stop"     // Don't answer, don't pay, don't send more.
	Threat   Kind = "threat"   // Whether the threat will be carried out.
	Save     Kind = "save"     // What to screenshot, and what not.
	Trouble  Kind = "trouble"  // Whether asking for help gets them into trouble.
	Who      Kind = "who"      // Asks who could be with them.
	How      Kind = "how"      // Asks whether they would rather say it or send it.
	Sentence Kind = "sentence" // The first sentence.
	App      Kind = "app"      // Report in the app, then block, and keep the account.
	Report   Kind = "report"   // Who takes a report outside the app.
	Remove   Kind = "remove"   // Who can help to get a picture down, one on each screen.
	People   Kind = "people"   // Who helps now.
	Safer    Kind = "safer"    // Asks again whether they are safe; only for someone who wasn't.
	End      Kind = "end"      // A calm end.
)

// order returns the order of the steps. Answers may skip some of them.
func order() []Kind {
	return []Kind{Safe, Danger, Hurt, Unsure, Breathe, Stop, Threat, Save, Trouble, Who, How, Sentence, App, Report,
		Remove, People, Safer, End}
}

// noOne is the option of someone who can't think of anyone to be with.
const noOne = "noone"

// step is the words of one screen.
type step struct {
	ID        Kind
	Head      string
	Text      string
	Otherwise string            // Replaces Text if a number or a service isn't known.
	Instead   map[string]string // Replaces Text in a country, by its code.
	Turn      string            // Follows Text if there are services to turn to.
	Again     string            // Replaces Text for someone who wasn't safe before, and isn't yet.
	Apart     string            // Used on the page of another screen, which doesn't ask the question.
	Option    []option
}

// option is an answer that can be taken.
type option struct{ ID, Text string }

// sentence is a first sentence: to a certain person, or, if the reader isn't safe, to anyone.
type sentence struct {
	To     string
	Unsafe Kind
	How    string
	Text   string
}

// hopeless is the phrases for the line on each screen about when it feels hopeless. {{.Where}}
// is a number, with the name of who answers it, or a web page.
type hopeless struct {
	Line   string // The whole line, with {{.Who}}.
	Or     string // Joins two ways, {{.Who}} and {{.Other}}.
	Call   string
	Text   string
	Either string // To call or to text.
	Page   string
	Hours  string // The service is open at any hour.
	Closed string // What to do when the service is closed, with the emergency {{.Number}}.
	Number string // The line if no service is known, with the emergency {{.Number}}.
	Near   string // The line if neither a service nor the emergency number is known.
}

// Guide is the words of all screens.
type Guide struct {
	NoNumber  string // Replaces the emergency number if none is known.
	Hopeless  hopeless
	Clipboard struct {
		Held    string // With the {{.Key}} that clears it.
		Cleared string
	}
	Step     []step
	Sentence []sentence
}

// whole returns nil if every screen has its words.
func (g *Guide) whole() error {
	var kinds []Kind
	for _, s := range g.Step {
		kinds = append(kinds, s.ID)
		if s.Head == "" || s.Text == "" {
			return fmt.Errorf("step %q needs a head and a text", s.ID)
		}
		if s.ID == Safer && s.Apart == "" {
			return fmt.Errorf("step %q needs an apart", s.ID)
		}
		if s.ID == Safe && s.Again == "" {
			return fmt.Errorf("step %q needs an again", s.ID)
		}
		if slices.Contains([]Kind{Danger, Hurt, Unsure, Report, People}, s.ID) && s.Otherwise == "" {
			return fmt.Errorf("step %q needs an otherwise", s.ID)
		}
	}
	if !slices.Equal(kinds, order()) {
		return fmt.Errorf("the steps are %q, and not %q", kinds, order())
	}
	if err := g.asks(); err != nil {
		return err
	}
	h := g.Hopeless
	if slices.Contains([]string{h.Line, h.Or, h.Call, h.Text, h.Either, h.Page, h.Hours, h.Closed, h.Number, h.Near,
		g.Clipboard.Held, g.Clipboard.Cleared, g.NoNumber}, "") {
		return errors.New("words are missing for when it feels hopeless, or about the clipboard")
	}
	return nil
}

// asks returns nil if each question has the options that a [Walk] needs, and if there is a
// sentence for each pair of answers.
func (g *Guide) asks() error {
	for _, want := range []struct {
		at      Kind
		options []Kind
	}{
		{Safe, []Kind{Danger, Hurt, Unsure, Breathe}}, // "I'm safe" is the last option.
		{Safer, []Kind{"notyet", Breathe, End}},
	} {
		if ids := g.step(want.at).ids(); fmt.Sprint(ids) != fmt.Sprint(want.options) {
			return fmt.Errorf("step %q offers %q, and not %q", want.at, ids, want.options)
		}
	}
	if !slices.Contains(g.step(Who).ids(), noOne) {
		return fmt.Errorf("step %q has no option %q", Who, noOne)
	}
	for _, how := range g.step(How).ids() {
		all := []answers{{unsafe: Danger, how: how}, {unsafe: Hurt, how: how}, {unsafe: Unsure, how: how}}
		for _, to := range g.step(Who).ids() {
			all = append(all, answers{to: to, how: how})
		}
		for _, a := range all {
			if a.to != noOne && g.sentence(a) == "" {
				return fmt.Errorf("no sentence to %q to %s", cmp.Or(a.to, string(a.unsafe)), how)
			}
		}
	}
	return nil
}

// step returns the words of a screen, or the zero step if there is no such screen.
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

// sentence returns the first sentence for some answers. If they don't say how to tell, it is
// one to say aloud. For someone who isn't safe it says so, and is for anyone.
func (g *Guide) sentence(a answers) string {
	if a.how == "" {
		a.how = g.step(How).ids()[0]
	}
	for _, s := range g.Sentence {
		if s.How == a.how && s.Unsafe == a.unsafe && (a.unsafe != "" || s.To == a.to) {
			return s.Text
		}
	}
	return ""
}
