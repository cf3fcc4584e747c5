package hear

import (
	"math"
	"slices"
	"strings"
	"sync"
)

// The settings of training. They were chosen on all left-out writers together, not on any
// single one.
const (
	rounds     = 24  // Passes over all lines.
	price      = 3.0 // The cost of a misclassified line, relative to that of large weights.
	wholePrice = 0.01
	wholeTimes = 30
	less       = 0.25 // The weight of a lesser line; other lines have 1.
	leastLines = 4    // A feature in fewer lines is left out,
	leastWord  = 2    // except one or two words, which say more.
	leastSpelt = 3    // A word in this many lines counts as spelled correctly.
	slightest  = 1.65 // A weight of fewer steps is left out: about 1 % of recall on left-out writers.
	dear       = 4.0  // How much more it costs to praise a weak line, or to miss danger.
	runs       = 5    // Parts into which the lines of a single writer are cut.
)

// The limits within which the thresholds are chosen, on left-out writers, as shares of lines.
const (
	mostFalse  = 0.03  // Other lines called protective.
	mostWeakly = 0.05  // Lines without a weakening move called weak.
	mostMoves  = 0.03  // Lines without a move said to make it.
	mostStrong = 0.03  // Lines without a protective move called mixed.
	mostAlarms = 0.014 // Lines without danger that the weights hear as danger.
	mostGentle = 0.028 // Lines without danger that are heard as close to it, or as danger.
	mostHalf   = 0.016 // Weak and mixed lines called protective; a mixed one is only half wrong.
)

// mostPraised is the share of weak lines called protective, in each situation. Two writers wrote weak
// lines that look as much like good ones as they can. The limits allow for them: of the lines of other
// writers fewer are praised.
var mostPraised = [...]float64{Refuse: 0.0075, Tell: 0.007, StandBy: 0.012, Listen: 0.014}

// Learn returns a model of frames and lines, and for each writer a model learned without that
// writer's lines, including its thresholds, to measure with. Plain and lesser lines belong to
// no writer: every model learns from them, from lesser lines with less weight, and no threshold
// is chosen by them. Equal lines give equal models.
func Learn(f *Frames, words Words, writers [][]Line, plain, lesser []Line) (m *Model, without []*Model) {
	t := newTable(f, words, writers, plain, lesser)
	m = &Model{Words: words}
	for range writers {
		without = append(without, &Model{Words: words})
	}
	for i := range m.layers {
		in := func(r row) bool { return r.line.Situation == Situation(i) && r.line.Outcome != InDanger }
		if i == ofDanger {
			in = func(row) bool { return true }
		}
		s := &study{table: t.only(in), place: i, names: headsOf(i), wholes: wholes(i), all: m, without: without}
		s.learn()
	}
	return m, without
}

// table holds lines with their features as numbers, which makes learning fast.
type table struct {
	ears  *Recogniser // With the frames, but without weights.
	rows  []row
	names []string // Of the features.
	scale []float64
}

// row is a line and its features.
type row struct {
	line     Line
	writer   int
	rd       *reading
	features []int32
	damp     float64
}

// The writers of plain and of lesser lines.
const (
	nobody = -1
	lesser = -2
)

