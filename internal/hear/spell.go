package hear

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTokens is how many words of a line are looked at. No one's first sentence is longer,
// and a paste must not take longer than a line.
const maxTokens = 120

// token is one normalised word of a line, or the end of a clause.
type token struct {
	word     string
	from, to int  // The range of bytes in the typed line.
	end      bool // The end of a clause; word is the mark: ".", "?", "!" or ",".
	quoted   bool // Between quotation marks: someone else's words.
}

// Spelling says how words are written in chats: what is typed, and what it stands for.
type Spelling struct {
	whole  map[string][]string // One typed word.
	joined map[string]string   // Two or three words that become one, such as "do not".
	emoji  map[rune]string
	known  map[string]bool
	exact  bool              // Don't correct slips: a pattern is spelled as its author means it.
	slips  map[string]string // By word with a letter left out: the one known word that it comes from.
	most   int               // Letters of the longest known word.
	people map[string]bool   // The names of the people in a lesson, as they are typed.
}

// newSpelling makes a spelling from the tables of a frames file. A typed word is only
// ever corrected to a known word, which patterns look for.
func newSpelling(table map[string]string, emoji map[string]string) *Spelling {
	s := &Spelling{whole: make(map[string][]string), joined: make(map[string]string), emoji: make(map[rune]string),
		known: make(map[string]bool)}
	for typed, means := range table {
		if strings.Contains(typed, " ") {
			s.joined[typed] = means
		} else {
			s.whole[typed] = strings.Fields(means)
		}
	}
	for signs, means := range emoji {
		for _, r := range signs {
			s.emoji[r] = means
		}
	}
	return s
}

// learn adds words that are known to be spelled correctly.
func (s *Spelling) learn(words []string) {
	for _, w := range words {
		s.known[w] = true
	}
	s.slips = make(map[string]string)
	all := make([]string, 0, len(s.known))
	for w := range s.known {
		all = append(all, w)
	}
	typed := func(w string) int { // A chat spelling is a less likely source than a word.
		if _, ok := s.whole[w]; ok {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(typed(a)-typed(b), strings.Compare(a, b)) })
	for _, w := range all {
		n := utf8.RuneCountInString(w)
		if s.most = max(s.most, n); n < 4 {
			continue
		}
		for _, d := range deletions(w) {
			if other, ok := s.slips[d]; ok && typed(w) > typed(other) {
				continue
			} else if ok && other != w {
				s.slips[d] = "" // Two known words are possible, so neither is taken.
			} else {
				s.slips[d] = w
			}
		}
	}
}

// deletions returns a word with each letter left out in turn.
func deletions(w string) []string {
	rs := []rune(w)
	all := make([]string, 0, len(rs))
	for i := range rs {
		all = append(all, string(rs[:i])+string(rs[i+1:]))
	}
	return all
}

// tokens returns the normalised words of a line.
func (s *Spelling) tokens(line string) []token {
	raw := s.split(line)
	out := make([]token, 0, len(raw)+8)
	for i := 0; i < len(raw); i++ {
		if len(out) >= maxTokens {
			break
		}
		t := raw[i]
		if t.end {
			if n := len(out); n > 0 && !out[n-1].end {
				out = append(out, t)
			} else if n > 0 && t.word == "?" {
				out[n-1].word = "?"
			}
			continue
		}
		words, ok := s.whole[t.word]
		switch {
		case ok:
		case s.people[t.word]:
			words = []string{person}
		default:
			words = []string{s.mended(t.word)}
			if w, ok := s.whole[words[0]]; ok {
				words = w
			}
		}
		for _, w := range words {
			out = append(out, token{word: w, from: t.from, to: t.to, quoted: t.quoted})
		}
	}
	return s.name(s.join(out))
}

// split cuts a line into words and ends of clauses, folded but not yet corrected.
func (s *Spelling) split(line string) []token {
	var out []token
	var word strings.Builder
	from, quoted, own := 0, false, aloud(line)
	flush := func(to int) {
		if word.Len() > 0 {
			out = append(out, token{word: word.String(), from: from, to: to, quoted: quoted})
			word.Reset()
		}
	}
	for i, r := range line {
		if len(out) > 2*maxTokens {
			break
		}
		if name, ok := s.emoji[r]; ok {
			flush(i)
			out = append(out, token{word: name, from: i, to: i + utf8.RuneLen(r), quoted: quoted})
			continue
		}
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r):
			if word.Len() == 0 {
				from = i
			}
			word.WriteString(folded(r))
		case r == '\'', r == '’', r == '‘', r == '`', r == 'ʼ', r == '´':
			// "don't" and "dont" are one word.
		case r == '"', r == '“', r == '”', r == '«', r == '»':
			flush(i)
			quoted = !quoted && !own && closes(line[i+utf8.RuneLen(r):])
		case strings.ContainsRune(".!?,;:\n…", r):
			flush(i)
			mark := string(r)
			switch r {
			case ';', ':', '\n', '…', '!':
				mark = "."
			}
			out = append(out, token{word: mark, from: i, to: i + utf8.RuneLen(r), end: true, quoted: quoted})
		default:
			flush(i)
		}
	}
	flush(len(line))
	return out
}

