package progress

import (
	"fmt"
	"time"
)

// Day is a calendar day in the learner's time zone, as days since 1970-01-01.
type Day int

// firstDay is 2026-01-01, before anyone had this program. A clock that shows an earlier
// day is wrong.
const firstDay Day = 20454

// DayOf returns the day of a time in its own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// String returns the day as 2026-11-24.
func (d Day) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }

// MarshalText returns the day as 2026-11-24.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day of the years 1970 to 9999.
func (d *Day) UnmarshalText(s []byte) error {
	t, err := time.Parse(time.DateOnly, string(s))
	if err != nil || t.Year() < 1970 {
		return fmt.Errorf("%q isn't a day", s)
	}
	*d = DayOf(t)
	return nil
}

// trusted reports whether a recorded day is possible: not before the program existed,
// and not in the future. A clock that was wrong may have left other days.
func (d Day) trusted(today Day) bool { return d >= firstDay && d <= today }
