package tui

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/view"
)

// roomScreen is what a room, a seat or a desk is shown, drawn: the items of package
// view in their order.
type roomScreen struct {
	e        look
	col      int
	at       int  // The option that is selected, or -1.
	takes    bool // A click on an option takes it.
	minutes  string
	title    string
	body     []string
	clicks   []click
	panel    []string // Below the body: what has become of the question.
	question *view.Question
	focus    *place // Where the selected option stands.
	ownPace  bool
	chat     bool // A message was drawn last; its border is room enough before the next.
}

// drawRoom draws items. At is the option that is selected, -1 for none; takes makes
// options clickable even where no vote is open; minutes is how long the session has
// run, for a desk.
func (e look) drawRoom(items []view.Item, at int, takes bool, minutes string) roomScreen {
	r := roomScreen{e: e, col: e.column(), at: at, takes: takes, minutes: minutes}
	for _, it := range items {
		r.draw(it)
	}
	return r
}

func (r *roomScreen) add(lines ...string) { r.body = append(r.body, lines...) }

func (r *roomScreen) air() {
	if n := len(r.body); r.e.roomy() && n > 0 && r.body[n-1] != "" {
		r.add("")
	}
}

func (r *roomScreen) draw(it view.Item) {
	e, col := r.e, r.col
	switch it := it.(type) {
	case view.Title:
		r.title = it.Text
	case view.Lobby:
		r.strong(it.Words)
		if it.In >= 0 {
			r.add(wrap(e.theme.text, e.words.T("class.in", "Count", it.In), col)...)
		}
		r.add(wrap(e.theme.text, it.Pass, col)...)
	case view.Rules:
		r.add(wrap(e.theme.title, it.Head, col)...)
		r.add("")
		for _, rule := range it.Rules {
			r.add(prefixed(wrap(e.theme.text, rule, col-2), e.theme.accent.Render("• "), "  ")...)
		}
		r.add("")
		r.add(wrap(e.theme.text, it.Before, col)...)
	case view.Blanked:
		r.strong(it.Words)
	case view.Calm:
		r.add("")
		r.strong(it.Lines...)
	case view.Over:
		r.strong(it.Head)
		for _, l := range it.Lines {
			r.add(wrap(e.theme.text, l, col)...)
		}
		r.add(wrap(e.theme.text, it.Bye, col)...)
	case view.OwnPace:
		r.ownPace = true
		r.add(wrap(e.theme.title, r.title, col)...)
		r.add("")
		r.strong(it.Words)
		r.status(it.Status)
	case view.Headcount:
		r.panel = append(r.panel, wrap(e.theme.muted, it.Words, col)...)
	case view.Question:
		r.ask(it)
	case view.Rehearsal:
		r.air()
		r.add(wrap(e.theme.strong, it.Asks, col)...)
		r.add(wrap(e.theme.text, it.How, col)...)
	case view.Models:
		r.add(e.models(it, e.theme.strong, col)...)
	case view.Explanation:
		r.add(e.explanation(it, col)...)
	case view.KeyMessage, view.Reached, view.Knew, view.Signs, view.SixMoves, view.Behind:
		r.lookBack(it)
	case view.Standing, view.Place, view.Ahead, view.Notes, view.Prepare:
		r.desk(it)
	case view.Message, view.Event:
		if !r.chat {
			r.air()
		}
		r.add(e.story(it, col)...)
		r.chat = true
	default:
		r.chat = false
		r.air()
		r.add(e.story(it, col)...)
	}
}

// strong adds paragraphs in the strong style, with an empty line after each.
func (r *roomScreen) strong(paras ...string) {
	for _, p := range paras {
		r.add(wrap(r.e.theme.strong, p, r.col)...)
		r.add("")
	}
}

func (r *roomScreen) status(words string) {
	r.panel = append(r.panel, wrap(r.e.theme.strong, words, r.col)...)
}

