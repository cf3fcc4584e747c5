//go:build !js

package fineoff

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// The limits on a chat. A round should take three minutes, and fit on small screens.
const (
	leastLines, mostLines = 3, 6
	leastSaid, mostSaid   = 25, 70 // Words of a chat.
	mostSetting           = 14
	mostTold              = 30 // Words of Then, and of Why.
	mostAsk               = 16
	maxFile               = 1 << 20
)

// entry is a chat as written in the file.
type entry struct {
	ID      string
	Twin    string
	Is      string
	Early   *bool
	Setting string
	Own     string
	Chat    []string
	Then    string
	Why     string
	Ask     string

	line int // The line of its [[chat]].
}

// Read reads the chats. The set is usable only if there is no diagnostic: then every chat
// has a twin, and the rounds that it deals are half fine and about a third early. File is
// the name of the file in diagnostics.
func Read(file string, src []byte) (Set, []lesson.Diagnostic) {
	r := &reader{file: file}
	clean, found := text.Clean(src, text.Policy{Max: maxFile})
	for _, f := range found {
		r.add(f.Line, "take it out", "%s", f.What)
	}
	r.lines = strings.Split(clean, "\n")
	var all struct{ Chat []toml.Primitive }
	meta, err := toml.Decode(clean, &all)
	if err != nil {
		line, said := 1, err.Error()
		if at, ok := errors.AsType[toml.ParseError](err); ok {
			line, said = at.Position.Line, at.Message
		}
		r.add(line, "see https://toml.io for how lists and words are written", "%s", said)
		return Set{}, r.found
	}
	entries, at := make([]entry, len(all.Chat)), 0
	for i, chat := range all.Chat {
		at = r.lineOf("[[chat]]", at)
		entries[i].line = at
		if err := meta.PrimitiveDecode(chat, &entries[i]); err != nil {
			r.mistyped(at, err.Error())
			return Set{}, r.found
		}
	}
	for _, key := range meta.Undecoded() {
		name := key[len(key)-1]
		r.add(r.lineOf(name, 0), "take it out, or see how the other chats are written", "unknown key %q", name)
	}
	s := r.set(entries)
	lesson.SortDiagnostics(r.found)
	return s, r.found
}

// reader gathers what is wrong with a file.
type reader struct {
	file  string
	lines []string
	found []lesson.Diagnostic
}

func (r *reader) add(line int, fix, format string, args ...any) {
	r.found = append(r.found, lesson.Diagnostic{File: r.file, Line: max(line, 1), Col: 1, Rule: "format",
		Message: text.Line(fmt.Sprintf(format, args...), 300), Fix: fix})
}

// lastKey finds the key in an error of the TOML library, whose line is that of the last chat.
var lastKey = regexp.MustCompile(`^toml: line \d+ \(last key "chat\.(\w+)"\): (.*)`)

// mistyped reports a value of the wrong type in a chat that begins at a line.
func (r *reader) mistyped(line int, said string) {
	if m := lastKey.FindStringSubmatch(said); m != nil {
		line, said = r.lineOf(m[1], line), m[2]
	}
	r.add(line, "see how the other chats are written", "%s", said)
}

// lineOf returns the number of the next line that begins with a key or a heading, or below if
// there is none.
func (r *reader) lineOf(key string, below int) int {
	for i := below; i < len(r.lines); i++ {
		words := strings.TrimSpace(r.lines[i])
		if rest, ok := strings.CutPrefix(words, key); ok &&
			(rest == "" || strings.HasPrefix(strings.TrimSpace(rest), "=")) {
			return i + 1
		}
	}
	return below
}

// set makes pairs of the chats.
func (r *reader) set(entries []entry) Set {
	byID := make(map[string]entry)
	for _, e := range entries {
		r.check(e)
		if _, twice := byID[e.ID]; twice {
			r.add(e.line, "give it another id", "two chats are called %q", e.ID)
		}
		byID[e.ID] = e
	}
	var s Set
	early := 0
	for _, e := range entries {
		twin, ok := byID[e.Twin]
		if !ok || twin.Twin != e.ID || twin.Is == e.Is {
			r.add(r.lineOf("twin", e.line),
				"name a chat that names this one back, with one of the two fine and the other off",
				"%q has no twin", e.ID)
			continue
		}
		c := r.chat(e)
		if c.Early {
			early++
		}
		if !c.Off {
			s.pairs = append(s.pairs, pair{fine: c, off: r.chat(twin)})
		}
	}
	switch rounds := len(entries) / RoundLen; {
	case len(r.found) > 0:
	case len(entries)%(2*RoundLen) != 0 || len(entries) == 0:
		r.add(1, fmt.Sprintf("write pairs until there are %d of them, or %d, and so on", RoundLen, 2*RoundLen),
			"%d chats don't make whole rounds of %d", len(entries), RoundLen)
	case early < 2*rounds || early > 3*rounds:
		r.add(1, fmt.Sprintf("make %d to %d of them early", 2*rounds, 3*rounds),
			"%d of %d chats are early; about a third should be", early, len(entries))
	}
	return s
}

