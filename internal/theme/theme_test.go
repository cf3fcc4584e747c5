package theme

import (
	"regexp"
	"slices"
	"testing"
)

// TestThemes checks that every theme has all its colours, a name of its own, and one of two
// backgrounds, and that there are at least three besides "dark" and "light".
func TestThemes(t *testing.T) {
	color := regexp.MustCompile(`^#[0-9A-F]{6}$`)
	var names []string
	for _, th := range All() {
		if slices.Contains(names, th.Name) || th.Name == "" {
			t.Errorf("the name %q comes twice, or is none", th.Name)
		}
		names = append(names, th.Name)
		if th.Ground != "dark" && th.Ground != "light" {
			t.Errorf("%s is for the ground %q", th.Name, th.Ground)
		}
		for _, c := range append([]string{th.Muted, th.Accent, th.Risky, th.Harmful, th.Rule, th.Ink, th.Bubble,
			th.Own, th.Band}, th.People...) {
			if !color.MatchString(c) {
				t.Errorf("%s: %q is no colour", th.Name, c)
			}
		}
		if n := len(slices.Compact(slices.Sorted(slices.Values(th.People)))); n < 6 || n < len(th.People) {
			t.Errorf("%s has colours for %d people", th.Name, n)
		}
	}
	for _, name := range []string{"dark", "light"} { // What "auto" becomes.
		if th, ok := Find(name); !ok || th.Ground != name {
			t.Errorf("%s is %+v", name, th)
		}
	}
	if len(names) < 5 || len(Names()) != len(names)+3 {
		t.Errorf("themes %q, names %q", names, Names())
	}
	if _, ok := Find(Mono); ok {
		t.Error("mono has colours")
	}
}
