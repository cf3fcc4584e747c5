package settings

import (
	"cmp"
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

// at returns where a setting stands, by its name: a text, a number, or whether it's on.
func (s *Settings) at(name string) any {
	return map[string]any{"lang": &s.Lang, "country": &s.Country, "theme": &s.Theme, "width": &s.Width,
		"motion": &s.Motion, "mouse": &s.Mouse, "private": &s.Private, "cover": &s.Cover}[name]
}

// Value returns the value of a setting by its name; a width that is none of the
// usual ones as it is.
func (s Settings) Value(name string) string {
	switch v := s.at(name).(type) {
	case *string:
		return cmp.Or(*v, map[string]string{"theme": "auto", "cover": InClass}[name])
	case *int:
		if *v != 0 {
			return strconv.Itoa(*v)
		}
	case *bool:
		if *v {
			return On
		}
		return Off
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
	switch v := t.at(name).(type) {
	case *string:
		*v = value
	case *int:
		*v, _ = strconv.Atoi(value) // "" is 0.
	case *bool:
		*v = value == On
	}
	if t.check() != nil {
		return s
	}
	return t
}
