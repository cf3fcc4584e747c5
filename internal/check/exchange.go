package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// exchange checks rehearsals that branch. An exchange ends within five turns whatever is
// typed; what was asked for doesn't happen after a line that protects; a learner who isn't
// understood may try again or go on; and the answer fits what was heard.
func (f *finder) exchange() {
	f.ends()
	for i := range f.l.Scenes {
		if s := &f.l.Scenes[i]; s.Rehearsal != nil && s.Rehearsal.Branches() {
			f.answersAll(s.Rehearsal)
			f.keepsPlace(s)
			f.fulfils(s)
			f.unanswered(s)
		}
	}
	f.falls()
}

// ends checks that at most five scenes with a rehearsal follow one another. Package play ends
// the exchange after five lines, so a learner would never be asked for more.
func (f *finder) ends() {
	n := len(f.l.Scenes)
	long := make([][]bool, play.MostTurns+1) // long[k][i]: at least k more turns can follow scene i.
	for k := range long {
		long[k] = make([]bool, n)
		for i := range n {
			long[k][i] = f.l.Scenes[i].Rehearsal != nil && (k == 0 || f.goesOn(i, long[k-1]) >= 0)
		}
	}
	from := slices.Index(long[play.MostTurns], true)
	if from < 0 {
		return
	}
	ids := []string{f.l.Scenes[from].ID}
	for k, i := play.MostTurns-1, from; k >= 0; k-- {
		i = f.goesOn(i, long[k])
		ids = append(ids, f.l.Scenes[i].ID)
	}
	f.add(f.l.Scenes[from].Rehearsal.Pos, ids,
		"let one of these scenes lead out of the exchange, whatever the learner types",
		"an exchange of more than %d turns starts in %q", play.MostTurns, f.l.Scenes[from].Title)
}

// goesOn returns the first of those scenes that a scene leads to, or -1.
func (f *finder) goesOn(i int, to []bool) int {
	for _, k := range f.l.Scenes[i].Next() {
		if to[k] {
			return k
		}
	}
	return -1
}

// answersAll checks that a rehearsal that branches has an item for a protective move, for a
// weakening move, and for a line that isn't understood, and that someone else answers.
func (f *finder) answersAll(r *lesson.Rehearsal) {
	var strong, weak, unclear bool
	for _, m := range r.Moves {
		for _, b := range m.Reaction {
			if b.Who == r.Who {
				f.add(b.Pos, nil, "let someone else answer; the learner types what "+r.Who+" says",
					"%s answers their own line", r.Who)
				break
			}
		}
		answers := m.Onward != nil || len(m.Reaction) > 0
		switch {
		case m.Name == lesson.Danger:
		case m.Name == lesson.Unclear:
			unclear = answers
		case m.Weak:
			weak = weak || answers
		default:
			strong = strong || answers
		}
	}
	for _, c := range []struct {
		has         bool
		what, write string
	}{{strong, "protects", "`decline`"}, {weak, "gives a way back in", "`~agree`"},
		{unclear, "isn't understood", "`unclear`"}} {
		if !c.has {
			f.add(r.Pos, nil, "add an item such as - "+c.write+", with what the others answer below it",
				"a line that %s has no answer", c.what)
		}
	}
}

// keepsPlace checks that a line that isn't understood leads nowhere, to the same scene as
// skipping it, or to another rehearsal of the same situation.
func (f *finder) keepsPlace(s *lesson.Scene) {
	for _, m := range s.Rehearsal.Moves {
		if m.Name != lesson.Unclear || m.Onward == nil || s.Onward != nil && m.Onward.To == s.Onward.To {
			continue
		}
		to := &f.l.Scenes[m.Onward.To]
		if to.Rehearsal != nil && to.Rehearsal.Situation == s.Rehearsal.Situation && to != s {
			continue
		}
		f.add(m.Pos, nil, "take out its link, so that they can say it another way",
			"a line that isn't understood leads away, to %q", to.Title)
	}
}

// fulfils checks every set of moves with a protective one: nothing is sent after such a line,
// and it doesn't lead where only giving in leads, whatever other moves it has.
func (f *finder) fulfils(s *lesson.Scene) {
	r, routes := s.Rehearsal, play.NewRoutes(f.l, s)
	var gives []int // Scenes that giving in leads to, but skipping the line doesn't.
	for _, m := range r.Moves {
		if (m.Name == "agree" || m.Name == "bargain") && m.Onward != nil &&
			(s.Onward == nil || m.Onward.To != s.Onward.To) {
			gives = append(gives, m.Onward.To)
		}
	}
	for _, i := range answersNo(r, routes) {
		m := r.Moves[i]
		sends := play.Sends(m.Reaction, r.Who)
		if m.Onward != nil {
			to := &f.l.Scenes[m.Onward.To]
			sends = sends || play.Sends(to.Told, r.Who)
			if m.Onward.Rating == lesson.Harmful || !m.Weak && slices.Contains(gives, m.Onward.To) {
				f.add(m.Pos, nil, "give it a scene of its own, where what was asked for doesn't happen",
					"%q protects, but leads to %q, where it happens anyway", m.Name, to.Title)
			}
		}
		if sends {
			f.add(m.Pos, nil, "take it out: nothing gets sent after a no", "%q protects, but then %s sends something",
				m.Name, r.Who)
		}
	}
}

