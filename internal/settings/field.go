package settings

import (
	"slices"
	"strconv"
)

// Field is one setting as a learner changes it: the values that it can have, one
// after the other.
type Field struct {
	Name   string
	Values []string // For country and width "" is "as it comes".
}

// The values of what is on or off.
const (
	On  = "on"
	Off = "off"
)

// Turn returns the settings with the value that stands so many places further, from the
// last one on to the first.
func (f Field) Turn(s Settings, by int) Settings {
	i := slices.Index(f.Values, s.Value(f.Name))
	return s.With(f.Name, f.Values[(i+by+len(f.Values))%len(f.Values)])
}

// Fields returns what can be set, in order. Without a choice of languages there
// is no such setting.
func Fields(langs, countries []string) []Field {
	onOff := []string{On, Off}
	fields := []Field{
		{"country", append([]string{""}, countries...)},
		{"theme", Themes()},
		{"width", []string{"", "50", "60", "90"}},
		{"motion", onOff},
		{"mouse", onOff},
		{"cover", Covers()},
		{"private", onOff},
	}
	if len(langs) > 1 {
		fields = slices.Insert(fields, 0, Field{"lang", langs})
	}
	return fields
}

// Value returns the value of a setting by its name; a width that is none of the
// usual ones as it is.
func (s Settings) Value(name string) string {
	is := func(b bool) string {
		if b {
			return On
		}
		return Off
	}
	switch name {
	case "lang":
		return s.Lang
	case "country":
		return s.Country
	case "theme":
		if s.Theme == "" {
			return "auto"
		}
		return s.Theme
	case "width":
		if s.Width == 0 {
			return ""
		}
		return strconv.Itoa(s.Width)
	case "motion":
		return is(s.Motion)
	case "mouse":
		return is(s.Mouse)
	case "private":
		return is(s.Private)
	case "cover":
		if s.Cover == "" {
			return InClass
		}
		return s.Cover
	}
	return ""
}

// With returns the settings with another value. A value that can't be changes
// nothing, and neither does one that a policy holds.
func (s Settings) With(name, value string) Settings {
	if s.Locked.has(name) {
		return s
	}
	t := s
	switch name {
	case "lang":
		t.Lang = value
	case "country":
		t.Country = value
	case "theme":
		t.Theme = value
	case "width":
		t.Width, _ = strconv.Atoi(value) // "" is 0.
	case "motion":
		t.Motion = value == On
	case "mouse":
		t.Mouse = value == On
	case "private":
		t.Private = value == On
	case "cover":
		t.Cover = value
	}
	if t.check() != nil {
		return s
	}
	return t
}
