package watch

import (
	"bytes"
	"context"
	"strings"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/text"
)

// look is how often the file is read, so that a save is reported within a tenth of a second.
// One look takes less than a millisecond.
const look = 10 * time.Millisecond

// patience is for how many looks a file may be missing while an editor replaces it.
const patience = 30

// Edition is the file as it was saved.
type Edition struct {
	Number  int                 // From 1. The checked edition has the same number.
	Lesson  *lesson.Lesson      // The last version that can be played, or nil.
	Found   []lesson.Diagnostic // What is wrong with the file as it is now.
	Broken  bool                // The file can't be played now: Lesson is an older version.
	Missed  error               // Why the file can't be read now, or nil.
	Moved   bool                // Words have changed, so that the lesson should be played again.
	Scene   string              // The id of the scene that changed, or "" for the start.
	Way     []play.Action       // The moves that lead there from the start, if any do.
	Checked bool                // The rules were applied; until then Found has only the parser's findings.
}

// Options say how a file is read and checked.
type Options struct {
	Read  func() ([]byte, error)
	Parse func(src []byte) (*lesson.Lesson, []lesson.Diagnostic)
	Check func(*lesson.Lesson) []lesson.Diagnostic
	Way   func(l *lesson.Lesson, scene string) []play.Action
}

// Watcher follows one file.
type Watcher struct {
	o      Options
	now    Edition
	told   []byte // The content of the last edition.
	lines  []string
	before []byte // The content at the last look.
	failed error  // Why the file couldn't be read at the last look.
	gone   int    // Looks since the file could be read.
	wait   *lesson.Lesson
	begun  bool
}

// New returns a watcher that hasn't looked at the file yet.
func New(o Options) *Watcher { return &Watcher{o: o} }

// Next waits for the next edition. The first comes at once. A new version comes twice: when it
// can be played, and with the findings of the rules. Next reports false when the context ends.
func (w *Watcher) Next(ctx context.Context) (Edition, bool) {
	if l := w.wait; l != nil {
		w.wait = nil
		w.now.Found = append(w.now.Found[:len(w.now.Found):len(w.now.Found)], w.o.Check(l)...)
		w.now.Checked, w.now.Moved = true, false
		return w.now, ctx.Err() == nil
	}
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		if w.look() {
			return w.now, ctx.Err() == nil
		}
		select {
		case <-ctx.Done():
			return Edition{}, false
		case <-tick.C:
		}
	}
}

// look looks at the file once, and reports whether there is a new edition.
func (w *Watcher) look() bool {
	src, err := w.o.Read()
	if err != nil {
		if w.gone++; w.gone < patience && w.begun || w.failed != nil {
			return false
		}
		w.failed, w.begun, w.before = err, true, nil
		w.now.Number++
		w.now.Missed, w.now.Moved, w.now.Found, w.now.Broken, w.now.Checked = err, false, nil, true, true
		return true
	}
	w.gone = 0
	same := w.begun && w.failed == nil && bytes.Equal(src, w.told)
	// Two looks have to agree, because one may see a half-written file.
	settled := !w.begun || w.before != nil && bytes.Equal(src, w.before)
	if w.before = src; same || !settled {
		return false
	}
	w.take(src)
	return true
}

// take makes an edition of the file.
func (w *Watcher) take(src []byte) {
	first := w.told == nil
	w.begun, w.failed, w.told = true, nil, bytes.Clone(src)
	w.now.Number++
	l, found := w.o.Parse(src)
	w.now.Found, w.now.Missed = found, nil
	w.now.Broken, w.now.Checked, w.now.Moved = l == nil, l == nil, false
	if l == nil {
		return // Keep the lines of the last playable version, to compare with.
	}
	lines := strings.Split(string(text.Lines(src)), "\n")
	line, changed := differ(w.lines, lines)
	if w.now.Moved = first || changed || w.now.Lesson == nil; w.now.Moved {
		w.now.Scene = sceneAt(l, lines, line)
		if first || w.lines == nil {
			w.now.Scene = ""
		}
		w.now.Way = nil
		if w.now.Scene != "" && w.o.Way != nil {
			w.now.Way = w.o.Way(l, w.now.Scene)
		}
	}
	w.lines, w.now.Lesson, w.wait = lines, l, l
}

// differ returns the number of the first line of b, from 1, that differs from a, and whether
// there is one. It ignores white space at the end of a line.
func differ(a, b []string) (line int, changed bool) {
	trim := func(lines []string, i int) string {
		if i < len(lines) {
			return strings.TrimRight(lines[i], " \t")
		}
		return ""
	}
	for i := range max(len(a), len(b)) {
		if trim(a, i) != trim(b, i) {
			// If an empty line was added or removed, return the line with words below it.
			for i < len(b)-1 && strings.TrimSpace(b[i]) == "" {
				i++
			}
			return min(i+1, len(b)), true
		}
	}
	return 0, false
}

// sceneAt returns the id of the scene that a line is in, "" for a line before the first scene.
// The explanation of a sign belongs to the scene in which the sign is marked.
func sceneAt(l *lesson.Lesson, lines []string, line int) string {
	if line > 0 && line <= len(lines) {
		if label, _, ok := strings.Cut(lines[line-1], "]:"); ok && strings.HasPrefix(label, "[^") {
			for i, other := range lines {
				if i != line-1 && strings.Contains(other, label+"]") {
					line = i + 1
					break
				}
			}
		}
	}
	id := ""
	for _, s := range l.Scenes {
		if s.Pos.Line <= line {
			id = s.ID
		}
	}
	return id
}
