package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// sixMoves: wherever a lesson lists what helps against blackmail it does so in
// the one wording, and a lesson on blackmail has the list (teaching.md rule 50).
func (f *finder) sixMoves() {
	if len(f.lex.SixMoves) == 0 {
		return
	}
	first, _, _ := strings.Cut(f.lex.SixMoves[0], " ")
	found := false
	for _, s := range f.l.Scenes {
		for _, b := range s.Told {
			if len(b.Text) == 0 || b.Text[0].Bullet != "1." || !strings.HasPrefix(b.Text[0].String(), first) {
				continue
			}
			found = true
			var items []string
			for _, p := range b.Text {
				items = append(items, p.String())
			}
			if !slices.Equal(items, f.lex.SixMoves) {
				f.add(b.Pos, nil, "copy it from six-moves.toml, line by line", "the moves against blackmail stand in other words")
			}
		}
	}
	if f.l.Risk == "blackmail" && !found {
		f.add(lesson.Pos{Line: 1, Col: 1}, nil, "copy the list of six-moves.toml into a scene", "a lesson on blackmail without the six moves")
	}
}
