package settings

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
	"wayout/internal/theme"
)

// Settings is what a user wants.
type Settings struct {
	Lang    string `toml:"lang,omitempty"`
	Country string `toml:"country,omitempty"` // Such as "GB"; empty follows the locale.
	Theme   string `toml:"theme,omitempty"`   // One of Themes.
	Width   int    `toml:"width,omitempty"`   // The text's width in cells, MinWidth to MaxWidth; 0 is the default.
	Motion  bool   `toml:"motion"`
	Mouse   bool   `toml:"mouse"`
	Private bool   `toml:"private"`         // The record is neither read nor written.
	Cover   string `toml:"cover,omitempty"` // When losing the keyboard covers the screen: one of Covers, or "".

	Locked Locked `toml:"-"` // What a school's policy locks.
}

// The bounds of Width. Lines of 60 to 66 characters read best, and over 80 are hard for
// many (WCAG 2.2, 1.4.8); a reader with a large window may take more.
const MinWidth, MaxWidth = 40, 100

// Themes returns what Theme may be; "auto" asks the terminal.
func Themes() []string { return theme.Names() }

// InClass is the default Cover: losing the keyboard covers a seat in a class, and nothing else.
// In a room full of screens there's always someone who can see one that was left, and students in
// a class aren't asked for their settings. For someone alone, with the chat beside another
// window, the cover would be in the way, so the learner decides.
const InClass = "class"

// Covers returns what Cover may be.
func Covers() []string { return []string{InClass, On, Off} }

// BuiltIn returns the default settings.
func BuiltIn() Settings {
	return Settings{Lang: "en", Theme: "auto", Motion: true, Mouse: true, Cover: InClass}
}

// maxFile bounds the file, in bytes.
const maxFile = 16 << 10

// Read reads a settings file over the defaults. An unknown key or an invalid value is
// an error: a user who asked for less motion must not get all of it because of a typing
// mistake. With an error, the settings still hold what could be read.
func Read(src []byte) (Settings, error) {
	s := BuiltIn()
	if len(src) > maxFile {
		return s, fmt.Errorf("the settings file is over %d KiB", maxFile>>10)
	}
	if what, fix := text.Foreign(src); what != "" {
		return s, fmt.Errorf("settings: this is %s; %s", what, fix)
	}
	clean, found := text.Clean(bytes.TrimSpace(src), text.Policy{Max: maxFile})
	if len(found) > 0 {
		return s, fmt.Errorf("settings, line %d: %s", found[0].Line, found[0].What)
	}
	meta, err := toml.Decode(clean, &s)
	if err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return s, fmt.Errorf("settings: unknown key %q", text.Line(more[0].String(), 60))
	}
	return s, s.check()
}

// check replaces invalid values by their defaults, and returns an error that names the last one.
func (s *Settings) check() error {
	var err error
	if s.Theme != "" && !slices.Contains(Themes(), s.Theme) {
		err = fmt.Errorf("unknown theme %q; choose from: %s", text.Line(s.Theme, 40), strings.Join(Themes(), ", "))
		s.Theme = "auto"
	}
	if s.Width != 0 && (s.Width < MinWidth || s.Width > MaxWidth) {
		err = fmt.Errorf("width %d isn't between %d and %d", s.Width, MinWidth, MaxWidth)
		s.Width = 0
	}
	if s.Cover != "" && !slices.Contains(Covers(), s.Cover) {
		err = fmt.Errorf("unknown cover %q; choose from: %s", text.Line(s.Cover, 40), strings.Join(Covers(), ", "))
		s.Cover = InClass
	}
	return err
}

// Write returns the settings file. It has only what differs from the defaults, so
// that a later version may choose better defaults.
func Write(s Settings) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("# Settings for wayout. Flags and the environment override them.\n")
	built := BuiltIn()
	line := func(key, value string, differs bool) {
		if differs {
			fmt.Fprintf(&b, "%s = %s\n", key, value)
		}
	}
	line("lang", strconv.Quote(s.Lang), s.Lang != built.Lang && s.Lang != "")
	line("country", strconv.Quote(s.Country), s.Country != "")
	line("theme", strconv.Quote(s.Theme), s.Theme != built.Theme && s.Theme != "")
	line("width", strconv.Itoa(s.Width), s.Width != 0)
	line("motion", strconv.FormatBool(s.Motion), s.Motion != built.Motion)
	line("mouse", strconv.FormatBool(s.Mouse), s.Mouse != built.Mouse)
	line("private", strconv.FormatBool(s.Private), s.Private != built.Private)
	line("cover", strconv.Quote(s.Cover), s.Cover != built.Cover && s.Cover != "")
	_, err := Read(b.Bytes())
	return b.Bytes(), err
}

// Flags are the settings given on the command line; nil was not given.
type Flags struct {
	Lang, Country, Theme, Cover *string
	Width                       *int
	NoMotion, NoMouse, Priv     *bool
}

// Resolve puts flags over the environment, and the environment over the file. Locale
// turns a locale into a country. The error names an invalid value of a flag or of the
// environment; the settings are returned without it.
func Resolve(f Flags, getenv func(string) string, file Settings, locale func(string) string) (Settings, error) {
	s := file
	if s.Country == "" {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
			if v := getenv(name); v != "" {
				s.Country = locale(v)
				break
			}
		}
	}
	var err error
	over := func(name string, into *string, flag *string) {
		if v := getenv(name); v != "" {
			*into = v
		}
		if flag != nil {
			*into = *flag
		}
	}
	over("WAYOUT_LANG", &s.Lang, f.Lang)
	over("WAYOUT_COUNTRY", &s.Country, f.Country)
	over("WAYOUT_THEME", &s.Theme, f.Theme)
	over("WAYOUT_COVER", &s.Cover, f.Cover)
	if v := getenv("WAYOUT_WIDTH"); v != "" {
		n, bad := strconv.Atoi(v)
		if bad != nil {
			err = fmt.Errorf("WAYOUT_WIDTH %q isn't a number", text.Line(v, 20))
		} else {
			s.Width = n
		}
	}
	if f.Width != nil {
		s.Width = *f.Width
	}
	s.Motion = s.Motion && !Says(getenv("REDUCE_MOTION")) && !isTrue(f.NoMotion)
	s.Mouse = s.Mouse && !Says(getenv("WAYOUT_NO_MOUSE")) && !isTrue(f.NoMouse)
	s.Private = s.Private || Says(getenv("WAYOUT_PRIVATE"))
	if f.Priv != nil {
		s.Private = *f.Priv
	}
	if bad := s.check(); bad != nil {
		err = bad
	}
	return s, err
}

func isTrue(b *bool) bool { return b != nil && *b }

// Says reports whether the value of a variable says yes: anything but 0, false,
// no and nothing, as go-gh reads its accessible settings.
func Says(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "", "0", "false", "no":
		return false
	}
	return true
}

// Color says when colour is used.
type Color uint8

// The values of Color.
const (
	Detect Color = iota // As the terminal can.
	Never
	Force // Even if the output seems to be no terminal.
)

// ColorOf reads the variables about colour: NO_COLOR with any value
// (no-color.org) wins over FORCE_COLOR and CLICOLOR_FORCE, and CLICOLOR=0 is the
// weakest.
func ColorOf(getenv func(string) string) Color {
	switch {
	case getenv("NO_COLOR") != "":
		return Never
	case Says(getenv("FORCE_COLOR")), Says(getenv("CLICOLOR_FORCE")):
		return Force
	case getenv("CLICOLOR") == "0", getenv("FORCE_COLOR") == "0":
		return Never
	}
	return Detect
}
