package hear

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Model is the linear layer: for each situation and each thing that can be heard a
// weight a feature, and where "heard" begins.
type Model struct {
	heads map[head]*Head
}

// head names one score: of a move, or of an outcome of the whole line.
type head struct {
	s    Situation
	name string // A move, or one of the names below.
}

// Scores of the whole line.
const (
	anyProtective = "protective"
	anyWeak       = "weak"
)

// Head is one score: its weights, and the two thresholds that part heard, unsure
// and not heard. Scores are log odds.
type Head struct {
	Bias    float64
	Heard   float64 // From here on it is heard.
	Unsure  float64 // From here on it may be.
	Weights map[string]float64
}

// NewModel returns a model in which nothing is heard.
func NewModel() *Model { return &Model{heads: make(map[head]*Head)} }

// Heads are the names of what is scored in a situation, in order.
func Heads(s Situation) []string {
	return append([]string{anyProtective, anyWeak, Danger}, Moves[s]...)
}

// Set sets the weights of one score.
func (m *Model) Set(s Situation, name string, h *Head) { m.heads[head{s, name}] = h }

// Head returns the weights of one score, nil where there are none.
func (m *Model) Head(s Situation, name string) *Head { return m.heads[head{s, name}] }

// Score returns the log odds of a score for the features of a line.
func (h *Head) Score(features []string) float64 {
	sum := h.Bias
	for _, f := range features {
		sum += h.Weights[f]
	}
	return sum
}

// How exactly thresholds and weights are kept. What is rounded off the weights of a line
// of thirty features is on average a quarter of one, and the thresholds are chosen with
// it; a file that a person can look through is worth that.
const decimals = 2

// Encode writes the model as text: a line a weight, sorted by situation, score and
// feature, so that a change of the lines to learn from is a diff that can be read.
func (m *Model) Encode() []byte {
	var b bytes.Buffer
	for _, s := range Situations {
		for _, name := range Heads(s) {
			h := m.Head(s, name)
			if h == nil || name == Danger && s != Refuse {
				continue // Danger is the same in every situation, and stands there once.
			}
			fmt.Fprintf(&b, "[%s %s] %s %s %s\n", s, name, number(h.Bias), number(h.Heard), number(h.Unsure))
			features := make([]string, 0, len(h.Weights))
			for f := range h.Weights {
				features = append(features, f)
			}
			slices.Sort(features)
			for _, f := range features {
				fmt.Fprintf(&b, "%s %s\n", number(h.Weights[f]), f)
			}
		}
	}
	return b.Bytes()
}

func number(x float64) string {
	if math.IsInf(x, 1) {
		return "inf"
	}
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', decimals, 64), "0")
}

// DecodeModel reads what [Model.Encode] has written. The error names the line.
func DecodeModel(src []byte) (*Model, error) {
	m := NewModel()
	var h *Head
	for i, line := range strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n") {
		if line == "" {
			continue
		}
		var err error
		if line[0] == '[' {
			h, err = m.decodeHead(line)
		} else if h != nil {
			err = h.decodeWeight(line)
		} else {
			err = fmt.Errorf("a weight of nothing")
		}
		if err != nil {
			return nil, fmt.Errorf("read the weights: line %d: %w", i+1, err)
		}
	}
	return m, nil
}

func (m *Model) decodeHead(line string) (*Head, error) {
	names, numbers, ok := strings.Cut(line[1:], "] ")
	situation, name, ok2 := strings.Cut(names, " ")
	s, err := ParseSituation(situation)
	if !ok || !ok2 || err != nil {
		return nil, fmt.Errorf("%q names no score", line)
	}
	if !slices.Contains(Heads(s), name) {
		return nil, fmt.Errorf("situation %s has no score %q", s, name)
	}
	h := &Head{Weights: make(map[string]float64)}
	fields := strings.Fields(numbers)
	if len(fields) != 3 {
		return nil, fmt.Errorf("%q: a bias and two thresholds are wanted", line)
	}
	for k, to := range []*float64{&h.Bias, &h.Heard, &h.Unsure} {
		if *to, err = strconv.ParseFloat(fields[k], 64); err != nil {
			return nil, err
		}
	}
	m.Set(s, name, h)
	if name == Danger {
		for _, other := range Situations {
			m.Set(other, name, h)
		}
	}
	return h, nil
}

func (h *Head) decodeWeight(line string) error {
	weight, feature, ok := strings.Cut(line, " ")
	w, err := strconv.ParseFloat(weight, 64)
	if !ok || err != nil || feature == "" {
		return fmt.Errorf("%q is no weight and feature", line)
	}
	h.Weights[feature] = w
	return nil
}

// Largest returns the n features that speak most for a score and the n that speak
// most against it, for review.
func (h *Head) Largest(n int) []string {
	features := make([]string, 0, len(h.Weights))
	for f := range h.Weights {
		features = append(features, f)
	}
	slices.SortFunc(features, func(a, b string) int {
		return cmp.Or(cmp.Compare(math.Abs(h.Weights[b]), math.Abs(h.Weights[a])), strings.Compare(a, b))
	})
	return features[:min(n, len(features))]
}
