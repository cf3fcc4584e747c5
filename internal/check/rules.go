package check

import (
	"slices"

	"wayout/internal/lesson"
)

// Rule is one rule, as the documentation lists it. Its name may be used in "allow:".
type Rule struct {
	Name  string
	Holds string // When a lesson follows the rule, in one sentence.
	Firm  bool   // "allow:" can't switch the rule off.
	Since int    // The first version of the format that the rule applies to; 0 for all. See [lesson.Head.Format].

	run func(*finder)
}

// Rules returns every rule for a single lesson.
func Rules() []Rule { return slices.Clone(rules) }

var rules = []Rule{
	{"fill-in", "everything on a new page has been filled in: nothing says FILL IN", true, 0, (*finder).fillIn},
	{"link", "every scene is reachable, and every fact is set and used (told is used by the rule told)", true, 0,
		(*finder).link},
	{"focus", "the person the learner helps writes in the chat, and every name is spelled one way", false, 0,
		(*finder).focus},
	{"open-choice", "every list has an open choice in every reachable state", true, 0, (*finder).openChoice},
	{"way-out", "from every reachable state a safe ending is at most six choices away, in version 2 eight", true, 0,
		(*finder).wayOut},
	{"feedback", "a panel answers every choice before the next one; in version 2, before a third one and before " +
		"an ending", false, 0, (*finder).feedback},
	{"told", "on every path someone is told in a scene with a TIP, or the ending has an IMPORTANT", true, 0,
		(*finder).told},
	{"repair", "after a CAUTION every path has a TIP or an IMPORTANT before it ends; no ending is a CAUTION", true,
		0, (*finder).repair},
	{"no-blame", "after pressure every path says whose fault it isn't, and no sentence blames anyone for being " +
		"pressured", true, 0,
		(*finder).noBlame},
	{"practice", "every path has a line to type and a question", false, 0, (*finder).practice},
	{"signs", "every sign is a known kind, and a lesson with pressure marks at least three", false, 0,
		(*finder).signs},
	{"six-moves", "a lesson on blackmail has the six moves, in the one wording", false,
		0, (*finder).sixMoves},
	{"reply", "no line to type replies to someone who has made a threat", true, 0, (*finder).reply},
	{"danger", "where someone may hurt themselves, the content note says so and a crisis line or emergency " +
		"number is named; nobody laughs at a line they don't understand", true, 0, (*finder).danger},
	{"activity", "no facilitator's note has students play the one who pushes, close their eyes, or talk about " +
		"themselves",
		true, 0, (*finder).activity},
	{"brand", "no real app, brand, handle, phone number or web address", false, 0, (*finder).brand},
	{"words", "plain, short, clean words", false, 0, (*finder).words},
	{"giveaway", "neither position nor length gives the answer away, nor, in version 2, its words", false, 0,
		(*finder).giveaway},
	{"length", "no path takes over a third longer than the page says; in version 2 the median path takes as long " +
		"as it says, give or take a quarter", false, 0, (*finder).length},
	{"screenful", "never more than 120 words or two screens between two actions", false, 0, (*finder).screenful},

	// The following rules apply only to version 2 of the format, because lessons of version 1 were
	// written before there were these rules.
	{"chat", "at least 45 % of the words on every path are messages or speech, and never 60 words of anything " +
		"else come between two of them", false, 2, (*finder).chat},
	{"endings", "there are at least two endings, each reached by chance in one run of twenty, and most of a path " +
		"isn't shared by every path", false, 2, (*finder).endings},
	{"memory", "every fact and leak makes a difference in two later scenes, one of them an ending or where " +
		"someone is told", false, 2, (*finder).memory},
	{"menu", "no list has only safe choices", false, 2, (*finder).menu},
	{"spoiler",
		"no narration between a message with a sign and the next choice names the sign, the trick or the remedy",
		false, 2, (*finder).spoiler},
	{"exchange",
		"the answer fits the line that was typed: an exchange ends within five turns, nothing is given " +
			"away after a line that protects, and a line that isn't understood leads nowhere else", true, 2,
		(*finder).exchange},
	{"fit", "people use the words under about: only where that fact or leak is true",
		false, 2, (*finder).fit},
	{"fault", "no path says more than three times whose fault it isn't", false, 2, (*finder).fault},
}

// Lesson checks one lesson against every rule except "set". The diagnostics are in
// the order of the file.
func Lesson(l *lesson.Lesson, lex Lexicon) []lesson.Diagnostic { return Explore(l).Check(lex) }

// Check is [Lesson] for a lesson whose states have been explored already.
func (s *States) Check(lex Lexicon) []lesson.Diagnostic {
	f := &finder{l: s.lesson, lex: lex, g: s.graph}
	if s.over != "" {
		f.add(f.l.Place("facts"), nil, "use fewer facts: each one that may or may not be set doubles the states; take "+
			"out those that only one scene asks for",
			"%s: that's too many to check", s.over)
		f.found[0].Rule = "limit"
		return f.found
	}
	for _, r := range rules {
		f.rule = r.Name
		if r.Since > f.l.Format() || !r.Firm && f.allowed(r.Name) {
			continue
		}
		r.run(f)
	}
	f.allowances()
	lesson.SortDiagnostics(f.found)
	return f.found
}

func (f *finder) allowed(rule string) bool {
	return slices.ContainsFunc(f.l.Allow, func(a lesson.Allow) bool { return a.Rule == rule })
}

// allowances reports entries of "allow:" that name no rule or a firm one.
func (f *finder) allowances() {
	f.rule = "allow"
	for _, a := range f.l.Allow {
		i := slices.IndexFunc(rules, func(r Rule) bool { return r.Name == a.Rule })
		switch {
		case i < 0:
			f.add(a.Pos, nil, "take it out", "there is no rule %q", a.Rule)
		case rules[i].Firm:
			f.add(a.Pos, nil, "change the lesson instead", "the rule %q can't be allowed away", a.Rule)
		}
	}
}
