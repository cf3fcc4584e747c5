package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wayout/internal/hear"
)

// Marks are the placeholders in [Phrases], in this order.
const (
	Mark      = "‹1›"
	OtherMark = "‹2›"
	ThirdMark = "‹3›"
)

// Phrases are the phrases that tell a learner what was heard.
type Phrases struct {
	Strong  string            `json:"strong"`  // Mark is the moves.
	Also    string            `json:"also"`    // Mark is the weak moves of a line that has strong ones, too.
	Told    string            `json:"told"`    // Mark is the moves that the learner says it was.
	Likely  string            `json:"likely"`  // Mark is the moves that weren't heard for certain.
	Begun   string            `json:"begun"`   // Something was heard, and nothing that has a name.
	Quoted  string            `json:"quoted"`  // Mark is a move; OtherMark the words that show it.
	And     string            `json:"and"`     // Joins the last two of several moves.
	Nothing []string          `json:"nothing"` // By situation: the line wasn't understood.
	Foreign string            `json:"foreign"` // The line seems to be in another language.
	Kindly  []string          `json:"kindly"`  // By situation: what is added about a weak line.
	Besides []string          `json:"besides"` // By situation: what is added about a weak part of a strong line.
	Either  string            `json:"either"`  // Mark is the words; the other marks are two moves they may be.
	Single  string            `json:"single"`  // Mark is the words; OtherMark a move they may be.
	Yes     string            `json:"yes"`
	Neither string            `json:"neither"`
	Own     string            `json:"own"`    // Like Doing, for a line that may speak of the learner's own danger.
	Other   string            `json:"other"`  // The option that the danger is someone else's.
	Gentle  string            `json:"gentle"` // A word about help.
	Names   map[string]string `json:"names"`  // By move or kind ([AllNames]), the words that follow "You".
	Doing   map[string]string `json:"doing"`  // By move, the words that follow "Is that".
}

// fill replaces the marks of a phrase. It doesn't look for marks in the replacements, which
// may hold what someone typed.
func fill(phrase string, all ...string) string {
	pairs := make([]string, 0, 2*len(all))
	for i, mark := range []string{Mark, OtherMark, ThirdMark}[:len(all)] {
		pairs = append(pairs, mark, all[i])
	}
	return strings.NewReplacer(pairs...).Replace(phrase)
}

// Told is what is told about a line.
type Told struct {
	Strong string `json:"strong,omitempty"`
	Weak   string `json:"weak,omitempty"`   // Shown second, and worded kindly.
	Unsure string `json:"unsure,omitempty"` // That it wasn't understood, or what the learner has said it was.
	Gentle string `json:"gentle,omitempty"` // A word about help, after a joke about dying.
}

// Tell returns what is told about a line. It reports false if the line spoke of danger: then
// nothing is told about it.
func (p Phrases) Tell(h Hearing) (Told, bool) {
	if h.Danger {
		return Told{}, false
	}
	var out Told
	if h.Gentle {
		out.Gentle = p.Gentle
	}
	if h.In == hear.Tell {
		h.Strong = named(h.Strong)
	}
	strong, weak := p.quoted(h.Strong), p.quoted(h.Weak)
	switch {
	case h.Begun, len(h.Strong) > 0 && h.Strong[0].Guessed:
		out.Unsure = p.guess(h)
	case h.Told && strong+weak != "":
		out.Unsure = fill(p.Told, strong+weak)
	case h.Likely && strong+weak != "":
		out.Unsure = fill(p.Likely, p.quoted(slices.Concat(h.Strong, h.Weak)))
	case strong != "" && weak != "":
		out.Strong = fill(p.Strong, strong)
		out.Weak = fill(p.Also, weak) + " " + p.Besides[h.In]
	case strong != "":
		out.Strong = fill(p.Strong, strong)
	case weak != "":
		out.Weak = p.kindly(h, weak)
	case h.Foreign:
		out.Unsure = p.Foreign
	case h.Gentle && h.In == hear.Tell: // The word about help is enough.
	default:
		out.Unsure = p.Nothing[h.In]
	}
	return out, true
}

