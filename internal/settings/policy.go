package settings

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"wayout/internal/text"
)

// PolicyName is the file in which a school locks settings for a whole computer.
const PolicyName = "policy.toml"

// PolicyRegistry is the folder of the Windows registry with the same names as values, below
// HKEY_LOCAL_MACHINE: REG_SZ for words, REG_MULTI_SZ for lessons, REG_DWORD for yes (1) and no (0).
const PolicyRegistry = `SOFTWARE\Policies\wayout`

// policyKeys are what a policy may say, as its file and the Windows registry name them.
var policyKeys = []string{"lang", "country", "private", "cover", "class", "lessons"}

// kinds say what each key takes.
var kinds = map[string]string{
	"lang":    `lang takes a language, such as lang = "en"`,
	"country": `country takes a country, such as country = "GB"`,
	"private": "private takes true",
	"cover":   "cover takes true",
	"class":   "class takes true or false",
	"lessons": `lessons takes a list, such as lessons = ["hold-my-phone"]`,
}

// PolicyKeys returns what a policy may say.
func PolicyKeys() []string { return slices.Clone(policyKeys) }

// Policy is what a school has locked for all who use a computer. It wins over flags, the
// environment and what a learner has set. It can't switch off what helps: "wayout now", the help
// lines and erasing work under every policy, and no policy can forbid --private or the cover.
type Policy struct {
	Path    string   // Where it was read; "" for none.
	Lang    string   // The language, or "".
	Country string   // The country whose help lines come first, or "".
	Private bool     // Nothing is kept.
	Cover   bool     // Losing the keyboard covers the screen, also of a learner alone.
	NoClass bool     // No class can be opened, led or served here.
	Lessons []string // The only lessons that learners are offered; nil for all.

	lines map[string]int
}

// policyFile is the file as it's written.
type policyFile struct {
	Lang    string   `toml:"lang"`
	Country string   `toml:"country"`
	Private *bool    `toml:"private"`
	Cover   *bool    `toml:"cover"`
	Class   *bool    `toml:"class"`
	Lessons []string `toml:"lessons"`
}

// ReadPolicy reads a policy from src; path is for errors. Any fault is an error that says where it
// is: with half a policy in force nobody would know which half.
func ReadPolicy(path string, src []byte) (Policy, error) {
	p := Policy{Path: path, lines: keyLines(src)}
	fault := func(line int, what string) (Policy, error) {
		return p, fmt.Errorf("%s:%d: %s", text.Line(path, 400), max(line, 1), what)
	}
	if len(src) > maxFile {
		return fault(1, fmt.Sprintf("a policy is at most %d KiB", maxFile>>10))
	}
	if what, fix := text.Foreign(src); what != "" {
		return fault(1, fmt.Sprintf("this is %s; %s", what, fix))
	}
	clean, found := text.Clean(src, text.Policy{Max: maxFile})
	if len(found) > 0 {
		return fault(found[0].Line, found[0].What)
	}
	var f policyFile
	meta, err := toml.Decode(clean, &f)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		return fault(parse.Position.Line, parse.Message)
	case err != nil: // A value of the wrong kind.
		for _, key := range policyKeys {
			if strings.Contains(err.Error(), fmt.Sprintf("last key %q", key)) {
				return fault(p.lines[key], kinds[key])
			}
		}
		return fault(1, err.Error())
	}
	if more := meta.Undecoded(); len(more) > 0 {
		key := more[0].String()
		return fault(p.lines[key], fmt.Sprintf("no key %q; there is: %s", text.Line(key, 60),
			strings.Join(policyKeys, ", ")))
	}
	if f.Private != nil && !*f.Private {
		return fault(p.lines["private"], "private = false: a learner can always ask for nothing to be kept; "+
			"leave the line out")
	}
	if f.Cover != nil && !*f.Cover {
		return fault(p.lines["cover"], "cover = false: a learner can always ask for the cover; leave the line out")
	}
	if meta.IsDefined("lessons") && len(f.Lessons) == 0 {
		return fault(p.lines["lessons"], "lessons is empty: leave the line out for all of them")
	}
	p.Lang, p.Country, p.Lessons = f.Lang, f.Country, f.Lessons
	p.Private, p.Cover = f.Private != nil, f.Cover != nil
	p.NoClass = f.Class != nil && !*f.Class
	return p, nil
}

// Strictest returns the policy that holds where one can't be read: people who need help get it,
// and nothing is kept.
func Strictest(path string) Policy { return Policy{Path: path, Private: true, NoClass: true} }

// keyLines returns the line of each key at the top of a file.
func keyLines(src []byte) map[string]int {
	lines := make(map[string]int)
	for i, line := range bytes.Split(src, []byte("\n")) {
		key, _, ok := strings.Cut(string(line), "=")
		if !ok {
			key = strings.Trim(strings.TrimSpace(key), "[]")
		}
		if key = strings.Trim(strings.TrimSpace(key), `"'`); key != "" && lines[key] == 0 {
			lines[key] = i + 1
		}
	}
	return lines
}

// At returns where a policy has a key, as file:line, or the file alone if the line isn't known.
func (p Policy) At(key string) string {
	if n := p.lines[key]; n > 0 {
		return fmt.Sprintf("%s:%d", text.Line(p.Path, 400), n)
	}
	return text.Line(p.Path, 400)
}

// Over returns the settings with the policy put over them, wherever they came from.
func (p Policy) Over(s Settings) Settings {
	if p.Lang != "" {
		s.Lang, s.Locked.Lang = p.Lang, true
	}
	if p.Country != "" {
		s.Country, s.Locked.Country = p.Country, true
	}
	if p.Private {
		s.Private, s.Locked.Private = true, true
	}
	if p.Cover {
		s.Cover, s.Locked.Cover = On, true
	}
	return s
}

// Locked says which settings a policy locks.
type Locked struct{ Lang, Country, Private, Cover bool }

// has reports whether a setting is locked, by its name.
func (l Locked) has(name string) bool {
	return l.Lang && name == "lang" || l.Country && name == "country" || l.Private && name == "private" ||
		l.Cover && name == "cover"
}

// Free returns the fields that a learner may still change.
func (l Locked) Free(fields []Field) []Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return l.has(f.Name) })
}
