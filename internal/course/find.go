package course

import (
	"slices"
	"strings"
	"unicode"
)

// Find returns the ids of the lessons for learners in which every one of the typed words
// occurs: in the title, the situation, the goal, the content note, the place, the name
// of whom one helps, or the words of course.toml that people look for it by. The case doesn't
// matter, and the beginning of a word is enough. Without a word all are found.
func (c *Course) Find(typed string) []string {
	var found []string
	for _, e := range c.Lessons {
		about := []string{e.Title, c.Situation(e.ID), e.Goal, e.Note, e.Setting, e.Focus, c.plan.Find[e.ID]}
		if Matches(typed, strings.Join(about, " ")) {
			found = append(found, e.ID)
		}
	}
	return found
}

// Matches reports whether every one of the typed words occurs in a text, as [Course.Find]
// looks for them.
func Matches(typed, text string) bool {
	has := " " + plainWords(text)
	return !slices.ContainsFunc(strings.Fields(plainWords(typed)), func(word string) bool {
		return !strings.Contains(has, " "+word)
	})
}

// FindsNow reports whether the typed words are those of someone who may be in danger: what helps
// right now is found by them before everything else.
func (c *Course) FindsNow(typed string) bool {
	return plainWords(typed) != "" && Matches(typed, c.words.T("home.urgent"))
}

// plainWords returns a text in small letters with single spaces for all that is neither a
// letter nor a digit; an apostrophe goes without one.
func plainWords(s string) string {
	s = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(s))
	parts := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return strings.Join(strings.FieldsFunc(s, parts), " ")
}
