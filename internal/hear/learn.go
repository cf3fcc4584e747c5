package hear

import (
	"math"
	"slices"
	"strings"
)

// The settings of learning. They were chosen on writers left out, once, and are not
// tuned to a set that a figure is reported on.
const (
	rounds     = 40    // Times that all lines are gone through.
	rate       = 0.25  // Of a step (AdaGrad: Duchi, Hazan, Singer 2011).
	shrink     = 0.004 // How strongly a weight is drawn to nothing, a round.
	leastLines = 2     // A feature of words that fewer lines have is left out.
	leastGain  = 0.04  // A smaller weight is left out.
	folds      = 5     // For the thresholds.
)

// The bounds within which the thresholds are chosen, on lines left out of learning.
// They are stricter than what is promised, because a new writer is harder.
const (
	mostFalse   = 0.035 // Other lines called protective.
	mostPraised = 0.004 // Weak lines called protective.
	mostWeakly  = 0.05  // Lines without a weakening move called weak.
	mostMoves   = 0.03  // Lines without a move said to make it.
	leastDanger = 0.985 // Lines of danger that are heard.
)

// Learn returns a model of frames and lines. Equal lines give equal models.
func Learn(f *Frames, lines []Line) *Model {
	r := New(f, NewModel())
	r.spelling.learn(vocabulary(r, lines))
	m := NewModel()
	for _, s := range Situations {
		var rows []row
		for _, l := range lines {
			// Danger is the same in every situation, and so is what isn't.
			if l.Situation == s || l.Outcome == InDanger {
				rows = append(rows, row{l, r.read(s, l.Text).features})
			}
		}
		if len(rows) == 0 {
			continue
		}
		rows = frequent(rows)
		for _, name := range Heads(s) {
			if head := learnHead(rows, name); head != nil {
				m.Set(s, name, head)
			}
		}
		choose(m, s, rows)
	}
	return m
}

// row is a line and its features.
type row struct {
	line     Line
	features []string
}

