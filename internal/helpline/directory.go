package helpline

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// World is the code of the entry for services that work from any country.
const World = "WORLD"

// Directory is the whole help directory.
type Directory struct {
	Countries []Country // Sorted by name; the world comes last.
	services  []Service
	school    []Service // The school's own people, who come first in every country.
}

// Country is a country that has an entry.
type Country struct {
	Code string `toml:"code" json:"code"` // ISO 3166-1 alpha-2, or World.
	Name string `toml:"name" json:"name"`
	Note string `toml:"note" json:"note,omitempty"` // What is different in this country, for everyone to read.

	Also []string `toml:"also" json:"also,omitempty"` // Other names of the country or of a part of it.

	// Emergency is the number to call when someone is in danger now; "" if none was found.
	Emergency       string `toml:"emergency" json:"emergency,omitempty"`
	EmergencySource string `toml:"emergency_source" json:"emergency_source,omitempty"` // The page that has the number.

	NoteSource string `toml:"note_source" json:"note_source,omitempty"`
}

// Service is a place or a person to turn to.
type Service struct {
	Country string `toml:"country" json:"country"`
	Name    string `toml:"name" json:"name"`
	What    string `toml:"what" json:"what"` // What the service is for.
	Call    string `toml:"call" json:"call,omitempty"`
	Text    string `toml:"text" json:"text,omitempty"`
	Chat    string `toml:"chat" json:"chat,omitempty"`
	Web     string `toml:"web" json:"web,omitempty"`
	In      string `toml:"in" json:"in,omitempty"`       // Where to go, such as a room.
	Hours   string `toml:"hours" json:"hours,omitempty"` // In local time.
	Ages    string `toml:"ages" json:"ages,omitempty"`   // The ages in words, as shown.

	Youngest int `toml:"youngest" json:"youngest,omitempty"` // In years; 0 means no limit.
	Oldest   int `toml:"oldest" json:"oldest,omitempty"`     // In years, inclusive; 0 means no limit.

	Adults  bool   `toml:"adults" json:"adults,omitempty"`   // For people of 18 and over, or for adults who worry.
	Crisis  bool   `toml:"crisis" json:"crisis,omitempty"`   // Someone listens, even to a person in danger.
	Staff   bool   `toml:"staff" json:"staff,omitempty"`     // For people who work with young people.
	Reports bool   `toml:"reports" json:"reports,omitempty"` // Takes reports of what is done online, or advises.
	Removes bool   `toml:"removes" json:"removes,omitempty"` // Can help to get a picture down.
	Limits  string `toml:"limits" json:"limits,omitempty"`   // What the service can't do about that, in a few words.
	Free    bool   `toml:"free" json:"free,omitempty"`
	Unnamed bool   `toml:"unnamed" json:"unnamed,omitempty"` // Callers needn't give a name.
	Happens string `toml:"happens" json:"happens,omitempty"` // What happens after getting in touch.
	Source  string `toml:"source" json:"source"`             // The page that has the entry.
	Seen    string `toml:"seen" json:"seen"`                 // When the page was last read, as YYYY-MM.
	Grade   string `toml:"grade" json:"grade"`               // "CONFIRMED" or "2ND"; help.toml explains them.
	School  bool   `toml:"-" json:"school,omitempty"`        // The entry is the school's own, from school.toml.
}

