package course

import (
	"errors"
	"fmt"
	"io/fs"

	"wayout/internal/lesson"
)

// BoosterStories returns the stories that the boosters of a lesson are made of, or none
// if it has no boosters. The error says what is wrong with the file.
func (c *Course) BoosterStories(id string) ([]lesson.Scene, error) { return c.decks.boosters(id) }

// HasBooster reports whether a lesson has booster stories.
func (c *Course) HasBooster(id string) bool { return c.decks.hasBooster(id) }

func (f files) hasBooster(id string) bool {
	stories, err := f.boosters(id)
	return err == nil && len(stories) > 0
}

func (f files) boosters(id string) ([]lesson.Scene, error) {
	e, err := f.Entry(id)
	if err != nil {
		return nil, err
	}
	dir := f.shipped
	if e.Own {
		dir = f.own
	}
	deck, err := f.deck(dir, f.file(e.Own, e.ID+".boosters.md"))
	if deck == nil {
		return nil, err
	}
	return deck.Forms[0].Items, nil
}

// deck reads a deck of short stories; it returns nil and no error if there is no such file.
func (f files) deck(dir fs.FS, name string) (*lesson.Deck, error) {
	src, err := ReadLesson(dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	d, diags := lesson.ParseDeck(name, src)
	if d == nil {
		return nil, errors.New(diags[0].String())
	}
	return d, nil
}

// HasForms reports whether there are stories before and after the course.
func (c *Course) HasForms() bool {
	_, err := fs.Stat(c.shipped, "before-after.md")
	return err == nil
}

// Booster returns a lesson that tells stories one after the other; see [lesson.Chain].
func (c *Course) Booster(stories []lesson.Scene) *lesson.Lesson {
	t := c.words.T
	return c.chain(lesson.Booster, stories, lesson.Head{
		Title: t("booster.title"), Goal: t("booster.goal"), Note: t("booster.note")}, t("booster.end"))
}

// Form returns the stories before or after the course as a lesson. It is nil if the
// language has none.
func (c *Course) Form(kind lesson.Session) (*lesson.Lesson, error) {
	d, err := files{c}.deck(c.shipped, "before-after.md")
	if err != nil || d == nil || len(d.Forms) < 2 {
		return nil, err
	}
	t := c.words.T
	if kind == lesson.Before {
		return c.chain(kind, d.Forms[0].Items, lesson.Head{
			Title: t("before.title"), Goal: t("before.goal"), Note: t("before.note")}, t("before.end")), nil
	}
	return c.chain(kind, d.Forms[1].Items, lesson.Head{
		Title: t("after.title"), Goal: t("after.goal"), Note: t("after.note")}, t("after.end")), nil
}

func (c *Course) chain(kind lesson.Session, stories []lesson.Scene, head lesson.Head, end string) *lesson.Lesson {
	head.ID, head.Minutes = string(kind), 3
	last := lesson.Scene{ID: "end", Title: head.Title, Told: []lesson.Block{{
		Kind: lesson.Feedback, Alert: lesson.Important, Text: []lesson.Para{{Spans: []lesson.Span{{Text: end}}}}}}}
	return lesson.Chain(head, kind, stories, c.words.T("booster.next"), last)
}

// planFile is plan.toml.
type planFile struct{ When, People, By, Start []lesson.PlanPart }

// PlanWords returns the parts that a plan can be made of.
func (c *Course) PlanWords() (lesson.PlanWords, error) {
	var f planFile
	err := readTOML(c.shipped, "plan.toml", &f)
	return lesson.PlanWords(f), err
}
