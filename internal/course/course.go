package course

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"wayout/internal/hear"
	"wayout/internal/lesson"
	"wayout/internal/text"
)

// Course is the lessons of one language, and what they share.
type Course struct {
	Lang     string
	Lessons  []Entry             // For learners, in course order.
	Staff    []Entry             // For adults; never in a learner's list.
	Problems []lesson.Diagnostic // About files that were skipped.
	Notes    []lesson.Diagnostic // About files in the school's folder that are clearly no lessons.
	Folder   string              // The school's folder, as the user gave it, to be shown in a command.

	// Judge counts what the rules find in a lesson; nil if no rules are applied. It is
	// a function because package check, which has the rules, imports this package.
	Judge func(*lesson.Lesson) int

	shipped, own fs.FS             // Folders of this language; own may be nil.
	files        map[string]string // The file of an own lesson, or of its deck, if it isn't named by the id.
	plan         plan
	words        *Words
	withheld     []string // Lessons that [Course.Only] left out.
	tables       tables   // Where signs, moves and first aid are read.
	decks        decks    // Where short stories are read.

	mu    sync.Mutex // Guards what is read on first use: the seats of a class share a course.
	signs map[string]sign
	moves map[string]move

	recogniser *hear.Recogniser
	looked     map[string]*sought // By lesson; see Find.
}

// Entry is one lesson of the list.
type Entry struct {
	lesson.Head
	Own bool // It comes from the school's own folder.
}

// Limits on a folder of lessons from outside, which may be anyone's. Not every system
// can store a longer name.
const (
	maxFiles = 200
	maxName  = 100 // Bytes.
)

// plan is course.toml.
type plan struct {
	Situations []situation       `toml:"situation"`
	Order      []string          `toml:"order"`  // Of the lessons without a situation.
	Milder     map[string]string `toml:"milder"` // By lesson: the milder one.
	Find       map[string]string `toml:"find"`   // By lesson: words that people look for it by.
	Plans      []Plan            `toml:"course"`
}

// situation is what has happened to someone, and the lessons about it in their order.
type situation struct {
	Title   string   `toml:"title"`
	Stays   string   `toml:"stays"` // What to remember of it, at the end of the course.
	Lessons []string `toml:"lessons"`
}

// sign is an entry of signs.toml.
type sign struct{ Name, About string }

// move is an entry of moves.toml.
type move struct {
	Name  string // Completes "You …".
	Doing string // Completes "Is that …?".
}

// UnknownError is returned for a lesson that doesn't exist, or isn't allowed.
type UnknownError struct {
	ID       string
	Nearest  string // The most similar id there is, or "".
	Withheld bool   // It exists, but [Course.Only] leaves it out.
}

// Error names the lesson. It doesn't suggest Nearest; the caller does.
func (e *UnknownError) Error() string {
	if e.Withheld {
		return fmt.Sprintf("the lesson %q isn't among those that are allowed here", text.Line(e.ID, 80))
	}
	return fmt.Sprintf("there's no lesson %q", text.Line(e.ID, 80))
}

// Open lists the lessons of a language. The shipped files hold a folder for each
// language; own, which may be nil, is a school's folder of lessons.
func Open(shipped fs.FS, lang string, own fs.FS) (*Course, error) {
	sub, err := fs.Sub(shipped, lang)
	if err != nil {
		return nil, fmt.Errorf("open language %q: %w", lang, err)
	}
	if _, err := fs.Stat(sub, "."); err != nil {
		return nil, fmt.Errorf("no lessons in language %q", lang)
	}
	c := &Course{Lang: lang, shipped: sub, own: own, tables: folder{sub}}
	c.decks = files{c}
	if c.words, err = readWords(sub, lang); err != nil {
		return nil, err
	}
	if err := readTOML(sub, "course.toml", &c.plan); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := c.list(sub, false); err != nil {
		return nil, err
	}
	if own != nil {
		if err := c.list(own, true); err != nil {
			return nil, err
		}
	}
	c.sort()
	return c, nil
}

func (c *Course) list(dir fs.FS, own bool) error {
	if _, err := fs.ReadDir(dir, "."); err != nil {
		return fmt.Errorf("list lessons: %w", err)
	}
	f := Look(dir)
	c.Problems = append(c.Problems, f.Problems...)
	if own {
		c.Notes = append(c.Notes, f.Notes...)
		c.files = make(map[string]string)
		for _, name := range slices.Concat(f.Lessons, f.Decks) {
			c.files[text.Line(name, maxName)] = name
		}
	}
	for _, name := range f.Lessons {
		c.add(dir, name, own)
	}
	return nil
}

