package course

import (
	"fmt"
	"strconv"
	"strings"

	"wayout/internal/lesson"
)

// rounds is the beginning of the ids of rounds of "Fine or off?".
const rounds = string(lesson.FineOrOff)

// Led returns what a room or a class takes: a lesson, as [Course.Lesson] does, a round of "Fine
// or off?", or a booster; see [BoosterID]. The first round of the game has the id "fine-or-off",
// the second "fine-or-off-2".
func (c *Course) Led(id string) (*lesson.Lesson, []lesson.Diagnostic, error) {
	if round, lessons, ok := boosterOf(id); ok {
		if _, err := c.Entry(id); err == nil { // A school's own lesson may have this id.
			return c.Lesson(id)
		}
		l, err := c.ledBooster(round, lessons)
		return l, nil, err
	}
	if !strings.HasPrefix(id, rounds) || !c.HasFineOrOff() {
		return c.Lesson(id)
	}
	n := 1
	if after := strings.TrimPrefix(id, rounds); after != "" {
		var err error
		if n, err = strconv.Atoi(strings.TrimPrefix(after, "-")); err != nil || n < 2 || "-"+strconv.Itoa(n) != after {
			return c.Lesson(id)
		}
	}
	set, err := c.FineOrOff()
	if err != nil {
		return nil, nil, err
	}
	if n > set.Rounds() {
		return nil, nil, fmt.Errorf("%q: there are %d rounds of %q", id, set.Rounds(), rounds)
	}
	return c.fineOrOffRound(id, set.Deal(0, n-1)), nil, nil // A fixed seed: every machine must deal the same.
}
