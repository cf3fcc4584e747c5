package hear

import (
	"fmt"
	"slices"
	"strings"
)

// Frame is a named pattern over the words of a line.
type Frame struct {
	Name       string   `toml:"name"`       // Unique, such as "wont-do-it".
	Move       string   `toml:"move"`       // Its move, or [Danger], [Gentle], [Nothing] or [NoMove].
	In         []string `toml:"in"`         // The situations; empty means every one that has the move.
	Patterns   []string `toml:"patterns"`   // See the head of frames.toml.
	Never      []string `toml:"never"`      // Patterns within which a match doesn't count.
	Examples   []string `toml:"examples"`   // Lines in which the frame is found.
	Exceptions []string `toml:"exceptions"` // Similar lines in which it isn't found.
	Not        []string `toml:"not"`        // Moves that it rules out; "protective" stands for all protective ones.
	Certain    bool     `toml:"certain"`    // The whole line (danger: anywhere) decides, not the weights.
	Quoted     bool     `toml:"quoted"`     // It counts in quoted words, too.
	Asked      bool     `toml:"asked"`      // If certain, it counts as a move even in a question.
	Apart      bool     `toml:"apart"`      // It counts only in a line that isn't about its writer.
	As         string   `toml:"as"`         // The kind of its move: see [Kinds].

	patterns, never []sought
	in              []bool   // By situation.
	isnt            []string // Not, with every move named.
	calm            bool     // Its words are harmless, whatever the weights for danger say.
}

// Frames is a file of frames: spellings, classes of words, and the frames.
type Frames struct {
	Spelling map[string]string `toml:"spelling"`
	Emoji    map[string]string `toml:"emoji"` // Emoji, and the word that each stands for.
	Classes  map[string]string `toml:"classes"`
	Frame    []*Frame          `toml:"frame"`
}

// compile compiles the patterns of all frames. The error names the frame and the pattern
// that is wrong.
func (f *Frames) compile() error {
	met := make(map[string]bool)
	c := &compiler{f.Classes, newSpelling(f.Spelling, f.Emoji), make(map[string]step)}
	c.spelling.exact = true
	for _, fr := range f.Frame {
		if fr.Name == "" || met[fr.Name] {
			return fmt.Errorf("frame %q: a frame needs a name of its own", fr.Name)
		}
		met[fr.Name] = true
		if err := fr.compile(c); err != nil {
			return fmt.Errorf("frame %q: %w", fr.Name, err)
		}
	}
	return nil
}

// noMove are the values of [Frame.Move] that aren't moves of a situation.
var noMove = map[string]bool{Danger: true, Gentle: true, Nothing: true, NoMove: true}

func (f *Frame) compile(c *compiler) error {
	f.in = make([]bool, len(Situations))
	for _, s := range Situations {
		named := len(f.In) == 0 || slices.Contains(f.In, s.String())
		has := noMove[f.Move] || slices.Contains(Moves[s], f.Move)
		if named && len(f.In) > 0 && !has {
			return fmt.Errorf("situation %s has no move %q", s, f.Move)
		}
		f.in[s] = named && has
	}
	for _, move := range f.Not {
		switch move {
		case anyProtective:
			f.isnt = append(f.isnt, protectiveMoves()...)
			continue
		case Danger:
			f.calm = true
			continue
		}
		f.isnt = append(f.isnt, move)
		if !slices.ContainsFunc(Situations, func(s Situation) bool { return slices.Contains(Moves[s], move) }) {
			return fmt.Errorf("no situation has the move %q, which it isn't", move)
		}
	}
	if !slices.Contains(f.in, true) {
		return fmt.Errorf("no situation has the move %q", f.Move)
	}
	var err error
	if f.patterns, err = c.all(f.Patterns); err != nil {
		return err
	}
	if len(f.patterns) == 0 {
		return fmt.Errorf("it has no pattern")
	}
	if f.As != "" && !slices.Contains(Kinds[f.Move], f.As) {
		return fmt.Errorf("move %q has no kind %q", f.Move, f.As)
	}
	f.never, err = c.all(f.Never)
	return err
}

// compiler compiles patterns. It normalises their words as those of a line, so that
// "have to" in a pattern matches "have to" in a line.
type compiler struct {
	classes  map[string]string
	spelling *Spelling
	read     map[string]step // The classes that were compiled.
}

