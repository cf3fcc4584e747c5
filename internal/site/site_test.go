package site_test

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"wayout/internal/site"
)

// made makes the folder with a stub for the engine.
func made(t *testing.T, platform site.Platform) []site.File {
	t.Helper()
	o := options(t, site.Engine{Program: []byte("program"), Script: []byte("script")})
	o.Platform = platform
	files, err := site.Make(o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestEveryAddressIsInTheFolder checks that every file that a page loads or links to exists.
func TestEveryAddressIsInTheFolder(t *testing.T) {
	for _, p := range []site.Platform{site.NoPlatform, site.SCORM, site.CMI5} {
		addresses(t, made(t, p))
	}
}

func addresses(t *testing.T, files []site.File) {
	t.Helper()
	there := make(map[string]bool)
	for _, f := range files {
		there[f.Name] = true
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name, ".html") && f.Name != "imsmanifest.xml" {
			continue
		}
		for _, m := range regexp.MustCompile(`\b(?:href|src)="([^"]*)"`).FindAllStringSubmatch(string(f.Data), -1) {
			to, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			name, err := url.PathUnescape(to)
			if to != "" && to != "data:," && (err != nil || !there[path.Join(path.Dir(f.Name), name)]) {
				t.Errorf("%s leads to %q", f.Name, m[1])
			}
		}
		page := !strings.Contains(f.Name, "/") && strings.HasSuffix(f.Name, ".html")
		if page && !bytes.Contains(f.Data, []byte("connect-src &#39;none&#39;")) && f.Name != "away.html" &&
			f.Name != "cmi5.html" {
			t.Errorf("%s may connect", f.Name)
		}
	}
}

func TestEqualCoursesGiveEqualFolders(t *testing.T) {
	for _, p := range []site.Platform{site.SCORM, site.CMI5} {
		a, b := made(t, p), made(t, p)
		if len(a) != len(b) {
			t.Fatalf("%d files, then %d", len(a), len(b))
		}
		for i := range a {
			if a[i].Name != b[i].Name || !bytes.Equal(a[i].Data, b[i].Data) {
				t.Errorf("%s differs", a[i].Name)
			}
		}
	}
}

// TestWordsAreFilledIn checks that no page has an unfilled gap, and that the page of everyone who
// helps has the emergency number of each country, if it's known.
func TestWordsAreFilledIn(t *testing.T) {
	for _, f := range made(t, site.CMI5) {
		if !strings.HasSuffix(f.Name, ".html") {
			continue
		}
		for _, hole := range []string{"no value", "‹", "{{"} {
			if strings.Contains(string(f.Data), hole) {
				t.Errorf("%s has %q", f.Name, hole)
			}
		}
		if f.Name == "help.html" && !strings.Contains(string(f.Data), "In danger now: call 112") {
			t.Errorf("%s names no number to call", f.Name)
		}
	}
}
