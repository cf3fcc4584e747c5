package hear

import (
	"maps"
	"strings"
	"unicode/utf8"
)

// person is the word that replaces any name, since names can't all be listed and a line means
// the same whoever it names. The people of a lesson are known by [Recogniser.Among]; an unknown
// word counts as a name if it is in a place where a person is named.
const person = "aname"

// toSomeone are words after which a person is often named.
var toSomeone = map[string]bool{"tell": true, "telling": true, "told": true, "ask": true, "asking": true, "asked": true,
	"text": true, "texting": true, "texted": true, "call": true, "calling": true, "ring": true, "message": true,
	"show": true, "showing": true, "showed": true, "with": true, "about": true, "to": true, "for": true, "mr": true,
	"mrs": true, "ms": true, "miss": true, "dr": true, "coach": true, "auntie": true, "aunt": true, "uncle": true,
	"getting": true, "wtf": true, "does": true}

// someoneDoes are words before which a person is often named, at the start of a clause.
var someoneDoes = map[string]bool{"wants": true, "says": true, "said": true, "has": true, "is": true, "was": true,
	"keeps": true, "took": true, "made": true, "sent": true, "asked": true, "told": true, "put": true, "cut": true,
	"knows": true, "will": true, "thinks": true, "showed": true, "shared": true, "threatened": true, "needs": true}

// Among returns a recogniser that knows the names of the people in a lesson. A word that the
// frames use, such as "dad" or "will", is never taken for a name.
func (r *Recogniser) Among(names []string) *Recogniser {
	people := maps.Clone(r.spelling.people)
	for _, name := range names {
		for _, t := range r.spelling.split(name) {
			if !t.end && !r.ordinary[t.word] && utf8.RuneCountInString(t.word) > 1 {
				if people == nil {
					people = make(map[string]bool)
				}
				people[t.word] = true
			}
		}
	}
	s, c := *r.spelling, *r
	s.people = people
	c.spelling = &s
	return &c
}

// name replaces names in a line by person: those of [Recogniser.Among], and unknown words in a
// place where a person is named.
func (s *Spelling) name(words []token) []token {
	if s.exact {
		return words
	}
	for i := range words {
		t := &words[i]
		if t.end || s.known[t.word] || s.whole[t.word] != nil || utf8.RuneCountInString(t.word) < 2 ||
			strings.ContainsAny(t.word, "0123456789") {
			continue
		}
		before, behind := "", ""
		if i > 0 {
			before = words[i-1].word
		}
		if i+1 < len(words) {
			behind = words[i+1].word
		}
		first := i == 0 || words[i-1].end
		if !first && toSomeone[before] || first && someoneDoes[behind] {
			t.word = person
		}
	}
	return words
}
