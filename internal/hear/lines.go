package hear

import (
	"fmt"
	"slices"
	"strings"
)

// Line is a training line, as its writer has labelled it.
type Line struct {
	Situation Situation
	Outcome   Outcome
	Moves     []string // The moves that it makes; none for an unclear line or danger.
	Text      string
}

// ReadLines reads a file of training lines. A line of the file is
//
//	SITUATION | OUTCOME | MOVES | TEXT
//
// with moves separated by commas, or "-" for none; "#" begins a comment. The error
// names the line and what is wrong with it.
func ReadLines(src []byte) ([]Line, error) {
	var all []Line
	for i, row := range strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n") {
		if row = strings.TrimSpace(row); row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		l, err := readLine(row)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		all = append(all, l)
	}
	return all, nil
}

func readLine(row string) (Line, error) {
	parts := strings.SplitN(row, "|", 4)
	if len(parts) != 4 {
		return Line{}, fmt.Errorf("%q: a line has four parts, with | between them", row)
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	s, err := ParseSituation(parts[0])
	if err != nil {
		return Line{}, err
	}
	o, err := ParseOutcome(parts[1])
	if err != nil {
		return Line{}, err
	}
	l := Line{Situation: s, Outcome: o, Text: parts[3]}
	if parts[2] != "-" && parts[2] != "" {
		for move := range strings.SplitSeq(parts[2], ",") {
			move = strings.TrimSpace(move)
			if !slices.Contains(Moves[s], move) {
				return Line{}, fmt.Errorf("situation %s has no move %q", s, move)
			}
			l.Moves = append(l.Moves, move)
		}
	}
	return l, l.fits()
}

// fits returns an error if the moves of a label contradict its outcome.
func (l Line) fits() error {
	strong, weak := 0, 0
	for _, m := range l.Moves {
		if strings.HasPrefix(m, "~") {
			weak++
		} else {
			strong++
		}
	}
	fits := map[Outcome]bool{
		Protective: strong > 0 && weak == 0, Weak: weak > 0 && strong == 0, Mixed: strong > 0 && weak > 0,
		Unclear: strong+weak == 0, InDanger: strong+weak == 0,
	}
	switch {
	case l.Text == "":
		return fmt.Errorf("the line is empty")
	case !fits[l.Outcome]:
		return fmt.Errorf("%q: %s doesn't go with the moves %v", l.Text, l.Outcome, l.Moves)
	}
	return nil
}

// Is reports whether a line is a positive example for a score, by its label.
func (l Line) Is(name string) bool {
	switch name {
	case anyProtective:
		return l.Outcome == Protective
	case anyWeak:
		return l.Outcome == Weak || l.Outcome == Mixed
	case anyStrong:
		return l.Outcome == Protective || l.Outcome == Mixed
	case anyUnclear:
		return l.Outcome == Unclear
	case Danger:
		return l.Outcome == InDanger
	}
	return slices.Contains(l.Moves, name)
}
