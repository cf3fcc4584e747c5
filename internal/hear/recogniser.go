package hear

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Recogniser hears lines. It never changes after [New] has returned it, and is safe for
// concurrent use.
type Recogniser struct {
	spelling *Spelling
	frames   []*Frame
	model    *Model
	ordinary map[string]bool // The words of frames and spellings, which can't be names.

	// An index, because most frames can't be in most lines, and matching is most of the work.
	begins map[string][]int // The frames that can begin with a word, as indexes of frames.
	always []int            // The frames that can begin with any word, or with a prefix.
}

// New returns a recogniser of frames and weights.
func New(f *Frames, m *Model) *Recogniser {
	r := &Recogniser{spelling: newSpelling(f.Spelling, f.Emoji), frames: f.Frame, model: m}
	var words []string
	add := func(w string) { words = append(words, w) }
	for _, fr := range f.Frame {
		for _, p := range slices.Concat(fr.patterns, fr.never) {
			p.words(add)
		}
	}
	for typed, means := range f.Spelling {
		words = append(append(words, strings.Fields(typed)...), strings.Fields(means)...)
	}
	r.ordinary = make(map[string]bool, len(words))
	for _, w := range words {
		r.ordinary[w] = true
	}
	words = append(words, person)
	for _, l := range m.layers {
		if l == nil {
			continue
		}
		for feature := range l.Weights {
			if w, ok := strings.CutPrefix(feature, "w:"); ok && !strings.ContainsAny(w, " :^$") {
				words = append(words, w)
			}
		}
	}
	r.spelling.learn(words)
	r.index()
	return r
}

// index makes the index of frames by the words that they can begin with.
func (r *Recogniser) index() {
	r.begins = make(map[string][]int)
	for i, f := range r.frames {
		open := slices.ContainsFunc(f.patterns, func(p sought) bool { return p.anything || len(p.prefixes) > 0 })
		if open {
			r.always = append(r.always, i)
			continue
		}
		for _, p := range f.patterns {
			for w := range p.first {
				if !slices.Contains(r.begins[w], i) {
					r.begins[w] = append(r.begins[w], i)
				}
			}
		}
	}
}

// possible returns which frames can be found in some words.
func (r *Recogniser) possible(words []token) []bool {
	may := make([]bool, len(r.frames))
	for _, i := range r.always {
		may[i] = true
	}
	for _, t := range words {
		for _, i := range r.begins[t.word] {
			may[i] = true
		}
	}
	return may
}

// Hear says what a line does in a situation. Nothing of the line is kept.
func (r *Recogniser) Hear(s Situation, line string) Heard {
	rd := r.read(s, line)
	l := r.model.Layer(s)
	var sc scores
	if l != nil {
		sc = l.scores(rd)
	}
	danger := r.dangerLevel(s, rd, sc)
	all := r.certainly(s, rd)
	if all != nil && all.Move != Gentle && rd.dangerFrames() == notHeard {
		danger = notHeard
	}
	because, inDanger := r.danger(rd, danger)
	if inDanger || r.gentle(rd, danger) {
		if words, ok := r.asksAfter(s, rd); ok {
			return askedAfter(s, words)
		}
	}
	if inDanger {
		return Heard{Outcome: InDanger, Moves: []string{Danger}, Because: []Reason{{Move: Danger, Words: because}}}
	}
	// In [Listen] an adult is typing, who may ask about danger and isn't in trouble.
	gentle := s != Listen && r.gentle(rd, danger) && !r.calms(all, rd) && !rd.explained(s)
	out := Heard{Gentle: gentle, Not: rd.isnt, Shown: rd.shown(all), Kinds: rd.named(all)}
	switch {
	case l == nil:
	case all != nil && all.Move == Gentle: // No praise or correction for saying that one isn't all right.
		out.Gentle = s != Listen
	case all != nil && all.Move == NoMove:
	case all != nil && all.Move != Nothing:
		out.Outcome, out.Moves = Protective, []string{all.Move}
		if isWeak(all.Move) {
			out.Outcome = Weak
		}
		line := rd.typed(0, len(rd.words))
		out.Because = []Reason{{all.Move, line, line}}
	default:
		r.moves(&out, s, l, sc, rd)
	}
	return out
}

