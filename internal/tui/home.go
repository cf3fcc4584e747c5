package tui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
)

// homeScreen is the course as a list, and what a learner comes back to.
type homeScreen struct {
	at      int
	warned  bool                 // Whether leaving at once has been explained.
	endings map[string]endingsOf // Of the lessons that were played to an end.
	rounds  int                  // Of "Fine or off?" that were dealt since the program began.
}

// endingsOf is how many of a lesson's endings were found, and how many there are.
type endingsOf struct{ found, of int }

// endingsCounted answers countEndings.
type endingsCounted struct{ of map[string]endingsOf }

// countEndings counts the endings of the lessons that were played to one. It reads these
// lessons, which is too slow for the first frame.
func (e env) countEndings() tea.Cmd {
	var played []string
	for _, id := range e.course.IDs() {
		if e.book.State(id).Done {
			played = append(played, id)
		}
	}
	if len(played) == 0 {
		return nil
	}
	course, book := e.course, e.book
	return func() tea.Msg {
		all := make(map[string]endingsOf)
		for _, id := range played {
			if l, _, err := course.Lesson(id); err == nil && l != nil {
				found, of := play.Endings(l, book.Seen(id))
				all[id] = endingsOf{found, of}
			}
		}
		return endingsCounted{all}
	}
}

// homeItem is one line that can be opened: something of the agenda, or what
// stands below it.
type homeItem struct {
	progress.Item
	now, practise, fineOff, plan, article, settings bool
}

// newHome returns Home with the first line of the course selected: a learner who presses
// enter goes on with it, and the one for right now is a key above.
func newHome(env) screen { return homeScreen{at: 1} }

// items are the lines of Home: where the learner stopped, what is due, the
// lessons, and the rest.
func (s homeScreen) items(e env) []homeItem {
	all := []homeItem{{now: true}}
	for _, item := range e.book.Agenda(e.course.IDs(), e.course.HasForms()) {
		all = append(all, homeItem{Item: item})
	}
	if e.course.HasPractise() {
		all = append(all, homeItem{practise: true})
	}
	if e.course.HasFineOrOff() {
		all = append(all, homeItem{fineOff: true})
	}
	return append(all, homeItem{plan: true}, homeItem{article: true}, homeItem{settings: true})
}

// is reports whether a line is this thing of the agenda.
func (h homeItem) is(kind progress.ItemKind) bool {
	return !h.now && !h.practise && !h.fineOff && !h.plan && !h.article && !h.settings && h.Kind == kind
}

func (s homeScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	items := s.items(e)
	last := len(items) - 1
	s.at = min(s.at, last)
	switch msg := msg.(type) {
	case arrive:
		if items[1].is(progress.GoOn) {
			s.at = 1 // What one comes back for stands first, and is one key away.
		}
		return s, nil, e.countEndings()
	case endingsCounted:
		s.endings = msg.of
	case roundsDealt:
		s.rounds = msg.n
	case pick:
		s.at = min(msg.i, last)
		return s.open(e, items[s.at])
	}
	return s, nil, nil
}

// open opens a line. Before the first story leaving at once is explained.
func (s homeScreen) open(e env, item homeItem) (screen, request, tea.Cmd) {
	var next screen
	switch {
	case item.now:
		return s, open{screen: newRightNow(e, e.set.Country)}, nil
	case item.settings:
		return s, openSettings{}, nil
	case item.article:
		return s, open{screen: newArticle(e)}, nil
	case item.plan:
		next = newPlan(e)
	case item.practise:
		next = newPractise(e, "")
	case item.fineOff:
		next = newFineOff(e, s.rounds)
	case item.Kind == progress.Changed:
		return s, open{screen: changeScreen{}}, nil
	case item.Kind == progress.Due:
		next = boosterScreen(e)
	case item.Kind == progress.Before:
		next = formScreen(e, lesson.Before)
	case item.Kind == progress.After:
		next = formScreen(e, lesson.After)
	default:
		next, _ = lessonScreen(e, item.Lesson)
		if c, ok := next.(coverScreen); ok && item.Kind == progress.GoOn {
			c.goOn = true
			next = c
		}
	}
	if !s.warned {
		s.warned = true
		next = leavingScreen{next: next}
	}
	return s, open{screen: next}, nil
}

// boosterScreen returns the cover of a booster of what is due.
func boosterScreen(e env) screen {
	stories, err := e.book.Booster(e.course.IDs(), e.course.BoosterStories)
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	return coverScreen{l: e.course.Booster(stories)}
}

// formScreen returns the cover of the stories before or after the course.
func formScreen(e env, kind lesson.Session) screen {
	l, err := e.course.Form(kind)
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	if l == nil {
		return troubleScreen{}
	}
	return coverScreen{l: l}
}

// digit returns the index that a digit key stands for.
func digit(press tea.KeyPressMsg) int {
	n, err := strconv.Atoi(press.String())
	if err != nil {
		return 0
	}
	return n - 1
}

