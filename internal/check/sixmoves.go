package check

import (
	"fmt"
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// sixMoves: wherever a lesson lists what helps against blackmail it does so in
// the one wording, which can be reviewed and dated once, and a lesson on blackmail has
// the list.
func (f *finder) sixMoves() {
	if len(f.lex.SixMoves) == 0 {
		return
	}
	first, _, _ := strings.Cut(f.lex.SixMoves[0], " ")
	move := func(item string) bool { return slices.Contains(f.lex.SixMoves, item) }
	found := false
	for _, s := range f.l.Scenes {
		for _, b := range s.Told {
			if len(b.Text) == 0 || b.Text[0].Bullet != "1." {
				continue
			}
			var items []string
			for _, p := range b.Text {
				items = append(items, p.String())
			}
			if !strings.HasPrefix(items[0], first+" ") && !slices.ContainsFunc(items, move) {
				continue // A list of something else.
			}
			found = true
			switch n := len(items); {
			case slices.Equal(items, f.lex.SixMoves):
			case n < len(f.lex.SixMoves) && slices.Equal(items, f.lex.SixMoves[:n]):
				f.add(b.Pos, nil, "let nothing stand between them: "+f.sixList(),
					"only %d of the six moves stand together here", n)
			default:
				f.add(b.Pos, nil, "type them as they are: "+f.sixList(),
					"the moves against blackmail stand in other words")
			}
		}
	}
	if f.l.Risk != "blackmail" || found {
		return
	}
	const how = "type them as one numbered list, in the story or in a panel and not as someone's words, each on a " +
		"line of its own: "
	if at, ok := f.scattered(); ok {
		f.add(at, nil, how+f.sixList(), "the six moves stand here, and not as a list")
		return
	}
	f.add(f.l.Place("risk"), nil, how+f.sixList(), "a lesson on blackmail without the six moves")
}

// scattered returns where most of the six moves stand as something other than a list: each
// said by someone, say.
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

// isMove reports whether a paragraph is one of the six moves in the one wording, which no
// author can shorten.
func (f *finder) isMove(p *lesson.Para) bool {
	return p.Bullet != "" && slices.Contains(f.lex.SixMoves, p.String())
}

// sixList is the list as it stands in a lesson.
func (f *finder) sixList() string {
	var all []string
	for i, move := range f.lex.SixMoves {
		all = append(all, fmt.Sprintf("%d. %s", i+1, move))
	}
	return strings.Join(all, " / ")
}
