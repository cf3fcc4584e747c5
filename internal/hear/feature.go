package hear

import (
	"slices"
	"strings"
)

// found is a frame that was found in a line.
type found struct {
	frame    *Frame
	from, to int // The range of tokens.
}

// reading is a line as the weights see it.
type reading struct {
	line     string
	words    []token
	frames   []found
	features []string       // Sorted, each once.
	at       map[string]int // The token at which a feature of words begins.
	count    int            // How many words there are.
	kinds    []found        // The frames found that have a kind.
	isnt     []string       // The moves that frames rule out.
	gentle   bool           // A frame for [Gentle] was found.
	calm     []*Frame       // The frames found whose words are harmless.
	clauses  []*reading     // The clauses, each read by itself; nil for a line of one clause.
}

// negations are words that negate what follows in the same clause.
var negations = map[string]bool{"not": true, "never": true, "dont": true, "wont": true, "cant": true, "isnt": true,
	"aint":  true,
	"didnt": true, "wouldnt": true, "doesnt": true, "wasnt": true, "shouldnt": true, "couldnt": true, "without": true}

// reach is how many words after a negation are negated.
const reach = 3

// read makes the features of a line in a situation: frames, words, pairs and triples of
// words, pairs with a word between them, negated words, its beginning and end, and pieces of
// unknown words, so that an unknown spelling still counts.
func (r *Recogniser) read(s Situation, line string) *reading {
	return r.readWords(s, line, r.spelling.tokens(line))
}

// readWords reads some words of a line, and each clause of them.
func (r *Recogniser) readWords(s Situation, line string, words []token) *reading {
	apart := !ofSelf(words)
	rd := r.look(s, line, words, apart)
	if parts := clauses(words); len(parts) > 1 {
		for _, part := range parts {
			rd.clauses = append(rd.clauses, r.look(s, line, part, apart))
		}
	}
	return rd
}

// turns are words that begin a new clause: what follows them often takes back what is
// before them.
var turns = map[string]bool{"but": true, "because": true, "so": true, "unless": true, "if": true, "though": true}

// clauses cuts a line at punctuation marks and at the words in turns.
func clauses(words []token) [][]token {
	var all [][]token
	from := 0
	for i, t := range words {
		if t.end || turns[t.word] {
			if i > from {
				all = append(all, words[from:i])
			}
			from = i
			if t.end {
				from++
			}
		}
	}
	if from < len(words) {
		all = append(all, words[from:])
	}
	return all
}

// look makes the features of some of the words of a line; apart is set if the line isn't about its
// writer.
func (r *Recogniser) look(s Situation, line string, words []token, apart bool) *reading {
	rd := &reading{line: line, words: words, at: make(map[string]int)}
	may := r.possible(words)
	for i, f := range r.frames {
		if !may[i] || !f.in[s] || f.Apart && !apart {
			continue
		}
		from, to, ok := f.find(rd.words)
		if ok && f.As != "" {
			rd.kinds = append(rd.kinds, found{f, from, to})
		}
		if ok && f.calm {
			rd.calm = append(rd.calm, f)
		}
		switch {
		case !ok:
		case f.As != "" && !f.Certain:
		case f.Move == Gentle:
			rd.gentle = true
		case f.Move == Nothing || f.Move == NoMove:
			rd.isnt = append(rd.isnt, f.isnt...)
		default:
			rd.frames = append(rd.frames, found{f, from, to})
			rd.isnt = append(rd.isnt, f.isnt...)
			rd.add("f:"+f.Name, from)
			rd.add("m:"+f.Move, from)
		}
	}
	rd.kindsRuleOut()
	rd.wordFeatures(r.spelling)
	rd.kindFeatures(r.model.Words)
	for name := range rd.at {
		rd.features = append(rd.features, name)
	}
	slices.Sort(rd.features)
	return rd
}

// kindsRuleOut adds what the kinds rule out. Anger or blame beside words of what happened rules out
// nothing.
func (rd *reading) kindsRuleOut() {
	says := slices.ContainsFunc(rd.frames, func(f found) bool { return isStrong(f.frame.Move) })
	for _, k := range rd.kinds {
		if !k.frame.Certain && (k.frame.Apart || !says) {
			rd.isnt = append(rd.isnt, k.frame.isnt...)
		}
	}
}

func (rd *reading) add(name string, at int) {
	if _, ok := rd.at[name]; !ok {
		rd.at[name] = at
	}
}

func (rd *reading) wordFeatures(s *Spelling) {
	before, twoBefore := "^", ""
	negated, count := 0, 0
	for i, t := range rd.words {
		if t.end {
			if t.word == "," {
				continue // The phone may have added the comma.
			}
			if t.word == "?" {
				rd.add("?", i)
			}
			rd.add("w:"+before+" $", i)
			before, twoBefore, negated = "^", "", 0
			continue
		}
		count++
		w := t.word
		if t.quoted {
			w = "q:" + w
		}
		rd.add("w:"+w, i)
		rd.add("w:"+before+" "+w, i)
		if twoBefore != "" {
			rd.add("w:"+twoBefore+" "+before+" "+w, i)
		}
		if i >= 2 && !rd.words[i-1].end && !rd.words[i-2].end {
			rd.add("s:"+rd.words[i-2].word+" "+w, i)
		}
		if negated > 0 {
			rd.add("n:"+w, i)
			negated--
		}
		if negations[t.word] {
			negated = reach
		}
		if !s.knows(t.word) && len(t.word) >= 4 {
			for _, piece := range pieces(t.word) {
				rd.add("p:"+piece, i)
			}
		}
		before, twoBefore = w, before
	}
	rd.count = count
	if count > 0 {
		rd.add("w:"+before+" $", len(rd.words)-1)
	}
	switch {
	case count <= 1:
		rd.add("len:1", 0)
	case count <= 3:
		rd.add("len:3", 0)
	case count <= 8:
		rd.add("len:8", 0)
	default:
		rd.add("len:9", 0)
	}
	if len(rd.frames) == 0 {
		rd.add("noframe", 0)
	}
}

