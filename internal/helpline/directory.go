package helpline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
)

// World is the code of what works from any country.
const World = "WORLD"

// Directory is the whole help directory.
type Directory struct {
	Countries []Country // By name; the world comes last.
	services  []Service
	school    []Service // First of all, whatever the country.
}

// Country is a country that has an entry.
type Country struct {
	Code string `toml:"code" json:"code"` // ISO 3166-1 alpha-2, or World.
	Name string `toml:"name" json:"name"`
	Note string `toml:"note" json:"note,omitempty"` // What is different there, for everyone to read.

	Also []string `toml:"also" json:"also,omitempty"` // What else people call it, or a part of it.

	// Emergency is the number to call when someone is in danger now; "" where none was seen.
	Emergency       string `toml:"emergency" json:"emergency,omitempty"`
	EmergencySource string `toml:"emergency_source" json:"emergency_source,omitempty"` // The page that it was seen on.

	NoteSource string `toml:"note_source" json:"note_source,omitempty"`
}

// Service is a place or a person to turn to.
type Service struct {
	Country string `toml:"country" json:"country"`
	Name    string `toml:"name" json:"name"`
	What    string `toml:"what" json:"what"` // What it is for.
	Call    string `toml:"call" json:"call,omitempty"`
	Text    string `toml:"text" json:"text,omitempty"`
	Chat    string `toml:"chat" json:"chat,omitempty"`
	Web     string `toml:"web" json:"web,omitempty"`
	In      string `toml:"in" json:"in,omitempty"`       // Where to go, such as a room.
	Hours   string `toml:"hours" json:"hours,omitempty"` // Local time.
	Ages    string `toml:"ages" json:"ages,omitempty"`   // As it is shown.

	Youngest int `toml:"youngest" json:"youngest,omitempty"` // In years; 0 is no limit.
	Oldest   int `toml:"oldest" json:"oldest,omitempty"`     // In years, included; 0 is no limit.

	Adults  bool   `toml:"adults" json:"adults,omitempty"`   // For people of 18 and over, or for adults who worry.
	Crisis  bool   `toml:"crisis" json:"crisis,omitempty"`   // Someone listens, also to someone in danger.
	Staff   bool   `toml:"staff" json:"staff,omitempty"`     // For people who work with young people.
	Reports bool   `toml:"reports" json:"reports,omitempty"` // It takes reports of what's done online, or advises.
	Removes bool   `toml:"removes" json:"removes,omitempty"` // It can help to get a picture down.
	Limits  string `toml:"limits" json:"limits,omitempty"`   // What it can't do there, in short words.
	Free    bool   `toml:"free" json:"free,omitempty"`
	Unnamed bool   `toml:"unnamed" json:"unnamed,omitempty"` // One can stay unnamed.
	Happens string `toml:"happens" json:"happens,omitempty"` // What happens when one gets in touch.
	Source  string `toml:"source" json:"source"`             // The page that it was seen on.
	Seen    string `toml:"seen" json:"seen"`                 // When, as YYYY-MM.
	Grade   string `toml:"grade" json:"grade"`               // "CONFIRMED" or "2ND", as help.toml says.
	School  bool   `toml:"-" json:"school,omitempty"`        // It is the school's own, from school.toml.
}

// file is help.toml.
type file struct {
	Country []Country `toml:"country"`
	Service []Service `toml:"service"`
}