// answersNo returns the items that answer some line with a protective move, for every set of
// moves that a line may have.
func answersNo(r *lesson.Rehearsal, routes play.Routes) (items []int) {
	moves := lesson.Moves(r.Situation)
	for bits := 1; bits < 1<<len(moves); bits++ {
		var said []string
		protects := false
		for i, m := range moves {
			if bits>>i&1 == 1 {
				name := strings.TrimPrefix(m, "~")
				said, protects = append(said, name), protects || name == m
			}
		}
		if i := routes.Item(said); protects && i >= 0 && !slices.Contains(items, i) {
			items = append(items, i)
		}
	}
	slices.Sort(items)
	return items
}

// sounds are examples of lines that weaken, for diagnostics about moves without an answer.
var sounds = map[string]string{
	"excuse": "sorry, i have homework", "feed": "why do you want it", "attack": "ur such a loser",
	"bargain": "maybe tomorrow", "agree": "ok fine", "hint": "something happened", "downplay": "it's nothing really",
	"someone-else": "a friend of mine has a problem", "pry": "what did you send him", "blame": "you shouldn't have",
	"promise-secret": "i won't tell anyone", "join-in": "haha send it to me", "interrogate": "when, where and why",
	"look": "show me the picture",
}

// unanswered reports weakening moves that no item answers except that for lines that aren't
// understood, if the rehearsal has an item for any weakening move.
func (f *finder) unanswered(s *lesson.Scene) {
	r, routes := s.Rehearsal, play.NewRoutes(f.l, s)
	var names []string
	first := ""
	for _, m := range lesson.Moves(r.Situation) {
		name, weak := strings.CutPrefix(m, "~")
		if !weak {
			continue
		}
		if i := routes.Item([]string{name}); i < 0 || r.Moves[i].Name == lesson.Unclear {
			names = append(names, "`"+m+"`")
			if first == "" || name == "excuse" { // Most people write an excuse.
				first = name
			}
		}
	}
	anyWeak := slices.ContainsFunc(r.Moves, func(m lesson.Move) bool { return m.Weak })
	if len(names) == 0 || !anyWeak {
		return
	}
	answer := "nothing"
	if i := routes.Item([]string{first}); i >= 0 && len(r.Moves[i].Reaction) > 0 {
		answer = fmt.Sprintf("%q, the answer of `unclear`", r.Moves[i].Reaction[0].String())
	}
	f.add(r.Pos, nil, "add an item - `~"+first+"`, with what the others answer below it: it answers all of "+
		"these, unless they have items of their own",
		"a learner who types %q gets %s: there is no item for %s", sounds[first], answer, strings.Join(names, ", "))
}

// falls checks that a move with an answer has one in every state.
func (f *finder) falls() {
	met := make(map[lesson.Pos]bool)
	for v := range f.g.views {
		s := &f.l.Scenes[f.g.views[v].scene]
		for _, w := range f.g.views[v].ways {
			k := onward - 1 - w.pick
			if w.pick >= onward || s.Rehearsal == nil {
				continue
			}
			m := s.Rehearsal.Moves[k]
			if len(m.Reaction) > 0 && len(w.reaction) == 0 && !met[m.Pos] {
				met[m.Pos] = true
				f.add(m.Pos, f.g.path(f.g.firstOf(v)), "add an answer without a condition",
					"nobody answers %q here", m.Name)
			}
		}
	}
}

// deckExchange checks the rehearsal of a short story, as far as the rule applies without links.
func (f *finder) deckExchange(r *lesson.Rehearsal) {
	if !r.Branches() {
		return
	}
	was := f.rule
	f.rule = "exchange"
	f.answersAll(r)
	f.fulfils(&lesson.Scene{Rehearsal: r})
	f.unanswered(&lesson.Scene{Rehearsal: r})
	f.rule = was
}

// Unlisted is the moves of a rehearsal that have no item, and which item answers each of them.
// Otherwise an author would find out only by typing such lines.
type Unlisted struct {
	Pos   lesson.Pos
	Scene string   // The title of its scene.
	Goes  []string // Such as "`leave`, `block` to `decline`".
}

// UnlistedMoves returns the moves without an item, for all rehearsals that branch.
func UnlistedMoves(l *lesson.Lesson) []Unlisted {
	var all []Unlisted
	for i := range l.Scenes {
		s := &l.Scenes[i]
		if s.Rehearsal == nil || !s.Rehearsal.Branches() {
			continue
		}
		if goes := unlisted(s.Rehearsal, play.NewRoutes(l, s)); len(goes) > 0 {
			all = append(all, Unlisted{s.Rehearsal.Pos, s.Title, goes})
		}
	}
	return all
}

func unlisted(r *lesson.Rehearsal, routes play.Routes) []string {
	var to []string // The items, in the order in which a move first goes to each.
	from := make(map[string][]string)
	for _, m := range lesson.Moves(r.Situation) {
		name := strings.TrimPrefix(m, "~")
		if slices.ContainsFunc(r.Moves, func(o lesson.Move) bool { return o.Name == name }) {
			continue
		}
		item := "the link on"
		if k := routes.Item([]string{name}); k >= 0 {
			item = "`" + r.Moves[k].String() + "`"
		}
		if len(from[item]) == 0 {
			to = append(to, item)
		}
		from[item] = append(from[item], "`"+m+"`")
	}
	var goes []string
	for _, item := range to {
		goes = append(goes, strings.Join(from[item], ", ")+" to "+item)
	}
	return goes
}
