package room

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// mostHands is the largest count of hands.
const mostHands = 999

// ParseHands reads the number of hands for each of n choices, such as "a 12 b 3 c 9", "a12 b3",
// or "12 3 9" in order. A choice that isn't named gets 0. The error says what is wrong.
func ParseHands(line string, n int) ([]int, error) {
	hands := make([]int, n)
	fields := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:=", r)
	})
	at := -1 // The choice that the next number is for.
	named, plain := false, 0
	for _, f := range fields {
		if f[0] >= 'a' && f[0] <= 'z' {
			at, named = int(f[0]-'a'), true
			if at >= n {
				return nil, fmt.Errorf("there is no choice %q", f[:1])
			}
			if f = f[1:]; f == "" {
				continue
			}
		}
		count, err := strconv.Atoi(f)
		switch {
		case err != nil || count < 0 || count > mostHands:
			return nil, fmt.Errorf("%q is no number from 0 to %d", f, mostHands)
		case named && at < 0:
			return nil, fmt.Errorf("the number %d has no letter", count)
		case named:
			hands[at], at = count, -1
			continue
		case plain == n:
			return nil, fmt.Errorf("more numbers than the %d choices", n)
		}
		hands[plain] = count
		plain++
	}
	if len(fields) == 0 {
		return nil, fmt.Errorf("type such as: a 12 b 3")
	}
	return hands, nil
}