// kindFeatures adds the kinds of the words, even of words that no writer has used, and the
// first and the last word, which often decide what a line does.
func (rd *reading) kindFeatures(words Words) {
	first, last, before := "", "", ""
	for i, t := range rd.words {
		if t.end {
			continue
		}
		kind := words.kind(t.word)
		rd.add("k:"+kind, i)
		for _, n := range [...]int{4, 6, 8, 10} {
			if len(kind) > n {
				rd.add("k:"+kind[:n], i)
			}
		}
		if first == "" {
			first = kind
			rd.add("1:"+t.word, i)
			rd.add("1k:"+kind, i)
		} else {
			rd.add("kk:"+before+" "+kind, i)
			rd.add("k8:"+before[:min(8, len(before))]+" "+kind[:min(8, len(kind))], i)
		}
		before, last = kind, t.word
	}
	if first != "" {
		rd.add("9:"+last, len(rd.words)-1)
		rd.add("9k:"+before, len(rd.words)-1)
	}
}

// small are words that say nothing about danger, such as pronouns, articles and auxiliaries. If
// they could raise an alarm, "tell her" would bring the emergency screen.
var small = map[string]bool{
	"a": true, "an": true, "the": true, "i": true, "im": true, "ive": true, "ill": true, "id": true,
	"me": true, "my": true, "mine": true, "you": true, "your": true, "youre": true, "youll": true, "he": true,
	"hes": true, "him": true, "his": true, "she": true, "shes": true, "her": true, "hers": true, "it": true,
	"its": true, "we": true, "us": true, "our": true, "they": true, "theyre": true, "them": true,
	"their": true, "this": true, "that": true, "thats": true, "these": true, "those": true, "who": true,
	"what": true, "whats": true, "when": true, "how": true, "which": true, "is": true, "are": true,
	"was": true, "be": true, "been": true, "am": true, "do": true, "does": true, "did": true, "has": true,
	"have": true, "had": true, "got": true, "get": true, "getting": true, "go": true, "going": true,
	"gonna": true, "will": true, "would": true, "could": true, "should": true, "can": true, "may": true,
	"to": true, "of": true, "in": true, "on": true, "at": true, "for": true, "with": true, "from": true,
	"by": true, "about": true, "as": true, "and": true, "or": true, "but": true, "so": true, "if": true,
	"than": true, "then": true, "too": true, "very": true, "really": true, "just": true, "also": true,
	"even": true, "still": true, "some": true, "any": true, "all": true, "each": true, "both": true,
	"one": true, "ones": true, "not": true, "dont": true, "didnt": true, "isnt": true, "up": true, "out": true,
	"off": true, "into": true, "over": true, "mum": true, "dad": true, "gran": true, "grandad": true,
	"sister": true, "brother": true, "friend": true, "aname": true, "someone": true, "everyone": true,
	"everybody": true, "anyone": true, "please": true, "sorry": true, "ok": true, "yes": true, "yeah": true,
	"yep": true, "well": true, "oh": true, "hey": true, "hi": true, "tell": true, "told": true, "ask": true,
	"asked": true, "say": true, "said": true, "says": true, "like": true, "likes": true, "liked": true,
	"think": true, "thinks": true, "thought": true, "know": true, "knows": true, "make": true, "made": true,
	"take": true, "took": true, "put": true, "give": true, "gave": true, "thing": true, "things": true,
	"something": true, "lol": true, "there": true, "where": true,
}

// saysSomething reports whether a feature has content: a frame, or words that aren't all
// small or numbers, with which an option is picked.
func saysSomething(feature string) bool {
	kind, rest, _ := strings.Cut(feature, ":")
	switch kind {
	case "f", "m":
		return true
	case "w", "s", "n", "1", "9":
		return slices.ContainsFunc(strings.Fields(rest), func(w string) bool {
			return w != "^" && w != "$" && !small[w] && strings.Trim(w, "0123456789#") != ""
		})
	}
	return false
}

// pieces returns the runs of four letters of a word, with "<" and ">" at its ends.
func pieces(w string) []string {
	rs := []rune("<" + w + ">")
	var all []string
	for i := 0; i+4 <= len(rs); i++ {
		all = append(all, string(rs[i:i+4]))
	}
	return all
}

// typed returns the words of a range of tokens as they were typed.
func (rd *reading) typed(from, to int) string {
	if len(rd.words) == 0 || from >= len(rd.words) {
		return ""
	}
	to = min(max(to, from+1), len(rd.words))
	for to > from+1 && rd.words[to-1].end {
		to--
	}
	return strings.TrimSpace(rd.line[rd.words[from].from:rd.words[to-1].to])
}
