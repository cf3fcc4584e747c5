package hear

import (
	"slices"
	"strings"
	"unicode"
)

// asksAfter returns the words of a line that asks about someone else's danger, such as "is she
// gonna hurt herself?", whose writer isn't in danger, and which a listener should ask. It reports
// false if anything else in the line speaks of danger, if the line is about the writer, or if it
// tells rather than asks: "my friend wants to die, what do i do" stays danger.
func (r *Recogniser) asksAfter(s Situation, rd *reading) (words string, ok bool) {
	var rest []token
	from := 0
	for from < len(rd.words) {
		to := from
		for to < len(rd.words) && (!rd.words[to].end || rd.words[to].word == ",") {
			to++
		}
		if part := rd.words[from:to]; r.asksOfOther(part, to < len(rd.words) && rd.words[to].word == "?") {
			words = rd.typed(from, to)
		} else {
			rest = append(rest, rd.words[from:min(to+1, len(rd.words))]...)
		}
		from = to + 1
	}
	if words == "" {
		return "", false
	}
	if len(rest) == 0 {
		return words, true
	}
	other := r.look(s, rd.line, rest, !ofSelf(rest))
	var sc scores
	if l := r.model.Layer(s); l != nil {
		sc = l.scores(other)
	}
	_, danger := r.danger(other, r.dangerLevel(s, other, sc))
	return words, !danger
}

// asksOfOther reports whether a sentence asks whether someone else might come to harm.
func (r *Recogniser) asksOfOther(words []token, marked bool) bool {
	var all []string
	for _, t := range words {
		if !t.end {
			all = append(all, t.word)
		}
	}
	all, led := opened(all)
	if len(all) < 2 || !slices.ContainsFunc(all, harms) || speaksOfSelf(all) {
		return false
	}
	subject := all
	if auxiliaries[all[0]] {
		subject = all[1:]
	} else if !led && !(marked && !pleads(all)) {
		return false
	}
	return r.isOther(subject)
}

// opened returns a sentence without its opening words, and whether those ask a question.
func opened(all []string) (rest []string, asks bool) {
	for len(all) > 1 && (fillers[all[0]] || all[0] == person && auxiliaries[all[1]]) {
		all = all[1:]
	}
	for _, lead := range leads {
		if n := len(lead); len(all) > n && slices.Equal(all[:n], lead) {
			return all[n:], true
		}
	}
	return all, false
}

// speaksOfSelf reports whether a sentence is about the writer or about someone nearby, or tells
// what has happened: "is she ok she took pills".
func speaksOfSelf(all []string) bool {
	for i, w := range all {
		if own[w] || nearby[w] || w == "my" && (i+1 == len(all) || !relations[all[i+1]]) {
			return true
		}
		if i > 1 && others[w] && i+1 < len(all) && tells[all[i+1]] {
			return true
		}
	}
	return false
}

// ofSelf reports whether some words are about their writer: "i", "my picture". "My friend" isn't.
func ofSelf(words []token) bool {
	for i, t := range words {
		if own[t.word] || t.word == "my" && (i+1 == len(words) || !relations[words[i+1].word]) {
			return true
		}
	}
	return false
}

// isOther reports whether words begin with another person. An unknown word counts as a name.
func (r *Recogniser) isOther(words []string) bool {
	for len(words) > 0 && (articles[words[0]] || relations[words[0]] && len(words) > 1 && relations[words[1]]) {
		words = words[1:]
	}
	return len(words) > 0 && (others[words[0]] || relations[words[0]] || !r.spelling.knows(words[0]))
}

// pleads reports whether words ask for help or advice: then the line tells of danger.
func pleads(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return w == "help" || w == "what" || w == "can" || w == "how"
	})
}

// harms reports whether a word is about harm to someone.
func harms(w string) bool {
	return harm[w] || slices.ContainsFunc([]string{"hurt", "kill", "harm", "suicid", "overdos", "cutting", "dying"},
		func(stem string) bool { return strings.HasPrefix(w, stem) })
}