// calms reports whether a frame that is the whole line marks it as harmless, and no frame of
// danger is found: then the line needs no word about help.
func (r *Recogniser) calms(all *Frame, rd *reading) bool {
	return all != nil && all.calm && rd.dangerFrames() == notHeard
}

// named returns the kinds of moves that were found. All is the frame that is the whole line, or nil.
func (rd *reading) named(all *Frame) (kinds []Kind) {
	if all != nil && all.Move == Gentle {
		return nil
	}
	for _, f := range rd.kinds {
		kinds = append(kinds, Kind{f.frame.Move, f.frame.As, rd.typed(f.from, f.to), rd.whole(f.from, f.to)})
	}
	return kinds
}

// explained reports whether a kind of hint says what a telling is, such as a reproach or a question around
// it, and no frame is near danger. That the weights are unsure of danger then means little.
func (rd *reading) explained(s Situation) bool {
	says := func(k found) bool {
		return k.frame.As != Blame && k.frame.As != Tears && k.frame.Move != "~someone-else"
	}
	return s == Tell && !rd.gentle && rd.dangerFrames() == notHeard && slices.ContainsFunc(rd.kinds, says)
}

// shown returns the moves that frames speak for: those that were found, and the one that is the whole line.
func (rd *reading) shown(all *Frame) (moves []string) {
	if all != nil {
		moves = append(moves, all.Move)
	}
	for _, f := range rd.frames {
		moves = append(moves, f.frame.Move)
	}
	return moves
}

func isWeak(move string) bool   { return strings.HasPrefix(move, "~") }
func isStrong(move string) bool { return !isWeak(move) }

// certainly returns the certain frame that is a whole line, or nil. Ends of sentences are ignored,
// except that a question makes no protective move unless the move is to ask.
func (r *Recogniser) certainly(s Situation, rd *reading) *Frame {
	asked := slices.ContainsFunc(rd.words, func(t token) bool { return t.end && t.word == "?" })
	flat := unmarked(rd.words)
	for _, f := range r.frames {
		if f.Certain && f.Move != Danger && f.in[s] && f.isAll(flat) &&
			!(asked && isStrong(f.Move) && !mayAsk[f.Move] && !f.Asked) {
			return f
		}
	}
	return nil
}

// mayAsk are the moves that a question can make, and the values that aren't moves.
var mayAsk = map[string]bool{Nothing: true, NoMove: true, Gentle: true, "check-in": true, "get-help": true, "ask": true,
	"ask-safe": true}

// unmarked returns words without the ends of clauses.
func unmarked(words []token) []token {
	return slices.DeleteFunc(slices.Clone(words), func(t token) bool { return t.end })
}

// moves sets which moves a line makes, by the weights and by what frames rule out.
func (r *Recogniser) moves(out *Heard, s Situation, l *Layer, sc scores, rd *reading) {
	scores, ruledOut := sc.line, false
	whole := l.wholeOf(s, rd, sc)
	for i, h := range l.Heads {
		if !slices.Contains(Moves[s], h.Name) {
			continue
		}
		level := h.level(scores[i])
		if level == heard && isWeak(h.Name) && l.restsOn(i, rd.features) <= 0 {
			level = unsure // A small word such as "its" alone isn't enough.
		}
		switch {
		case slices.Contains(rd.isnt, h.Name):
			ruledOut = ruledOut || level == heard
		case level == heard:
			out.Moves = append(out.Moves, h.Name)
			out.Because = append(out.Because, r.reason(l, i, rd))
		case level == unsure:
			out.Unsure = append(out.Unsure, h.Name)
		}
	}
	protective, weak := whole[anyProtective] == heard, whole[anyWeak] == heard
	if weak && l.unmade(scores, rd, out.Moves, ruledOut) { // The weakening move is ruled out.
		r.instead(out, rd)
		weak = slices.ContainsFunc(out.Moves, isWeak)
		protective = !weak && slices.ContainsFunc(out.Moves, isStrong)
	}
	switch {
	case protective:
		out.Outcome = Protective
		r.keep(out, isStrong)
		r.settle(l, scores, rd, out, isStrong)
	case weak && whole[anyStrong] == heard:
		out.Outcome = Mixed
		r.settle(l, scores, rd, out, isStrong)
		r.settle(l, scores, rd, out, isWeak)
	case weak && (slices.ContainsFunc(out.Moves, isWeak) || l.weakens(scores, rd)):
		out.Outcome = Weak
		r.keep(out, isWeak)
		r.settle(l, scores, rd, out, isWeak)
	default: // Unclear: the learner is asked.
		out.Unsure = append(out.Moves, out.Unsure...)
		out.Moves, out.Because = nil, nil
	}
	out.aside(rd)
	out.Perhaps = r.perhaps(l, scores, rd, out.Unsure)
}