// file is the structure of help.toml and school.toml.
type file struct {
	Country []Country `toml:"country"`
	Service []Service `toml:"service"`
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// whole returns an error if an entry lacks a field or has a wrong one.
func (d *Directory) whole(s Service) error {
	switch {
	case s.Name == "" || s.What == "":
		return errors.New("it needs a name, and what it's for")
	case !slices.ContainsFunc(d.Countries, func(c Country) bool { return c.Code == s.Country }):
		return fmt.Errorf("unknown country %q", s.Country)
	case s.Call+s.Text+s.Chat+s.Web == "":
		return errors.New("it needs a way to reach it")
	case !strings.HasPrefix(s.Source, "https://") && !strings.HasPrefix(s.Source, "http://"):
		return errors.New("it needs the page it was seen on")
	case len(s.Seen) != len("2026-11"):
		return errors.New("it needs the month it was seen")
	case s.Removes && s.Limits == "":
		return errors.New("it removes pictures, so it needs limits: what it can't do")
	case s.Ages == "" && s.Youngest+s.Oldest > 0:
		return errors.New("it has an age limit, so it needs ages, which is what people see")
	case s.Youngest >= learnerOldest && !s.Adults:
		return errors.New("it's for adults, so it needs adults = true")
	case s.Grade != "CONFIRMED" && s.Grade != "2ND":
		return fmt.Errorf("an entry of grade %q can't be shown", s.Grade)
	}
	return nil
}

// Entries is everything in a directory.
type Entries struct {
	Countries        []Country
	Services, School []Service
}

// Entries returns everything in the directory, so that another program can restore it by [Of].
func (d *Directory) Entries() Entries { return Entries{d.Countries, d.services, d.school} }

// Of returns the directory with some entries. It doesn't check them: they must come from Entries.
func Of(e Entries) *Directory {
	return &Directory{Countries: e.Countries, services: e.Services, school: e.School}
}

// For returns whom a young person in a country can turn to: first the school's own
// people, then the services of the country, then those that work from anywhere.
// Services for adults and for staff are never among them. For an unknown country it
// returns the school's people and the services that work from anywhere.
func (d *Directory) For(code string) []Service {
	all := forLearners(d.school)
	if code != World {
		all = append(all, d.Local(code)...)
	}
	return append(all, d.Local(World)...)
}

// Staff returns the school's own entries for people who work there, such as the
// safeguarding lead.
func (d *Directory) Staff() []Service {
	return Only(d.school, func(s Service) bool { return s.Staff })
}

// Only returns the services for which is returns true.
func Only(services []Service, is func(Service) bool) (all []Service) {
	for _, s := range services {
		if is(s) {
			all = append(all, s)
		}
	}
	return all
}

// School returns the school's own people for young people.
func (d *Directory) School() []Service { return forLearners(d.school) }

// The youngest and oldest learners. Nobody is asked for their age, so a service is
// shown only if it is for all of these ages.
const learnerYoungest, learnerOldest = 13, 17

// AlwaysOpen reports whether the service never closes: its hours are empty, or begin with "at
// any hour", as help.toml writes it.
func (s Service) AlwaysOpen() bool { return s.Hours == "" || strings.HasPrefix(s.Hours, "at any hour") }

// UsualHours returns the hours up to the first semicolon. After it come days on which the
// service is closed, and the hours of other ways to reach it.
func (s Service) UsualHours() string {
	hours, _, _ := strings.Cut(s.Hours, ";")
	return hours
}

// Fits reports whether someone of an age, in years, may turn to a service.
func (s Service) Fits(age int) bool {
	return !s.Staff && !(s.Adults && age < 18) && age >= s.Youngest && (s.Oldest == 0 || age <= s.Oldest)
}

func forLearners(services []Service) []Service {
	return Only(services, func(s Service) bool { return s.Fits(learnerYoungest) && s.Fits(learnerOldest) })
}

// Local returns a country's own services for young people.
func (d *Directory) Local(code string) []Service {
	return Only(forLearners(d.services), func(s Service) bool { return s.Country == code })
}

// Urgent returns whom to turn to first when someone may be in danger: the emergency
// number, or "" if it isn't known, and the crisis services of a country for young people.
func (d *Directory) Urgent(code string) (emergency string, listen []Service) {
	c, _ := d.Find(code)
	return c.Emergency, Only(d.Local(code), func(s Service) bool { return s.Crisis })
}

// Codes returns the codes of the countries, in their order.
func (d *Directory) Codes() []string {
	var all []string
	for _, c := range d.Countries {
		all = append(all, c.Code)
	}
	return all
}

// Find returns the country with a code or name, ignoring case.
func (d *Directory) Find(country string) (Country, bool) {
	for _, c := range d.Countries {
		if strings.EqualFold(c.Code, country) || strings.EqualFold(c.Name, country) ||
			slices.ContainsFunc(c.Also, func(name string) bool { return strings.EqualFold(name, country) }) {
			return c, true
		}
	}
	return Country{}, false
}

// ByName returns the country with a name, ignoring case, "the" and punctuation. It doesn't accept
// a country code, because some are words, such as "no" and "it"; of codes it accepts only "US".
func (d *Directory) ByName(name string) (Country, bool) {
	name = strings.Trim(strings.ToLower(name), " .!?,;:")
	name = strings.TrimPrefix(name, "the ")
	c, ok := d.Find(name)
	return c, ok && (name == "us" || !strings.EqualFold(c.Code, name))
}

// Named returns the countries that typed words may mean: one that [Directory.Find] finds by all of
// them, and those with a word in a name that begins with one of them. It ignores words of one or
// two letters, which match too many names. It never returns the world.
func (d *Directory) Named(typed string) []Country {
	exact, _ := d.Find(strings.TrimSpace(typed))
	words := strings.Fields(strings.ToLower(typed))
	var all []Country
	for _, c := range d.Countries {
		begins := func(word string) bool {
			return utf8.RuneCountInString(word) > 2 && slices.ContainsFunc(append([]string{c.Name}, c.Also...),
				func(name string) bool { return strings.Contains(" "+strings.ToLower(name), " "+word) })
		}
		if c.Code != World && (c.Code == exact.Code || slices.ContainsFunc(words, begins)) {
			all = append(all, c)
		}
	}
	return all
}

// Beginning returns the countries with a name that begins with the typed text, ignoring case.
func (d *Directory) Beginning(typed string) []Country {
	begins := func(name string) bool { return strings.HasPrefix(strings.ToLower(name), strings.ToLower(typed)) }
	return slices.DeleteFunc(slices.Clone(d.Countries), func(c Country) bool {
		return !begins(c.Name) && !slices.ContainsFunc(c.Also, begins)
	})
}

// Locale returns the country of a POSIX locale such as "en_GB.UTF-8", or "".
func (d *Directory) Locale(locale string) string {
	_, rest, ok := strings.Cut(locale, "_")
	if !ok || len(rest) < 2 {
		return ""
	}
	if c, ok := d.Find(rest[:2]); ok {
		return c.Code
	}
	return ""
}