// The words by which a question about someone is recognised.
var (
	fillers = map[string]bool{
		"so": true, "and": true, "but": true, "ok": true, "oh": true, "omg": true, "wait": true,
		"hang": true, "hold": true, "on": true, "well": true, "then": true, "or": true, "um": true,
		"lol": true, "like": true, "hey": true, "please": true, "god": true, "no": true, "yes": true,
		"yeah": true, "sorry": true, "honestly": true, "seriously": true, "wtf": true, "bro": true,
		"right": true,
	}
	leads = [][]string{{"do", "you", "think"}, {"dont", "you", "think"}, {"you", "think"}, {"what", "if"},
		{"is", "it", "true", "that"}, {"is", "it", "true"}, {"is", "there", "a", "chance"},
		{"how", "likely", "is", "it"},
		{"how", "do", "i", "know", "if"}, {"how", "do", "i", "know"}, {"how", "do", "we", "know", "if"},
		{"how", "do", "we", "know"}, {"how", "do", "you", "know", "if"}, {"how", "do", "you", "know"},
		{"what", "happens", "if"}, {"are", "you", "saying"}, {"you", "mean"}, {"do", "you", "mean"},
		{"did", "you", "say"}, {"does", "that", "mean"}, {"does", "this", "mean"}, {"are", "we", "sure"},
		{"are", "you", "sure"}, {"are", "you", "scared"}, {"are", "you", "worried"}, {"are", "you", "afraid"}}
	auxiliaries = map[string]bool{
		"is": true, "are": true, "was": true, "were": true, "does": true, "do": true, "did": true,
		"will": true, "would": true, "could": true, "can": true, "has": true, "have": true,
		"might": true, "isnt": true, "arent": true, "doesnt": true, "didnt": true, "wont": true,
		"wouldnt": true, "hasnt": true,
	}
	others = map[string]bool{
		"she": true, "he": true, "they": true, "shes": true, "hes": true, "theyre": true,
		"shell": true, "hell": true, "theyll": true, "you": true, "youre": true, "anyone": true,
		"anybody": true, "someone": true, "aname": true, "himself": true, "girl": true, "boy": true,
		"person": true, "kid": true, "one": true, "it": true, "that": true, "her": true, "him": true,
	}
	relations = map[string]bool{
		"friend": true, "friends": true, "sister": true, "brother": true, "mum": true, "dad": true,
		"cousin": true, "gran": true, "grandad": true, "aunt": true, "uncle": true, "daughter": true,
		"son": true, "girlfriend": true, "boyfriend": true, "classmate": true, "teammate": true,
		"roommate": true, "neighbour": true, "best": true, "little": true, "big": true, "older": true,
		"younger": true, "step": true,
	}
	articles = map[string]bool{
		"the": true, "this": true, "that": true, "your": true, "her": true, "his": true, "their": true,
		"my": true,
	}
	own = map[string]bool{
		"i": true, "im": true, "ill": true, "id": true, "ive": true, "me": true, "myself": true,
		"we": true, "us": true, "our": true, "ourselves": true, "mine": true,
	}
	nearby = map[string]bool{
		"outside": true, "door": true, "window": true, "downstairs": true, "house": true, "here": true,
		"street": true, "car": true, "van": true, "gate": true, "porch": true, "coming": true,
		"way": true, "following": true, "knife": true, "gun": true,
	}
	tells = map[string]bool{
		"took": true, "taken": true, "swallowed": true, "overdosed": true, "has": true, "had": true,
		"cut": true, "is": true, "was": true, "said": true, "says": true, "told": true, "wants": true,
		"tried": true, "did": true,
	}
	harm = map[string]bool{
		"cut": true, "die": true, "dead": true, "suicide": true, "pills": true, "tablets": true,
		"unalive": true, "alive": true, "safe": true, "danger": true, "bleeding": true,
		"herself": true, "himself": true, "themselves": true, "themself": true,
	}
)

// HasWords reports whether a line has a word, or an emoji that stands for one. "1", "..." and
// "?" don't count.
func (r *Recogniser) HasWords(line string) bool {
	return slices.ContainsFunc(r.spelling.tokens(line), func(t token) bool {
		return !t.end && strings.ContainsFunc(t.word, unicode.IsLetter)
	})
}