// vague are moves that most long lines seem to make by their words alone, because they mention another
// person or something bad.
var vague = []string{"~someone-else", "say-worst"}

// aside drops the vague moves of a line that makes another move, too, unless a frame speaks for them.
func (h *Heard) aside(rd *reading) {
	for _, move := range vague {
		alike := func(m string) bool { return m != move && isWeak(m) == isWeak(move) }
		if _, ok := rd.at["m:"+move]; ok || !slices.ContainsFunc(h.Moves, alike) {
			continue
		}
		h.Moves = slices.DeleteFunc(h.Moves, func(m string) bool { return m == move })
		h.Because = slices.DeleteFunc(h.Because, func(b Reason) bool { return b.Move == move })
	}
}

// rulesOutAll reports whether frames rule out every protective move of a situation, so that the
// line can't be praised.
func (rd *reading) rulesOutAll(s Situation) bool {
	return !slices.ContainsFunc(Moves[s], func(m string) bool { return isStrong(m) && !slices.Contains(rd.isnt, m) })
}

// noPraise is the score of a line that frames rule out for praise.
const noPraise = -99.0

// unpraised reports whether frames rule out praise for a line, whatever the weights say.
func (r *Recogniser) unpraised(s Situation, rd *reading) bool {
	all := r.certainly(s, rd)
	return rd.rulesOutAll(s) || all != nil && (all.Move == Gentle || all.Move == NoMove || isWeak(all.Move))
}

// instead adds the moves of frames that rule out another move.
func (r *Recogniser) instead(out *Heard, rd *reading) {
	for _, f := range rd.frames {
		if move := f.frame.Move; len(f.frame.Not) > 0 && !slices.Contains(out.Moves, move) {
			out.Moves = append(out.Moves, move)
			out.Because = append(out.Because, Reason{move, rd.typed(f.from, f.to), rd.whole(f.from, f.to)})
			out.Unsure = slices.DeleteFunc(out.Unsure, func(m string) bool { return m == move })
		}
	}
}

// askedAfter returns what is heard in a question about someone else's danger. In [Listen] and
// [StandBy] it is the move that asks whether they're safe. Elsewhere the writer may mean
// themselves, so danger is possible.
func askedAfter(s Situation, words string) Heard {
	out := Heard{Asks: true, Gentle: s != Listen}
	move := map[Situation]string{Listen: "ask-safe", StandBy: "check-in"}[s]
	if move == "" {
		out.Perhaps = []Reason{{Danger, words, words}}
		return out
	}
	out.Outcome, out.Moves, out.Because = Protective, []string{move}, []Reason{{move, words, words}}
	return out
}

// weakens reports whether the likeliest weakening move of a line rests on words with content. For
// a line such as "its luc" it doesn't, and the learner is asked.
func (l *Layer) weakens(scores []float64, rd *reading) bool {
	best := -1
	for i, h := range l.Heads {
		if isWeak(h.Name) && !slices.Contains(rd.isnt, h.Name) &&
			(best < 0 || scores[i]-h.Heard > scores[best]-l.Heads[best].Heard) {
			best = i
		}
	}
	return best >= 0 && l.restsOn(best, rd.features) > 0
}

