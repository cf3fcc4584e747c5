package helpline

import (
	"slices"
	"strings"
	"testing"

	"wayout/lessons"
)

func shipped(t testing.TB) (*Directory, []byte) {
	t.Helper()
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(src)
	if err != nil {
		t.Fatal(err)
	}
	return d, src
}

func TestShippedDirectory(t *testing.T) {
	d, src := shipped(t)
	if len(d.Countries) < 5 || d.Countries[len(d.Countries)-1].Code != World {
		t.Fatalf("%+v", d.Countries)
	}
	adults := 0
	for _, s := range d.services {
		if s.Adults || s.Staff {
			adults++
		}
	}
	if adults == 0 {
		t.Error("there is no service for adults, so that nothing shows that they are kept out")
	}
	for _, c := range d.Countries {
		for _, s := range d.For(c.Code) {
			if s.Adults || s.Staff {
				t.Errorf("%s: %s is not for a young person", c.Code, s.Name)
			}
		}
		if len(d.Local(c.Code)) == 0 {
			t.Errorf("%s has no service", c.Code)
		}
		writes := false
		for _, s := range d.For(c.Code) {
			writes = writes || s.Text+s.Chat+s.Web != ""
		}
		if !writes {
			t.Errorf("%s has no way to write", c.Code)
		}
	}
	for _, never := range []string{"UNCONFIRMED", "OLD", "877-4-HSI", "833-591"} {
		if strings.Contains(string(src), `"`+never) {
			t.Errorf("%s is not to be shown", never)
		}
	}
}

// TestFindByOtherNames checks that a country is found by its other names, and that no two share one.
func TestFindByOtherNames(t *testing.T) {
	d, _ := shipped(t)
	for name, code := range map[string]string{"england": "GB", "Scotland": "GB", "america": "US", "Deutschland": "DE",
		"uk": "GB", "gb": "GB"} {
		if c, ok := d.Find(name); !ok || c.Code != code {
			t.Errorf("%s is %+v", name, c)
		}
	}
	met := make(map[string]string)
	for _, c := range d.Countries {
		for _, name := range append([]string{c.Code, c.Name}, c.Also...) {
			if was, ok := met[strings.ToLower(name)]; ok && was != c.Code {
				t.Errorf("%s is %s and %s", name, was, c.Code)
			}
			met[strings.ToLower(name)] = c.Code
		}
	}
}

// TestNamed checks that Named finds every country except the world by each of its names.
func TestNamed(t *testing.T) {
	d, _ := shipped(t)
	for _, c := range d.Countries {
		for _, name := range append([]string{c.Code, c.Name}, c.Also...) {
			has := slices.ContainsFunc(d.Named(name), func(f Country) bool { return f.Code == c.Code })
			if has == (c.Code == World) {
				t.Errorf("%q names %s: %v", name, c.Code, has)
			}
		}
	}
	if all := d.Named("fr an of a"); len(all) > 0 {
		t.Errorf("a word of two letters names %v", all)
	}
}

func TestForIsLocalFirst(t *testing.T) {
	d, _ := shipped(t)
	all := d.For("GB")
	if all[0].Name != "Childline" || all[len(all)-1].Country != World {
		t.Errorf("%+v", all)
	}
	if only := d.For("ZZ"); len(only) != 1 || only[0].Name != "Take It Down" {
		t.Errorf("%+v", only)
	}
}

