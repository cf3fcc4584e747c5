package tui

import (
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"wayout/internal/course"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/view"
)

// homeScreen lists the course, and what a learner comes back for.
type homeScreen struct {
	at      int
	ended   bool                 // The line for the end of the course was selected once.
	warned  bool                 // Whether leaving at once has been explained.
	endings map[string]endingsOf // By id, of the lessons that were played to an end.
	rounds  int                  // Rounds of "Fine or off?" dealt since the program began.
	finds   bool                 // Only what matches the words in the field is shown.
	find    field
}

// endingsOf is how many of a lesson's endings were found, and how many there are.
type endingsOf struct{ found, of int }

// endingsCounted answers countEndings.
type endingsCounted struct{ of map[string]endingsOf }

// countEndings returns the command that counts the endings found in the lessons that were
// played to one. It reads these lessons, which is too slow for the first frame.
func (e env) countEndings() tea.Cmd {
	played := slices.DeleteFunc(e.course.IDs(), func(id string) bool { return !e.book.State(id).Done })
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

// homeItem is one line of Home: an item of the agenda, or the help of a country.
type homeItem struct {
	progress.Item

	help view.HelpIn // The help of a country that was searched for; Kind is then empty.
	why  string      // The part of a lesson that matches the search.
}

// newHome returns Home. Selected is what a learner comes back for (a story to go on with, or a
// booster that is due), or else the first lesson; the line for right now is a few keys above.
func newHome(e env) screen {
	s := homeScreen{}
	s.at = max(slices.IndexFunc(s.items(e), func(item homeItem) bool {
		return item.is(progress.GoOn) || item.is(progress.Due) || item.is(progress.OneLesson)
	}), 0)
	return s
}

// items returns the lines of Home.
func (s homeScreen) items(e env) []homeItem {
	if s.finds {
		return found(e, s.find.value())
	}
	var all []homeItem
	for _, item := range e.book.Agenda(e.course) {
		all = append(all, homeItem{Item: item})
	}
	return all
}

// found returns the lines of Home that match the typed words, then the matching lessons, the best
// first, then the help of matching countries. A story that the learner stopped in is found only as
// its lesson. Without a word all lines are in their usual order.
func found(e env, typed string) []homeItem {
	all := homeScreen{}.items(e)
	if strings.TrimSpace(typed) == "" {
		return slices.DeleteFunc(all, func(item homeItem) bool { return item.is(progress.GoOn) })
	}
	all = slices.DeleteFunc(all, func(item homeItem) bool {
		if item.is(progress.GoOn) || item.is(progress.OneLesson) {
			return true
		}
		if item.is(progress.Now) && e.course.FindsNow(typed) {
			return false // Someone in danger searches by other words than its label.
		}
		return !e.course.Matches(typed, e.label(item))
	})
	for _, f := range e.course.Find(typed) {
		lesson := progress.Item{Kind: progress.OneLesson, Lesson: f.ID}
		all = append(all, homeItem{Item: lesson, why: f.Why})
	}
	for _, in := range e.see.HelpIn(e.help, typed) {
		all = append(all, homeItem{help: in})
	}
	return all
}

func (h homeItem) is(kind progress.ItemKind) bool { return h.Kind == kind }

func (s homeScreen) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	items := s.items(e)
	last := len(items) - 1
	s.at = max(min(s.at, last), 0)
	switch msg := msg.(type) {
	case arrive:
		if items := (homeScreen{}).items(e); items[1].is(progress.GoOn) ||
			items[1].is(progress.Finished) && !s.ended {
			s.ended = items[1].is(progress.Finished)
			s.at, s.finds = 1, false // Enter then opens what the learner comes back for.
		}
		return s, nil, e.countEndings()
	case endingsCounted:
		s.endings = msg.of
	case roundsDealt:
		s.rounds = msg.n
	case fromHome:
		return s.open(e, msg.item)
	case pick:
		if s.at = min(msg.i, last); s.at >= 0 {
			return s.open(e, items[s.at])
		}
	}
	return s, nil, nil
}

// typing reports whether a search is being typed.
func (s homeScreen) typing() bool { return s.finds }