func (c *compiler) all(sources []string) ([]sought, error) {
	var all []sought
	for _, src := range sources {
		p, err := c.pattern(src, 0)
		if err != nil {
			return nil, fmt.Errorf("pattern %q: %w", src, err)
		}
		s := sought{pattern: p, first: make(map[string]bool)}
		s.anything = !s.begin(p)
		all = append(all, s)
	}
	return all, nil
}

// says returns where a phrase is in the words of a line, as [Frame.find] does.
func (s *Spelling) says(words []token, phrase string) (from, to int, ok bool) {
	want := s.tokens(phrase)
	for at := range words {
		n := 0
		for n < len(want) && at+n < len(words) && words[at+n].word == want[n].word && !words[at+n].quoted {
			n++
		}
		if n > 0 && n == len(want) {
			return at, at + n, true
		}
	}
	return 0, 0, false
}

// find returns where the frame is in the words of a line, as a half-open range of
// tokens; ok is false if it isn't there.
func (f *Frame) find(words []token) (from, to int, ok bool) {
	for _, p := range f.patterns {
		for at := range words {
			if !p.may(words[at]) {
				continue
			}
			end := p.match(words, at)
			if end <= at || !f.Quoted && words[at].quoted || f.excepted(words, at, end) {
				continue
			}
			return at, end, true
		}
	}
	return 0, 0, false
}

// excepted reports whether a range of tokens is within a pattern of [Frame.Never].
func (f *Frame) excepted(words []token, from, to int) bool {
	for _, p := range f.never {
		for at := range words[:to] {
			if p.may(words[at]) && p.match(words, at) > from {
				return true
			}
		}
	}
	return false
}

// isAll reports whether the frame matches all of the words.
func (f *Frame) isAll(words []token) bool {
	return slices.ContainsFunc(f.patterns, func(p sought) bool {
		return len(words) > 0 && p.may(words[0]) && p.match(words, 0) == len(words) && !f.excepted(words, 0, len(words))
	})
}

// sought is a pattern and the words that it can begin with, so that most words of a line
// can be skipped.
type sought struct {
	pattern
	anything bool // It can begin with anything.
	first    map[string]bool
	prefixes []string
}

// may reports whether the pattern can begin at a word.
func (s *sought) may(t token) bool {
	return s.anything || s.first[t.word] ||
		slices.ContainsFunc(s.prefixes, func(p string) bool { return strings.HasPrefix(t.word, p) })
}

// begin notes the words that a pattern can begin with; ok is false if that may be any
// word.
func (s *sought) begin(p pattern) (ok bool) {
	for _, st := range p {
		switch {
		case st.start:
			continue
		case st.any, st.stop, st.number:
			return false
		case st.choices == nil && st.prefix:
			s.prefixes = append(s.prefixes, st.word)
		case st.choices == nil:
			s.first[st.word] = true
		}
		for _, c := range st.choices {
			if !s.begin(c) {
				return false
			}
		}
		if !st.optional {
			return true
		}
	}
	return false
}

// pattern is a compiled pattern: steps that are matched one after the other.
type pattern []step

// step matches one of several sequences of words.
type step struct {
	number   bool                 // A number in digits.
	any      bool                 // Up to three words of one clause, whatever they are.
	start    bool                 // The start of a clause.
	stop     bool                 // The end of a clause.
	optional bool                 // Or nothing.
	choices  []pattern            // One of these.
	by       map[string][]pattern // An index of many choices, by their first word.
	open     []pattern            // The choices that by doesn't have.
	word     string               // This word.
	prefix   bool                 // Any word that begins with word.
}

// gap is how many words "*" matches at most.
const gap = 3

// maxDepth is how deep classes and brackets may be nested.
const maxDepth = 8

// pattern compiles a pattern. The language is small on purpose:
//
//	word        this word, as it is normalised
//	word~       any word that begins like this
//	(a|b c|d)   one of these
//	[a|b]       one of these, or nothing; (a|b)? is the same
//	{name}      one of a class of words
//	#           a number in digits, such as 20 or 8pm
//	*           up to three words of the same clause
//	^ $         the start and the end of a clause
func (c *compiler) pattern(src string, depth int) (pattern, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("it is nested more than %d deep", maxDepth)
	}
	var p pattern
	for rest := strings.TrimSpace(src); rest != ""; rest = strings.TrimSpace(rest) {
		var steps []step
		var err error
		if strings.IndexByte("#*^$([{", rest[0]) >= 0 {
			steps, rest, err = c.sign(rest, depth)
		} else {
			steps, rest, err = c.run(rest)
		}
		if err != nil {
			return nil, err
		}
		p = append(p, steps...)
	}
	if len(p) == 0 {
		return nil, fmt.Errorf("it is empty")
	}
	return p, nil
}