// newTable reads lines. The lines of a single writer are split as if by several writers. Each
// gets a run of consecutive lines, because neighbouring lines are often alike.
func newTable(f *Frames, words Words, writers [][]Line, plain, less []Line) *table {
	r := New(f, &Model{Words: words})
	r.spelling.learn(vocabulary(r, slices.Concat(append(slices.Clone(writers), plain, less)...)))
	t := &table{ears: r}
	id := make(map[string]int32)
	for w, lines := range append(slices.Clone(writers), plain, less) {
		for i, l := range lines {
			rd := r.read(l.Situation, l.Text)
			rw := row{line: l, writer: w, rd: rd, damp: damp(rd.features)}
			switch {
			case w >= len(writers):
				rw.writer = nobody - (w - len(writers))
			case len(writers) == 1:
				rw.writer = i * runs / len(lines)
			}
			for _, f := range rd.features {
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
	}
	return t
}

// only returns the rows of a kind, without features that hardly any of them has.
func (t *table) only(in func(row) bool) *table {
	part := &table{ears: t.ears, names: t.names, scale: t.scale}
	count := make([]int, len(t.names))
	for _, r := range t.rows {
		if in(r) {
			part.rows = append(part.rows, r)
			for _, f := range r.features {
				count[f]++
			}
		}
	}
	for i := range part.rows {
		r := &part.rows[i]
		r.features = slices.DeleteFunc(slices.Clone(r.features), func(f int32) bool {
			name := t.names[f]
			least := leastLines
			if strings.HasPrefix(name, "w:") && strings.Count(name, " ") < 2 {
				least = leastWord
			}
			return count[f] < least && !strings.HasPrefix(name, "f:")
		})
	}
	return part
}

// vocabulary returns the words in enough lines to count as spelled correctly.
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
		if n >= leastSpelt {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// weightOf returns how strongly a kind of feature counts in learning: a person has thought
// about a frame, while three words in a row may be chance.
func weightOf(feature string) float64 {
	kind, rest, _ := strings.Cut(feature, ":")
	switch kind {
	case "f", "m":
		return 1.6
	case "w":
		return [...]float64{1, 0.8, 0.6}[min(strings.Count(rest, " "), 2)]
	case "p":
		return 0.3
	case "kk", "k8":
		return 0.6
	}
	return 0.7
}

// study learns one layer: once from all lines, and once without each writer.
type study struct {
	*table
	place         int // The index of the layer in a model.
	names, wholes []string
	all           *Model
	without       []*Model // Danger's layer is learned last, from theirs.
	scored        []scored // Each line, scored by the layer that hasn't seen its writer.
}

// scored is a line with the scores of a model that hasn't seen its writer.
type scored struct {
	row
	signals []float64
	idle    bool // For danger: nothing speaks of danger, whatever the score.
	banned  bool // Frames rule out praise, whatever the score.
	of      map[string]float64
}

func (s *study) learn() {
	parts := s.without
	for len(s.without) == 1 && len(parts) < runs { // The parts of a single writer.
		one := *s.without[0]
		parts = append(parts, &one)
	}
	for w, m := range parts {
		m.layers[s.place] = s.layer(func(r row) bool { return r.writer != w })
		for _, r := range s.rows {
			if r.writer == w {
				s.scored = append(s.scored, s.score(m, r))
			}
		}
	}
	l := s.layer(func(row) bool { return true })
	s.all.layers[s.place] = l
	others := func(w int) func(scored) bool { return func(sc scored) bool { return sc.writer != w } }
	for w, m := range parts {
		s.fitWholes(m.layers[s.place], others(w))
		for i := range s.scored {
			if sc := &s.scored[i]; sc.writer == w {
				for _, whole := range m.layers[s.place].Wholes {
					sc.of["whole "+whole.Name] = whole.score(sc.signals)
					if sc.idle {
						sc.of["whole "+whole.Name] = noDanger
					} else if sc.banned && whole.Name == anyProtective {
						sc.of["whole "+whole.Name] = noPraise
					}
				}
			}
		}
	}
	s.fitWholes(l, func(scored) bool { return true })
	s.choose(l, s.scored)
	for w, m := range s.without {
		s.choose(m.layers[s.place],
			slices.DeleteFunc(slices.Clone(s.scored), func(sc scored) bool { return sc.writer == w }))
	}
}

// layer learns a layer from some of the rows.
func (s *study) layer(in func(row) bool) *Layer {
	var rows []vector
	var lines []Line
	var lighter []bool
	used := make([]bool, len(s.table.names))
	for _, r := range s.rows {
		if in(r) {
			v := vector{at: r.features, of: make([]float64, len(r.features))}
			for i, f := range r.features {
				v.of[i] = s.scale[f] * r.damp
				used[f] = true
			}
			rows, lines = append(rows, v), append(lines, r.line)
			lighter = append(lighter, r.writer == lesser)
		}
	}
	l := &Layer{Weights: make(map[string][]Weight)}
	weights, biases := make([][]float64, len(s.names)), make([]float64, len(s.names))
	var all sync.WaitGroup
	for h, name := range s.names { // Scores don't depend on each other, so the order doesn't matter.
		all.Go(func() {
			costs := labels(lines, name, price)
			for i := range costs {
				if lighter[i] && name != Danger {
					costs[i].price *= less
				}
			}
			weights[h], biases[h] = fit(rows, costs, len(s.table.names), rounds)
		})
	}
	all.Wait()
	for h, name := range s.names {
		l.Heads = append(l.Heads, &Head{Name: name, Bias: round(biases[h], 3)})
		for f, x := range weights[h] {
			size := x * s.scale[f] / grain
			steps := int(math.Round(size))
			if feature := s.table.names[f]; math.Abs(size) >= slightest {
				l.Weights[feature] = append(l.Weights[feature], Weight{h, steps})
			} else if used[f] && name == Danger && strings.HasPrefix(feature, "w:") && !strings.Contains(feature, " ") {
				l.Weights[feature] = nil // No weight: it only shows that the word is spelled like this.
			}
		}
	}
	return l
}

func (s *study) score(m *Model, r row) scored {
	rd := r.rd
	if s.place == ofDanger {
		rd = s.ears.besides(r.line.Situation, rd)
	}
	sums := m.layers[s.place].scores(rd)
	sc := scored{row: r, of: make(map[string]float64)}
	if s.place == ofDanger {
		var other scores
		if l := m.Layer(r.line.Situation); l != nil {
			other = l.scores(rd)
		}
		sc.signals = m.dangerSignals(sums, r.line.Situation, other, rd.dangerFrames())
		sc.idle = rd.count == 0 || m.idle(rd)
	} else {
		sc.signals = m.layers[s.place].signals(sums)
		sc.banned = s.ears.unpraised(r.line.Situation, r.rd)
	}
	for i, x := range sums.line {
		sc.of[s.names[i]] = x
	}
	return sc
}

// fitWholes learns the scores of the whole line from the scores of lines by models that
// haven't seen their writers: a model's scores of its own training lines are too good.
func (s *study) fitWholes(l *Layer, in func(scored) bool) {
	l.Wholes = nil
	var rows []vector
	var lines []Line
	for _, sc := range s.scored {
		if in(sc) {
			rows, lines = append(rows, vector{of: sc.signals}), append(lines, sc.line)
		}
	}
	for _, name := range s.wholes {
		w, bias := fit(rows, labels(lines, name, wholePrice), l.size(), wholeTimes)
		for i := range w {
			w[i] = round(w[i], 3)
		}
		l.Wholes = append(l.Wholes, &Whole{Head{Name: name, Bias: round(bias, 3)}, w})
	}
}

// label is whether a line is a positive example, and the cost of misclassifying it.
type label struct {
	is    bool
	price float64
}

func labels(lines []Line, name string, price float64) []label {
	all := make([]label, len(lines))
	for i, l := range lines {
		all[i] = label{l.Is(name), price}
		if name == anyProtective && l.Is(anyWeak) || name == Danger && all[i].is {
			all[i].price *= dear
		}
	}
	return all
}

// vector is a line as a sparse vector: its values, and their indexes; without indexes it is
// a dense vector.
type vector struct {
	at []int32
	of []float64
}

func (v vector) place(i int) int32 {
	if v.at == nil {
		return int32(i)
	}
	return v.at[i]
}

// fit learns the weights of one score: a support vector machine with squared hinge
// loss, by dual coordinate descent (Hsieh et al. 2008), in an order that is the same
// each time.
func fit(rows []vector, labels []label, size, rounds int) (w []float64, bias float64) {
	w = make([]float64, size)
	alpha, length := make([]float64, len(rows)), make([]float64, len(rows))
	order := make([]int, len(rows))
	for i, v := range rows {
		order[i], length[i] = i, 1
		for _, x := range v.of {
			length[i] += x * x
		}
	}
	random := uint64(1)
	for range rounds {
		shuffle(order, &random)
		for _, i := range order {
			v, side := rows[i], -1.0
			if labels[i].is {
				side = 1
			}
			sum := bias
			for j, x := range v.of {
				sum += w[v.place(j)] * x
			}
			soft := 1 / (2 * labels[i].price)
			next := max(alpha[i]-(side*sum-1+soft*alpha[i])/(length[i]+soft), 0)
			if by := (next - alpha[i]) * side; by != 0 {
				for j, x := range v.of {
					w[v.place(j)] += by * x
				}
				bias += by
				alpha[i] = next
			}
		}
	}
	return w, bias
}

// shuffle shuffles an order, the same way each time (SplitMix64: Steele, Lea, Flood 2014).
func shuffle(order []int, x *uint64) {
	for i := len(order) - 1; i > 0; i-- {
		*x += 0x9e3779b97f4a7c15
		z := (*x ^ *x>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		j := int((z ^ z>>31) % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
}

// choose chooses the thresholds of a layer on lines whose writers it hasn't seen.
func (s *study) choose(l *Layer, all []scored) {
	for _, h := range l.Heads {
		not := scoresOf(all, h.Name, func(l Line) bool { return !l.Is(h.Name) })
		h.Heard, h.Unsure = least(not, mostMoves), least(not, 3*mostMoves)
	}
	for _, w := range l.Wholes {
		not := scoresOf(all, "whole "+w.Name, func(l Line) bool { return !l.Is(w.Name) })
		w.Heard, w.Unsure = least(not, mostWeakly), least(not, 3*mostWeakly)
		switch w.Name {
		case Danger:
			w.Heard, w.Unsure = least(not, mostAlarms), least(not, mostGentle)
		case anyStrong:
			w.Heard = least(not, mostStrong)
		case anyProtective:
			weak := scoresOf(all, "whole "+w.Name, func(l Line) bool { return l.Outcome == Weak })
			half := scoresOf(all, "whole "+w.Name, func(l Line) bool { return l.Is(anyWeak) })
			w.Heard = max(least(not, mostFalse), least(weak, mostPraised[s.place]), least(half, mostHalf))
			w.Unsure = min(w.Heard, w.Unsure)
		}
	}
}

// scoresOf returns the score with this name of each line of a kind.
func scoresOf(all []scored, name string, of func(Line) bool) []float64 {
	var scores []float64
	for _, sc := range all {
		if of(sc.line) {
			scores = append(scores, sc.of[name])
		}
	}
	return scores
}

// apart keeps a threshold off the score of the very line that it was read from.
const apart = 0.001

// least returns the lowest score that at most this share of the scores reaches.
func least(scores []float64, share float64) float64 {
	if len(scores) == 0 {
		return 0
	}
	slices.Sort(scores)
	return round(scores[len(scores)-1-int(share*float64(len(scores)))]+apart, 3)
}
