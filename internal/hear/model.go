package hear

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Model is the result of training: the kinds of words, a layer for each situation, and
// one for danger, which is the same in every situation.
type Model struct {
	Words  Words
	layers [len(situationNames) + 1]*Layer
}

// ofDanger is the index of danger's layer, after those of the situations.
const ofDanger = len(situationNames)

// Scores of the whole line.
const (
	anyProtective = "protective"
	anyWeak       = "weak"
	anyUnclear    = "unclear"
	anyStrong     = "strong" // The line makes a protective move, and perhaps others.
)

// Layer computes the scores of one situation. A feature has a weight for each score that
// it raises or lowers. The outcome of the whole line is scored from all its scores: a line
// is protective if it makes a protective move and no weakening one, which no sum over
// words can express.
type Layer struct {
	Heads   []*Head
	Wholes  []*Whole
	Weights map[string][]Weight
}

// Head is one score over the features of a line, with the two thresholds that separate
// heard, unsure and not heard.
type Head struct {
	Name   string
	Bias   float64
	Heard  float64 // From this score on it is heard.
	Unsure float64 // From this score on it is unsure.
}

// Whole is one score over the scores of a line.
type Whole struct {
	Head
	Weights []float64 // In the order of [Layer.signals].
}

// Weight is what a feature adds to a score, in steps of [grain].
type Weight struct {
	Head  int // The index in [Layer.Heads].
	Steps int
}

// grain is the size of one step of a weight.
const grain = 0.12

// NewModel returns a model in which nothing is heard.
func NewModel() *Model { return &Model{} }

// Heads returns the names of the scores of a situation, in order.
func Heads(s Situation) []string {
	return append([]string{anyProtective, anyWeak, anyUnclear}, Moves[s]...)
}

func headsOf(layer int) []string {
	if layer == ofDanger {
		return []string{Danger}
	}
	return Heads(Situation(layer))
}

// wholes returns the names of the scores of a whole line, in order.
func wholes(layer int) []string {
	if layer == ofDanger {
		return []string{Danger}
	}
	return []string{anyProtective, anyWeak, anyStrong}
}

// Layer returns the layer of a situation, or nil.
func (m *Model) Layer(s Situation) *Layer { return m.layers[s] }

// Danger returns the layer of danger, or nil.
func (m *Model) Danger() *Layer { return m.layers[ofDanger] }

// scores are the scores of a line, in the order of [Layer.Heads], and those of each of its
// clauses.
type scores struct {
	line    []float64
	clauses [][]float64
	words   int
	frames  [2]int // How many frames were found for protective and weakening moves.
}

func (l *Layer) scores(rd *reading) scores {
	sc := scores{line: l.sums(rd.features, damp(rd.features)), words: rd.count, frames: rd.sides()}
	for _, c := range rd.clauses {
		sc.clauses = append(sc.clauses, l.sums(c.features, damp(c.features)))
	}
	return sc
}

// sums returns the scores of features, whose weights are multiplied by size.
func (l *Layer) sums(features []string, size float64) []float64 {
	sums := make([]float64, len(l.Heads))
	for _, f := range features {
		for _, w := range l.Weights[f] {
			sums[w.Head] += float64(w.Steps)
		}
	}
	for i, h := range l.Heads {
		sums[i] = h.Bias + sums[i]*grain*size
	}
	return sums
}

// damp returns the factor for the weights of a line, so that a long line doesn't score
// higher just because it has more features.
func damp(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		w := weightOf(f)
		sum += w * w
	}
	if sum == 0 {
		return 0
	}
	return 1 / math.Sqrt(sum)
}

// signals returns the inputs for the scores of the whole line: each score itself, how sure
// it is, and by how much it exceeds two marks; the same for the last and the strongest
// clause; the best protective and the best weakening move; the length of the line; and how
// many frames were found for each side.
func (l *Layer) signals(sc scores) []float64 {
	out := make([]float64, 0, l.size())
	for _, s := range sc.line {
		out = append(out, s, 2/(1+math.Exp(-3*s)), max(s, 0), max(s+0.5, 0))
	}
	clauses := sc.clauses
	if len(clauses) == 0 {
		clauses = [][]float64{sc.line}
	}
	for i, last := range clauses[len(clauses)-1] {
		most, least := last, last
		for _, c := range clauses {
			most, least = max(most, c[i]), min(least, c[i])
		}
		out = append(out, max(last, -floor), max(last, 0), max(most, -floor), max(most, 0),
			max(min(least, floor), -floor))
	}
	strong, weak := l.best(sc.line)
	words := float64(min(sc.words, mostWords))
	alike := sc.line[0] * few / max(few, words) // Of a long line: many small words add up.
	protects, weakens := sc.frames[0], sc.frames[1]
	return append(out, strong, weak, max(strong, 0), max(weak, 0), min(strong, -weak),
		words/10, max(0, 5-words)/5, max(0, words-10)/10, max(0, words-20)/10, float64(min(4, len(clauses)))/2,
		alike, max(alike, 0), max(alike+0.25, 0),
		one(protects > 0), one(weakens > 0), one(protects > 0 && weakens == 0), one(protects == 0 && weakens > 0),
		one(protects > 1 && weakens == 0))
}

