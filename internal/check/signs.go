package check

import (
	"slices"
	"strings"
)

// fewestSigns is the smallest number of signs that a lesson for learners marks.
const fewestSigns = 3

// signs checks that every sign is of a known kind, and that a lesson for learners
// marks at least three. The parser checks that each sign is explained.
func (f *finder) signs() {
	for _, s := range f.l.Signs {
		if !slices.Contains(f.lex.Signs, s.Kind) {
			f.add(s.Pos, nil, "type one of "+strings.Join(f.lex.Signs, ", ")+
				"; number a second one of a kind: urgency-2", "unknown warning sign %q", s.Label)
		}
	}
	if f.l.Role != "adult" && len(f.l.Signs) < fewestSigns {
		f.add(f.l.Scenes[0].Pos, nil, "type [^urgency] at the end of a message, and at the end of the file a line "+
			"[^urgency]: why it is a sign here; the kinds are "+strings.Join(f.lex.Signs, ", "),
			"%d warning signs are marked; a lesson with pressure needs at least %d", len(f.l.Signs), fewestSigns)
	}
}
