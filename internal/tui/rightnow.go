package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"wayout/internal/firstaid"
	"wayout/internal/view"
)

// rightNow leads someone to whom it is happening right now through the next minutes, one
// thing a screen. Which one comes next is decided in package firstaid. Nothing is kept:
// what is taken here is gone with the screen.
type rightNow struct {
	walk   firstaid.Walk
	list   optionList
	pager  pager
	only   bool // There is no screen below it: closing it leaves.
	copied clipboard
	naming naming
	first  string // The letter of the last key, which may have been meant as text.
	missed bool   // What was typed last wasn't understood, and the screen has stayed.
}

// clipboard is what has been done about it.
type clipboard uint8

// What the clipboard holds, as far as it is known.
const (
	untouched clipboard = iota
	held                // The sentence.
	cleared             // Nothing of ours any more.
)

// calmWidth is how wide the text of these screens is at most, in cells: a few words a line
// are easier to take in.
const calmWidth = 58

// newRightNow returns the first screen with the help of a country, or what is wrong with
// its words.
func newRightNow(e env, country string) screen {
	guide, err := e.course.FirstAid()
	if err != nil {
		return troubleScreen{what: err.Error()}
	}
	return rightNow{walk: firstaid.Start(guide, e.help, country), list: optionList{noPick}}
}

// alone returns the screen as the only one of the program.
func (s rightNow) alone() screen {
	s.only = true
	return s
}

func (s rightNow) update(e env, msg tea.Msg) (screen, request, tea.Cmd) {
	switch msg := msg.(type) {
	case pick:
		s.list.at = msg.i
		return s.take(e)
	case tea.PasteMsg:
		if s.naming.on {
			return s.named(e, s.naming.pasted(e.look, msg)), nil, nil
		}
	}
	return s, nil, nil
}

// typing reports whether words are being typed.
func (s rightNow) typing() bool { return s.naming.on }

// named shows what was typed, and where countries are shown the one that it names.
func (s rightNow) named(e env, n naming) rightNow {
	if s.naming = n; s.kind() == firstaid.People {
		code, _ := n.country(e)
		s.walk = s.walk.In(code)
	}
	return s
}

// said takes what was typed, as line by line it is taken: a country where they are shown, or
// else words that may be of danger.
func (s rightNow) said(e env) (screen, request, tea.Cmd) {
	n := s.naming
	s.naming = naming{}
	code, named := n.country(e)
	if s.kind() != firstaid.People {
		code, named = n.whole(e, s.item(e).Helps())
	}
	if named {
		s.walk, s.missed = s.walk.In(code), false
		return s, nil, nil
	}
	next, ok := s.walk.Heard(n.words(), e.inDanger(n.words()))
	s = s.moved(next)
	s.missed = !ok
	return s, nil, nil
}

// unsaid forgets what was typed.
func (s rightNow) unsaid(env) (screen, request, tea.Cmd) {
	s.walk, s.naming = s.walk.In(s.naming.from), naming{}
	return s, nil, nil
}

// moved returns the screen at another place of the walk.
func (s rightNow) moved(w firstaid.Walk) rightNow {
	s.walk, s.list, s.pager, s.naming = w, optionList{noPick}, pager{}, naming{}
	s.first, s.missed = "", false
	return s
}

// take takes what is selected, or goes on; from the last screen it goes back to where the
// learner was.
func (s rightNow) take(env) (screen, request, tea.Cmd) {
	switch {
	case s.list.at != noPick && len(s.walk.Screen().Options) > 0:
		return s.moved(s.walk.Take(s.list.at)), nil, nil
	case s.walk.Last():
		return s, s.closes(), nil
	}
	return s.moved(s.walk.Next()), nil, nil
}

func (s rightNow) goOn(env) (screen, request, tea.Cmd) { return s.moved(s.walk.Next()), nil, nil }

func (s rightNow) goBack(env) (screen, request, tea.Cmd) {
	if s.walk.First() {
		return s, s.closes(), nil
	}
	return s.moved(s.walk.Back()), nil, nil
}

func (s rightNow) closes() request {
	if s.only {
		return leaveNow{}
	}
	return back{}
}

// copy hands the sentence to the clipboard of the terminal, and takes it away again when it
// is asked for once more. Nothing else here touches the clipboard.
func (s rightNow) copy(env) (screen, request, tea.Cmd) {
	if s.copied == held {
		s.copied = cleared
		return s, nil, tea.SetClipboard("")
	}
	s.copied = held
	return s, nil, tea.SetClipboard(s.walk.Screen().Sentence)
}

// country returns the place of the country in the list of them, as the page of help has it.
func (s rightNow) country(e env) helpScreen {
	return helpIn(e, s.walk.Country())
}

