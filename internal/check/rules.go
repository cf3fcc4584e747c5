package check

import (
	"slices"

	"wayout/internal/lesson"
)

// Rule is one rule, for docs and for holding "allow:" to names that exist.
type Rule struct {
	Name  string
	Holds string // When it holds, in one sentence.
	Firm  bool   // It can't be allowed away.
	Since int    // The version of the format from which on it holds; 0 for all. See [lesson.Head.Format].

	run func(*finder)
}

// Rules returns every rule that a single lesson is held to.
func Rules() []Rule {
	return append(firstRules(), secondRules()...)
}

// secondRules are the rules that came with version 2 of the format. A lesson of
// version 1 keeps what it was written by, until it is replaced.
func secondRules() []Rule {
	return []Rule{
		{"chat", "on every path at least 45 % of the words are messages or speech, and no 60 words of anything else " +
			"stand between two of them", false, 2, (*finder).chat},
		{"endings", "there are two endings or more, each reached by chance in one run of twenty, and most of a path " +
			"is not what every path has", false, 2, (*finder).endings},
		{"memory", "every fact and leak matters in two later scenes and in an ending or a telling, where it may be " +
			"set and may not", false, 2, (*finder).memory},
		{"menu", "no choice list has only safe choices", false, 2, (*finder).menu},
		{"spoiler",
			"between a message with a sign and the next choice no narration names the sign, the trick or the remedy",
			false, 2, (*finder).spoiler},
		{"exchange",
			"a line that is typed is answered as what it is: an exchange ends within five turns, a line that " +
				"protects isn't given in to, and who isn't understood keeps their place", true, 2, (*finder).exchange},
		{"fit", "whoever speaks of what a fact or a leak stands for, in the words under about:, does so only where " +
			"it is so",
			false, 2, (*finder).fit},
		{"fault", "on no path is it said more than three times whose fault it is not", false, 2, (*finder).fault},
	}
}

func firstRules() []Rule {
	return []Rule{
		{"fill-in", "nothing of a new page is left to be filled in: no words say FILL IN", true, 0, (*finder).fillIn},
		{"link", "every scene is reachable, and every fact is set and used (told is used by the rule told)", true, 0,
			(*finder).link},
		{"focus", "the person the learner helps writes in the chat, and no name is written in two ways", false, 0,
			(*finder).focus},
		{"open-choice", "every choice list has an open choice in every reachable state", true, 0, (*finder).openChoice},
		{"way-out", "from every reachable state a safe ending is at most six choices away, in version 2 eight", true, 0,
			(*finder).wayOut},
		{"feedback", "every choice is answered by an alert before the next choice; in version 2 before a third one " +
			"and before an ending", false, 0, (*finder).feedback},
		{"told", "every complete path tells someone in a TIP scene, or ends in an IMPORTANT help block", true, 0,
			(*finder).told},
		{"repair", "every path through a CAUTION meets a TIP or IMPORTANT before it ends; no ending is CAUTION", true,
			0, (*finder).repair},
		{"no-blame", "after pressure every path says whose fault it is not, and no sentence blames", true, 0,
			(*finder).noBlame},
		{"practice", "every path has a typed rehearsal and a knowledge check", false, 0, (*finder).practice},
		{"signs", "every sign is of a known kind, and a lesson with pressure marks at least three", false, 0,
			(*finder).signs},
		{"six-moves", "the moves against blackmail stand in the one wording, and a lesson on blackmail has them", false,
			0, (*finder).sixMoves},
		{"reply", "no line to type replies to someone who has made a threat", true, 0, (*finder).reply},
		{"danger", "where someone may hurt themselves, the content note says so and a line that helps at once is " +
			"named; a line that is not understood is not laughed at", true, 0, (*finder).danger},
		{"activity", "no facilitator's note has a pupil play who pressures, close their eyes, or tell of themselves",
			true, 0, (*finder).activity},
		{"brand", "no real app, brand, handle, phone number or web address", false, 0, (*finder).brand},
		{"words", "plain, short, clean words", false, 0, (*finder).words},
		{"giveaway", "neither place nor length gives the answer away; in version 2 the words neither", false, 0,
			(*finder).giveaway},
		{"length", "no path takes over a third more than the stated minutes; in version 2 the median path takes what " +
			"is stated, give or take a quarter", false, 0, (*finder).length},
		{"screenful", "never over 120 words or two screens between two actions", false, 0, (*finder).screenful},
	}
}

// Lesson holds one lesson to every rule but "set", and returns what it finds in
// the order of the file.
func Lesson(l *lesson.Lesson, lex Lexicon) []lesson.Diagnostic { return Explore(l).Check(lex) }

// Check is [Lesson] for states that are known.
func (s *States) Check(lex Lexicon) []lesson.Diagnostic {
	f := &finder{l: s.lesson, lex: lex, g: s.graph}
	if s.over != "" {
		f.add(f.l.Place("facts"), nil, "use fewer facts: each that may or may not be set doubles the states; take out "+
			"those that only one scene asks for",
			"%s: a lesson with so many can't be checked", s.over)
		f.found[0].Rule = "limit"
		return f.found
	}
	for _, r := range Rules() {
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

// allowances holds the allowances themselves to the rules.
func (f *finder) allowances() {
	f.rule = "allow"
	for _, a := range f.l.Allow {
		i := slices.IndexFunc(Rules(), func(r Rule) bool { return r.Name == a.Rule })
		switch {
		case i < 0:
			f.add(a.Pos, nil, "take it out", "there is no rule %q", a.Rule)
		case Rules()[i].Firm:
			f.add(a.Pos, nil, "change the lesson instead", "the rule %q can't be allowed away", a.Rule)
		}
	}
}