// floor limits the score of a clause, because a clause of one word can have an extreme score.
const floor = 1.5

// size returns how many signals there are.
func (l *Layer) size() int {
	if len(l.Heads) == 1 {
		return 9 + besides + 9 + len(situationNames) + 2
	}
	return 9*len(l.Heads) + besides
}

// few is up to how many words a score is taken as it is, and mostWords up to how many are counted.
const few, mostWords = 10, 40

// besides is how many signals there are besides those of the scores.
const besides = 18

// best returns the highest score of a protective and of a weakening move.
func (l *Layer) best(line []float64) (strong, weak float64) {
	strong, weak = -9.0, -9.0
	for i, s := range line {
		switch name := l.Heads[i].Name; {
		case name == anyProtective, name == anyWeak, name == anyUnclear, name == Danger:
		case strings.HasPrefix(name, "~"):
			weak = max(weak, s)
		default:
			strong = max(strong, s)
		}
	}
	return strong, weak
}

// leastContent is how much of the score of danger must rest on words with content.
const leastContent = 0.1

// noDanger is the score of a line in which nothing speaks of danger.
const noDanger = -9.0

// idle reports whether nothing in a line speaks of danger, because its score rests only on
// small words, such as pronouns. Without this, "tell her" brought the emergency screen.
func (m *Model) idle(rd *reading) bool {
	return m.layers[ofDanger].restsOn(0, rd.features)*damp(rd.features) < leastContent
}

// restsOn returns the part of a score that comes from frames and from words with content.
func (l *Layer) restsOn(head int, features []string) float64 {
	sum := 0.0
	for _, f := range features {
		if saysSomething(f) {
			for _, w := range l.Weights[f] {
				if w.Head == head {
					sum += float64(w.Steps)
				}
			}
		}
	}
	return sum * grain
}

// dangerScore returns the score of a line for danger. Other are its scores in its situation.
func (m *Model) dangerScore(s Situation, rd *reading, other scores) float64 {
	if m.idle(rd) {
		return noDanger
	}
	l := m.layers[ofDanger]
	return l.Wholes[0].score(m.dangerSignals(l.scores(rd), s, other, rd.dangerFrames()))
}

// dangerSignals returns the inputs for the score of danger: its own scores, the line's other
// scores, the situation, and whether a frame of danger was found.
func (m *Model) dangerSignals(own scores, s Situation, other scores, frames level) []float64 {
	l := m.layers[ofDanger]
	out := l.signals(own)
	rest := make([]float64, 9)
	if of := m.layers[s]; of != nil {
		strong, weak := of.best(other.line)
		rest = []float64{strong, weak, max(strong, 0), max(weak, 0)}
		rest = append(rest, other.line[:3]...) // The line as a whole: see [Heads].
		rest = append(rest, max(other.line[0], 0), max(other.line[2], 0))
	}
	out = append(out, rest...)
	for i := range situationNames {
		out = append(out, one(i == int(s)))
	}
	return append(out, one(frames >= unsure), one(frames == heard))
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func (w *Whole) score(signals []float64) float64 {
	sum := w.Bias
	for i, s := range signals {
		sum += w.Weights[i] * s
	}
	return sum
}

// Encode writes the model as text: the kinds of words, then for each situation its
// scores, each with a letter, and a line for each feature with its weights. It is sorted,
// so that a change of the training lines gives a readable diff.
func (m *Model) Encode() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "[words]\n%s", m.Words.encode())
	for i, l := range m.layers {
		if l == nil {
			continue
		}
		fmt.Fprintf(&b, "[%s]\n", layerName(i))
		for i, h := range l.Heads {
			fmt.Fprintf(&b, "%c %s %s\n", 'a'+i, h.Name, h.numbers())
		}
		for _, w := range l.Wholes {
			fmt.Fprintf(&b, "+ %s %s", w.Name, w.numbers())
			for _, x := range w.Weights {
				fmt.Fprintf(&b, " %s", number(x, 3))
			}
			b.WriteString("\n")
		}
		for _, f := range slices.Sorted(maps.Keys(l.Weights)) {
			for _, w := range l.Weights[f] {
				fmt.Fprintf(&b, "%c%d", 'a'+w.Head, w.Steps)
			}
			fmt.Fprintf(&b, " %s\n", f)
		}
	}
	return b.Bytes()
}

func layerName(i int) string {
	if i == ofDanger {
		return Danger
	}
	return Situation(i).String()
}

func (h *Head) numbers() string {
	return number(h.Bias, 3) + " " + number(h.Heard, 3) + " " + number(h.Unsure, 3)
}

func number(x float64, decimals int) string {
	if math.IsInf(x, 1) {
		return "inf"
	}
	return strconv.FormatFloat(round(x, decimals), 'f', -1, 64)
}

func round(x float64, decimals int) float64 {
	if math.IsInf(x, 0) {
		return x
	}
	k := math.Pow10(decimals)
	return math.Round(x*k)/k + 0 // Adding 0 avoids -0.
}

