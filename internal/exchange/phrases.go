package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wayout/internal/hear"
)

// Marks stand in [Phrases] where something is put in, in this order.
const (
	Mark      = "‹1›"
	OtherMark = "‹2›"
	ThirdMark = "‹3›"
)

// Phrases are the words in which it is told what was heard.
type Phrases struct {
	Strong  string            `json:"strong"`  // Mark: what was done.
	Also    string            `json:"also"`    // Mark: what was done besides.
	Told    string            `json:"told"`    // Mark: what the learner says it was.
	Quoted  string            `json:"quoted"`  // Mark: what was done; OtherMark: the words it rests on.
	And     string            `json:"and"`     // Between the last two of several.
	Nothing []string          `json:"nothing"` // Of each situation: it wasn't understood.
	Kindly  []string          `json:"kindly"`  // Of each situation, what is said to a weak line.
	Besides []string          `json:"besides"` // Of each situation, what is said to a weak part of a strong one.
	Either  string            `json:"either"`  // Mark: the words; the others: what they may have been.
	Single  string            `json:"single"`  // Mark: the words; OtherMark: what they may have been.
	Yes     string            `json:"yes"`
	Neither string            `json:"neither"`
	Own     string            `json:"own"`    // As Doing: of a line that may speak of one's own danger.
	Other   string            `json:"other"`  // It is about someone else.
	Gentle  string            `json:"gentle"` // A word about help.
	Names   map[string]string `json:"names"`  // A move, as it follows on "You".
	Doing   map[string]string `json:"doing"`  // A move, as it follows on "Is that".
}

// fill puts something in for the marks of a phrase. What is put in is never looked at for
// marks: it may hold what someone typed.
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
	Weak   string `json:"weak,omitempty"`   // Said second, and kindly.
	Unsure string `json:"unsure,omitempty"` // That it wasn't understood, or what the learner has said it was.
	Gentle string `json:"gentle,omitempty"` // A word about help, beside a joke about dying.
}

// Tell returns what is told about a line. It is false where nothing is, since the line spoke
// of danger.
func (p Phrases) Tell(h Hearing) (Told, bool) {
	if h.Danger {
		return Told{}, false
	}
	var out Told
	if h.Gentle {
		out.Gentle = p.Gentle
	}
	strong, weak := p.quoted(h.Strong), p.quoted(h.Weak)
	switch {
	case h.Told && strong+weak != "":
		out.Unsure = fill(p.Told, strong+weak)
	case strong != "" && weak != "":
		out.Strong = fill(p.Strong, strong)
		out.Weak = fill(p.Also, weak) + " " + p.Besides[h.In]
	case strong != "":
		out.Strong = fill(p.Strong, strong)
	case weak != "":
		out.Weak = fill(p.Strong, weak) + " " + p.Kindly[h.In]
	default:
		out.Unsure = p.Nothing[h.In]
	}
	return out, true
}

// Asked is what a line may have been, for the learner to say.
type Asked struct {
	Asks    string   `json:"asks"`
	Options []string `json:"options"` // The moves of [Hearing.Ask] in order, and then that it was none.
}

// Ask returns what is asked about a line that wasn't heard for certain; false where there
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

// Picked returns which move a typed line names where it was just asked whether another line
// is one of these; "" for something else.
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

// Picks returns which of the options a typed line is, by its number or its words: what is
// typed where something was just asked is an answer to it, and no other line.
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

// quoted joins moves for a sentence, each with the words that it rests on.
func (p Phrases) quoted(moves []Quoted) string {
	var all []string
	for _, m := range moves {
		name := cmp.Or(p.Names[m.Move], m.Move)
		if telling(m.Words) {
			name = fill(p.Quoted, name, cut(m.Words))
		}
		all = append(all, name)
	}
	if n := len(all); n > 2 {
		all = append([]string{strings.Join(all[:n-1], ", ")}, all[n-1])
	}
	return strings.Join(all, p.And)
}

// telling reports whether words say enough by themselves to be quoted as a reason: three of
// them, or one of five letters. What was learned may rest on "a" or "its", and a learner who is
// shown that reads nonsense.
func telling(words string) bool {
	all := strings.Fields(words)
	return len(all) > 2 || slices.ContainsFunc(all, func(w string) bool { return utf8.RuneCountInString(w) > 4 })
}

// mostQuoted is how much of a line is quoted, in characters.
const mostQuoted = 60

// cut shortens what is quoted.
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
	Asked  *Asked   `json:"asked,omitempty"`  // Instead of all else: what the line may have been.
	Moves  []string `json:"moves,omitempty"`  // The moves of Asked, for [Rehearsal.Meant].
	Picked bool     `json:"picked,omitempty"` // What was typed said what an earlier line was.
}

// Answer hears a line and says what to show. Where it was just asked what another one was,
// asked are its moves ([Answer.Moves]), and the line may be the answer.
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

// Meant says what to show once the learner has said what a line was; "" for something else.
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

// AllMoves are the names of the moves of all situations, each once, in order.
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