// kindly returns what is told about a line with weak moves alone. Beside the word about help it would be a
// correction. A guess isn't named, and "a lot of people start like that" would speak of nothing.
func (p Phrases) kindly(h Hearing, weak string) string {
	switch {
	case h.Gentle:
		return ""
	case h.Weak[0].Guessed && h.In == hear.Tell && h.Weak[0].Move == "downplay":
		return p.Nothing[h.In]
	case h.Weak[0].Guessed && h.In == hear.Tell:
		return p.Begun
	case h.Weak[0].Guessed:
		return p.Kindly[h.In]
	}
	return fill(p.Strong, weak) + " " + p.Kindly[h.In]
}

// guess returns what is told about a telling of which no words show a move.
func (p Phrases) guess(h Hearing) string {
	if h.Begun || h.Strong[0].Move == "ask" {
		return p.Begun
	}
	return fill(p.Likely, p.quoted(h.Strong))
}

// named returns the moves of a telling that are named: those that words show, or else the first, which is then
// said with less certainty.
func named(all []Quoted) []Quoted {
	shown := slices.DeleteFunc(slices.Clone(all), func(q Quoted) bool { return q.Guessed })
	if len(shown) == 0 {
		return all[:min(len(all), 1)]
	}
	return once(shown)
}

// once leaves out moves whose words are those of another, or a part of them: "they'll send it to papaw" isn't
// told twice.
func once(all []Quoted) (kept []Quoted) {
	for i, q := range all {
		again := func(o Quoted) bool {
			return len(q.Words) < len(o.Words) && strings.Contains(strings.ToLower(o.Words), strings.ToLower(q.Words))
		}
		same := func(o Quoted) bool { return strings.EqualFold(o.Words, q.Words) }
		if q.Words == "" || !slices.ContainsFunc(all, again) && !slices.ContainsFunc(all[:i], same) {
			kept = append(kept, q)
		}
	}
	return kept
}

// Asked is a question to the learner about what a line was.
type Asked struct {
	Asks    string   `json:"asks"`
	Options []string `json:"options"` // The moves of [Hearing.Ask] in order, and then none of them.
}

// Ask returns what is asked about a line whose move wasn't certain. It reports false if there
// is nothing to ask.
func (p Phrases) Ask(h Hearing) (Asked, bool) {
	if len(h.Ask) == 0 {
		return Asked{}, false
	}
	var out Asked
	for _, q := range h.Ask {
		out.Options = append(out.Options, p.doing(q.Move))
	}
	words := cut(h.Ask[0].Words)
	if len(out.Options) > 1 {
		out.Asks = fill(p.Either, words, out.Options[0], out.Options[1])
	} else {
		out.Asks = fill(p.Single, words, out.Options[0])
		out.Options[0] = p.Yes
	}
	if h.Ask[0].Move == hear.Danger {
		return Asked{out.Asks, append(out.Options, p.Other)}, true
	}
	out.Options = append(out.Options, p.Neither)
	return out, true
}

// Picked returns the move that a typed line picks as the answer to the question whether an earlier
// line was one of moves, or "" for none of them. It reports false if the line isn't an answer.
func (p Phrases) Picked(moves []string, line string) (move string, ok bool) {
	h := Hearing{}
	for _, m := range moves {
		h.Ask = append(h.Ask, Quoted{Move: m})
	}
	asked, _ := p.Ask(h)
	i, ok := asked.Picks(line)
	if ok && i < len(moves) {
		move = moves[i]
	}
	return move, ok
}

// Picks returns which of the options a typed line picks, by its number or its words. It reports
// false if the line isn't an answer to the question.
func (a Asked) Picks(line string) (option int, ok bool) {
	line = strings.TrimRight(strings.ToLower(strings.TrimSpace(line)), ".):!")
	for i, words := range a.Options {
		if line == strconv.Itoa(i+1) || line == strings.ToLower(words) {
			return i, true
		}
	}
	return 0, false
}

func (p Phrases) doing(move string) string {
	if move == hear.Danger {
		return p.Own
	}
	return cmp.Or(p.Doing[move], move)
}

