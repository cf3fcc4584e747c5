package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/course"
	"wayout/internal/progress"
)

// paletteScreen finds everything that can be opened, by a few typed letters: the lines of
// Home, the scenes that were seen, help, the keys, and leaving. It lies over the screen
// below, which is still seen around it.
type paletteScreen struct {
	below  screen
	all    []paletteItem
	scenes []paletteItem // Listed below all others, and only once something is typed.
	traces []paletteItem // What erases everything and what keeps nothing; also only once something is typed.
	find   field
	at     int
}

// paletteItem is one line of the palette, and what it asks the program for.
type paletteItem struct {
	words, kind string
	also        string // Words that find it, too, and that are shown nowhere.
	lesson      string // The id of a lesson, which is found as it is on Home.
	urgent      bool   // Also found by words that someone in danger types, which are shown nowhere.
	does        request
}

// finds returns the words that the line is found by.
func (p paletteItem) finds() string { return p.words + " " + p.kind + " " + p.also }

// The requests of the palette, and what it is told.
type (
	// fromPalette closes the palette, and asks for what was picked.
	fromPalette struct{ does request }
	// fromHome opens a line of Home, wherever the learner is.
	fromHome struct{ item homeItem }
	// fromScene begins a lesson in a scene, wherever the learner is.
	fromScene struct{ lesson, scene string }
	// scenesSeen are the lines for the scenes that were seen.
	scenesSeen struct{ all []paletteItem }
)

func (fromPalette) request() {}
func (fromHome) request()    {}
func (fromScene) request()   {}

// newPalette returns the palette over a screen.
func newPalette(e env, below screen) paletteScreen {
	s := paletteScreen{below: below, find: newField()}
	for _, item := range (homeScreen{}).items(e) {
		line := paletteItem{words: e.label(item), does: fromHome{item}, urgent: item.is(progress.Now)}
		switch item.Kind {
		case progress.Now: // From here and the settings, escape leads back to where the learner was.
			line.does = open{screen: newRightNow(e, e.set.Country)}
		case progress.Settings:
			line.does = openSettings{}
		case progress.OneLesson:
			entry, err := e.course.Entry(item.Lesson)
			if err != nil {
				continue // The agenda is made from the course.
			}
			line.words, line.kind, line.lesson = entry.Title, e.course.Situation(entry.ID), entry.ID
		}
		s.all = append(s.all, line)
	}
	return paletteScreen{below: below, find: s.find, traces: ofTraces(e), all: append(s.all,
		paletteItem{words: e.words.T("help.title"), kind: e.keys.help.Help().Key, does: openHelp{}, urgent: true},
		paletteItem{words: e.words.T("keys.title"), kind: e.keys.keys.Help().Key, does: openKeys{}},
		paletteItem{words: e.words.T("palette.leave"), kind: e.keys.leave.Help().Key, does: leaveNow{}})}
}

// ofTraces returns the lines of the settings for what a learner leaves behind. Someone who fears that it's
// found looks for it by other words than those of the settings.
func ofTraces(e env) (all []paletteItem) {
	in, also := e.words.T("settings.title"), e.words.T("palette.traces")
	all = append(all, paletteItem{words: e.words.T("settings.erase"), kind: in, also: also,
		does: open{screen: eraseScreen{}}})
	if !e.set.Locked.Private {
		all = append(all, paletteItem{words: e.words.Setting("private"), kind: in, also: also,
			does: openSettings{at: "private"}})
	}
	return all
}

// seen returns the command that finds the scenes that the learner has seen, and no others: a
// name can give away what is to come. It reads the lessons, which is too slow for a key.
func (s paletteScreen) seen(e env) tea.Cmd {
	course, book := e.course, e.book
	return func() tea.Msg {
		var found scenesSeen
		for _, id := range course.IDs() {
			seen := book.Seen(id)
			if len(seen) == 0 {
				continue
			}
			l, _, err := course.Lesson(id)
			if err != nil || l == nil {
				continue // Opening the lesson says what is wrong.
			}
			for _, scene := range seen {
				if i := l.Scene(scene); i >= 0 {
					found.all = append(found.all, paletteItem{words: l.Scenes[i].Title, kind: l.Title,
						does: fromScene{lesson: id, scene: scene}})
				}
			}
		}
		return found
	}
}

// found returns the lines that match the typed words. First is help, if the words are those of danger,
// then lines with all the words, lines with all but small words, lessons about them, and countries.
func (s paletteScreen) found(e env) []paletteItem {
	typed := s.find.value()
	var urgent, says, show, about []paletteItem
	all := s.all
	if strings.TrimSpace(typed) != "" {
		all = slices.Concat(s.all, s.traces, s.scenes)
	}
	for _, item := range all {
		switch {
		case item.urgent && e.course.FindsNow(typed):
			urgent = append(urgent, item)
		case course.Has(typed, item.finds()):
			says = append(says, item)
		case e.course.Matches(typed, item.finds()):
			show = append(show, item)
		}
	}
	for _, f := range e.course.Find(typed) {
		of := func(item paletteItem) bool { return item.lesson == f.ID }
		if i := slices.IndexFunc(s.all, of); i >= 0 && !slices.ContainsFunc(slices.Concat(says, show), of) {
			about = append(about, s.all[i])
		}
	}
	for _, in := range e.see.HelpIn(e.help, typed) {
		about = append(about, paletteItem{words: in.Words, does: open{screen: helpIn(e, in.Code)}})
	}
	return slices.Concat(urgent, says, show, about)
}

func (s paletteScreen) typing() bool { return true }