// DecodeModel reads the output of [Model.Encode], packed by [Pack] or not. The error names
// the line.
func DecodeModel(src []byte) (*Model, error) {
	if bytes.HasPrefix(src, []byte(squeezed)) {
		var err error
		if src, err = unpack(src); err != nil {
			return nil, fmt.Errorf("read the weights: %w", err)
		}
	}
	m := NewModel()
	var d decoder
	for i, line := range strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n") {
		if line == "" {
			continue
		}
		if err := d.line(m, line); err != nil {
			return nil, fmt.Errorf("read the weights: line %d: %w", i+1, err)
		}
	}
	for i, l := range m.layers {
		if l == nil {
			continue
		}
		if want := headsOf(i); len(l.Heads) != len(want) {
			return nil, fmt.Errorf("read the weights: %s: %d scores, not %d", layerName(i), len(l.Heads), len(want))
		}
		for _, w := range l.Wholes {
			if len(w.Weights) != l.size() {
				return nil, fmt.Errorf("read the weights: %s %s: %d weights", layerName(i), w.Name, len(w.Weights))
			}
		}
	}
	return m, nil
}

// decoder is the state while a model is read.
type decoder struct {
	inWords bool
	layer   *Layer
}

func (d *decoder) line(m *Model, line string) error {
	if name, ok := strings.CutPrefix(line, "["); ok {
		return d.section(m, strings.TrimSuffix(name, "]"))
	}
	switch {
	case d.inWords:
		return m.Words.decode(line)
	case d.layer == nil:
		return fmt.Errorf("a weight of nothing")
	case strings.HasPrefix(line, "+ "):
		return d.layer.decodeWhole(line)
	case isHead(line):
		return d.layer.decodeHead(line)
	}
	return d.layer.decodeWeights(line)
}

func (d *decoder) section(m *Model, name string) error {
	d.inWords, d.layer = name == "words", nil
	if d.inWords {
		return nil
	}
	for i := range m.layers {
		if layerName(i) == name {
			d.layer = &Layer{Weights: make(map[string][]Weight)}
			m.layers[i] = d.layer
			return nil
		}
	}
	return fmt.Errorf("%q is no situation", name)
}

// isHead reports whether a line begins with the letter of a score.
func isHead(line string) bool {
	return len(line) > 1 && line[1] == ' ' && line[0] >= 'a' && line[0] <= 'z'
}

func (l *Layer) decodeHead(line string) error {
	fields := strings.Fields(line)
	if len(fields) != 5 || int(line[0]-'a') != len(l.Heads) {
		return fmt.Errorf("%q: the next letter, a name, a bias and two thresholds are wanted", line)
	}
	h, err := decodeNumbers(fields[1:])
	l.Heads = append(l.Heads, h)
	return err
}

func (l *Layer) decodeWhole(line string) error {
	fields := strings.Fields(line)
	if len(fields) < 5 {
		return fmt.Errorf("%q: a name, a bias and two thresholds are wanted", line)
	}
	h, err := decodeNumbers(fields[1:])
	if err != nil {
		return err
	}
	w := &Whole{Head: *h}
	for _, field := range fields[5:] {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return err
		}
		w.Weights = append(w.Weights, x)
	}
	l.Wholes = append(l.Wholes, w)
	return nil
}

func decodeNumbers(fields []string) (h *Head, err error) {
	h = &Head{Name: fields[0]}
	for k, to := range []*float64{&h.Bias, &h.Heard, &h.Unsure} {
		if *to, err = strconv.ParseFloat(fields[1+k], 64); err != nil {
			return nil, err
		}
	}
	return h, nil
}

func (l *Layer) decodeWeights(line string) error {
	codes, feature, ok := strings.Cut(line, " ")
	if !ok || feature == "" {
		return fmt.Errorf("%q is no weight and feature", line)
	}
	weights := []Weight{}
	for codes != "" {
		head := int(codes[0]) - 'a'
		end := 1
		for end < len(codes) && (codes[end] == '-' || codes[end] >= '0' && codes[end] <= '9') {
			end++
		}
		steps, err := strconv.Atoi(codes[1:end])
		if err != nil || head < 0 || head >= len(l.Heads) {
			return fmt.Errorf("%q: a letter of a score and a number are wanted", line)
		}
		weights = append(weights, Weight{head, steps})
		codes = codes[end:]
	}
	l.Weights[feature] = weights
	return nil
}

// weightFor returns what a feature adds to a score.
func (l *Layer) weightFor(head int, feature string) float64 {
	for _, w := range l.Weights[feature] {
		if w.Head == head {
			return float64(w.Steps) * grain
		}
	}
	return 0
}

// Largest returns the n features with the largest weights for a score, positive or
// negative, each with its weight, for review.
func (l *Layer) Largest(head, n int) []string {
	features := slices.Collect(maps.Keys(l.Weights))
	size := func(f string) float64 { return math.Abs(l.weightFor(head, f)) }
	slices.SortFunc(features, func(a, b string) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), strings.Compare(a, b))
	})
	var all []string
	for _, f := range features[:min(n, len(features))] {
		all = append(all, fmt.Sprintf("%s %+.1f", f, l.weightFor(head, f)))
	}
	return all
}