func (s homeScreen) draw(e env) frame {
	col := e.column()
	l := layout{hints: s.keys(e), pinned: true}
	if e.roomy() {
		l.body = append(append(l.body, ""), wrap(e.theme.title, e.words.T("home.title"), e.column())...)
		l.body = append(l.body, wrap(e.theme.muted, e.words.T("home.intro"), col)...)
		l.body = append(l.body, "")
	} else {
		l.title = e.words.T("home.title")
	}
	if len(e.course.Lessons) == 0 {
		l.body = append(l.body, wrap(e.theme.text, e.words.T("home.empty"), col)...)
	}
	items := s.items(e)
	at := min(s.at, len(items)-1)
	selected := 0
	for i, item := range items {
		if s.apart(e, items, i) {
			l.body = append(l.body, "")
		}
		from := len(l.body)
		if i == at {
			selected = from
		}
		l.body = append(l.body, s.line(e, item, i == at, col)...)
		l.clicks = append(l.clicks, click{from: from, to: len(l.body), msg: pick{i}})
	}
	if n := len(e.course.Problems); n > 0 {
		l.body = append(l.body, "")
		l.body = append(l.body, wrap(e.theme.risky, e.words.T("home.problems", "Count", n), col)...)
	}
	rows := e.h - 4
	if l.top = selected - rows/2; !e.roomy() {
		l.top = selected - e.h/2
	}
	l.cursor = &place{x: 0, y: selected}
	return e.fit(l)
}

// apart reports whether a line stands apart from the one above it: the one for right now
// from all others, and the lessons from what isn't one.
func (s homeScreen) apart(e env, items []homeItem, i int) bool {
	if !e.roomy() || i == 0 {
		return false
	}
	was, is := items[i-1].is(progress.OneLesson), items[i].is(progress.OneLesson)
	return i == 1 || !was && is || was && !is && len(e.course.Lessons) > mostAiry // Few lessons bring a line each.
}

// line draws one line of Home.
func (s homeScreen) line(e env, item homeItem, at bool, col int) []string {
	mark, style := "  ", e.theme.strong
	if at {
		mark, style = "▸ ", e.theme.selected
	}
	one := func(words string) []string {
		return prefixed(wrap(style, words, col-2), style.Render(mark), "  ")
	}
	switch {
	case item.now:
		return one(e.words.T("home.now"))
	case item.settings:
		return one(e.words.T("home.settings"))
	case item.article:
		return one(e.words.T("home.article"))
	case item.practise:
		return one(e.words.T("home.practise"))
	case item.fineOff:
		return one(e.words.T("home.fineoroff"))
	case item.plan:
		if _, ok := e.book.Plan(); ok {
			return one(e.words.T("home.plan"))
		}
		return one(e.words.T("home.makeplan"))
	case item.Kind == progress.Due:
		return one(e.words.T("home.due"))
	case item.Kind == progress.Before:
		return one(e.words.T("home.before"))
	case item.Kind == progress.After:
		return one(e.words.T("home.after"))
	case item.Kind == progress.Changed:
		return one(e.words.T("home.change"))
	}
	entry, err := e.course.Entry(item.Lesson)
	if err != nil {
		return one(err.Error()) // The agenda is made from the course.
	}
	if item.Kind == progress.GoOn {
		return one(e.words.T("home.goon", "Title", entry.Title))
	}
	return s.lesson(e, entry, style.Render(mark+entry.Title), at, col)
}

// mostAiry is up to how many lessons each stands with its goal and an empty line.
// A longer list is taken in better a line each.
const mostAiry = 6

func (s homeScreen) lesson(e env, entry course.Entry, head string, at bool, col int) []string {
	right := e.words.T("home.minutes", "Count", entry.Minutes)
	switch state := e.book.State(entry.ID); {
	case state.Begun:
		right = e.words.T("home.begun") + " · " + right
	case state.Done && s.endings[entry.ID].of > 1:
		n := s.endings[entry.ID]
		right = e.words.T("home.endings", "Found", n.found, "Count", n.of) + " · " + right
	case state.Done:
		right = e.words.T("home.done") + " · " + right
	}
	if entry.Own {
		head += e.theme.muted.Render("  " + e.words.T("home.own"))
	}
	lines := []string{spread(head, e.theme.muted.Render(right), col)}
	airy := e.roomy() && len(e.course.Lessons) <= mostAiry
	if airy || at {
		lines = append(lines, prefixed(wrap(e.theme.muted, entry.Goal, col-2), "  ", "  ")...)
	}
	if airy {
		lines = append(lines, "")
	}
	return lines
}

func (s homeScreen) keys(e env) []action {
	items := s.items(e)
	last := len(items) - 1
	at := min(s.at, last)
	to := func(at int) (screen, request, tea.Cmd) {
		s.at = min(max(at, 0), last)
		return s, nil, nil
	}
	opens := func(item homeItem) func(env) (screen, request, tea.Cmd) {
		return func(e env) (screen, request, tea.Cmd) { return s.open(e, item) }
	}
	move := func(b key.Binding, up key.Binding, by int) action {
		return doesWith(b, "", func(_ env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
			if key.Matches(press, up) {
				return to(at - by)
			}
			return to(at + by)
		})
	}
	return []action{
		move(e.keys.upDown, e.keys.up, 1), does(e.keys.take, e.words.T("key.open"), opens(items[at])),
		does(e.keys.settings, "", opens(homeItem{settings: true})), e.opensKeys(),
		does(e.keys.plan, "", opens(homeItem{plan: true})),
		doesWith(e.keys.digits, "", func(_ env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
			if n := digit(press); n <= last {
				return to(n)
			}
			return nil, nil, nil
		}),
		move(e.keys.pageUp, e.keys.pageUp, 5).listed().offIf(at == 0, e.words.T("off.top")),
		move(e.keys.pageDown, e.keys.pageUp, 5).listed().offIf(at == last, e.words.T("off.bottom")),
	}
}

// lessonScreen returns the cover of a lesson, or what is wrong with its file;
// false where there is no such lesson.
func lessonScreen(e env, id string) (screen, bool) {
	l, diags, err := e.course.Lesson(id)
	if err != nil {
		return troubleScreen{what: err.Error()}, false
	}
	if l == nil {
		return troubleScreen{diags: diags}, true
	}
	return coverScreen{l: l, doubt: e.course.Doubt(l)}, true
}
