package settings

import (
	"slices"
	"strings"
	"testing"
)

// TestPolicy checks that a policy is read, and that each fault in one is reported with its line.
func TestPolicy(t *testing.T) {
	p, err := ReadPolicy("/etc/policy.toml", []byte("# ours\nlang = \"en\"\ncountry = \"GB\"\nprivate = true\n"+
		"cover = true\nclass = false\nlessons = [\"a\", \"b\"]\n"))
	if err != nil || p.Lang != "en" || p.Country != "GB" || !p.Private || !p.Cover || !p.NoClass ||
		len(p.Lessons) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	if at := p.At("class"); at != "/etc/policy.toml:6" {
		t.Error(at)
	}
	for src, want := range map[string]string{
		"lang = \"en\"\n\nlanguage = \"en\"\n": `p.toml:3: no key "language"; there is: lang, country, private, cover, ` +
			`class, lessons`,
		"[class]\n":                     "p.toml:1: ",
		"private = false\n":             "p.toml:1: private = false",
		"\ncover = false\n":             "p.toml:2: cover = false",
		"cover = \"on\"\n":              "p.toml:1: cover takes true",
		"lang = \"en\"\nlessons = []\n": "p.toml:2: lessons is empty",
		"\nclass = \"no\"\n":            "p.toml:2: class takes true or false",
		"lang = en\n":                   "p.toml:1: ",
		"lang = \"a\x1b[2J\"\n":         "p.toml:1: ",
		strings.Repeat("#", maxFile+1):  "at most 16 KiB",
	} {
		if _, err := ReadPolicy("p.toml", []byte(src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", src[:min(len(src), 40)], err)
		}
	}
	if p, err := ReadPolicy("p.toml", nil); err != nil || p.Over(BuiltIn()) != BuiltIn() {
		t.Errorf("an empty policy: %+v, %v", p, err)
	}
}

// TestPolicyHolds checks that a locked setting can't be changed, and isn't offered.
func TestPolicyHolds(t *testing.T) {
	s := Policy{Lang: "en", Country: "GB", Private: true, Cover: true}.Over(Settings{Lang: "de",
		Country: "CH", Theme: "mono"})
	if s.Lang != "en" || s.Country != "GB" || !s.Private || s.Cover != On || s.Theme != "mono" {
		t.Fatalf("%+v", s)
	}
	for _, f := range Fields([]string{"en", "de"}, []string{"CH", "GB"}) {
		held := f.Name == "lang" || f.Name == "country" || f.Name == "private" || f.Name == "cover"
		if turned := f.Turn(s, 1) != s; turned == held {
			t.Errorf("%s: held %v, turned %v", f.Name, held, turned)
		}
		offered := slices.ContainsFunc(s.Locked.Free(Fields([]string{"en", "de"}, nil)),
			func(g Field) bool { return g.Name == f.Name })
		if offered == held {
			t.Errorf("%s: held %v, offered %v", f.Name, held, offered)
		}
	}
	if s := (Policy{}).Over(BuiltIn()); len(s.Locked.Free(Fields(nil, nil))) != len(Fields(nil, nil)) {
		t.Error("without a policy something is locked")
	}
	if p := Strictest("p.toml"); !p.Private || !p.NoClass || p.Lessons != nil {
		t.Errorf("%+v", p)
	}
}

func FuzzReadPolicy(f *testing.F) {
	f.Add([]byte("lang = \"en\"\nprivate = true\ncover = true\nclass = false\nlessons = [\"a\"]\n"))
	f.Add([]byte("[a]\nb = 1\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := ReadPolicy("p.toml", src)
		if err != nil && !strings.HasPrefix(err.Error(), "p.toml:") {
			t.Fatalf("no line in %v", err)
		}
		if err == nil && p.Private != p.Over(BuiltIn()).Private {
			t.Fatal("private is not what the policy says")
		}
	})
}