// unmade reports whether a line seems weak only because of a move that frames rule out.
func (l *Layer) unmade(scores []float64, rd *reading, moves []string, ruledOut bool) bool {
	return (ruledOut || slices.Contains(rd.isnt, l.likeliestWeak(scores))) && !slices.ContainsFunc(moves, isWeak)
}

// likeliestWeak returns the name of the likeliest weakening move of a line, even if a frame rules
// it out.
func (l *Layer) likeliestWeak(scores []float64) string {
	best := -1
	for i, h := range l.Heads {
		if isWeak(h.Name) && (best < 0 || scores[i]-h.Heard > scores[best]-l.Heads[best].Heard) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return l.Heads[best].Name
}

// perhaps returns the reasons for unsure moves, the likeliest first.
func (r *Recogniser) perhaps(l *Layer, scores []float64, rd *reading, moves []string) []Reason {
	if len(moves) == 0 {
		return nil
	}
	score := make(map[string]float64)
	all := make([]Reason, 0, len(moves))
	for i, h := range l.Heads {
		if slices.Contains(moves, h.Name) {
			score[h.Name] = scores[i] - h.Unsure
			all = append(all, r.reason(l, i, rd))
		}
	}
	slices.SortStableFunc(all, func(a, b Reason) int { return cmp.Compare(score[b.Move], score[a.Move]) })
	return all
}

// gentle reports whether a line that isn't heard as danger is close to it: a frame of danger
// was found that isn't certain, the weights are unsure, or it jokes about dying.
func (r *Recogniser) gentle(rd *reading, danger level) bool {
	return rd.gentle || danger == unsure || rd.dangerFrames() > notHeard
}

// Typed is a normalised line, to look for phrases in.
type Typed struct {
	r  *Recogniser
	rd reading
}

// Typed normalises a line once, for any number of phrases.
func (r *Recogniser) Typed(line string) Typed {
	return Typed{r: r, rd: reading{line: line, words: r.spelling.tokens(line)}}
}

// Find returns the words of the line that match a phrase, both normalised, and whether
// there are any. Words in quotes, or shortly after a negation, don't count.
func (w *Typed) Find(phrase string) (words string, ok bool) {
	from, to, ok := w.r.spelling.says(w.rd.words, phrase)
	if !ok {
		return "", false
	}
	for i := from - 1; i >= max(from-reach, 0) && !w.rd.words[i].end; i-- {
		if negations[w.rd.words[i].word] {
			return "", false
		}
	}
	return w.rd.typed(from, to), true
}

// Is reports whether the line is a phrase and nothing else, both normalised.
func (w *Typed) Is(phrase string) bool {
	words := func(all []token) (out []string) {
		for _, t := range all {
			if !t.end {
				out = append(out, t.word)
			}
		}
		return out
	}
	said := words(w.rd.words)
	return len(said) > 0 && slices.Equal(said, words(w.r.spelling.tokens(phrase)))
}

// Foreign reports whether the line seems to be in another language than the recogniser's: most
// of its letters are of another script, or hardly any of at least four words is a small word of English.
func (w *Typed) Foreign() bool {
	latin, other := 0, 0
	for _, c := range w.rd.line {
		switch {
		case unicode.Is(unicode.Latin, c):
			latin++
		case unicode.IsLetter(c):
			other++
		}
	}
	if other > latin && other > 2 {
		return true
	}
	all, ours := 0, 0 // The words, and those that are surely English.
	for _, t := range w.r.spelling.split(w.rd.line) {
		if t.end || t.word == person || unicode.IsDigit(rune(t.word[0])) {
			continue
		}
		all++
		if chat[t.word] || small[t.word] && !shared[t.word] {
			ours++
		}
	}
	return all >= 4 && 8*ours <= all
}

// chat are short spellings of small words of English.
var chat = map[string]bool{"u": true, "ur": true, "r": true, "idk": true, "pls": true, "plz": true, "bc": true,
	"cuz": true, "cos": true, "thx": true, "omg": true, "gotta": true, "wanna": true, "dunno": true, "rn": true,
	"theres": true, "because": true, "want": true, "need": true, "why": true, "now": true, "before": true}

// shared are small words of English that are words of other languages, too.
var shared = map[string]bool{"me": true, "a": true, "on": true, "as": true, "can": true, "in": true, "is": true,
	"so": true, "am": true, "an": true, "do": true, "has": true, "by": true, "los": true, "or": true, "he": true}

// Sureness returns the score of a whole line for being protective; higher is surer. It is for
// measuring: a learner is never shown a score.
func (r *Recogniser) Sureness(s Situation, line string) float64 {
	rd := r.read(s, line)
	l := r.model.Layer(s)
	if l == nil {
		return math.Inf(-1)
	}
	sc := l.scores(rd)
	if _, danger := r.danger(rd, r.dangerLevel(s, rd, sc)); danger {
		return math.Inf(-1)
	}
	signals := l.signals(sc)
	for _, w := range l.Wholes {
		if w.Name == anyProtective && r.unpraised(s, rd) {
			return noPraise
		} else if w.Name == anyProtective {
			return w.score(signals)
		}
	}
	return math.Inf(-1)
}

// whole returns how surely a line is protective, is weak, and makes a protective move.
func (l *Layer) whole(sc scores) map[string]level {
	signals := l.signals(sc)
	all := make(map[string]level, len(l.Wholes))
	for _, w := range l.Wholes {
		all[w.Name] = w.level(w.score(signals))
	}
	return all
}

// wholeOf is [Layer.whole], but not protective if frames rule out every protective move.
func (l *Layer) wholeOf(s Situation, rd *reading, sc scores) map[string]level {
	whole := l.whole(sc)
	if rd.rulesOutAll(s) {
		whole[anyProtective], whole[anyStrong] = notHeard, notHeard
	}
	return whole
}

// keep makes the moves unsure that don't fit an outcome.
func (r *Recogniser) keep(out *Heard, of func(string) bool) {
	for i := len(out.Moves) - 1; i >= 0; i-- {
		if m := out.Moves[i]; !of(m) {
			out.Moves = slices.Delete(out.Moves, i, i+1)
			out.Because = slices.Delete(out.Because, i, i+1)
			out.Unsure = append(out.Unsure, m)
		}
	}
}

// settle makes sure that an outcome has a move: if the whole line is sure but no move is, it
// takes the likeliest move of the right kind.
func (r *Recogniser) settle(l *Layer, scores []float64, rd *reading, out *Heard, of func(string) bool) {
	if slices.ContainsFunc(out.Moves, of) {
		return
	}
	best, top := -1, 0.0
	for i, h := range l.Heads {
		if h.Name == anyProtective || h.Name == anyWeak || h.Name == anyUnclear || !of(h.Name) ||
			slices.Contains(rd.isnt, h.Name) {
			continue
		}
		if score := scores[i] - h.Heard; best < 0 || score > top {
			best, top = i, score
		}
	}
	if best < 0 {
		return
	}
	name := l.Heads[best].Name
	out.Moves = append(out.Moves, name)
	out.Because = append(out.Because, r.reason(l, best, rd))
	out.Unsure = slices.DeleteFunc(out.Unsure, func(m string) bool { return m == name })
}

// level is how surely something was heard.
type level uint8

const (
	notHeard level = iota
	unsure
	heard
)

func (h *Head) level(score float64) level {
	switch {
	case score >= h.Heard:
		return heard
	case score >= h.Unsure:
		return unsure
	}
	return notHeard
}

// danger returns the words of a line that speak of danger, and whether any do. A certain frame
// is enough, and so are the weights: errors should be on the side of showing help.
func (r *Recogniser) danger(rd *reading, weights level) (string, bool) {
	words := ""
	for _, f := range rd.frames {
		if f.frame.Move == Danger {
			if words == "" {
				words = rd.quote(f.from, f.to)
			}
			if f.frame.Certain {
				return rd.quote(f.from, f.to), true
			}
		}
	}
	if weights != heard {
		return "", false
	}
	if words == "" {
		words = r.because(r.model.Danger(), 0, rd)
	}
	return words, true
}

// dangerLevel returns how surely the weights hear danger in a line. The scores are those of
// its situation.
func (r *Recogniser) dangerLevel(s Situation, rd *reading, sc scores) level {
	l := r.model.Danger()
	if rest := r.besides(s, rd); rest != rd {
		rd = rest
		if of := r.model.Layer(s); of != nil {
			sc = of.scores(rd)
		}
	}
	if l == nil || len(l.Wholes) == 0 || rd.count == 0 {
		return notHeard
	}
	score, w := r.model.dangerScore(s, rd, sc), l.Wholes[0]
	more := min(moreAWord*float64(max(rd.count-shortEnough, 0)), mostMore)
	if s == Tell && score >= w.Heard && score < w.Heard+more && rd.dangerFrames() == notHeard &&
		!r.clauseInDanger(s, rd, w) {
		return unsure
	}
	return w.level(score)
}

// clauseInDanger reports whether the weights hear danger in a clause by itself: what matters is often
// one part of a long line.
func (r *Recogniser) clauseInDanger(s Situation, rd *reading, w *Whole) bool {
	of := r.model.Layer(s)
	alone := func(words []token) bool {
		c := r.look(s, rd.line, words, false)
		return c.count > 0 && c.count <= shortEnough && r.model.dangerScore(s, c, of.scores(c)) >= w.Heard
	}
	return of != nil && slices.ContainsFunc(joined(rd.words), alone)
}

// joined cuts a line at what joins clauses in speech: at "and" and "then" as well.
func joined(words []token) (all [][]token) {
	for _, part := range clauses(words) {
		from := 0
		for i, t := range part {
			if t.word == "and" || t.word == "then" {
				all = append(all, part[from:i])
				from = i + 1
			}
		}
		all = append(all, part[from:])
	}
	return all
}

// In a long line harmless words add up, and learners in the story who are afraid, ashamed or in tears
// type long lines. So in telling the weights alone must be surer: by moreAWord for each word after the
// first shortEnough, up to mostMore. A line that isn't sure enough gets a word about help.
const (
	shortEnough = 12
	moreAWord   = 0.1
	mostMore    = 1.0
)

// besides returns a line without the words that frames mark as harmless, such as "its not your
// fault". It returns the line itself if there are none, or if a frame of danger was found.
func (r *Recogniser) besides(s Situation, rd *reading) *reading {
	if len(rd.calm) == 0 || rd.dangerFrames() != notHeard {
		return rd
	}
	words := slices.Clone(rd.words)
	for _, f := range rd.calm {
		for from, to, ok := f.find(words); ok; from, to, ok = f.find(words) {
			gap := token{word: ".", end: true, from: words[from].from, to: words[to-1].to}
			words = slices.Replace(words, from, to, gap)
		}
	}
	return r.readWords(s, rd.line, words)
}

// sides returns how many frames were found for protective moves, and for weakening moves.
func (rd *reading) sides() (n [2]int) {
	for _, f := range rd.frames {
		switch {
		case f.frame.Move == Danger:
		case isWeak(f.frame.Move):
			n[1]++
		default:
			n[0]++
		}
	}
	return n
}

// dangerFrames returns how surely frames hear danger.
func (rd *reading) dangerFrames() level {
	most := notHeard
	for _, f := range rd.frames {
		if f.frame.Move == Danger {
			most = max(most, unsure)
			if f.frame.Certain {
				return heard
			}
		}
	}
	return most
}

// because returns the words that are the best evidence for a move: those of a frame, or else
// those with the largest weight, with enough words around them to make sense.
func (r *Recogniser) because(l *Layer, head int, rd *reading) string {
	return r.reason(l, head, rd).Words
}

// reason is [Recogniser.because] with the move and the clause.
func (r *Recogniser) reason(l *Layer, head int, rd *reading) Reason {
	best, from, to := 0.0, 0, len(rd.words)
	of := func(words string) Reason { return Reason{l.Heads[head].Name, words, rd.whole(from, to)} }
	for _, f := range rd.frames {
		if f.frame.Move != l.Heads[head].Name {
			continue
		}
		if weight := 1 + l.weightFor(head, "f:"+f.frame.Name); weight > best {
			best, from, to = weight, f.from, f.to
		}
	}
	if best > 0 {
		return of(rd.quote(from, to))
	}
	for _, feature := range rd.features {
		if !strings.HasPrefix(feature, "w:") {
			continue
		}
		if weight := l.weightFor(head, feature); weight > best {
			at, n := rd.at[feature], strings.Count(feature, " ")+1
			best, from, to = weight, max(at-n+1, 0), at+1
		}
	}
	whole := of("")
	if best > 0 {
		from, to = rd.piece(from, to)
	}
	whole.Words = rd.quote(from, to)
	return whole
}

// wholePiece is up to how many words a clause has that is told to a learner whole.
const wholePiece = 10

// whole returns the clause that holds a range of tokens, as it was typed, or "" if it is long or if the
// range goes across two clauses. A part of a clause may mean something else than the clause: "let me go out"
// of "you never let me go out".
func (rd *reading) whole(from, to int) string {
	ends := func(at int) bool {
		t := rd.words[at]
		twice := at > 0 && at+1 < len(rd.words) && rd.words[at-1].word == rd.words[at+1].word // "Over and over."
		return t.end || turns[t.word] || t.word == "and" && !twice || t.word == "then"
	}
	first, last := from, min(max(to, from+1), len(rd.words))
	for at := first; at < last; at++ {
		if ends(at) && at > first {
			return ""
		}
	}
	for first > 0 && !ends(first-1) {
		first--
	}
	for last < len(rd.words) && !ends(last) {
		last++
	}
	if first > 0 && (rd.words[first-1].word == "if" || rd.words[first-1].word == "unless") {
		first-- // Without it, a condition would be quoted as a fact.
	}
	if last-first > wholePiece {
		return ""
	}
	return rd.typed(first, last)
}

// mostQuoted is up to how many words a clause is quoted whole, because "might" alone says nothing.
// Of a longer clause at least leastQuoted words are.
const (
	mostQuoted  = 7
	leastQuoted = 3
)

// piece widens a range of tokens to its clause, if the clause is short, or else to a few words.
func (rd *reading) piece(from, to int) (int, int) {
	first, last := from, to
	for first > 0 && !rd.words[first-1].end && !turns[rd.words[first].word] {
		first--
	}
	for last < len(rd.words) && !rd.words[last].end && !turns[rd.words[last].word] {
		last++
	}
	if last-first <= mostQuoted {
		return first, last
	}
	for to-from < leastQuoted {
		if to < last {
			to++
		} else {
			from--
		}
	}
	return from, to
}

// unfinished are words that a quotation must not end with if more follows: "someone online has".
var unfinished = map[string]bool{
	"a": true, "an": true, "the": true, "my": true, "your": true, "his": true, "their": true, "our": true,
	"to": true, "of": true, "in": true, "on": true, "at": true, "for": true, "with": true, "from": true,
	"than": true, "has": true, "have": true, "is": true, "are": true, "was": true, "gonna": true,
}

// quote returns the words of a range of tokens, with more words if it would end unfinished.
func (rd *reading) quote(from, to int) string {
	joins := func(at int) bool { return turns[rd.words[at].word] || rd.words[at].word == "and" }
	says := func(t token) bool { return !t.end && !small[t.word] }
	for to-from > 1 && to < len(rd.words) && joins(to-1) {
		to--
	}
	for to > from && to < len(rd.words) && !rd.words[to].end && to-from < mostQuoted &&
		(unfinished[rd.words[to-1].word] || !slices.ContainsFunc(rd.words[from:to], says)) {
		to++
	}
	for to-from > 1 && rd.words[from].word == "and" {
		from++
	}
	return rd.typed(from, to)
}
