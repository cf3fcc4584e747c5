//go:build !js

package helpline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
)

// Read reads the directory. The error names an entry that isn't complete: a number
// without a source is worse than none.
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
// Only name, what, and one way to reach them are required; "in" says where. An
// entry with staff = true is for adults who work there. The error names an entry
// that isn't complete, or an unknown key.
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