// open opens a line. Before the first story it explains how to leave at once.
func (s homeScreen) open(e env, item homeItem) (screen, request, tea.Cmd) {
	var next screen
	switch item.Kind {
	case "":
		return s, open{screen: helpIn(e, item.help.Code)}, nil
	case progress.Now:
		return s, open{screen: newRightNow(e, e.set.Country)}, nil
	case progress.Settings:
		return s, openSettings{}, nil
	case progress.Article:
		return s, open{screen: newArticle(e)}, nil
	case progress.Finished:
		return s, open{screen: courseEndScreen{}}, nil
	case progress.Changed:
		return s, open{screen: changeScreen{}}, nil
	case progress.MakePlan, progress.KeptPlan:
		next = newPlan(e)
	case progress.Practise:
		next = newPractise(e, "")
	case progress.FineOrOff:
		next = newFineOff(e, s.rounds)
	case progress.Due:
		next = boosterScreen(e)
	case progress.Before:
		next = formScreen(e, lesson.Before)
	case progress.After:
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

// boosterScreen returns the cover of a booster made of the stories that are due.
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

// digit returns the index that a digit key stands for: 0 for "1".
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
	switch {
	case !e.roomy() || s.finds:
		l.title = e.words.T("home.title")
	default:
		l.body = append(append(l.body, ""), wrap(e.theme.title, e.words.T("home.title"), e.column())...)
		l.body = append(l.body, wrap(e.theme.muted, e.words.T("home.intro"), col)...)
		l.body = append(l.body, "")
	}
	if len(e.course.Lessons) == 0 {
		l.body = append(l.body, wrap(e.theme.text, e.words.T("home.empty"), col)...)
	}
	items := s.items(e)
	at := max(min(s.at, len(items)-1), 0)
	selected := 0
	for i, item := range items {
		l.body = append(l.body, s.above(e, items, i, col)...)
		from := len(l.body)
		if i == at {
			selected = from
		}
		l.body = append(l.body, e.banded(s.line(e, item, i == at, col), i == at, col)...)
		l.clicks = append(l.clicks, click{from: from, to: len(l.body), msg: pick{i}})
	}
	if n := len(e.course.Problems); n > 0 && !s.finds {
		l.body = append(l.body, "")
		l.body = append(l.body, wrap(e.theme.risky, e.words.T("home.problems", "Count", n), col)...)
	}
	rows := e.h - 4
	if l.top = selected - rows/2; !e.roomy() {
		l.top = selected - e.h/2
	}
	l.cursor = &place{x: 0, y: selected}
	if s.finds {
		s.putField(e, &l, len(items), col)
	}
	l.side = []string{""} // So that the list stands in the same place, whatever is selected.
	if len(items) > 0 {
		l.side = append(l.side, e.aboutLesson(items[at])...)
	}
	return e.fit(l)
}

// putField puts the search field below the list.
func (s homeScreen) putField(e env, l *layout, found, col int) {
	if found == 0 {
		l.body = append(l.body, wrap(e.theme.text, e.words.T("home.notfound"), col)...)
	}
	if e.roomy() {
		l.panel = append(l.panel, "")
	}
	if s.find.value() == "" {
		l.panel = append(l.panel, wrap(e.theme.muted, e.words.T("home.finding"), col)...)
	}
	s.find.put(e.look, l, col)
}

// aboutLesson returns the column beside the list on a wide terminal: what a lesson is about,
// whom the learner helps in it, and its content note.
func (e env) aboutLesson(item homeItem) []string {
	if !item.is(progress.OneLesson) && !item.is(progress.GoOn) {
		return nil
	}
	entry, err := e.course.Entry(item.Lesson)
	if err != nil {
		return nil
	}
	lines := append([]string{""}, wrap(e.theme.strong, entry.Title, e.sideWidth())...)
	if entry.Setting != "" {
		lines = append(lines, wrap(e.theme.muted, entry.Setting, e.sideWidth())...)
	}
	if entry.Focus != "" {
		lines = append(lines, "")
		lines = append(lines, wrap(e.theme.text, e.words.T("home.helps", "Name", entry.Focus), e.sideWidth())...)
	}
	lines = append(append(lines, ""), wrap(e.theme.text, entry.Goal, e.sideWidth())...)
	lines = append(append(lines, ""), wrap(e.theme.accent, e.words.T("home.comesup"), e.sideWidth())...)
	return append(lines, e.sentences(e.theme.muted, entry.Note, e.sideWidth(), e.rows()-len(lines)-1)...)
}

// sentences draws each sentence with a point before it: in a narrow column several in one piece are
// a wall that nobody reads. Those that don't fit into so many rows are left out, and "…" says so; the
// cover has them all.
func (e look) sentences(style lipgloss.Style, words string, width, rows int) (lines []string) {
	point := style.Render("• ")
	ends := strings.NewReplacer(". ", ".\n", "? ", "?\n", "! ", "!\n")
	left := ends.Replace(words)
	for left != "" {
		var sentence string
		sentence, left, _ = strings.Cut(left, "\n")
		drawn := prefixed(wrap(style, sentence, width-2), point, "  ")
		if room := rows - len(lines); len(drawn) > room || len(drawn) == room && left != "" {
			return append(lines, point+style.Render("…"))
		}
		lines = append(lines, drawn...)
	}
	return lines
}

// above returns what stands above line i: the situation, over the first of its lessons, and an
// empty line where there is room.
func (s homeScreen) above(e env, items []homeItem, i, col int) []string {
	if items[i].why != "" { // Search results stand by how well they match, and say why.
		return nil
	}
	situation := ""
	if items[i].is(progress.OneLesson) {
		situation = e.course.Situation(items[i].Lesson)
	}
	goesOn := i > 0 && items[i-1].is(progress.OneLesson) && e.course.Situation(items[i-1].Lesson) == situation
	if situation == "" || goesOn {
		if s.apart(e, items, i) {
			return []string{""}
		}
		return nil
	}
	head := wrap(e.theme.accent, situation, col)
	if e.roomy() && i > 0 {
		return append([]string{""}, head...)
	}
	return head
}

// apart reports whether an empty line stands above line i: below the line for right now, and
// between lessons and other lines.
func (s homeScreen) apart(e env, items []homeItem, i int) bool {
	if !e.roomy() || i == 0 {
		return false
	}
	was, is := items[i-1].is(progress.OneLesson), items[i].is(progress.OneLesson)
	return i == 1 || !was && is || was && !is && len(e.course.Lessons) > mostAiry // Fewer have empty lines already.
}

// line draws one line of Home.
func (s homeScreen) line(e env, item homeItem, at bool, col int) []string {
	mark, style := e.marked(at, e.theme.text)
	first := mark
	if item.is(progress.Now) && !at {
		// Found at a glance, and doesn't look selected. It's the only strong line beside that which is.
		first, style = e.theme.important.Render("● "), e.theme.strong
	}
	one := func(words string) []string { return prefixed(wrap(style, words, col-2), first, "  ") }
	if !item.is(progress.OneLesson) {
		return append(one(e.label(item)), e.goalBelow(item, at, col)...)
	}
	entry, err := e.course.Entry(item.Lesson)
	if err != nil {
		return one(err.Error()) // The agenda is made from the course.
	}
	if item.why != "" {
		head := s.headed(e, entry, mark+style.Render(entry.Title), at, col)
		return append(head, e.whyBelow(item.why, at, col)...)
	}
	return s.lesson(e, entry, mark+style.Render(entry.Title), at, col)
}

// goalBelow returns the goal of the lesson that the learner stopped in, to stand below its line
// while that is selected and no column beside the list says it.
func (e env) goalBelow(item homeItem, at bool, col int) []string {
	if !item.is(progress.GoOn) || !at || e.w >= wideWidth || e.airy() { // Then the column or the list says it.
		return nil
	}
	entry, err := e.course.Entry(item.Lesson)
	if err != nil {
		return nil // The agenda is made from the course.
	}
	return prefixed(wrap(e.quiet(at), entry.Goal, col-2), "  ", "  ")
}

// label returns the words of a line of Home that isn't a lesson of the list.
func (e env) label(item homeItem) string {
	if item.is("") {
		return item.help.Words
	}
	return e.course.HomeLine(string(item.Kind), item.Lesson)
}

// mostAiry is the number of lessons up to which each has its goal and an empty line below it.
// A longer list is easier to take in with one line for each lesson.
const mostAiry = 6

// airy reports whether each lesson has its goal below it.
func (e env) airy() bool { return e.roomy() && len(e.course.Lessons) <= mostAiry }

// whyBelow returns why a lesson was found: in full for the selected one, else cut to one line.
func (e env) whyBelow(why string, at bool, col int) []string {
	switch {
	case at:
		return prefixed(wrap(e.quiet(at), why, col-2), "  ", "  ")
	case e.roomy():
		return []string{"  " + e.theme.muted.Render(ansi.Truncate(why, col-2, "…"))}
	}
	return nil
}

// lesson draws a lesson, with its goal where there is room.
func (s homeScreen) lesson(e env, entry course.Entry, head string, at bool, col int) []string {
	lines := s.headed(e, entry, head, at, col)
	if e.airy() || at && e.w < wideWidth { // On a wide terminal the side column has it.
		lines = append(lines, prefixed(wrap(e.quiet(at), entry.Goal, col-2), "  ", "  ")...)
	}
	if e.airy() {
		lines = append(lines, "")
	}
	return lines
}

// headed draws the line with the title of a lesson and how far the learner has come in it.
func (s homeScreen) headed(e env, entry course.Entry, head string, at bool, col int) []string {
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
		head += e.quiet(at).Render("  " + e.words.T("home.own"))
	}
	return []string{spread(head, e.quiet(at).Render(right), col)}
}

