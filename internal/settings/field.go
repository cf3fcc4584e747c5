package settings

import (
	"cmp"
	"slices"
	"strconv"
)

// Field is one setting as a learner changes it: the values that it can have, in
// order.
type Field struct {
	Name   string
	Values []string // For country and width, "" is the default.
}

// The values of what is on or off.
const (
	On  = "on"
	Off = "off"
)

// Turn returns the settings with the field moved on by so many values, 1 or -1. It wraps
// around at both ends.
func (f Field) Turn(s Settings, by int) Settings {
	i := slices.Index(f.Values, s.Value(f.Name))
	return s.With(f.Name, f.Values[(i+by+len(f.Values))%len(f.Values)])
}

// Fields returns what can be set, in order. With fewer than two languages there is
// no setting for the language.
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

// at returns a pointer to the setting with a name: a *string, an *int or a *bool.
func (s *Settings) at(name string) any {
	return map[string]any{"lang": &s.Lang, "country": &s.Country, "theme": &s.Theme, "width": &s.Width,
		"motion": &s.Motion, "mouse": &s.Mouse, "private": &s.Private, "cover": &s.Cover}[name]
}

// Value returns the value of a setting, by its name, as in [Field]. A width may also be
// one that no field has.
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

// With returns the settings with another value. An invalid value changes nothing,
// and a setting that a policy locks doesn't change.
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
