package view

import (
	"cmp"
	"slices"

	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/helpline"
	"wayout/internal/play"
)

// Heard returns what is said about a typed line; help is the key or the command that shows
// who helps. It reports false if the line spoke of danger: [View.HelpFirst] is shown instead.
func (v *View) Heard(h play.Hearing, help string) (Heard, bool) {
	told, ok := v.Phrases(help).Tell(h)
	return Heard(told), ok
}

// Meant returns what is asked about a line whose move wasn't certain. It reports false if
// there is nothing to ask.
func (v *View) Meant(h play.Hearing) (Meant, bool) {
	asked, ok := v.Phrases("").Ask(h)
	return Meant(asked), ok
}

// Phrases returns the phrases that say what was heard in a line; help is the key, the command
// or the button that shows who helps.
func (v *View) Phrases(help string) exchange.Phrases {
	t, first, second := v.words.T, exchange.Mark, exchange.OtherMark
	p := exchange.Phrases{Strong: t("heard.strong", "Moves", first), Also: t("heard.also", "Moves", first),
		Told: t("heard.told", "Moves", first), Likely: t("heard.likely", "Moves", first),
		Begun:  t("heard.begun"),
		Quoted: t("heard.quoted", "Move", first, "Words", second),
		And:    t("heard.and"), Yes: t("heard.yes"), Neither: t("heard.neither"),
		Nothing: []string{hear.Refuse: t("heard.nothing"), hear.Tell: t("heard.nothingtold"),
			hear.StandBy: t("heard.nothing"), hear.Listen: t("heard.nothing")},
		Foreign: t("heard.foreign", "Key", help),
		Kindly: []string{hear.Refuse: t("heard.refusing"), hear.Tell: t("heard.telling"),
			hear.StandBy: t("heard.standing"), hear.Listen: t("heard.listening")},
		Besides: []string{hear.Refuse: t("heard.refusing"), hear.Tell: t("heard.toldtoo"),
			hear.StandBy: t("heard.standing"), hear.Listen: t("heard.listening")},
		Either: t("heard.either", "Words", first, "One", second, "Other", exchange.ThirdMark),
		Single: t("heard.single", "Words", first, "One", second), Gentle: t("heard.gentle", "Key", help),
		Own: t("heard.own"), Other: t("heard.another"),
		Names: make(map[string]string), Doing: make(map[string]string)}
	for _, m := range exchange.AllMoves() {
		p.Doing[m] = v.course.MoveDoing(m)
	}
	for _, name := range exchange.AllNames() {
		p.Names[name] = v.course.MoveName(name)
	}
	return p
}

// Lit returns the names of the moves of a line that is still being typed. There are none if
// the line isn't understood yet, and none for danger.
func (v *View) Lit(h play.Hearing) (strong, weak []string) {
	for _, q := range h.Strong {
		strong = append(strong, v.course.MoveName(q.Move))
	}
	for _, q := range h.Weak {
		weak = append(weak, v.course.MoveName(q.Move))
	}
	return strong, weak
}

// HelpFirst returns the screen that follows a line that spoke of danger: the emergency
// number, who listens in a country, and the way back to the story.
func (v *View) HelpFirst(d *helpline.Directory, country string) HelpFirst {
	d = cmp.Or(d, &helpline.Directory{})
	number, listen := d.Urgent(country)
	out := HelpFirst{Head: v.words.T("danger.head"), More: v.words.T("danger.more"), Back: v.words.T("danger.back"),
		NotMeant: v.words.T("danger.notmeant")}
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

// HelpIntro returns the text above the list of who helps in a country, with the emergency
// number if it is known. Country is a code, or "" if the country isn't known.
func (v *View) HelpIntro(d *helpline.Directory, country string) string {
	if d != nil {
		if number, _ := d.Urgent(country); number != "" {
			return v.words.T("help.intro", "Number", number)
		}
	}
	return v.words.T("help.introany")
}

// Picks returns which of the options a typed line picks; see [exchange.Asked].
func (m Meant) Picks(line string) (option int, ok bool) { return exchange.Asked(m).Picks(line) }

// Contact is one way to reach a service.
type Contact struct{ How, Where string }

// Contacts returns the ways to reach a service, the quickest first and the hours last.
func (v *View) Contacts(s helpline.Service) []Contact {
	all := []Contact{
		{v.words.T("help.call"), s.Call}, {v.words.T("help.text"), s.Text}, {v.words.T("help.chat"), s.Chat},
		{v.words.T("help.web"), s.Web}, {v.words.T("help.in"), s.In}, {v.words.T("help.hours"), s.Hours},
	}
	return slices.DeleteFunc(all, func(c Contact) bool { return c.Where == "" })
}
