package course

import (
	"fmt"
	"io/fs"
	"slices"

	"wayout/internal/lesson"
)

// Article is the article that the lessons are drawn from, point by point, with our
// present reading of it.
type Article struct {
	Intro  string  `toml:"intro" json:"intro"`
	Points []Point `toml:"point" json:"points"`
}

// Point is one thing that the article said.
type Point struct {
	ID      string   `toml:"id" json:"id"` // One of [lesson.ArticlePoints].
	Title   string   `toml:"title" json:"title"`
	Said    string   `toml:"said" json:"said"` // In our own words.
	Now     string   `toml:"now" json:"now"`   // Our reading: what still holds, and what has changed.
	Try     string   `toml:"try" json:"try"`   // One thing to do with it in class.
	Sources []string `toml:"sources" json:"sources"`
	Lessons []string `toml:"-" json:"lessons"` // The ids of the lessons that carry it.
}

// Article returns the article page, with the lessons that carry each point. The
// error names a point that is unknown or missing.
func (c *Course) Article() (Article, error) {
	var a Article
	if err := readTOML(c.shipped, "article.toml", &a); err != nil {
		return a, err
	}
	for _, id := range lesson.ArticlePoints() {
		if !slices.ContainsFunc(a.Points, func(p Point) bool { return p.ID == id }) {
			return a, fmt.Errorf("article.toml: the point %q is missing", id)
		}
	}
	for i := range a.Points {
		p := &a.Points[i]
		if !slices.Contains(lesson.ArticlePoints(), p.ID) {
			return a, fmt.Errorf("article.toml: unknown point %q", p.ID)
		}
		for _, e := range slices.Concat(c.Lessons, c.Staff) {
			if slices.Contains(e.Article, p.ID) {
				p.Lessons = append(p.Lessons, e.ID)
			}
		}
	}
	return a, nil
}

// Source is a page that facts come from.
type Source struct {
	Key       string `toml:"-" json:"key"`
	Publisher string `toml:"publisher" json:"publisher"`
	Date      string `toml:"date" json:"date"`
	Grade     string `toml:"grade" json:"grade"` // "A", "B" or "C"; see sources.toml.
	Address   string `toml:"address" json:"address"`
}

// Sources returns the sources of these keys, in their order. The file is the
// shipped sources.toml, which all languages share. The error names a key that the
// file doesn't have.
func Sources(shipped fs.FS, keys []string) ([]Source, error) {
	all := make(map[string]Source)
	if err := readTOML(shipped, "sources.toml", &all); err != nil {
		return nil, err
	}
	var found []Source
	for _, k := range keys {
		s, ok := all[k]
		if !ok {
			return nil, fmt.Errorf("sources.toml: no source %q", k)
		}
		s.Key = k
		found = append(found, s)
	}
	return found, nil
}

// Plan is a course over the lessons: what is done in which session.
type Plan struct {
	ID       string    `toml:"id" json:"id"`
	Title    string    `toml:"title" json:"title"`
	About    string    `toml:"about" json:"about"`
	Sessions []Session `toml:"session" json:"sessions"`
}

// Session is one sitting of a [Plan].
type Session struct {
	Title   string   `toml:"title" json:"title"`
	Lessons []string `toml:"lessons" json:"lessons"`
	Minutes int      `toml:"minutes" json:"minutes"` // Including time to talk.
	Steps   []Step   `toml:"step" json:"steps,omitempty"`
}

// Step is a part of a session: what is done, and for how long.
type Step struct {
	Minutes int    `toml:"minutes" json:"minutes"`
	Head    string `toml:"head" json:"head"`
	Text    string `toml:"text" json:"text"`
}

// Plans returns the courses over the lessons.
func (c *Course) Plans() []Plan { return c.plan.Plans }