func (r *reader) chat(e entry) Chat {
	c := Chat{ID: e.ID, Off: e.Is == "off", Early: e.Early != nil && *e.Early, Setting: e.Setting,
		Own: cmp.Or(e.Own, You), Then: e.Then, Why: e.Why, Ask: e.Ask}
	for _, line := range e.Chat {
		said, _ := readLine(line)
		c.Lines = append(c.Lines, said)
	}
	return c
}

// voiced matches the length of a voice message.
var voiced = regexp.MustCompile(`^\(voice, (\d+:\d\d)\) `)

// readLine reads a message such as "Bea: I can fetch you at 5:15".
func readLine(line string) (Line, bool) {
	who, words, ok := strings.Cut(line, ": ")
	l := Line{Who: who, Text: words}
	if m := voiced.FindStringSubmatch(words); m != nil {
		l.Voice, l.Text = m[1], words[len(m[0]):]
	}
	return l, ok && who != "" && strings.TrimSpace(l.Text) != ""
}

// wellNamed matches the id of a chat.
var wellNamed = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// check reports what is wrong with a chat.
func (r *reader) check(e entry) {
	at := func(key string) int { return r.lineOf(key, e.line) }
	if !wellNamed.MatchString(e.ID) {
		r.add(at("id"), "use lower-case letters, digits and hyphens", "%q can't be an id", e.ID)
	}
	if e.Is != "fine" && e.Is != "off" {
		r.add(at("is"), `write is = "fine" or is = "off"`, "%q is neither fine nor off", e.ID)
	}
	if e.Early == nil {
		r.add(e.line, "write early = true if nobody could tell yet, and early = false if someone could",
			"%q doesn't say whether it's early", e.ID)
	}
	for _, w := range []struct {
		key, words string
		most       int
	}{{"setting", e.Setting, mostSetting}, {"then", e.Then, mostTold}, {"why", e.Why, mostTold},
		{"ask", e.Ask, mostAsk}} {
		switch n := len(strings.Fields(w.words)); {
		case n == 0:
			r.add(e.line, fmt.Sprintf("write it in at most %d words", w.most), "%q has no %q", e.ID, w.key)
		case n > w.most:
			r.add(at(w.key), "say it in fewer words", "%q has %d words; the limit is %d", w.key, n, w.most)
		case !text.Stable(w.words):
			r.add(at(w.key), "use a character that's a single code point", "terminals disagree on how wide this is")
		}
	}
	r.messages(e)
}

// messages reports what is wrong with the messages of a chat.
func (r *reader) messages(e entry) {
	at, own, said := r.lineOf("chat", e.line), cmp.Or(e.Own, You), 0
	writes := false
	for i, line := range e.Chat {
		l, ok := readLine(line)
		if !ok {
			r.add(at+1+i, `write it as "Name: words"`, "no one says this: %q", line)
		}
		if !text.Stable(line) {
			r.add(at+1+i, "use a character that's a single code point", "terminals disagree on how wide this is")
		}
		said += len(strings.Fields(l.Text))
		writes = writes || l.Who == own
	}
	if n := len(e.Chat); n < leastLines || n > mostLines {
		r.add(at, fmt.Sprintf("use %d to %d messages", leastLines, mostLines), "%q has %d messages", e.ID, n)
	} else if said < leastSaid || said > mostSaid {
		r.add(at, fmt.Sprintf("use %d to %d words", leastSaid, mostSaid), "the messages of %q have %d words", e.ID,
			said)
	}
	if !writes && !slices.ContainsFunc(r.found, func(d lesson.Diagnostic) bool { return d.Line == at }) {
		r.add(at, `let "you" write, or say whose phone it is: own = "Name"`, "%q isn't on anyone's phone", e.ID)
	}
}