// item is what is shown, with a word about the clipboard in place of the others once it was
// used.
func (s rightNow) item(e env) view.RightNow {
	it := e.see.RightNow(s.walk)
	if s.kind() == firstaid.Sentence {
		switch s.copied {
		case held:
			it.Text = []string{s.walk.Held(e.keys.copy.Help().Key)}
		case cleared:
			it.Text = []string{s.walk.Cleared()}
		}
	}
	return it
}

// rightNow draws a screen but for its last lines, and says where the options begin; at is
// the one that is selected, or -1.
func (e look) rightNow(it view.RightNow, at, col int) (lines []string, from []int) {
	para := func(words []string) {
		lines = append(append(lines, words...), "")
	}
	para(wrap(e.theme.title, it.Head, col))
	if it.Sentence != "" {
		para(e.barred(wrapNumbers(e.theme.strong, "“"+it.Sentence+"”", col-3), e.theme.accent, col))
	}
	for i, words := range it.Text {
		style := e.theme.text
		if it.Urgent && i == 0 {
			style = e.theme.strong
		}
		para(wrapNumbers(style, words, col))
	}
	for i, p := range it.People {
		if i > 0 && e.roomy() {
			lines = append(lines, "")
		}
		lines = append(lines, wrap(e.theme.strong, p.Name, col)...)
		for _, way := range p.Ways {
			lines = append(lines, prefixed(wrapWhole(e.theme.accent, way, col-2), "  ", "  ")...)
		}
	}
	if len(it.People) > 0 {
		lines = append(lines, "")
	}
	if it.Limits != "" {
		para(wrapNumbers(e.theme.text, it.Limits, col))
	}
	if len(it.Options) > 0 {
		options, starts := optionList{at}.draw(e, it.Options, col, nil)
		for _, i := range starts {
			from = append(from, len(lines)+i)
		}
		para(options)
	}
	return lines[:len(lines)-1], from
}

// hopeless draws the line that stands on each of these screens.
func (e look) hopeless(it view.RightNow, col int) []string {
	bar := e.theme.important.Render("┃") + "  " // Without a ground: nothing here is pressed.
	return prefixed(wrapNumbers(e.theme.strong, it.Hopeless, col-3), bar, bar)
}

// parts are what stands on the screen, with the places of the options, and what stands
// below all of it.
func (s rightNow) parts(e env) (body []string, options []int, panel []string) {
	it := s.item(e)
	body, options = e.rightNow(it, s.list.at, min(e.column(), calmWidth))
	panel = e.hopeless(it, e.column())
	switch {
	case s.naming.on:
		typed, _ := s.naming.line(e, e.column())
		panel = append([]string{typed}, panel...)
	case s.missed:
		missed := e.words.T("now.missednone")
		if it.Country != "" {
			missed = e.words.T("now.missed", "Number", s.walk.Number(), "Country", it.Country)
		}
		panel = append(append(wrapNumbers(e.theme.strong, missed, e.column()), ""), panel...)
	}
	other := e.words.T("now.country", "Key", e.keys.help.Help().Key)
	if it.Country != "" {
		other = e.words.T("now.elsewhere", "Country", it.Country, "Key", e.keys.help.Help().Key)
	}
	line := wrap(e.theme.muted, other, e.column())
	if s.kind() == firstaid.People { // The countries stand here, and the line above keeps its row.
		if e.roomy() {
			body = append(body, "")
		}
		body = append(body, s.country(e).countries(e, e.column())...)
		line = make([]string, len(line))
	}
	// Where a row is missing in a small window, it's the empty one below the head.
	if i := slices.Index(body, ""); i > 0 && len(options) == 0 && len(body)+len(panel) > e.rows() {
		body = slices.Delete(body, i, i+1)
	}
	// The title names it, too, where a small window has no line to spare.
	if len(body)+len(panel)+len(line) <= e.rows() {
		panel = append(panel, line...)
	}
	return body, options, panel
}

func (s rightNow) kind() firstaid.Kind { return s.walk.Screen().Kind }

// draw puts the screen a little below the top, and the line for when it feels hopeless below it, in the
// same row on each screen. On a high terminal that isn't the last row but the one it would have on a
// usual one: further down, nobody would see that it belongs to what is asked.
func (s rightNow) draw(e env) frame {
	body, options, panel := s.parts(e)
	rows := min(e.rows(), max(calmRows, len(body)+len(panel)))
	title := e.words.T("now.title")
	if country := s.walk.Screen().Country; country != "" {
		title = e.words.T("now.of", "Country", country)
	}
	l := layout{title: title, hints: s.keys(e), pinned: true, top: s.pager.top, panel: panel}
	free, above := max(rows-len(body)-len(panel), 0), min((e.rows()-rows)/4, mostAbove)
	lowest := above + free
	if e.roomy() {
		above += min(free/4, mostAbove)
	}
	l.body = append(make([]string, above), body...)
	l.body = append(l.body, make([]string, lowest-above)...)
	l.cursor = &place{x: 0, y: above}
	for i, at := range options {
		to := len(body)
		if i+1 < len(options) {
			to = options[i+1]
		}
		l.clicks = append(l.clicks, click{from: above + at, to: above + to, msg: pick{i}})
		if i == s.list.at {
			l.cursor.y = above + at
		}
	}
	if s.naming.on {
		_, x := s.naming.line(e, e.column())
		l.cursor = &place{x: x, panel: true}
	}
	return e.fit(l)
}

