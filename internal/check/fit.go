package check

import (
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// spoken is a word with which someone mentions a fact.
type spoken struct {
	bit  uint64
	fact string
	who  string
	word string // Folded.
	says string
}

// fit checks that people mention a fact or a leak only where it is set. The words that
// mention it are under "about:"; nothing is guessed.
func (f *finder) fit() {
	var words []spoken
	for bit, fact := range f.l.Remembered() {
		for _, a := range f.l.About {
			if a.Fact != fact.Name {
				continue
			}
			for _, w := range a.Words {
				words = append(words, spoken{1 << bit, fact.Name, a.Who, fold(w), w})
			}
		}
	}
	if len(words) == 0 {
		return
	}
	speaks := f.speaks(words)
	said := make(map[lesson.Pos]bool)
	see := func(i int, blocks []lesson.Block, known uint64) {
		for _, b := range blocks {
			for _, p := range b.Text {
				for _, w := range speaks[p.Pos] {
					if known&w.bit == 0 && !said[p.Pos] {
						said[p.Pos] = true
						f.add(p.Pos, f.g.path(i), "put `?"+w.fact+
							"` in front of it, or make it true on every way here",
							"%s mentions %q, but on one way here %q isn't true", b.Who, w.says, w.fact)
					}
				}
			}
		}
	}
	for i, s := range f.g.states {
		known := s.Facts | f.g.views[f.g.view[i]].sets // A fact that a scene sets counts as known in all of it.
		see(i, f.g.told(i), known)
		for e := range f.g.on(i) {
			see(i, f.g.reaction(e), known)
		}
	}
}

// speaks returns the words with which someone mentions a fact, by the position of the paragraph.
func (f *finder) speaks(words []spoken) map[lesson.Pos][]spoken {
	all := make(map[lesson.Pos][]spoken)
	for _, s := range f.l.Scenes {
		for b := range s.Blocks() {
			if b.Kind != lesson.Message && b.Kind != lesson.Speech {
				continue
			}
			for _, p := range b.Text {
				folded := fold(p.String())
				for _, w := range words {
					if (w.who == b.Who || w.who == "" && b.Who != f.l.Focus) && strings.Contains(folded, w.word) {
						all[p.Pos] = append(all[p.Pos], w)
					}
				}
			}
		}
	}
	for _, a := range f.l.About {
		if a.Who != "" && !slices.ContainsFunc(f.l.Scenes, func(s lesson.Scene) bool {
			return slices.ContainsFunc(s.Told, func(b lesson.Block) bool { return b.Who == a.Who })
		}) {
			f.add(a.Pos, nil, "type the name as it is in the messages", "%q never says anything", a.Who)
		}
	}
	return all
}
