package view

import (
	"slices"
	"strings"

	"wayout/internal/hear"
	"wayout/internal/helpline"
	"wayout/internal/play"
)

// mostQuoted is how much of a line is quoted, in characters.
const mostQuoted = 60

// Heard returns what is said about a typed line; help is the key or the command that shows
// who helps. It is false where nothing is said, since the line spoke
// of danger.
func (v *View) Heard(h play.Hearing, help string) (Heard, bool) {
	if h.Danger {
		return Heard{}, false
	}
	var out Heard
	if h.Gentle {
		out.Gentle = v.words.T("heard.gentle", "Key", help)
	}
	strong, weak := v.quoted(h.Strong), v.quoted(h.Weak)
	switch {
	case h.Told && strong+weak != "":
		out.Unsure = v.words.T("heard.told", "Moves", strong+weak)
	case strong != "" && weak != "":
		out.Strong = v.words.T("heard.strong", "Moves", strong)
		out.Weak = v.words.T("heard.also", "Moves", weak) + " " + v.kindly(h.In)
	case strong != "":
		out.Strong = v.words.T("heard.strong", "Moves", strong)
	case weak != "":
		out.Weak = v.words.T("heard.strong", "Moves", weak) + " " + v.kindly(h.In)
	default:
		out.Unsure = v.words.T("heard.nothing")
	}
	return out, true
}

// kindly says what a weak part can do, and that it's nothing to be ashamed of.
func (v *View) kindly(in hear.Situation) string {
	return v.words.T([...]string{hear.Refuse: "heard.refusing", hear.Tell: "heard.telling",
		hear.StandBy: "heard.standing", hear.Listen: "heard.listening"}[in])
}

// quoted joins moves for a sentence, each with the words that it rests on.
func (v *View) quoted(moves []play.Quoted) string {
	var all []string
	for _, m := range moves {
		if m.Words == "" {
			all = append(all, v.course.MoveName(m.Move))
			continue
		}
		all = append(all, v.words.T("heard.quoted", "Move", v.course.MoveName(m.Move), "Words", cut(m.Words)))
	}
	if n := len(all); n > 2 {
		all = append([]string{strings.Join(all[:n-1], ", ")}, all[n-1])
	}
	return strings.Join(all, v.words.T("heard.and"))
}

// cut shortens what is quoted.
func cut(words string) string {
	rs := []rune(strings.Trim(words, " .,;:!?"))
	if len(rs) <= mostQuoted {
		return string(rs)
	}
	return strings.TrimSpace(string(rs[:mostQuoted-1])) + "…"
}

// Meant returns what is asked about a line that wasn't heard for certain; false where
// there is nothing to ask.
func (v *View) Meant(h play.Hearing) (Meant, bool) {
	if len(h.Ask) == 0 {
		return Meant{}, false
	}
	var out Meant
	for _, q := range h.Ask {
		out.Options = append(out.Options, v.course.MoveDoing(q.Move))
	}
	words := cut(h.Ask[0].Words)
	if len(out.Options) > 1 {
		out.Asks = v.words.T("heard.either", "Words", words, "One", out.Options[0], "Other", out.Options[1])
	} else {
		out.Asks = v.words.T("heard.single", "Words", words, "One", out.Options[0])
		out.Options[0] = v.words.T("heard.yes")
	}
	out.Options = append(out.Options, v.words.T("heard.neither"))
	return out, true
}

// Lit returns the names of the moves of a line that is still being typed; none where it
// isn't understood yet, and none for danger.
func (v *View) Lit(h play.Hearing) (strong, weak []string) {
	for _, q := range h.Strong {
		strong = append(strong, v.course.MoveName(q.Move))
	}
	for _, q := range h.Weak {
		weak = append(weak, v.course.MoveName(q.Move))
	}
	return strong, weak
}

// HelpFirst returns what stands before the story after a line that spoke of danger: the
// emergency number and who listens in a country, and the way back.
func (v *View) HelpFirst(d *helpline.Directory, country string) HelpFirst {
	if d == nil {
		d = &helpline.Directory{}
	}
	number, listen := d.Urgent(country)
	out := HelpFirst{Head: v.words.T("danger.head"), More: v.words.T("danger.more"), Back: v.words.T("danger.back")}
	call := v.words.T("danger.callany")
	if number != "" {
		call = v.words.T("danger.call", "Number", number)
	}
	out.First = []string{call, v.words.T("danger.with")}
	out.Then = []string{v.words.T("danger.coming"), v.words.T("danger.alone"), v.words.T("danger.kept")}
	for _, s := range append(d.School(), listen...) {
		p := Person{Name: s.Name}
		for _, c := range v.Contacts(s) {
			p.Ways = append(p.Ways, v.words.T("plain.way", "How", c.How, "Where", c.Where))
		}
		out.People = append(out.People, p)
	}
	return out
}

// Contact is one way to reach a service.
type Contact struct{ How, Where string }

// Contacts returns the ways to reach a service, the quickest first.
func (v *View) Contacts(s helpline.Service) []Contact {
	all := []Contact{
		{v.words.T("help.call"), s.Call}, {v.words.T("help.text"), s.Text}, {v.words.T("help.chat"), s.Chat},
		{v.words.T("help.web"), s.Web}, {v.words.T("help.in"), s.In}, {v.words.T("help.hours"), s.Hours},
	}
	return slices.DeleteFunc(all, func(c Contact) bool { return c.Where == "" })
}
