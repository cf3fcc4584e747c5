package hear

import (
	"cmp"
	"slices"
	"strings"
)

// Recogniser hears lines. It is never changed after [New] has returned it, and may
// be shared.
type Recogniser struct {
	spelling *Spelling
	frames   []*Frame
	model    *Model
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
	for _, h := range m.heads {
		for feature := range h.Weights {
			if w, ok := strings.CutPrefix(feature, "w:"); ok && !strings.ContainsAny(w, " :^$") {
				words = append(words, w)
			}
		}
	}
	r.spelling.learn(words)
	return r
}

// Read reads frames.toml and weights.txt. The error says which of them is not right
// and where.
func Read(frames, weights []byte) (*Recogniser, error) {
	f, err := ReadFrames(frames)
	if err != nil {
		return nil, err
	}
	m, err := DecodeModel(weights)
	if err != nil {
		return nil, err
	}
	return New(f, m), nil
}

// Hear says what a line does in a situation. Nothing of the line is kept.
func (r *Recogniser) Hear(s Situation, line string) Heard {
	rd := r.read(s, line)
	if because, ok := r.danger(s, rd); ok {
		return Heard{Outcome: InDanger, Moves: []string{Danger}, Because: []Reason{{Danger, because}}}
	}
	out := Heard{Gentle: r.gentle(s, rd)}
	strong := r.level(s, anyProtective, rd)
	weak := r.level(s, anyWeak, rd)
	for _, move := range Moves[s] {
		level := r.level(s, move, rd)
		if level == heard {
			out.Moves = append(out.Moves, move)
			out.Because = append(out.Because, Reason{move, r.because(s, move, rd)})
		} else if level == unsure {
			out.Unsure = append(out.Unsure, move)
		}
	}
	isWeak := func(m string) bool { return strings.HasPrefix(m, "~") }
	isStrong := func(m string) bool { return !isWeak(m) }
	switch {
	case strong == heard:
		out.Outcome = Protective
		r.keep(&out, isStrong)
		r.settle(s, rd, &out, isStrong)
	case weak == heard && slices.ContainsFunc(out.Moves, isStrong):
		out.Outcome = Mixed
		r.settle(s, rd, &out, isWeak)
	case weak == heard:
		out.Outcome = Weak
		r.settle(s, rd, &out, isWeak)
	default: // Nothing is said for certain: the learner is asked.
		out.Unsure = append(out.Moves, out.Unsure...)
		out.Moves, out.Because = nil, nil
	}
	out.Perhaps = r.perhaps(s, rd, out.Unsure)
	return out
}

// perhaps returns the words of moves that are unsure, the likeliest first.
func (r *Recogniser) perhaps(s Situation, rd *reading, moves []string) []Reason {
	if len(moves) == 0 {
		return nil
	}
	score := make(map[string]float64)
	all := make([]Reason, 0, len(moves))
	for _, m := range moves {
		h := r.model.Head(s, m)
		score[m] = h.Score(rd.features) - h.Unsure
		all = append(all, Reason{m, r.because(s, m, rd)})
	}
	slices.SortStableFunc(all, func(a, b Reason) int { return cmp.Compare(score[b.Move], score[a.Move]) })
	return all
}

// gentle reports whether a line that isn't heard as danger comes near it: a frame was
// found that alone isn't certain, the weights are unsure, or it jokes about dying.
func (r *Recogniser) gentle(s Situation, rd *reading) bool {
	return rd.gentle || r.level(s, Danger, rd) == unsure ||
		slices.ContainsFunc(rd.frames, func(f found) bool { return f.frame.Move == Danger })
}

// Finds returns the words of a line that are a phrase, as both are written out, and
// whether there are any. What is quoted, or stands just behind a negation, doesn't count.
func (r *Recogniser) Finds(line, phrase string) (words string, ok bool) {
	rd := &reading{line: line, words: r.spelling.tokens(line)}
	from, to, ok := r.spelling.says(rd.words, phrase)
	if !ok {
		return "", false
	}
	for i := from - 1; i >= max(from-reach, 0) && !rd.words[i].end; i-- {
		if negations[rd.words[i].word] {
			return "", false
		}
	}
	return rd.typed(from, to), true
}

// keep makes moves that don't go with an outcome unsure.
func (r *Recogniser) keep(out *Heard, of func(string) bool) {
	for i := len(out.Moves) - 1; i >= 0; i-- {
		if m := out.Moves[i]; !of(m) {
			out.Moves = slices.Delete(out.Moves, i, i+1)
			out.Because = slices.Delete(out.Because, i, i+1)
			out.Unsure = append(out.Unsure, m)
		}
	}
}

// settle sees to it that an outcome rests on a move: where the whole line is sure and no
// move is, the likeliest move of that kind is taken.
func (r *Recogniser) settle(s Situation, rd *reading, out *Heard, of func(string) bool) {
	if slices.ContainsFunc(out.Moves, of) {
		return
	}
	best, top := "", 0.0
	for _, move := range Moves[s] {
		if h := r.model.Head(s, move); h != nil && of(move) {
			if score := h.Score(rd.features) - h.Heard; best == "" || score > top {
				best, top = move, score
			}
		}
	}
	if best == "" {
		return
	}
	out.Moves = append(out.Moves, best)
	out.Because = append(out.Because, Reason{best, r.because(s, best, rd)})
	out.Unsure = slices.DeleteFunc(out.Unsure, func(m string) bool { return m == best })
}

// level is how surely something was heard.
type level uint8

const (
	notHeard level = iota
	unsure
	heard
)

func (r *Recogniser) level(s Situation, name string, rd *reading) level {
	h := r.model.Head(s, name)
	if h == nil {
		return notHeard
	}
	switch score := h.Score(rd.features); {
	case score >= h.Heard:
		return heard
	case score >= h.Unsure:
		return unsure
	}
	return notHeard
}

// danger reports whether a line speaks of danger, and the words that do. A frame that
// is certain is enough, and so are the weights: it errs on the side of showing help.
func (r *Recogniser) danger(s Situation, rd *reading) (string, bool) {
	words := ""
	for _, f := range rd.frames {
		if f.frame.Move == Danger {
			if words == "" {
				words = rd.typed(f.from, f.to)
			}
			if f.frame.Certain {
				return rd.typed(f.from, f.to), true
			}
		}
	}
	if r.level(s, Danger, rd) != heard {
		return "", false
	}
	if words == "" {
		words = r.because(s, Danger, rd)
	}
	return words, true
}

// because returns the words that speak most for a move: those of a frame, or else
// the heaviest.
func (r *Recogniser) because(s Situation, move string, rd *reading) string {
	h := r.model.Head(s, move)
	best, from, to := 0.0, 0, len(rd.words)
	for _, f := range rd.frames {
		if f.frame.Move != move {
			continue
		}
		weight := 1.0
		if h != nil {
			weight += h.Weights["f:"+f.frame.Name]
		}
		if weight > best {
			best, from, to = weight, f.from, f.to
		}
	}
	if best > 0 || h == nil {
		return rd.typed(from, to)
	}
	for _, feature := range rd.features {
		if at := rd.at[feature]; strings.HasPrefix(feature, "w:") && h.Weights[feature] > best {
			n := strings.Count(feature, " ") + 1
			best, from, to = h.Weights[feature], max(at-n+1, 0), at+1
		}
	}
	return rd.typed(from, to)
}
