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

// CountryNamed returns the code of the country that a line names by a full name on the way through
// right now, and whether it names any. A country that the help has no numbers of is named too, and its
// code is "": another country's numbers aren't right there. One that is also a person's name is named only
// where help is listed.
func (v *View) CountryNamed(d *helpline.Directory, line string, listed bool) (code string, named bool) {
	if c, ok := d.ByName(line); ok {
		return c.Code, true
	}
	return "", v.abroad(line) && (listed || !v.alsoNames(line))
}

// alsoNames reports whether a country's name is a person's, too: "jordan" may be who is meant.
func (v *View) alsoNames(line string) bool {
	return slices.Contains(strings.Fields(v.words.T("now.alsonames")), strings.ToLower(strings.Trim(line, " .!?,;:")))
}

// CountryBegun returns what [View.CountryNamed] does for a name that's still being typed, letter by
// letter, so that its beginning names the country too. first is the letter before, if that did
// something else, or "". A letter once more is the next country with it. Where words of someone in
// a fright may stand, no country is named: "hit" had brought Italy's numbers.
func (v *View) CountryBegun(d *helpline.Directory, first, typed string) (code string, named bool) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	little := strings.Fields(v.words.T("now.little"))
	if typed == "" || slices.Contains(little, typed) || slices.Contains(little, first+typed) {
		return "", false
	}
	if c, ok := d.Find(typed); ok && len(typed) == len(c.Code) {
		return c.Code, true
	}
	either := []string{typed, first + typed}
	for _, whole := range either {
		if code, named := v.CountryNamed(d, whole, true); named {
			return code, true
		}
	}
	if again := strings.Trim(typed, typed[:1]) == ""; again {
		if all := d.Beginning(typed[:1]); len(all) > 0 {
			return all[(len(typed)-1)%len(all)].Code, true
		}
	}
	if first != "" && len(typed) < sureName {
		return "", false
	}
	for _, begun := range either {
		if all := d.Beginning(begun); len(all) > 0 {
			return all[0].Code, true
		}
	}
	return "", false
}

// sureName is from how many letters on the beginning of a name is no part of another word.
const sureName = 4

// abroad reports whether words are the name of a country that the help has no numbers of.
func (v *View) abroad(name string) bool {
	return slices.ContainsFunc(strings.Split(v.words.T("now.abroad"), ", "), func(one string) bool {
		return strings.EqualFold(one, strings.Trim(name, " .!?,;:"))
	})
}
