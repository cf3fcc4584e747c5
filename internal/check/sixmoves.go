package check

import (
	"fmt"
	"slices"
	"strings"
)

// sixMoves: wherever a lesson lists what helps against blackmail it does so in
// the one wording, which can be reviewed and dated once, and a lesson on blackmail has
// the list.
func (f *finder) sixMoves() {
	if len(f.lex.SixMoves) == 0 {
		return
	}
	first, _, _ := strings.Cut(f.lex.SixMoves[0], " ")
	isMove := func(item string) bool { return slices.Contains(f.lex.SixMoves, item) }
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
			if !strings.HasPrefix(items[0], first+" ") && !slices.ContainsFunc(items, isMove) {
				continue // A list of something else.
			}
			found = true
			if !slices.Equal(items, f.lex.SixMoves) {
				f.add(b.Pos, nil, "type them as they are: "+f.sixList(),
					"the moves against blackmail stand in other words")
			}
		}
	}
	if f.l.Risk == "blackmail" && !found {
		f.add(f.l.Place("risk"), nil, "type them into a scene, each on a line of its own: "+f.sixList(),
			"a lesson on blackmail without the six moves")
	}
}

// sixList is the list as it stands in a lesson.
func (f *finder) sixList() string {
	var all []string
	for i, move := range f.lex.SixMoves {
		all = append(all, fmt.Sprintf("%d. %s", i+1, move))
	}
	return strings.Join(all, " / ")
}
