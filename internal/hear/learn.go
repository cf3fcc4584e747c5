package hear

import (
	"math"
	"slices"
	"strings"
)

// The settings of learning. They were chosen on writers left out, once, and are not
// tuned to a set that a figure is reported on.
const (
	rounds     = 25   // Times that all lines are gone through.
	rate       = 0.25 // Of a step (AdaGrad: Duchi, Hazan, Singer 2011).
	shrink     = 0.02 // How strongly a weight is drawn to nothing, a round.
	leastLines = 3    // A feature of words that fewer lines have is left out.
	leastGain  = 0.15 // A smaller weight is left out.
	dear       = 2.0  // How much dearer it is to praise a weak line than to miss a strong one.
	folds      = 5    // For the thresholds.
)

// The bounds within which the thresholds are chosen, on lines left out of learning.
// They are stricter than what is promised, because a new writer is harder.
const (
	mostFalse   = 0.045 // Other lines called protective.
	mostPraised = 0.03  // Weak lines called protective.
	mostWeakly  = 0.05  // Lines without a weakening move called weak.
	mostMoves   = 0.03  // Lines without a move said to make it.
	mostAlarms  = 0.025 // Lines without danger that are heard as it, for the weights' part.
)

// Learn returns a model of frames and lines. Equal lines give equal models.
func Learn(f *Frames, lines []Line) *Model {
	r := New(f, NewModel())
	r.spelling.learn(vocabulary(r, lines))
	m := NewModel()
	all := newTable(r, lines)
	danger := all.learn(func(row) bool { return true }, Danger)
	for _, s := range Situations {
		in := func(r row) bool { return r.line.Situation == s && r.line.Outcome != InDanger }
		if danger != nil {
			m.Set(s, Danger, danger)
		}
		for _, name := range Heads(s) {
			if name == Danger {
				continue
			}
			if h := all.learn(in, name); h != nil {
				m.Set(s, name, h)
			}
		}
		all.choose(m, s, in)
	}
	all.chooseDanger(m)
	return m
}

// table is lines and their features as numbers, which is what makes learning quick.
type table struct {
	rows  []row
	names []string // Of the features.
	scale []float64
}

// row is a line and its features.
type row struct {
	line     Line
	features []int32
}

// newTable reads lines. A feature of words that hardly any line has is left out.
func newTable(r *Recogniser, lines []Line) *table {
	t := &table{}
	count := make(map[string]int)
	read := make([][]string, len(lines))
	for i, l := range lines {
		read[i] = r.read(l.Situation, l.Text).features
		for _, f := range read[i] {
			count[f]++
		}
	}
	id := make(map[string]int32)
	for i, l := range lines {
		rw := row{line: l}
		for _, f := range read[i] {
			if count[f] < leastLines && !strings.HasPrefix(f, "f:") {
				continue
			}
			n, ok := id[f]
			if !ok {
				n = int32(len(t.names))
				id[f] = n
				t.names = append(t.names, f)
				t.scale = append(t.scale, weightOf(f))
			}
			rw.features = append(rw.features, n)
		}
		t.rows = append(t.rows, rw)
	}
	return t
}