// sign compiles a step that begins with a special character.
func (c *compiler) sign(src string, depth int) (steps []step, rest string, err error) {
	var s step
	switch src[0] {
	case '#':
		s.number, rest = true, src[1:]
	case '*':
		s.any, rest = true, src[1:]
	case '^':
		s.start, rest = true, src[1:]
	case '$':
		s.stop, rest = true, src[1:]
	case '{':
		name, after, ok := strings.Cut(src[1:], "}")
		if !ok {
			return nil, "", fmt.Errorf("%q: a bracket isn't closed", src)
		}
		s, err := c.class(name, depth)
		return []step{s}, after, err
	default:
		inner, after, err := bracket(src)
		if err != nil {
			return nil, "", err
		}
		if s.choices, err = c.alternatives(inner, depth+1); err != nil {
			return nil, "", err
		}
		rest, s.optional = strings.CutPrefix(after, "?")
		s.optional = s.optional || src[0] == '['
	}
	s.index()
	return []step{s}, rest, err
}

// class compiles a class of words, once.
func (c *compiler) class(name string, depth int) (s step, err error) {
	s, ok := c.read[name]
	if ok {
		return s, nil
	}
	body, ok := c.classes[name]
	if !ok {
		return s, fmt.Errorf("no class {%s}", name)
	}
	if s.choices, err = c.alternatives(body, depth+1); err != nil {
		return s, err
	}
	s.index()
	c.read[name] = s
	return s, nil
}

// manyChoices is from how many choices on they are looked up by their first word.
const manyChoices = 6

// index indexes the choices of a step by their first word, if there are many.
func (s *step) index() {
	if len(s.choices) < manyChoices {
		return
	}
	s.by = make(map[string][]pattern)
	for _, c := range s.choices {
		at := sought{first: make(map[string]bool)}
		if !at.begin(c) || len(at.prefixes) > 0 {
			s.open = append(s.open, c)
			continue
		}
		for w := range at.first {
			s.by[w] = append(s.by[w], c)
		}
	}
}

// run compiles words up to the next special character.
func (c *compiler) run(src string) (steps []step, rest string, err error) {
	end := strings.IndexAny(src, "([{#*^$)]}|?")
	if end < 0 {
		end = len(src)
	}
	if end == 0 {
		return nil, "", fmt.Errorf("%q stands there without its pair", src[:1])
	}
	var whole []string
	flush := func() {
		for _, t := range c.spelling.tokens(strings.Join(whole, " ")) {
			steps = append(steps, step{word: t.word})
		}
		whole = nil
	}
	for _, w := range strings.Fields(src[:end]) {
		if begins, ok := strings.CutSuffix(w, "~"); ok {
			flush()
			steps = append(steps, step{word: begins, prefix: true})
			continue
		}
		whole = append(whole, w)
	}
	flush()
	return steps, src[end:], nil
}

// bracket returns the text between a bracket and its pair, and the text after it.
func bracket(s string) (inner, after string, err error) {
	depth := 0
	for i, r := range s {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return s[1:i], s[i+1:], nil
			}
		}
	}
	return "", "", fmt.Errorf("a bracket isn't closed")
}

// alternatives compiles patterns separated by "|", at the top level of a bracket.
func (c *compiler) alternatives(s string, depth int) ([]pattern, error) {
	var all []pattern
	level, from := 0, 0
	for i, r := range s + "|" {
		switch r {
		case '(', '[':
			level++
		case ')', ']':
			level--
		case '|':
			if level > 0 {
				continue
			}
			p, err := c.pattern(s[from:i], depth)
			if err != nil {
				return nil, err
			}
			all, from = append(all, p), i+1
		}
	}
	return all, nil
}

// words calls add with every whole word in a pattern.
func (p pattern) words(add func(string)) {
	for _, s := range p {
		if s.word != "" && !s.prefix {
			add(s.word)
		}
		for _, c := range s.choices {
			c.words(add)
		}
	}
}