func (c *Course) skip(name, rule, what, fix string) {
	c.Problems = append(c.Problems, refusal(name, rule, what, fix))
}

func (c *Course) add(dir fs.FS, name string, own bool) {
	src, err := ReadLesson(dir, name)
	if err != nil {
		c.skip(name, "format", text.Line(err.Error(), 200), "make the file readable")
		return
	}
	head, diags := lesson.ReadHead(name, src)
	if len(diags) > 0 {
		if own && stray(dir, name, src) {
			c.Notes = append(c.Notes, diags...)
		} else {
			c.Problems = append(c.Problems, diags...)
		}
		return
	}
	e := Entry{Head: head, Own: own}
	if d := c.Taken(name); d != nil {
		c.Problems = append(c.Problems, *d)
		return
	}
	if head.Role == "adult" {
		c.Staff = append(c.Staff, e)
	} else {
		c.Lessons = append(c.Lessons, e)
	}
}

// Taken returns a problem if the name of a lesson is taken already, or nil. A folder can't
// replace a lesson of the course.
func (c *Course) Taken(name string) *lesson.Diagnostic {
	id := strings.TrimSuffix(text.Line(name, maxName), ".md")
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		if e.ID == id {
			whose := "the course already has"
			if e.Own {
				whose = "the folder already has"
			}
			d := refusal(name, "format", whose+" a lesson with this name", "rename the file: "+id+"-2.md")
			return &d
		}
	}
	return nil
}

// file returns the name of an own file as the folder has it: on a Mac it may be in
// decomposed Unicode.
func (c *Course) file(own bool, name string) string {
	if as, ok := c.files[name]; ok && own {
		return as
	}
	return name
}

// sort puts the lessons into the order of course.toml, one situation after the other. Lessons
// that course.toml doesn't name follow, by id.
func (c *Course) sort() {
	var order []string
	for _, s := range c.plan.Situations {
		order = append(order, s.Lessons...)
	}
	order = append(order, c.plan.Order...)
	rank := func(e Entry) int {
		if i := slices.Index(order, e.ID); i >= 0 {
			return i
		}
		return len(order)
	}
	for _, list := range [][]Entry{c.Lessons, c.Staff} {
		slices.SortStableFunc(list, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.ID, b.ID))
		})
	}
}

// Only removes all lessons for learners but these, and returns the ids that no lesson has.
func (c *Course) Only(ids []string) (unknown []string) {
	for _, id := range ids {
		if _, err := c.Entry(id); err != nil {
			unknown = append(unknown, id)
		}
	}
	c.Lessons = slices.DeleteFunc(c.Lessons, func(e Entry) bool {
		out := !slices.Contains(ids, e.ID)
		if out {
			c.withheld = append(c.withheld, e.ID)
		}
		return out
	})
	return unknown
}

// Lesson reads and parses a lesson. The lesson is nil if it has mistakes, which the
// diagnostics name; the error is an [UnknownError], or one of reading the file.
func (c *Course) Lesson(id string) (*lesson.Lesson, []lesson.Diagnostic, error) {
	e, err := c.Entry(id)
	if err != nil {
		return nil, nil, err
	}
	dir := c.shipped
	if e.Own {
		dir = c.own
	}
	src, err := ReadLesson(dir, c.file(e.Own, e.ID+".md"))
	if err != nil {
		return nil, nil, fmt.Errorf("read lesson %q: %w", e.ID, err)
	}
	l, diags := lesson.Parse(e.File, src)
	return l, diags, nil
}

// Situation returns in a few words what a lesson is about, such as "Someone asks". A school's
// own lesson without a situation has the heading of own lessons; any other has "". In the course
// order, the lessons of one situation stand together.
func (c *Course) Situation(id string) string {
	if title := c.situation(id).Title; title != "" {
		return title
	}
	own := func(e Entry) bool { return e.ID == id && e.Own }
	if c.HasSituations() && slices.ContainsFunc(c.Lessons, own) {
		return c.words.T("home.ownlessons")
	}
	return ""
}

// Stays returns what to remember, at the end of the course, about the situation of a lesson; ""
// for a lesson without one.
func (c *Course) Stays(id string) string { return c.situation(id).Stays }