// vocabulary returns the words that three lines have: those are spelled right.
func vocabulary(r *Recogniser, lines []Line) []string {
	count := make(map[string]int)
	for _, l := range lines {
		met := make(map[string]bool)
		for _, t := range r.spelling.split(l.Text) {
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

// weights are those of one score while it is learned.
type weights struct {
	bias float64
	of   []float64
}

// learn learns the weights of one score on the rows of a kind by logistic regression.
// It is nil where no line is a case of it.
func (t *table) learn(in func(row) bool, name string) *Head {
	var rows []int
	for i, r := range t.rows {
		if in(r) {
			rows = append(rows, i)
		}
	}
	w := t.fit(rows, name)
	if w == nil {
		return nil
	}
	h := &Head{Weights: make(map[string]float64), Heard: math.Inf(1), Unsure: math.Inf(1),
		Bias: math.Round(w.bias*100) / 100}
	for f, x := range w.of {
		if x *= t.scale[f]; math.Abs(x) >= leastGain {
			h.Weights[t.names[f]] = math.Round(x*10) / 10
		}
	}
	return h
}

// fit is stochastic gradient descent with a step of its own for each weight (AdaGrad:
// Duchi, Hazan, Singer 2011), in an order that is the same each time.
func (t *table) fit(rows []int, name string) *weights {
	cases := 0
	for _, i := range rows {
		if t.rows[i].line.Is(name) {
			cases++
		}
	}
	if cases == 0 || cases == len(rows) {
		return nil
	}
	// Rare moves are as important as common ones.
	gain := min(math.Sqrt(float64(len(rows)-cases)/float64(cases)), 4)
	w := &weights{bias: math.Log(float64(cases) / float64(len(rows)-cases)), of: make([]float64, len(t.names))}
	past, bias := make([]float64, len(t.names)), 0.0
	order := slices.Clone(rows)
	random := uint64(1)
	for range rounds {
		shuffle(order, &random)
		for _, i := range order {
			r := &t.rows[i]
			sum := w.bias
			for _, f := range r.features {
				sum += w.of[f] * t.scale[f]
			}
			want, push := 0.0, 1.0
			switch {
			case r.line.Is(name):
				want, push = 1, gain
			case name == anyProtective && r.line.Is(anyWeak):
				push = dear
			}
			slope := push * (1/(1+math.Exp(-sum)) - want)
			bias += slope * slope
			w.bias -= rate * slope / math.Sqrt(1+bias)
			for _, f := range r.features {
				g := slope*t.scale[f] + shrink*w.of[f]
				past[f] += g * g
				w.of[f] -= rate * g / math.Sqrt(1+past[f])
			}
		}
	}
	t.prune(w, name)
	return w
}

// How many weights a score keeps: a file that a person can look through, and that is
// under 400 KB with the frames, is worth the little that the rest would add.
const (
	mostWhole = 1800 // Of a score of the whole line, and of danger.
	mostMove  = 250
)

// prune leaves out all but the largest weights of a score.
func (t *table) prune(w *weights, name string) {
	most := mostMove
	if name == anyProtective || name == anyWeak || name == Danger {
		most = mostWhole
	}
	sizes := make([]float64, 0, len(w.of))
	for f, x := range w.of {
		if x != 0 {
			sizes = append(sizes, math.Abs(x*t.scale[f]))
		}
	}
	if len(sizes) <= most {
		return
	}
	slices.Sort(sizes)
	least := sizes[len(sizes)-most]
	for f, x := range w.of {
		if math.Abs(x*t.scale[f]) < least {
			w.of[f] = 0
		}
	}
}

func (t *table) score(w *weights, i int) float64 {
	sum := w.bias
	for _, f := range t.rows[i].features {
		sum += w.of[f] * t.scale[f]
	}
	return sum
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

// leftOut scores lines by a model learned without them and their neighbours. Lines next
// to each other are by one writer and often alike: a fold is a run of them.
func (t *table) leftOut(in func(row) bool, names []string) []scored {
	var rows []int
	for i, r := range t.rows {
		if in(r) {
			rows = append(rows, i)
		}
	}
	out := make([]scored, len(rows))
	for k := range folds {
		from, to := k*len(rows)/folds, (k+1)*len(rows)/folds
		rest := slices.Concat(rows[:from], rows[to:])
		for _, name := range names {
			w := t.fit(rest, name)
			for i := from; i < to; i++ {
				if out[i].of == nil {
					out[i] = scored{t.rows[rows[i]].line, make(map[string]float64)}
				}
				if out[i].of[name] = math.Inf(-1); w != nil {
					out[i].of[name] = t.score(w, rows[i])
				}
			}
		}
	}
	return out
}

// chooseDanger chooses from where on a line is one of danger. Frames find the plain
// ones by themselves; the weights add what they don't, within a bound of alarms.
func (t *table) chooseDanger(m *Model) {
	h := m.Head(Refuse, Danger)
	if h == nil {
		return
	}
	all := t.leftOut(func(row) bool { return true }, []string{Danger})
	h.Heard = math.Round(100*quantile(all, Danger, func(l Line) bool {
		return l.Outcome != InDanger
	}, 1-mostAlarms)) / 100
	h.Unsure = h.Heard
}

// choose chooses the thresholds of a situation.
func (t *table) choose(m *Model, s Situation, in func(row) bool) {
	all := t.leftOut(in, slices.DeleteFunc(Heads(s), func(n string) bool { return n == Danger }))
	for _, name := range Heads(s) {
		h := m.Head(s, name)
		if h == nil {
			continue
		}
		not := func(l Line) bool { return !l.Is(name) }
		switch name {
		case Danger:
			continue
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
	if p := m.Head(s, anyProtective); p != nil {
		p.Heard = praise(all)
		p.Unsure = min(p.Unsure, p.Heard)
	}
	for _, name := range Heads(s) {
		if h := m.Head(s, name); h != nil && name != Danger {
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

// praise chooses from where on a line is protective: the lowest score at which neither
// too many of the others nor too many weak ones are.
func praise(all []scored) float64 {
	var weak, others []float64
	for _, sc := range all {
		switch sc.line.Outcome {
		case Protective:
			continue
		case Weak, Mixed:
			weak = append(weak, sc.of[anyProtective])
		}
		others = append(others, sc.of[anyProtective])
	}
	return max(least(others, mostFalse), least(weak, mostPraised))
}

// least returns the score that only a share of scores reaches.
func least(scores []float64, share float64) float64 {
	if len(scores) == 0 {
		return math.Inf(-1)
	}
	slices.Sort(scores)
	return scores[len(scores)-1-int(share*float64(len(scores)))] + apart
}