// ask draws a question, its options, and its result. All bars appear at once, so that no
// one has to wait for the last.
func (r *roomScreen) ask(q view.Question) {
	e, col := r.e, r.col
	r.question = &q
	r.air()
	r.add(wrap(e.theme.strong, q.Asks, col)...)
	r.air()
	if q.Result != nil && len(q.Result.Bars) > 0 {
		r.result(*q.Result)
		return
	}
	offered, from := optionList{r.at}.draw(e, q.Labels(), col, r.hands(q))
	base := len(r.body)
	r.add(offered...)
	for i := range from {
		if i == r.at {
			r.focus = &place{y: base + from[i]}
		}
		to := len(r.body)
		if i+1 < len(from) {
			to = base + from[i+1]
		}
		if r.takes || q.IsOpen() {
			r.clicks = append(r.clicks, click{from: base + from[i], to: to, msg: pick{i}})
		}
	}
	if q.Result != nil {
		r.add("")
		r.result(*q.Result)
	}
	r.status(q.Status)
}

// hands returns what draws the raised hands below an option; nil until they are
// counted.
func (r *roomScreen) hands(q view.Question) func(i int) []string {
	if q.Hands == nil {
		return nil
	}
	most := slices.Max(append([]int{1}, q.Hands...))
	return func(i int) []string {
		bar := strings.Repeat("█", q.Hands[i]*(r.col-14)/most)
		return []string{spaces(5) + r.e.theme.accent.Render(bar) + " " +
			r.e.words.T("present.count", "Count", q.Hands[i])}
	}
}

func (r *roomScreen) result(res view.Result) {
	e := r.e
	if len(res.Bars) == 0 {
		r.add(wrap(e.theme.strong, res.Words, r.col)...)
	}
	for _, b := range res.Bars {
		r.add(wrap(e.theme.text, b.Words, r.col)...)
		bar := strings.Repeat("█", b.Count*max(r.col-8, 1)/b.Of)
		r.add(e.theme.accent.Render(bar) + " " + e.words.T("present.count", "Count", b.Count))
	}
}

// desk draws what is for the adult: how the class stands, where we are, what comes
// next and how it turns out, and the notes.
func (r *roomScreen) desk(it view.Item) {
	e, col := r.e, r.col
	switch it := it.(type) {
	case view.Standing:
		r.add(e.standing(it, col)...)
		r.air()
	case view.Place:
		r.air()
		r.add(e.theme.rule.Render(strings.Repeat("─", col)))
		r.add(wrap(e.theme.strong, e.words.T("present.place", "Scene", it.Scene, "At", it.At, "Of", it.Of, "Page",
			it.Slide, "Pages", it.Slides, "Minutes", r.minutes), col)...)
		r.add(wrap(e.theme.text, it.Jump, col)...)
		r.add(wrap(e.theme.muted, it.Review, col)...)
		if it.Script != "" {
			r.add(wrap(e.theme.text, e.words.T("present.next", "Command", it.Script), col)...)
		}
	case view.Ahead:
		for i, c := range it.Choices {
			style, sign := e.theme.rating(c.Rating)
			r.add(prefixed(wrap(e.theme.text, c.Words+" → "+c.To, col-6), string(rune('1'+i))+"  "+style.Render(sign)+
				" ", spaces(5))...)
		}
	case view.Notes:
		r.notes(it.Notes)
	case view.Prepare:
		r.add(append(wrap(e.theme.title, it.Head, col), "")...)
		r.add(append(wrap(e.theme.text, e.words.T("cover.note")+": "+it.Note, col), "")...)
		r.notes(it.Notes)
	}
}

// lookBack draws an item of the debrief.
func (r *roomScreen) lookBack(it view.Item) {
	if len(r.body) > 0 {
		r.add("")
	}
	r.add(r.e.drawDebrief([]view.Item{it})...)
}

// notes draws the notes of a scene.
func (r *roomScreen) notes(all [][]lesson.Para) {
	for _, note := range all {
		r.add(r.e.paras(note, r.col)...)
	}
}

// standing draws how a class stands, and what is wrong.
func (e look) standing(s view.Standing, col int) []string {
	lines := wrap(e.theme.strong, strings.Join(s.Parts, "  "), col)
	for _, w := range s.Warnings {
		lines = append(lines, wrap(e.theme.risky, "! "+w, col)...)
	}
	return lines
}
