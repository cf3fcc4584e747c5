package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// sixMoves checks that a lesson lists what helps against blackmail only in one fixed
// wording, so that it is reviewed and dated once, and that a lesson on blackmail has the
// list.
func (f *finder) sixMoves() {
	if len(f.lex.SixMoves) == 0 {
		return
	}
	var lists []sixList
	for _, s := range f.l.Scenes {
		for i := range s.Told {
			if l, ok := f.sixMovesIn(&s.Told[i]); ok {
				lists = append(lists, l)
			}
		}
	}
	whole := slices.ContainsFunc(lists, func(l sixList) bool { return l.fix == "" })
	for _, l := range lists {
		if l.fix != "" && (!whole || !l.beside) {
			f.add(l.at, nil, l.fix, "%s", l.message)
		}
	}
	if f.l.Risk != "blackmail" || len(lists) > 0 {
		return
	}
	const how = "type them once, in the last scene of one ending, say: as one numbered list, in the story or alone " +
		"in a panel, not as something a person says. Once is enough: every lesson with a threat in it shows them " +
		"again when it's over. They take about 75 of the 120 words there can be in one go, so they fit as the whole " +
		"panel of one ending, if the story above says what happened to everyone. Each goes on its own line: "
	if at, ok := f.scattered(); ok {
		f.add(at, nil, how+f.sixLines(), "the six moves are here, but not as a list")
		return
	}
	f.add(f.l.Place("risk"), nil, how+f.sixLines(), "a lesson on blackmail needs the six moves")
}

// sixList is a list of the moves against blackmail, and what is wrong with it, if anything.
type sixList struct {
	at           lesson.Pos
	fix, message string
	beside       bool // The only fault is that its panel has other words; one list without them is enough.
}

// sixMovesIn checks the wording of the list in a block, and reports false if the block has none. A
// panel with the list may hold nothing else, so that nothing is taken for a part of the list.
func (f *finder) sixMovesIn(b *lesson.Block) (sixList, bool) {
	from := slices.IndexFunc(b.Text, func(p lesson.Para) bool { return p.Bullet == "1." })
	if from < 0 {
		return sixList{}, false
	}
	var items []string
	for _, p := range b.Text[from:] {
		if p.Bullet == "" {
			break
		}
		items = append(items, p.String())
	}
	first, _, _ := strings.Cut(f.lex.SixMoves[0], " ")
	move := func(item string) bool { return slices.Contains(f.lex.SixMoves, item) }
	if !strings.HasPrefix(items[0], first+" ") && !slices.ContainsFunc(items, move) {
		return sixList{}, false // A list of something else.
	}
	const apart = "; anything you say beside the list goes in the story, or in a panel of its own"
	to, n := from+len(items), len(items)
	switch {
	case n < len(f.lex.SixMoves) && slices.Equal(items, f.lex.SixMoves[:n]):
		return sixList{b.Pos, "put nothing between them: " + f.sixLines(),
			fmt.Sprintf("only %d of the six moves are together here", n), false}, true
	case !slices.Equal(items, f.lex.SixMoves):
		return sixList{b.Pos, "type them exactly like this: " + f.sixLines(),
			"the moves against blackmail are worded differently here", false}, true
	case from > 0:
		return sixList{b.Text[from-1].Pos, "take out the line above 1." + apart,
			"the panel has other words above the six moves", true}, true
	case to < len(b.Text):
		return sixList{b.Text[to].Pos, fmt.Sprintf("take out the line below %d.%s", n, apart),
			"the panel has other words below the six moves", true}, true
	}
	return sixList{}, true
}

// scattered returns where most of the six moves are in a form other than a list, such as each
// said by someone.
func (f *finder) scattered() (lesson.Pos, bool) {
	for _, s := range f.l.Scenes {
		var at []lesson.Pos
		for _, move := range f.lex.SixMoves {
			i := slices.IndexFunc(s.Told, func(b lesson.Block) bool {
				return strings.Contains(fold(b.String()), fold(move))
			})
			if i >= 0 {
				at = append(at, s.Told[i].Pos)
			}
		}
		if 2*len(at) > len(f.lex.SixMoves) {
			return at[0], true
		}
	}
	return lesson.Pos{}, false
}

// isMove reports whether a paragraph is one of the six moves in the fixed wording, which no
// author can shorten.
func (f *finder) isMove(p *lesson.Para) bool {
	return p.Bullet != "" && slices.Contains(f.lex.SixMoves, p.String())
}

// sixLines returns the list in the syntax of a lesson.
func (f *finder) sixLines() string {
	var all []string
	for i, move := range f.lex.SixMoves {
		all = append(all, fmt.Sprintf("%d. %s", i+1, move))
	}
	return strings.Join(all, " / ")
}
