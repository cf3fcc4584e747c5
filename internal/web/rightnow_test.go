package web

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/firstaid"
	"wayout/internal/view"
)

// readable returns the words of a page without tags.
func readable(src []byte) string {
	var b strings.Builder
	inside := false
	for _, r := range string(src) {
		switch {
		case r == '<':
			inside = true
			b.WriteByte(' ')
		case r == '>':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return html.UnescapeString(strings.Join(strings.Fields(b.String()), " "))
}

// holdsAll fails unless a page has all the words of the screens of "right now", in order.
func holdsAll(t *testing.T, where, page string, screens []view.NowPage) {
	t.Helper()
	rest := page
	for _, p := range screens {
		words := append([]string{p.Show.Head}, p.Show.Text...)
		for _, one := range p.Show.People {
			words = append(append(words, one.Name), one.Ways...)
		}
		words = append(words, p.Show.Limits)
		for _, s := range p.Starters {
			words = append(words, s.To)
			for _, l := range s.Lines {
				words = append(words, l.How, l.Words)
			}
		}
		for _, w := range words {
			_, after, ok := strings.Cut(rest, w)
			if !ok {
				t.Errorf("%s: no %q in its place", where, w)
				return
			}
			rest = after
		}
	}
}

// TestNowSheet checks that the sheet has every screen with the help of the country, the line for
// when it feels hopeless at the top and at the end, and nothing about who has reviewed it, since
// it is for a young person.
func TestNowSheet(t *testing.T) {
	c, d := coursetest.Course(t), coursetest.Help(t)
	for _, code := range []string{"GB", "AR", ""} {
		sheets, err := NowSheet(Handout{Course: c, Help: d, Country: code})
		if err != nil || len(sheets) != 1 {
			t.Fatal(sheets, err)
		}
		pages, err := view.Solo(c).NowPages(d, code)
		if err != nil {
			t.Fatal(err)
		}
		page := readable(sheets[0].HTML)
		pages = slices.DeleteFunc(pages, func(p view.NowPage) bool { return p.Again })
		holdsAll(t, code, page, pages)
		if n := strings.Count(page, pages[0].Show.Hopeless); n != 2 {
			t.Errorf("%s: the line for when it feels hopeless is there %d times", code, n)
		}
		if strings.Contains(page, "reviewed") || bytes.Contains(sheets[0].HTML, []byte("‹")) {
			t.Errorf("%s: something else is on the sheet:\n%s", code, page)
		}
	}
}

// TestNowPage checks that the page of a class has every screen with the help of a country and the
// line for when it feels hopeless. Each link leads to a screen on the page, or to a page that gets
// no information; the only form is the one that leaves, and the page has no script of its own.
func TestNowPage(t *testing.T) {
	d := coursetest.Help(t)
	k, err := NewClass(coursetest.Course(t), d, "GB", nil)
	if err != nil {
		t.Fatal(err)
	}
	for country, code := range map[string]string{"": "GB", "US": "US", "AR": "AR", "WORLD": "WORLD", "XX": "GB"} {
		var b bytes.Buffer
		if err := k.WithForm("token").RightNow(&b, country); err != nil {
			t.Fatal(err)
		}
		pages, err := k.view.NowPages(d, code)
		if err != nil {
			t.Fatal(err)
		}
		holdsAll(t, country, readable(b.Bytes()), pages)
		page := b.String()
		if n := strings.Count(page, `class="hopeless"`); n != len(pages) {
			t.Errorf("%s: %d screens, and %d lines for when it feels hopeless", country, len(pages), n)
		}
		for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if id, ok := strings.CutPrefix(m[1], "#"); ok && strings.Count(page, `id="`+id+`"`) != 1 {
				t.Errorf("%s: %s leads nowhere", country, m[1])
			}
		}
		if n := strings.Count(page, "<form"); n != 1 || strings.Count(page, "<script") != 1 {
			t.Errorf("%s: %d forms:\n%s", country, n, page)
		}
		for _, p := range pages {
			for _, way := range p.Ways {
				if link := `href="#` + way.To + `">` + way.Words + "<"; !strings.Contains(html.UnescapeString(page), link) {
					t.Errorf("%s: on %s no link %s", country, p.ID, link)
				}
			}
		}
		// Those who help are one link away from every screen.
		if n := strings.Count(page, `href="#`+firstaid.PeoplePage+`"`); n < len(pages)-1 {
			t.Errorf("%s: who helps is linked %d times on %d screens", country, n, len(pages))
		}
	}
}