// vocabulary returns the words that two lines have: those are spelled right.
func vocabulary(r *Recogniser, lines []Line) []string {
	count := make(map[string]int)
	for _, l := range lines {
		met := make(map[string]bool)
		for _, t := range r.spelling.tokens(l.Text) {
			if !t.end && !met[t.word] {
				met[t.word] = true
				count[t.word]++
			}
		}
	}
	var words []string
	for w, n := range count {
		if n >= leastLines {
			words = append(words, w)
		}
	}
	for w := range r.spelling.known {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}

// frequent leaves out features of words that hardly any line has.
func frequent(rows []row) []row {
	count := make(map[string]int)
	for _, r := range rows {
		for _, f := range r.features {
			count[f]++
		}
	}
	out := make([]row, len(rows))
	for i, r := range rows {
		out[i].line = r.line
		for _, f := range r.features {
			if count[f] >= leastLines || strings.HasPrefix(f, "f:") {
				out[i].features = append(out[i].features, f)
			}
		}
	}
	return out
}

// weightOf says how readily a kind of feature learns: a frame was thought about by a
// person, three words in a row are a chance.
func weightOf(feature string) float64 {
	kind, rest, _ := strings.Cut(feature, ":")
	switch kind {
	case "f":
		return 1.6
	case "m":
		return 1.6
	case "w":
		return [...]float64{1, 0.8, 0.6}[min(strings.Count(rest, " "), 2)]
	case "p":
		return 0.3
	}
	return 0.7
}

// learnHead learns the weights of one score by logistic regression. It is nil where
// no line is a case of it.
func learnHead(rows []row, name string) *Head {
	cases := 0
	for _, r := range rows {
		if r.line.Is(name) {
			cases++
		}
	}
	if cases == 0 || cases == len(rows) {
		return nil
	}
	h := &Head{Weights: make(map[string]float64), Heard: math.Inf(1), Unsure: math.Inf(1)}
	past := make(map[string]float64)
	bias := 0.0
	h.Bias = math.Log(float64(cases) / float64(len(rows)-cases))
	// Rare moves are as important as common ones.
	gain := min(math.Sqrt(float64(len(rows)-cases)/float64(cases)), 4)
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	random := uint64(1)
	for range rounds {
		shuffle(order, &random)
		for _, i := range order {
			r := rows[i]
			sum := h.Bias
			for _, f := range r.features {
				sum += h.Weights[f] * weightOf(f)
			}
			want, push := 0.0, 1.0
			if r.line.Is(name) {
				want, push = 1, gain
			}
			slope := push * (1/(1+math.Exp(-sum)) - want)
			bias += slope * slope
			h.Bias -= rate * slope / math.Sqrt(1+bias)
			for _, f := range r.features {
				v := weightOf(f)
				g := slope*v + shrink*h.Weights[f]
				past[f] += g * g
				h.Weights[f] -= rate * g / math.Sqrt(1+past[f])
			}
		}
	}
	for f, w := range h.Weights {
		w *= weightOf(f)
		if math.Abs(w) < leastGain {
			delete(h.Weights, f)
			continue
		}
		h.Weights[f] = math.Round(w*100) / 100
	}
	h.Bias = math.Round(h.Bias*100) / 100
	return h
}

// shuffle mixes an order, the same way each time (SplitMix64: Steele, Lea, Flood 2014).
func shuffle(order []int, x *uint64) {
	for i := len(order) - 1; i > 0; i-- {
		*x += 0x9e3779b97f4a7c15
		z := (*x ^ *x>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		j := int((z ^ z>>31) % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
}

// scored is a line with what a model that hasn't seen it says.
type scored struct {
	line Line
	of   map[string]float64
}

// leftOut scores every line by a model learned without it and its neighbours. Lines
// next to each other are by one writer and often alike: a fold is a run of them.
func leftOut(rows []row, s Situation) []scored {
	out := make([]scored, len(rows))
	for k := range folds {
		from, to := k*len(rows)/folds, (k+1)*len(rows)/folds
		rest := slices.Concat(rows[:from], rows[to:])
		for _, name := range Heads(s) {
			h := learnHead(rest, name)
			for i := from; i < to; i++ {
				if out[i].of == nil {
					out[i] = scored{rows[i].line, make(map[string]float64)}
				}
				if h == nil {
					out[i].of[name] = math.Inf(-1)
				} else {
					out[i].of[name] = h.Score(rows[i].features)
				}
			}
		}
	}
	return out
}

// choose chooses the thresholds of a situation.
func choose(m *Model, s Situation, rows []row) {
	all := leftOut(rows, s)
	for _, name := range Heads(s) {
		h := m.Head(s, name)
		if h == nil {
			continue
		}
		is := func(l Line) bool { return l.Is(name) }
		not := func(l Line) bool { return !l.Is(name) }
		switch name {
		case Danger:
			h.Heard = quantile(all, name, is, 1-leastDanger) - 2*apart
			h.Unsure = h.Heard
		case anyWeak:
			h.Heard = quantile(all, name, not, 1-mostWeakly)
			h.Unsure = h.Heard - 2
		case anyProtective:
			h.Heard = quantile(all, name, not, 1-mostFalse)
			h.Unsure = quantile(all, name, not, 1-4*mostFalse)
		default:
			h.Heard = quantile(all, name, not, 1-mostMoves)
			h.Unsure = quantile(all, name, not, 1-3*mostMoves)
		}
	}
	p, w := m.Head(s, anyProtective), m.Head(s, anyWeak)
	if p == nil || w == nil {
		return
	}
	p.Heard, w.Unsure = praise(all, p.Heard, w.Heard)
	p.Unsure = min(p.Unsure, p.Heard)
	for _, name := range Heads(s) {
		if h := m.Head(s, name); h != nil {
			h.Heard, h.Unsure = math.Round(h.Heard*100)/100, math.Round(min(h.Heard, h.Unsure)*100)/100
		}
	}
}

// quantile returns a score that a share of the lines of a kind lies under.
func quantile(all []scored, name string, of func(Line) bool, share float64) float64 {
	var scores []float64
	for _, sc := range all {
		if of(sc.line) {
			scores = append(scores, sc.of[name])
		}
	}
	if len(scores) == 0 {
		return math.Inf(1)
	}
	slices.Sort(scores)
	return scores[min(int(share*float64(len(scores))), len(scores)-1)] + apart
}

// apart keeps a threshold off the score of the very line that it was read from.
const apart = 0.01

// praise chooses together from where on a line is protective, and from where on a
// weakening move forbids saying so: the pair that hears most within the bounds.
func praise(all []scored, start, most float64) (heard, veto float64) {
	heard, veto = start+10, most-2
	best := -1
	for t := start - 3; t < start+6; t += 0.1 {
		for v := most - 5; v <= most; v += 0.2 {
			hits, wrong, praised, others, weak := 0, 0, 0, 0, 0
			for _, sc := range all {
				yes := sc.of[anyProtective] >= t && sc.of[anyWeak] < v
				switch sc.line.Outcome {
				case Protective:
					if yes {
						hits++
					}
					continue
				case Weak, Mixed:
					weak++
					if yes {
						praised++
					}
				}
				others++
				if yes {
					wrong++
				}
			}
			if float64(wrong) <= mostFalse*float64(others) && float64(praised) <= mostPraised*float64(weak)+1 &&
				(hits > best || hits == best && t > heard) { // Of equals the stricter one.
				best, heard, veto = hits, t, v
			}
		}
	}
	return heard, veto
}