// marks are the quotation marks. Apostrophes are part of words.
const marks = "\"“”«»"

// aloud reports whether all of a line is one quotation. It is then what its writer would say, and
// not someone else's words.
func aloud(line string) bool {
	line = strings.TrimSpace(line)
	inner := strings.TrimFunc(line, func(r rune) bool { return strings.ContainsRune(marks, r) })
	return strings.IndexAny(line, marks) == 0 && !strings.HasSuffix(line, inner) &&
		!strings.ContainsAny(inner, marks)
}

// closes reports whether the rest of a line closes an open quotation mark.
func closes(rest string) bool { return strings.ContainsAny(rest, marks) }

// folded returns a letter in lower case and without its accent.
func folded(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToLower(r))
	}
	var b strings.Builder
	for _, p := range plainer(strings.ToLower(string(r))) {
		if !unicode.Is(unicode.M, p) {
			b.WriteRune(p)
		}
	}
	return b.String()
}

// mended returns the known word that a typed word stands for, or the word itself.
func (s *Spelling) mended(w string) string {
	if g := w + "g"; !s.exact && len(w) > 4 && strings.HasSuffix(w, "in") && s.known[g] { // "sendin" is "sending".
		return g
	}
	if s.exact || s.knows(w) {
		return w
	}
	for _, n := range []int{2, 1} { // "noooo" is "no", "goood" is "good".
		if short := drawn(w, n); short != w && s.knows(short) {
			return short
		}
	}
	w = drawn(w, 1)
	if s.knows(w) || utf8.RuneCountInString(w) < 3 {
		return w
	}
	return s.slipped(w)
}

// slipped returns the known word that is one slip away from a typed word, or the word
// itself. A slip is one letter left out, added, changed, or swapped with its neighbour
// (Damerau 1964). A swap is tried first: "raed" is "read", not "raped". Words in a chat
// are short, so a changed letter is corrected only in words of five letters or more.
func (s *Spelling) slipped(w string) string {
	n := utf8.RuneCountInString(w)
	if n < 4 {
		if m := s.slips[w]; m != "" {
			return m
		}
		return w
	}
	if n > s.most+1 {
		return w // Too long for any known word with an added letter.
	}
	shorter := deletions(w)
	same := func(of func(m string) bool) string {
		for _, d := range shorter {
			if m := s.slips[d]; m != "" && utf8.RuneCountInString(m) == n && of(m) {
				return m
			}
		}
		return ""
	}
	if m := same(func(m string) bool { return swapped(w, m) }); m != "" {
		return m
	}
	if m := s.slips[w]; m != "" {
		return m
	}
	for _, d := range shorter {
		if utf8.RuneCountInString(d) >= 3 && s.knows(d) {
			return d
		}
	}
	if m := same(func(string) bool { return n >= 5 }); m != "" {
		return m
	}
	return w
}

// swapped reports whether two words of equal length differ only in two swapped
// neighbours.
func swapped(a, b string) bool {
	as, bs := []rune(a), []rune(b)
	for i := 0; i+1 < len(as); i++ {
		if as[i] != bs[i] {
			return as[i] == bs[i+1] && as[i+1] == bs[i] && string(as[i+2:]) == string(bs[i+2:])
		}
	}
	return false
}

func (s *Spelling) knows(w string) bool {
	_, ok := s.whole[w]
	return ok || s.known[w]
}

// drawn returns a word in which each letter that is repeated three times or more in a row
// is repeated n times.
func drawn(w string, n int) string {
	var b strings.Builder
	rs := []rune(w)
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		k := j - i
		if k > 2 {
			k = n
		}
		for range k {
			b.WriteRune(rs[i])
		}
		i = j
	}
	return b.String()
}

// join joins two or three words that belong together into one, such as "do not". It ignores
// a comma between them, which a phone has added.
func (s *Spelling) join(in []token) []token {
	out := in[:0:0]
	for i := 0; i < len(in); i++ {
		n, word := s.joinAt(in[i:])
		if n == 0 {
			out = append(out, in[i])
			continue
		}
		for _, w := range strings.Fields(word) {
			out = append(out, token{word: w, from: in[i].from, to: in[i+n-1].to, quoted: in[i].quoted})
		}
		i += n - 1
	}
	return out
}

func (s *Spelling) joinAt(in []token) (n int, word string) {
	for n := min(3, len(in)); n > 1; n-- {
		words := make([]string, 0, n)
		for _, t := range in[:n] {
			if t.end {
				break
			}
			words = append(words, t.word)
		}
		if len(words) < n {
			continue
		}
		if w, ok := s.joined[strings.Join(words, " ")]; ok {
			return n, w
		}
	}
	return 0, ""
}