func (s homeScreen) keys(e env) []action {
	items := s.items(e)
	last := len(items) - 1
	at := max(min(s.at, last), 0)
	to := func(at int) (screen, request, tea.Cmd) {
		s.at = min(max(at, 0), last)
		return s, nil, nil
	}
	if s.finds {
		return s.findingKeys(e, items, at)
	}
	opens := func(item homeItem) func(env) (screen, request, tea.Cmd) {
		return func(e env) (screen, request, tea.Cmd) { return s.open(e, item) }
	}
	goesTo := func(b key.Binding, kind progress.ItemKind) action {
		return does(b, "", opens(homeItem{Item: progress.Item{Kind: kind}}))
	}
	move := func(b key.Binding, up key.Binding, by int) action {
		return eitherWay(b, up, "", func(_ env, way int) (screen, request, tea.Cmd) { return to(at + way*by) })
	}
	top, bottom := e.words.T("off.top"), e.words.T("off.bottom")
	return []action{
		move(e.keys.upDown, e.keys.up, 1), does(e.keys.take, e.words.T("key.open"), opens(items[at])),
		does(e.keys.find, "", func(e env) (screen, request, tea.Cmd) {
			s.finds, s.find, s.at = true, newField(), 0
			return s, nil, e.readEars // Loads what hears whether a search speaks of danger.
		}).offIf(e.served, e.words.T("off.served")),
		goesTo(e.keys.settings, progress.Settings), e.opensKeys(), goesTo(e.keys.plan, progress.MakePlan),
		doesWith(e.keys.digits, "", func(_ env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
			if n := digit(press); n <= last {
				return to(n)
			}
			return nil, nil, nil
		}),
		move(e.keys.pageUp, e.keys.pageUp, 5).listed().offIf(at == 0, top),
		move(e.keys.pageDown, e.keys.pageUp, 5).listed().offIf(at == last, bottom),
		move(e.keys.home, e.keys.home, len(items)).listed().offIf(at == 0, top),
		move(e.keys.end, e.keys.home, len(items)).listed().offIf(at == last, bottom),
	}
}

// findingKeys returns the table of keys during a search.
func (s homeScreen) findingKeys(e env, items []homeItem, at int) []action {
	move := func(b key.Binding, by int) action {
		return does(b, "", func(env) (screen, request, tea.Cmd) {
			s.at = max(min(at+by, len(items)-1), 0)
			return s, nil, nil
		}).listed()
	}
	return []action{
		does(e.keys.take, e.words.T("key.open"), func(e env) (screen, request, tea.Cmd) {
			switch {
			case e.inDanger(s.find.value()):
				s.find = newField()
				return s, open{screen: helpFirst{}}, nil
			case len(items) == 0:
				return s, nil, nil
			}
			return s.open(e, items[at])
		}).offIf(len(items) == 0, e.words.T("home.notfound")).anyway(),
		does(e.keys.back, e.words.T("key.home"), func(e env) (screen, request, tea.Cmd) {
			return newHome(e), nil, e.countEndings()
		}),
		move(e.keys.up, -1), move(e.keys.down, 1), move(e.keys.pageUp, -5), move(e.keys.pageDown, 5),
		s.find.typed(func(f field) screen { s.find, s.at = f, 0; return s }),
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