func (c *Course) situation(id string) situation {
	for _, s := range c.plan.Situations {
		if slices.Contains(s.Lessons, id) {
			return s
		}
	}
	return situation{}
}

// HasSituations reports whether the lessons are grouped by situation.
func (c *Course) HasSituations() bool { return len(c.plan.Situations) > 0 }

// IDs returns the ids of the lessons for learners, in the order of the course.
func (c *Course) IDs() []string {
	var ids []string
	for _, e := range c.Lessons {
		ids = append(ids, e.ID)
	}
	return ids
}

// Entry returns the entry of a lesson, for learners or for staff, by its id or the name
// of its file. The error is an [UnknownError].
func (c *Course) Entry(id string) (Entry, error) {
	id = strings.TrimSuffix(text.Line(id, maxName), ".md")
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		if e.ID == id {
			return e, nil
		}
	}
	if slices.Contains(c.withheld, id) {
		return Entry{}, &UnknownError{ID: id, Withheld: true}
	}
	return Entry{}, &UnknownError{ID: id, Nearest: c.nearest(id)}
}

// Doubt says how many rules a lesson breaks, and whose lesson it is, to be shown before
// the lesson begins. It is "" for a lesson that keeps the rules.
func (c *Course) Doubt(l *lesson.Lesson) string {
	if c.Judge == nil || l.Session != "" {
		return ""
	}
	n := c.Judge(l)
	if n == 0 {
		return ""
	}
	if e, err := c.Entry(l.ID); err == nil && e.Own {
		return c.words.T("cover.doubtown", "Count", n, "File",
			path.Join(cmp.Or(text.Line(c.Folder, 200), "FOLDER"), e.File))
	}
	return c.words.T("cover.doubtcourse", "Count", n)
}

// Milder returns the milder lesson that is offered beside this one.
func (c *Course) Milder(id string) (Entry, bool) {
	for _, e := range slices.Concat(c.Lessons, c.Staff) {
		if e.ID == c.plan.Milder[id] && e.ID != id {
			return e, true
		}
	}
	return Entry{}, false
}

// Words returns the words of the interface.
func (c *Course) Words() *Words { return c.words }

// SignName returns the plain name of a kind of warning sign and a sentence
// about it; without a name, it returns the kind itself.
func (c *Course) SignName(kind string) (name, about string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.signs == nil {
		c.signs = make(map[string]sign)
		// A test checks the file; a missing name mustn't stop a learner.
		_ = c.tables.read("signs.toml", &c.signs)
	}
	if s, ok := c.signs[kind]; ok {
		return s.Name, s.About
	}
	return kind, ""
}

// MoveName returns the words for a move of a typed line, as they follow "You"; without
// words, it returns the name.
func (c *Course) MoveName(name string) string { return cmp.Or(c.readMoves()[name].Name, name) }

// MoveDoing returns the words for a move as they follow "Is that".
func (c *Course) MoveDoing(name string) string { return cmp.Or(c.readMoves()[name].Doing, name) }

// readMoves returns the words for the moves. The map must not be changed.
func (c *Course) readMoves() map[string]move {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moves == nil {
		c.moves = make(map[string]move)
		_ = c.tables.read("moves.toml", &c.moves) // A test checks the file, as with signs.toml.
	}
	return c.moves
}

// File returns a file of the language's folder, such as "words.toml", with the line
// ends of Unix.
func (c *Course) File(name string) ([]byte, error) { return ReadFile(c.shipped, name) }

// ReadLesson reads a lesson's file, but at most one byte over the limit, which is
// enough to see that a file is too long.
func ReadLesson(dir fs.FS, name string) ([]byte, error) { return readSome(dir, name, lesson.MaxFile+1) }

// ReadFile reads a file of data, such as the chats of "Fine or off?", with the line ends of
// Unix.
func ReadFile(dir fs.FS, name string) ([]byte, error) {
	src, err := readSome(dir, name, 1<<20)
	return text.Lines(src), err
}

// readSome reads at most limit bytes of a regular file.
func readSome(dir fs.FS, name string, limit int64) ([]byte, error) {
	// Check first: opening a pipe would wait for a writer.
	if info, err := fs.Lstat(dir, name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path.Base(name), Err: errors.New("not a regular file")}
	}
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: path.Base(name), Err: errors.New("not a regular file")}
	}
	return io.ReadAll(io.LimitReader(f, limit))
}
