package view

import (
	"slices"
	"strings"

	"wayout/internal/helpline"
)

// HelpIn is the help of a country, as it is offered to someone who looks for the country.
type HelpIn struct {
	Code  string // Of the country.
	Name  string
	Words string
}

// HelpIn returns the countries that typed words look for: by a name or the code, whole or by
// the beginning of a word of it. Where stories have the words too, these are for below them.
func (v *View) HelpIn(d *helpline.Directory, typed string) []HelpIn {
	if d == nil {
		return nil
	}
	the := strings.Fields(v.words.T("home.the"))
	var all []HelpIn
	for _, c := range d.Named(typed) {
		id := "home.helpin"
		if slices.Contains(the, c.Code) {
			id = "home.helpinthe"
		}
		words := v.words.T(id, "Country", c.Name)
		names := append([]string{words, c.Name, c.Code}, c.Also...)
		if v.course.Matches(typed, strings.Join(names, " ")) { // All of the words, and not one of them alone.
			all = append(all, HelpIn{c.Code, c.Name, words})
		}
	}
	return all
}

// Abroad reports whether words are the name of a country that the help has no numbers of.
func (v *View) Abroad(name string) bool {
	return slices.ContainsFunc(strings.Split(v.words.T("now.abroad"), ", "), func(one string) bool {
		return strings.EqualFold(one, strings.Trim(name, " .!?,;:"))
	})
}