// calmRows is how many rows these screens take at most while their words fit: those of a terminal with
// 24 rows. The longest of them leaves three or four.
const calmRows = 20

// mostAbove is how many empty lines stand above the words on a high screen.
const mostAbove = 6

// typingKeys is the table while words are typed. Nothing but enter takes them.
func (s rightNow) typingKeys(e env) []action {
	words := e.words.T("key.on")
	if _, named := s.naming.country(e); named && s.kind() == firstaid.People {
		words = e.words.T("key.take")
	}
	return []action{does(e.keys.start, words, s.said), does(e.keys.back, "", s.unsaid),
		does(e.keys.help, "", func(env) (screen, request, tea.Cmd) { return s.moved(s.walk.People()), nil, nil }),
		s.naming.edited(func(n naming) screen { return s.named(e, n) })}
}

func (s rightNow) keys(e env) []action {
	if s.naming.on {
		return s.typingKeys(e)
	}
	at, n := s.kind(), len(s.walk.Screen().Options)
	words := e.words.T("key.on")
	if s.walk.Last() {
		words = e.words.T("key.close")
	} else if n > 0 && s.list.at != noPick {
		words = e.words.T("key.take")
	} else if at == firstaid.Safe {
		words = e.words.T("now.notsure") // No answer isn't taken for being safe.
	}
	helps := "" // A narrow screen has no place for more than a word.
	if e.w >= 80 {
		helps = e.words.T("now.people")
	}
	all := []action{does(e.keys.start, words, s.take)} // A space belongs to words.
	if at == firstaid.Sentence && !e.served {          // A terminal far away has a clipboard of its own.
		all = append(all, does(e.keys.copy, s.copies(e), s.copy))
	}
	all = append(all, does(e.keys.back, "", s.goBack))
	if n > 0 { // Someone in a fright shouldn't have to guess how to answer.
		numbers := s.list.numbers(e.look, n, func(e env, l optionList) (screen, request, tea.Cmd) {
			s.list = l
			return s.take(e)
		})
		numbers.SetHelp(numbers.Help().Key, e.words.T("key.take"))
		all = append(all, numbers)
	}
	in := func(i int) screen {
		s.walk = s.walk.In(e.help.Countries[i].Code)
		return s
	}
	if at == firstaid.People {
		all = append(all, s.country(e).turns(e, in))
	}
	onward := does(e.keys.onward, e.words.T("key.pass"), s.goOn)
	if n == 0 {
		onward = onward.listed()
	}
	all = append(all, onward, does(e.keys.backward, "", s.goBack).listed(),
		doesWith(e.keys.help, helps, func(_ env, press tea.KeyPressMsg) (screen, request, tea.Cmd) {
			next := s.moved(s.walk.People())
			next.first = press.Text
			return next, nil, nil
		}), s.says(e))
	return append(all, s.moves(e, n)...)
}

// says is the line on which a letter begins what someone types, or the name of their country.
func (s rightNow) says(e env) action {
	a := e.names(func(press tea.KeyPressMsg) screen {
		return s.named(e, begun(e.look, press, s.first, s.walk.Country()))
	})
	if s.kind() != firstaid.People {
		a.SetHelp(a.Help().Key, e.words.T("now.type"))
	}
	return a
}

// copies are the words for the key of the clipboard.
func (s rightNow) copies(e env) string {
	if s.copied == held {
		return e.words.T("now.clear")
	}
	return e.words.T("now.copy")
}

// moves are the lines of the table that select one of n options, or scroll where there are
// none.
func (s rightNow) moves(e env, n int) []action {
	body, _, panel := s.parts(e)
	lines, keep := len(body)+len(panel), func(p pager) screen { s.pager = p; return s }
	pages := s.pager.pages(e.look, lines, keep)
	arrows := s.pager.arrows(e.look, lines, keep)
	if n > 0 {
		arrows = s.list.arrows(e.look, n, func(l optionList) screen { s.list = l; return s })
	}
	arrows.SetKeys("up", "down") // Letters are words here.
	return append(pages, arrows.listed())
}
