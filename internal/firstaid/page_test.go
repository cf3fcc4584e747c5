package firstaid_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wayout/internal/firstaid"
	"wayout/internal/helpline"
)

// countries returns the codes of all countries of the directory, and "" for none.
func countries(d *helpline.Directory) []string {
	all := []string{""}
	for _, c := range d.Countries {
		all = append(all, c.Code)
	}
	return all
}

// leads returns where a page leads, except the way back.
func leads(p firstaid.Page) []string {
	var all []string
	for _, w := range p.Ways {
		all = append(all, w.To)
	}
	if p.Next != "" {
		all = append(all, p.Next)
	}
	return all
}

// TestPagesHoldTheWalk checks for every country that each screen of the walk is on a page, with
// each sentence, and that every page can be reached from another one.
func TestPagesHoldTheWalk(t *testing.T) {
	g, d := shipped(t)
	key := func(s firstaid.Screen) string {
		return fmt.Sprint(s.Kind, s.Head, s.Text, s.Services, s.Limits, s.Hopeless)
	}
	for _, code := range countries(d) {
		all := firstaid.Pages(g, d, code)
		byID := make(map[string]firstaid.Page)
		screens, sentences, around := make(map[string]bool), make(map[string]bool), ""
		for _, p := range all {
			if _, ok := byID[p.ID]; ok {
				t.Errorf("%s: two pages %s", code, p.ID)
			}
			byID[p.ID] = p
			screens[key(p.Screen)] = true
			around += fmt.Sprint(p.Lead, p.Then)
			if len(p.Starters) > 0 && len(p.Then) == 0 {
				t.Errorf("%s: %s says nothing after its sentences", code, p.ID)
			}
			for _, s := range p.Starters {
				for _, l := range s.Lines {
					sentences[l.Words] = true
				}
			}
		}
		everywhere(firstaid.Start(g, d, code), func(_ firstaid.Walk, s firstaid.Screen) {
			switch {
			case s.Kind == firstaid.Sentence:
				if !sentences[s.Sentence] || !strings.Contains(around, s.Text[0]) {
					t.Errorf("%s: no page with %q", code, s.Sentence)
				}
			case s.Kind == firstaid.How:
				if !strings.Contains(around, s.Text[0]) {
					t.Errorf("%s: no page with %q", code, s.Text)
				}
			case !screens[key(s)]:
				t.Errorf("%s: no page with the screen %q", code, s.Head)
			}
		})
		reached := map[string]bool{all[0].ID: true, firstaid.PeoplePage: true}
		for todo := []string{all[0].ID, firstaid.PeoplePage}; len(todo) > 0; todo = todo[1:] {
			p := byID[todo[0]]
			if _, ok := byID[p.Back]; !ok && p.Back != "" {
				t.Errorf("%s: %s leads back to %q, which isn't there", code, p.ID, p.Back)
			}
			for _, to := range leads(p) {
				if _, ok := byID[to]; !ok {
					t.Errorf("%s: %s leads to %q, which isn't there", code, p.ID, to)
				} else if !reached[to] {
					reached[to] = true
					todo = append(todo, to)
				}
			}
		}
		if len(reached) != len(all) {
			t.Errorf("%s: %d of %d pages can be reached", code, len(reached), len(all))
		}
		if p := all[0]; p.Kind != firstaid.Safe || p.Next != "" || len(p.Ways) != 4 {
			t.Errorf("%s: the first page is %s, and leads to %q without an answer", code, p.ID, p.Next)
		}
	}
}

// TestPagesAfterDanger checks that the pages for someone who isn't safe lead to those about
// acting online only by the answer that they are safer.
func TestPagesAfterDanger(t *testing.T) {
	g, d := shipped(t)
	byID := make(map[string]firstaid.Page)
	for _, p := range firstaid.Pages(g, d, "GB") {
		byID[p.ID] = p
	}
	for _, from := range []string{"danger", "hurt", "unsure"} {
		way := []string{from}
		for p := byID[from]; p.Next != ""; p = byID[p.Next] {
			way = append(way, p.Next)
		}
		if want := []string{from, "people-" + from, "safer-" + from}; !slices.Equal(way, want) {
			t.Errorf("from %s the way is %v, and not %v", from, way, want)
		}
		if len(byID[from].Starters) != 1 || len(byID[from].Starters[0].Lines) != 2 {
			t.Errorf("on %s the sentences are %+v", from, byID[from].Starters)
		}
		if to := leads(byID["safer-"+from]); !slices.Equal(to, []string{"safe-again", "breathe", "end"}) {
			t.Errorf("once they are asked again: %v", to)
		}
	}
}
