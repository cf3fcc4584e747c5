package course

import (
	"fmt"
	"strings"
	"unicode"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// NewPage is the lesson that an author starts from, in new.toml: a complete story that
// can be played, to be replaced piece by piece.
type NewPage struct {
	Asks []Ask  `toml:"ask"`
	Page string `toml:"page"`
}

// Ask is one thing that an author is asked for before the page is written.
type Ask struct {
	Key  string `toml:"key"`  // Stands in the page as {key}.
	Asks string `toml:"asks"` // The question.
	Such string `toml:"such"` // An example answer.
}

// The keys of each [Ask] whose answer is a person's name.
const focusKey, otherKey = "focus", "other"

// mostAnswer is the most bytes that an answer may have.
const mostAnswer = 60

// NewPage reads new.toml.
func (c *Course) NewPage() (NewPage, error) {
	var p NewPage
	if err := readTOML(c.shipped, "new.toml", &p); err != nil {
		return p, err
	}
	if p.Page == "" || len(p.Asks) == 0 {
		return p, fmt.Errorf("new.toml: it needs a page and at least one ask")
	}
	return p, nil
}

// Refuse says why the page can't take an answer, or returns "". The others are the
// answers given so far.
func (p NewPage) Refuse(key, answer string, others map[string]string) string {
	switch {
	case answer == "":
		return "it's empty"
	case len(answer) > mostAnswer:
		return fmt.Sprintf("it's longer than %d characters", mostAnswer)
	case answer != text.Line(answer, mostAnswer):
		return "it has characters that can't be shown, or a space at one end"
	}
	for i, r := range answer {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case letter || unicode.IsMark(r) || strings.ContainsRune(" '’.-", r) && i > 0:
		case (key == "place" || key == "title") && i > 0 && strings.ContainsRune(",!?()&", r):
		default:
			return fmt.Sprintf("it has %q in it: begin with a letter or a digit, and use plain words", r)
		}
	}
	if key != focusKey && key != otherKey {
		return ""
	}
	for _, other := range []string{others[focusKey], others[otherKey]} {
		if other != "" && text.Fold(other) == text.Fold(answer) {
			return "the two people need different names"
		}
	}
	if strings.Contains(strings.ToLower(p.Page), "**"+strings.ToLower(answer)+":**") {
		return "someone else on the page already has that name"
	}
	return ""
}

// Fill returns the page with the answers in it.
func (p NewPage) Fill(answers map[string]string) string {
	var pairs []string
	for _, a := range p.Asks {
		pairs = append(pairs, "{"+a.Key+"}", answers[a.Key])
	}
	return strings.NewReplacer(pairs...).Replace(strings.TrimLeft(p.Page, "\n"))
}

// NewName returns the id that a lesson with this title gets, or "" if the title has
// nothing to name a file after.
func NewName(title string) string { return strings.Trim(lesson.Slug(title), "-") }
