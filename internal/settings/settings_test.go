package settings

import (
	"strings"
	"testing"
)

func TestReadAndWrite(t *testing.T) {
	for _, s := range []Settings{
		BuiltIn(),
		{Lang: "de", Country: "CH", Theme: "mono", Width: 50, Motion: false, Mouse: false, Private: true, Cover: On},
		{Lang: "en", Theme: "auto", Motion: true, Mouse: true, Cover: Off},
	} {
		src, err := Write(s)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := Read(src); err != nil || back != s {
			t.Errorf("%+v came back as %+v, %v", s, back, err)
		}
	}
	for src, want := range map[string]string{
		"motoin = false\n":             `unknown key "motoin"`,
		"theme = \"pink\"\n":           `unknown theme "pink"`,
		"width = 5\n":                  "width 5 isn't between 40 and 100",
		"cover = \"yes\"\n":            `unknown cover "yes"; choose from: class, on, off`,
		"width = \"wide\"\n":           "settings:",
		"theme = \"a\x1b[2J\"\n":       "line 1",
		strings.Repeat("#", maxFile+1): "over 16 KiB",
	} {
		if s, err := Read([]byte(src)); err == nil || !strings.Contains(err.Error(), want) || s.Lang != "en" {
			t.Errorf("%q: %+v, %v", src, s, err)
		}
	}
}

// TestPrecedence checks that flags win over the environment, the file and the defaults, in this order.
func TestPrecedence(t *testing.T) {
	light, dark, wide, yes, on := "light", "dark", 90, true, On
	locale := func(v string) string { return strings.ToUpper(v[3:5]) }
	for name, c := range map[string]struct {
		flags Flags
		env   map[string]string
		file  string
		want  Settings
		err   string
	}{
		"nothing": {want: Settings{Lang: "en", Theme: "auto", Motion: true, Mouse: true, Cover: InClass}},
		"file": {file: "theme = \"mono\"\nwidth = 60\nmotion = false",
			want: Settings{Lang: "en", Theme: "mono", Width: 60, Mouse: true, Cover: InClass}},
		"environment": {env: map[string]string{"WAYOUT_THEME": "contrast", "WAYOUT_WIDTH": "70"},
			file: "theme = \"mono\"\nwidth = 60", want: Settings{Lang: "en", Theme: "contrast", Width: 70, Motion: true,
				Mouse: true, Cover: InClass}},
		"flag": {flags: Flags{Theme: &light, Width: &wide, NoMotion: &yes},
			env:  map[string]string{"WAYOUT_THEME": "contrast", "WAYOUT_WIDTH": "70"},
			file: "theme = \"mono\"",
			want: Settings{Lang: "en", Theme: "light", Width: 90, Mouse: true, Cover: InClass}},
		"locale": {env: map[string]string{"LANG": "en_GB.UTF-8", "LC_ALL": "de_CH"},
			want: Settings{Lang: "en", Theme: "auto", Country: "CH", Motion: true, Mouse: true, Cover: InClass}},
		"country of a file": {env: map[string]string{"LANG": "en_GB"}, file: "country = \"CA\"",
			want: Settings{Lang: "en", Theme: "auto", Country: "CA", Motion: true, Mouse: true, Cover: InClass}},
		"reduce motion": {env: map[string]string{"REDUCE_MOTION": "1"},
			want: Settings{Lang: "en", Theme: "auto", Mouse: true, Cover: InClass}},
		"reduce nothing": {env: map[string]string{"REDUCE_MOTION": "0"}, want: BuiltIn()},
		"private": {env: map[string]string{"WAYOUT_PRIVATE": "yes"},
			want: Settings{Lang: "en", Theme: "auto", Motion: true, Mouse: true, Private: true, Cover: InClass}},
		"cover of a file": {file: "cover = \"off\"",
			want: Settings{Lang: "en", Theme: "auto", Motion: true, Mouse: true, Cover: Off}},
		"cover": {flags: Flags{Cover: &on}, env: map[string]string{"WAYOUT_COVER": "off"}, file: "cover = \"class\"",
			want: Settings{Lang: "en", Theme: "auto", Motion: true, Mouse: true, Cover: On}},
		"bad cover": {env: map[string]string{"WAYOUT_COVER": "1"}, want: BuiltIn(), err: "choose from: class, on, off"},
		"bad environment": {flags: Flags{Theme: &dark}, env: map[string]string{"WAYOUT_WIDTH": "wide"},
			want: Settings{Lang: "en", Theme: "dark", Motion: true, Mouse: true, Cover: InClass},
			err:  "isn't a number"},
	} {
		file, err := Read([]byte(c.file))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Resolve(c.flags, func(k string) string { return c.env[k] }, file, locale)
		if got != c.want || (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestColor(t *testing.T) {
	for _, c := range []struct {
		env  string
		want Color
	}{
		{"", Detect}, {"NO_COLOR=1", Never}, {"NO_COLOR=yes", Never}, {"NO_COLOR=0", Never}, {"NO_COLOR=", Detect},
		{"FORCE_COLOR=1", Force}, {"FORCE_COLOR=0", Never}, {"CLICOLOR_FORCE=1", Force}, {"CLICOLOR_FORCE=0", Detect},
		{"CLICOLOR=0", Never}, {"CLICOLOR=1", Detect}, {"NO_COLOR=1 FORCE_COLOR=1", Never},
		{"CLICOLOR=0 FORCE_COLOR=3", Force},
	} {
		env := map[string]string{}
		for _, v := range strings.Fields(c.env) {
			k, v, _ := strings.Cut(v, "=")
			env[k] = v
		}
		if got := ColorOf(func(k string) string { return env[k] }); got != c.want {
			t.Errorf("%q: %d, want %d", c.env, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("theme = \"light\"\nwidth = 60\nmotion = false\n"))
	f.Add([]byte("lang = \"x\"\n[a]\nb = 1\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := Read(src)
		if err != nil {
			return
		}
		again, err := Write(s)
		if err != nil {
			t.Fatalf("%+v can't be written: %v", s, err)
		}
		if back, err := Read(again); err != nil || back.Theme != s.Theme && s.Theme != "" || back.Width != s.Width {
			t.Fatalf("%+v came back as %+v, %v", s, back, err)
		}
	})
}