func (s paletteScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case arrive:
		return s, nil, tea.Batch(s.seen(e), e.readEars)
	case scenesSeen:
		s.scenes = msg.all
	case pick:
		if found := s.found(e); msg.i < len(found) {
			return s, fromPalette{found[msg.i].does}, nil
		}
	}
	return s, nil, nil
}

func (s paletteScreen) keys(e env) []action {
	found := s.found(e)
	at := max(min(s.at, len(found)-1), 0)
	to := func(by int) func(env) (screen, request, tea.Cmd) {
		return func(env) (screen, request, tea.Cmd) {
			s.at = max(min(at+by, len(found)-1), 0)
			return s, nil, nil
		}
	}
	return []action{
		does(e.keys.take, e.words.T("key.open"), func(e env) (screen, request, tea.Cmd) {
			switch {
			case e.inDanger(s.find.value()):
				s.find = newField()
				return s, open{screen: helpFirst{}}, nil
			case len(found) == 0:
				return s, nil, nil
			}
			return s, fromPalette{found[at].does}, nil
		}).offIf(len(found) == 0, e.words.T("palette.none")).anyway(),
		asks(e.keys.back, "", back{}),
		does(e.keys.up, "", to(-1)).listed().offIf(at == 0, e.words.T("off.top")),
		does(e.keys.down, "", to(1)).listed().offIf(at >= len(found)-1, e.words.T("off.bottom")),
		does(e.keys.pageUp, "", to(-5)).listed().offIf(at == 0, e.words.T("off.top")),
		does(e.keys.pageDown, "", to(5)).listed().offIf(at >= len(found)-1, e.words.T("off.bottom")),
		asks(e.keys.palette, e.words.T("key.back"), back{}).listed(),
		s.find.typed(func(f field) screen { s.find, s.at = f, 0; return s }),
	}
}

// paletteWidth is the width of the palette in cells where there is room for it, with its
// border and padding.
const paletteWidth = 64

func (s paletteScreen) draw(e env) frame {
	if e.w < smallestWidth || e.h < smallestHeight {
		return e.fit(layout{})
	}
	wide := min(paletteWidth, e.w)
	col := wide - 6
	found := s.found(e)
	at := max(min(s.at, len(found)-1), 0)
	rows := max(min(e.h-6, 14), 1)
	first := max(min(at-rows/2, len(found)-rows), 0)

	field, x := s.find.line(e.look, col)
	lines := []string{field, e.theme.rule.Render(strings.Repeat("─", col))}
	if s.find.value() == "" {
		ask := ansi.Truncate(e.words.T("palette.ask"), col-2, "…")
		lines[0] = e.theme.accent.Render("▌ ") + e.theme.muted.Render(ask)
	}
	hitAt := len(lines)
	shown := found[first:min(first+rows, len(found))]
	for i, item := range shown {
		lines = append(lines, s.line(e, item, first+i == at, col))
	}
	if len(found) == 0 {
		lines = append(lines, e.theme.text.Render(ansi.Truncate(e.words.T("palette.none"), col, "…")))
	}
	hints, buttons := e.hintLine(s.keys(e)[:2], col)
	lines = append(lines, hints)
	left, top := (e.w-wide)/2, max((e.h-rows-5)/3, 0) // The field stays where it is while one types.
	below := s.below.draw(e).lines
	if len(below) == e.h { // The hints of the screen below don't apply while the palette is open.
		below[e.h-1] = ""
	}
	f := frame{lines: e.over(below, e.boxed(lines, col), left, top)}
	for _, b := range buttons {
		f.hits = append(f.hits, hit{x: left + 3 + b.x, w: b.w, y: top + len(lines), h: 1, msg: b.msg})
	}
	for i := range shown {
		f.hits = append(f.hits, hit{x: left, w: wide, y: top + 1 + hitAt + i, h: 1, msg: pick{first + i}})
	}
	f.cursor = cursorAt(left+3+x, top+1)
	return f
}

// line draws one line, with its kind at the right end.
func (s paletteScreen) line(e env, item paletteItem, at bool, col int) string {
	mark, style := e.marked(at, e.theme.text)
	kind := ansi.Truncate(item.kind, col/2, "…")
	words := ansi.Truncate(item.words, max(col-4-ansi.StringWidth(kind), 8), "…")
	line := ansi.Truncate(spread(mark+style.Render(words), e.quiet(at).Render(kind), col), col, "")
	return e.banded([]string{line}, at, col-1)[0] // Which makes it as wide as the box.
}

// boxed puts lines into a box, with two empty cells on either side.
func (e look) boxed(lines []string, col int) []string {
	airy := make([]string, len(lines))
	for i, l := range lines {
		air := blankBeside(l)
		airy[i] = air + l + spaces(col-ansi.StringWidth(l)) + air
	}
	return boxed(airy, e.theme.accent)
}

// over lays a box over a screen, which is drawn in a muted colour.
func (e look) over(below, box []string, left, top int) []string {
	lines := make([]string, e.h)
	for y := range lines {
		was := ""
		if y < len(below) {
			was = ansi.Strip(below[y])
		}
		if y < top || y >= top+len(box) {
			lines[y] = e.theme.muted.Render(was)
			continue
		}
		before := ansi.Truncate(was, left, "")
		before += spaces(left - ansi.StringWidth(before))
		after := ansi.TruncateLeft(was, left+ansi.StringWidth(box[y-top]), "")
		lines[y] = e.theme.muted.Render(before) + box[y-top] + e.theme.muted.Render(after)
	}
	return lines
}