// Read reads the directory. The error names the entry that is not whole: a
// number without a source is worse than none.
func Read(src []byte) (*Directory, error) {
	clean, found := text.Clean(src, text.Policy{Max: 1 << 20})
	if len(found) > 0 {
		return nil, fmt.Errorf("read help directory: line %d: %s", found[0].Line, found[0].What)
	}
	var f file
	if _, err := toml.Decode(clean, &f); err != nil {
		return nil, fmt.Errorf("read help directory: %w", err)
	}
	d := &Directory{Countries: f.Country, services: f.Service}
	slices.SortStableFunc(d.Countries, func(a, b Country) int {
		return cmp.Or(cmp.Compare(btoi(a.Code == World), btoi(b.Code == World)), cmp.Compare(a.Name, b.Name))
	})
	for _, c := range d.Countries {
		if c.Emergency != "" && !strings.HasPrefix(c.EmergencySource, "http") {
			return nil, fmt.Errorf("read help directory: %s: the emergency number needs the page it was seen on",
				c.Name)
		}
	}
	for _, s := range d.services {
		if err := d.whole(s); err != nil {
			return nil, fmt.Errorf("read help directory: %q: %w", s.Name, err)
		}
	}
	if len(d.Countries) == 0 {
		return nil, errors.New("read help directory: it has no country")
	}
	return d, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// whole holds an entry to its fields.
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

// Entries are all that is in a directory.
type Entries struct {
	Countries        []Country
	Services, School []Service
}

// Entries returns all that is in the directory, for another program to make one [Of].
func (d *Directory) Entries() Entries { return Entries{d.Countries, d.services, d.school} }

// Of returns the directory of entries that [Read] has seen.
func Of(e Entries) *Directory {
	return &Directory{Countries: e.Countries, services: e.Services, school: e.School}
}

// For returns whom a young person in a country can turn to: the school's own
// people first, then the country's, then what works from anywhere. Services for
// adults and for staff are never among them. An unknown country gives the school
// and what works from anywhere.
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

// Only returns those services of which something is so.
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

// WithSchool returns the directory with a school's own entries, from the
// school.toml of its configuration folder:
//
//	[[service]]
//	name = "Ms Okoro, room 12"
//	what = "The school counsellor. You can come at any break."
//	call = "0123 456 789"
//	hours = "Monday to Friday, 8 to 4"
//	happens = "She listens first. She tells you who she has to tell."
//
// Only name, what, and one way to reach them are needed; "in" says where. An
// entry with staff = true is for adults who work there. The error names the
// entry that is not whole, or the key that is not known.
func (d *Directory) WithSchool(src []byte) (*Directory, error) {
	if what, fix := text.Foreign(src); what != "" {
		return d, fmt.Errorf("school.toml: this is %s; %s", what, fix)
	}
	clean, found := text.Clean(src, text.Policy{Max: 64 << 10})
	if len(found) > 0 {
		return d, fmt.Errorf("school.toml: line %d: %s", found[0].Line, found[0].What)
	}
	var f file
	meta, err := toml.Decode(clean, &f)
	if err != nil {
		return d, fmt.Errorf("school.toml: %w", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return d, fmt.Errorf("school.toml: unknown key %q", text.Line(more[0].String(), 60))
	}
	with := *d
	with.school = nil
	for _, s := range f.Service {
		switch {
		case s.Name == "" || s.What == "":
			return d, fmt.Errorf("school.toml: %q needs a name, and what: what they're for", text.Line(s.Name, 60))
		case s.Call+s.Text+s.Chat+s.Web+s.In == "":
			return d, fmt.Errorf("school.toml: %q needs one of call, text, chat, web or in",
				text.Line(s.Name, 60))
		}
		s.School = true
		with.school = append(with.school, s)
	}
	return &with, nil
}

// The ages of those whom the lessons are for. Nobody is asked for theirs, so that
// a service is shown only if it is for all of them.
const learnerYoungest, learnerOldest = 13, 17

// AlwaysOpen reports whether nothing says that the service is closed at times. The hours of
// help.toml begin with "at any hour" where it never is.
func (s Service) AlwaysOpen() bool { return s.Hours == "" || strings.HasPrefix(s.Hours, "at any hour") }

// UsualHours returns the hours without the days on which the service is closed, and without
// those of its other ways, which stand behind a semicolon.
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
// number, "" where it isn't known, and those of a country who listen to a young person.
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

// Find returns the country of a code or of one of its names, in any case.
func (d *Directory) Find(country string) (Country, bool) {
	for _, c := range d.Countries {
		if strings.EqualFold(c.Code, country) || strings.EqualFold(c.Name, country) ||
			slices.ContainsFunc(c.Also, func(name string) bool { return strings.EqualFold(name, country) }) {
			return c, true
		}
	}
	return Country{}, false
}

// ByName returns the country that has this name, in any case, with or without "the" and a full
// stop. A code is none: "no" and "it" are words. It's none of two letters but "UK" and "US".
func (d *Directory) ByName(name string) (Country, bool) {
	name = strings.Trim(strings.ToLower(name), " .!?,;:")
	name = strings.TrimPrefix(name, "the ")
	c, ok := d.Find(name)
	return c, ok && (name == "us" || !strings.EqualFold(c.Code, name))
}

// Named returns the countries that typed words may look for: each that [Directory.Find] finds
// by all of them, or that has a name in which a word begins with one of them. A word of one or
// two letters begins too much. The world is none of them.
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

// Beginning returns the countries that have a name which begins with what is typed.
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