func TestRead(t *testing.T) {
	const country = "[[country]]\ncode='GB'\nname='UK'\n"
	const service = "[[service]]\ncountry='GB'\nname='A'\nwhat='B'\ncall='1'\nsource='https://x.test'\n" +
		"seen='2026-11'\ngrade='2ND'\n"
	if _, err := Read([]byte(country + service)); err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"empty":      "",
		"no toml":    "[[",
		"no country": service,
		"no way":     country + strings.Replace(service, "call='1'\n", "", 1),
		"no source":  country + strings.Replace(service, "https://x.test", "x", 1),
		"no month":   country + strings.Replace(service, "2026-11", "", 1),
		"grade":      country + strings.Replace(service, "2ND", "UNCONFIRMED", 1),
		"no name":    country + strings.Replace(service, "name='A'", "name=''", 1),
		"escape":     country + strings.Replace(service, "what='B'", "what='B\x1b[2J'", 1),
	} {
		if _, err := Read([]byte(src)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

func TestLocale(t *testing.T) {
	d, _ := shipped(t)
	for locale, want := range map[string]string{"en_GB.UTF-8": "GB", "en_US": "US", "C.UTF-8": "", "is_IS": "", "": "",
		"x_": ""} {
		if got := d.Locale(locale); got != want {
			t.Errorf("Locale(%q) = %q, want %q", locale, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	_, src := shipped(f)
	f.Add(src)
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := Read(src)
		if err == nil {
			d.For(d.Countries[0].Code)
		}
	})
}

func TestSchool(t *testing.T) {
	d, _ := shipped(t)
	own, err := d.WithSchool([]byte("[[service]]\nname = \"Ms Okoro\"\nwhat = \"The counsellor.\"\nin = \"room 12\"\n" +
		"\n[[service]]\nname = \"Mr Hale\"\nwhat = \"Safeguarding lead.\"\ncall = \"0123\"\nstaff = true\n"))
	if err != nil {
		t.Fatal(err)
	}
	all := own.For("GB")
	if len(all) < 2 || all[0].Name != "Ms Okoro" || !all[0].School || all[1].School {
		t.Errorf("%+v", all)
	}
	if staff := own.Staff(); len(staff) != 1 || staff[0].Name != "Mr Hale" {
		t.Errorf("%+v", staff)
	}
	if len(d.School()) != 0 || len(own.School()) != 1 {
		t.Error("the directory itself was changed")
	}
	for src, want := range map[string]string{
		"[[service]]\nname = \"x\"\n":                              "what they're for",
		"[[service]]\nname = \"x\"\nwhat = \"y\"\n":                "needs one of call",
		"[[service]]\nname = \"x\"\nwhat = \"y\"\nphone = \"1\"\n": `unknown key "service.phone"`,
		"[[service]\n":          "school.toml",
		"name = \"a\x1b[2J\"\n": "line 1",
	} {
		if same, err := d.WithSchool([]byte(src)); err == nil || !strings.Contains(err.Error(), want) || same != d {
			t.Errorf("%q: %v", src, err)
		}
	}
}

// TestAges checks that every service shown in any country is for all ages from 13 to
// 17, and that every country has at least one.
func TestAges(t *testing.T) {
	d, _ := shipped(t)
	if len(d.Countries) != 31 { // Thirty countries, and the world.
		t.Errorf("%d countries", len(d.Countries))
	}
	for _, c := range d.Countries {
		all := d.For(c.Code)
		if len(d.Local(c.Code)) == 0 {
			t.Errorf("%s has nobody", c.Name)
		}
		for _, s := range all {
			for age := 13; age <= 17; age++ {
				if !s.Fits(age) {
					t.Errorf("%s: %s is shown and is not for somebody of %d", c.Name, s.Name, age)
				}
			}
		}
	}
	for _, s := range d.services {
		if strings.Contains(s.Ages, "18 and over") && s.Fits(17) {
			t.Errorf("%s is for 18 and over, and fits 17", s.Name)
		}
	}
	for _, c := range []struct {
		s    Service
		fits bool
	}{
		{Service{}, true}, {Service{Adults: true}, false}, {Service{Staff: true}, false},
		{Service{Youngest: 18}, false},
		{Service{Youngest: 14}, false}, {Service{Oldest: 16}, false}, {Service{Oldest: 17}, true},
		{Service{Youngest: 5, Oldest: 25}, true},
	} {
		if got := len(forLearners([]Service{c.s})) == 1; got != c.fits {
			t.Errorf("%+v: shown %v", c.s, got)
		}
	}
	if ar, _ := d.Find("AR"); !strings.Contains(ar.Note, "prosecutor") {
		t.Errorf("the rule of Argentina is not said: %q", ar.Note)
	}
}