// quoted joins moves for a sentence, each with the words that show it.
func (p Phrases) quoted(moves []Quoted) string {
	var all []string
	for _, m := range moves {
		name := cmp.Or(p.Names[m.Move+"-"+m.As], p.Names[m.Move], m.Move)
		if quotable(m.Words) && !m.Guessed {
			name = fill(p.Quoted, name, cut(m.Words))
		}
		all = append(all, name)
	}
	if n := len(all); n > 2 {
		all = append([]string{strings.Join(all[:n-1], ", ")}, all[n-1])
	}
	return strings.Join(all, p.And)
}

// quotable reports whether words mean enough by themselves to be quoted: at least three words, or
// one of five letters. The model may have recognised a move by "a" or "its", and a quote of that
// would be nonsense to a learner.
func quotable(words string) bool {
	all := strings.Fields(words)
	return len(all) > 2 || slices.ContainsFunc(all, func(w string) bool { return utf8.RuneCountInString(w) > 4 })
}

// mostQuoted is the largest number of characters that are quoted of a line.
const mostQuoted = 60

// cut shortens a quote to mostQuoted characters.
func cut(words string) string {
	rs := []rune(strings.Trim(words, " .,;:!?"))
	if len(rs) <= mostQuoted {
		return string(rs)
	}
	return strings.TrimSpace(string(rs[:mostQuoted-1])) + "…"
}

// Answer is what a device shows after a line.
type Answer struct {
	Danger bool     `json:"danger,omitempty"` // Help comes first, and nothing is told about the line.
	Reply  int      `json:"reply"`            // Which of the answers that a page holds; -1 for none.
	Told   Told     `json:"told"`
	Asked  *Asked   `json:"asked,omitempty"`  // A question what the line was, in place of a reply.
	Moves  []string `json:"moves,omitempty"`  // The moves of Asked, for [Rehearsal.Meant].
	Picked bool     `json:"picked,omitempty"` // The line was the answer to a question about an earlier one.
}

// Answer hears a line and says what to show. If the learner was just asked what an earlier line
// was, asked are the moves of that question ([Answer.Moves]), and the line may be its answer.
func (r Rehearsal) Answer(with *hear.Recogniser, p Phrases, line string, asked []string) Answer {
	if move, ok := p.Picked(asked, line); ok {
		out := r.Meant(p, move)
		out.Picked = true
		return out
	}
	h := r.Listen(with, line)
	if asked, ok := p.Ask(h); ok {
		out := Answer{Reply: -1, Asked: &asked}
		for _, q := range h.Ask {
			out.Moves = append(out.Moves, q.Move)
		}
		if h.Gentle {
			out.Told.Gentle = p.Gentle
		}
		return out
	}
	return r.answer(p, h)
}

// Meant says what to show after the learner has said what a line was; move is "" for something else.
func (r Rehearsal) Meant(p Phrases, move string) Answer {
	return r.answer(p, Means(r.In, move))
}

func (r Rehearsal) answer(p Phrases, h Hearing) Answer {
	out := Answer{Danger: h.Danger, Reply: -1}
	out.Told, _ = p.Tell(h)
	if h.Wordless {
		return out
	}
	names := h.Names()
	if len(names) == 0 {
		names = []string{Unclear}
	}
	if i := r.Item(names); i >= 0 {
		out.Reply = r.Items[i].Reply
	}
	return out
}

// AllMoves returns the names of the moves of all situations, sorted, each once.
func AllMoves() []string {
	var all []string
	for _, s := range hear.Situations {
		for _, m := range hear.Moves[s] {
			all = append(all, strings.TrimPrefix(m, "~"))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// AllNames returns the names of all moves and of their kinds, such as "hint" and "hint-promise",
// sorted, each once.
func AllNames() []string {
	all := AllMoves()
	for move, kinds := range hear.Kinds {
		for _, kind := range kinds {
			all = append(all, strings.TrimPrefix(move, "~")+"-"+kind)
		}
	}
	slices.Sort(all)
	return all
}
