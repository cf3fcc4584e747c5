package room

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/text"
)

// Verb is what a line of a script does.
type Verb string

// The verbs.
const (
	Scene  Verb = "scene"  // Go to a scene, by its id.
	Choose Verb = "choose" // Take a choice or an answer, by its number from 1 or the beginning of its words.
	Again  Verb = "again"  // Go back to what was asked in a scene, with what was known then.
	Pause  Verb = "pause"  // Leave time, in seconds; nothing goes on by itself.
	Note   Verb = "note"   // Words for the facilitator.
	Blank  Verb = "blank"  // Show the room nothing, or the page again.
)

// Command is one line of a script.
type Command struct {
	Verb Verb
	Text string // Of a scene, a note, or a choice by its words.
	// Of a choice by its number, of the seconds of a pause, or of the times a question comes back, from the latest.
	Number int
	Line   int // In the file, from 1.
}

// String returns the line of a command.
func (c Command) String() string {
	switch {
	case c.Verb == Blank:
		return string(c.Verb)
	case c.Verb == Again && c.Number > 1:
		return string(c.Verb) + " " + c.Text + " " + strconv.Itoa(c.Number)
	case c.Text != "":
		return string(c.Verb) + " " + c.Text
	}
	return string(c.Verb) + " " + strconv.Itoa(c.Number)
}

// The bounds of a script.
const (
	maxScript   = 64 << 10 // Bytes.
	maxCommands = 1000
	maxPause    = 3600 // Seconds.
)

// ParseScript reads a script: a command a line, empty lines and lines that begin
// with # left out.
func ParseScript(file string, src []byte) ([]Command, []lesson.Diagnostic) {
	var found []lesson.Diagnostic
	add := func(line int, fix, format string, args ...any) {
		found = append(found, lesson.Diagnostic{File: text.Line(file, 200), Line: line, Col: 1, Rule: "script",
			Message: text.Line(fmt.Sprintf(format, args...), 300), Fix: fix})
	}
	if what, fix := text.Foreign(src); what != "" {
		add(1, fix, "this is %s, and a script is plain text in UTF-8", what)
		return nil, found
	}
	clean, wrong := text.Clean(src, text.Policy{Max: maxScript})
	for _, w := range wrong {
		add(w.Line, "take it out", "%s", w.What)
	}
	if len(found) > 0 {
		return nil, found
	}
	var script []Command
	for i, line := range strings.Split(clean, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c, fix, wrong := readCommand(line)
		c.Line = i + 1
		if wrong != "" {
			add(c.Line, fix, "%s", wrong)
		}
		if len(script) == maxCommands {
			add(c.Line, "make two of it", "more than %d commands", maxCommands)
			break
		}
		script = append(script, c)
	}
	if len(found) > 0 {
		return nil, found
	}
	return script, nil
}

// readCommand reads a line of a script; wrong says what is the matter with it.
func readCommand(line string) (c Command, fix, wrong string) {
	verb, rest, _ := strings.Cut(line, " ")
	c = Command{Verb: Verb(verb), Text: strings.TrimSpace(rest)}
	n, err := strconv.Atoi(c.Text)
	nothing := fmt.Sprintf("%q says nothing", verb)
	switch c.Verb {
	case Scene, Note:
		if c.Text == "" {
			return c, "say which, behind it", nothing
		}
	case Choose:
		if c.Text == "" {
			return c, "write its number, or its first words", "which choice?"
		} else if err == nil {
			c.Text, c.Number = "", n
		}
	case Again:
		var ok bool
		if c.Text, c.Number, ok = readAgain(c.Text); !ok {
			return c, "write the id of the scene, and a number where the last time isn't meant", nothing
		}
	case Pause:
		if err != nil || n < 1 || n > maxPause {
			return c, "write seconds, from 1 to 3600", fmt.Sprintf("a pause of %q", c.Text)
		}
		c.Text, c.Number = "", n
	case Blank:
		if c.Text != "" {
			return c, "write blank alone", "blank takes nothing"
		}
	default:
		return c, "the verbs are scene, choose, again, pause, note and blank", fmt.Sprintf("unknown verb %q", verb)
	}
	return c, "", ""
}

// readAgain reads what stands behind "again": a scene, and how many times back.
func readAgain(rest string) (scene string, times int, ok bool) {
	f := strings.Fields(rest)
	if len(f) == 1 {
		return f[0], 1, true
	}
	if len(f) != 2 {
		return "", 0, false
	}
	n, err := strconv.Atoi(f[1])
	return f[0], n, err == nil && n >= 1 && n <= maxCommands
}

// WithScript gives a talk a script, from its beginning.
func (t Talk) WithScript(script []Command) Talk {
	t.script, t.next, t.away = script, 0, false
	return t
}

// Script returns the script and the index of what comes next in it; nil where
// there is none, or the facilitator has left it.
func (t Talk) Script() ([]Command, int) {
	if t.away {
		return nil, 0
	}
	return t.script, t.next
}

// HasScript reports whether there is a script to follow, or to come back to.
func (t Talk) HasScript() bool { return len(t.script) > 0 }

// LeaveScript leaves the script, or comes back to it where it was left.
func (t Talk) LeaveScript() Talk {
	t.away = !t.away
	return t
}

// Follow goes on as the script says: page by page, along links, and where
// something is to be chosen, or the script says otherwise, by its next command.
// At its end it is as [Talk.Next].
func (t Talk) Follow() (Talk, error) {
	if t.away || t.next >= len(t.script) || t.phase != Story {
		return t.Next() // Also past the ground rules, which no script leaves out.
	}
	c := t.script[t.next]
	all, at := t.Slides()
	over := at == len(all)-1 && t.Run().Turn() == play.End
	if c.Verb == Choose && !t.waits() || c.Verb == Again && !t.waits() && !over {
		return t.Next()
	}
	done, err := t.do(c)
	if err != nil {
		return t, fmt.Errorf("line %d, %q: %w", c.Line, c, err)
	}
	done.next = t.next + 1
	return done, nil
}

// do does what a command says. A pause and a note change nothing that a room
// sees.
func (t Talk) do(c Command) (Talk, error) {
	switch c.Verb {
	case Scene:
		return t.GoTo(c.Text)
	case Choose:
		i := c.Number - 1
		if c.Text != "" {
			i = t.named(c.Text)
		}
		return t.Take(i)
	case Again:
		return t.again(c.Text, c.Number)
	case Blank:
		return t.ToggleBlank(), nil
	}
	return t, nil
}

// named returns the index of what can be taken whose words begin so, or -1.
func (t Talk) named(words string) int {
	run := t.Run()
	begins := func(s string) bool { return strings.HasPrefix(text.Fold(s), text.Fold(words)) }
	switch run.Turn() {
	case play.Choose:
		return slices.IndexFunc(run.Open(), func(i int) bool { return begins(run.Scene().Choices[i].String()) })
	case play.Answer:
		return slices.IndexFunc(run.Order(), func(i int) bool { return begins(run.Scene().Check.Options[i].String()) })
	}
	return -1
}

// again goes back to what was asked in a scene, the n-th last time that it was
// asked otherwise than now, with what was known then.
func (t Talk) again(scene string, n int) (Talk, error) {
	seen := []play.Run{t.Run()}
	for i := len(t.past) - 1; i >= 0; i-- {
		m := t.past[i]
		if turn := m.run.Turn(); m.run.Scene().ID != scene || turn != play.Choose && turn != play.Answer {
			continue
		}
		if slices.ContainsFunc(seen, func(r play.Run) bool { return same(r, m.run) }) {
			continue
		}
		if seen = append(seen, m.run); len(seen) <= n {
			continue
		}
		m.slide = len(slides(m.run, m.since)) - 1
		t.note(Command{Verb: Again, Text: scene, Number: n})
		return t.with(m), nil
	}
	return t, fmt.Errorf("nothing was asked in %q before: %w", scene, ErrNothing)
}

// same reports whether two runs have come the same way. What a typed line has done
// is no part of it: nobody types before a room.
func same(a, b play.Run) bool {
	return a.Scenes()[0] == b.Scenes()[0] && slices.EqualFunc(a.Actions(), b.Actions(), func(a, b play.Action) bool {
		return a.Turn == b.Turn && a.Pick == b.Pick && a.How == b.How
	})
}

// note keeps a command that was given by hand, for a recording.
func (t *Talk) note(c Command) { t.record = append(slices.Clip(t.record), c) }

// noteChoice keeps a choice that is made where the talk stands. Where the talk was
// gone back in, what was recorded so far leads elsewhere: the recording then goes
// back as well, so that the choice is made in its own scene and with what was
// known there.
func (t *Talk) noteChoice(c Command) {
	if t.rewound {
		t.find()
	}
	t.rewound = false
	t.note(c)
}

// find notes the commands that lead a replay to where the talk stands.
func (t *Talk) find() {
	here := t.Run()
	replay := t.replayed()
	if same(replay.Run(), here) {
		return
	}
	for n := 1; n <= maxCommands; n++ {
		back, err := replay.again(here.Scene().ID, n)
		if err != nil {
			break
		}
		if same(back.Run(), here) {
			t.note(Command{Verb: Again, Text: here.Scene().ID, Number: n})
			return
		}
	}
	t.retell(here)
}

// retell notes the whole way of a run: the replay has never been where it stands,
// since it jumped elsewhere before the question was asked.
func (t *Talk) retell(run play.Run) {
	first := run.Scenes()[0]
	way, err := run.From(first)
	if err != nil {
		return // The scene is one of this lesson; it can't fail.
	}
	t.note(Command{Verb: Scene, Text: first})
	for _, m := range run.Actions() {
		switch m.Turn {
		case play.Choose:
			t.note(Command{Verb: Choose, Number: slices.Index(way.Open(), m.Pick) + 1})
		case play.Answer:
			t.note(Command{Verb: Choose, Number: slices.Index(append(way.Order(), play.Unsure), m.Pick) + 1})
		}
		if way, err = way.Resume([]play.Action{m}); err != nil {
			return // As above.
		}
	}
}

// replayed plays what was recorded, up to where it asks for more.
func (t *Talk) replayed() Talk {
	r := NewTalk(t.lesson, t.seed).WithScript(t.record)
	for range maxCommands * 20 {
		next, err := r.Follow()
		if err != nil || next.phase > Story && next.next >= len(t.record) {
			break
		}
		r = next
	}
	return r
}

// Recorded returns the talk so far as a script that plays it again.
func (t Talk) Recorded() []byte {
	var b strings.Builder
	b.WriteString("# A talk about " + t.lesson.ID + ".\n")
	for _, c := range t.record {
		b.WriteString(c.String() + "\n")
	}
	return []byte(b.String())
}

// waits reports whether something has to be chosen before the story goes on.
func (t Talk) waits() bool {
	all, at := t.Slides()
	turn := t.Run().Turn()
	return t.phase == Story && at == len(all)-1 && (turn == play.Choose || turn == play.Answer)
}

// CheckScript plays a script against a lesson, and returns what does not fit.
func CheckScript(file string, script []Command, l *lesson.Lesson) []lesson.Diagnostic {
	t := NewTalk(l, 1).WithScript(script)
	for range maxCommands * 20 {
		if t.next >= len(script) {
			return nil
		}
		c := script[t.next]
		before := t.next
		next, err := t.Follow()
		if err != nil {
			fix := "look at wayout paths " + l.ID
			if c.Verb == Scene {
				fix = "use the id of a scene: its heading in lower case with hyphens"
			}
			return []lesson.Diagnostic{{File: text.Line(file, 200), Line: c.Line, Col: 1, Rule: "script",
				Message: text.Line(fmt.Sprintf("%q does not fit: %v", c, errors.Unwrap(err)), 300), Fix: fix}}
		}
		if next.phase == Calm && next.next == before {
			return []lesson.Diagnostic{{File: text.Line(file, 200), Line: c.Line, Col: 1, Rule: "script",
				Message: fmt.Sprintf("the lesson is over before %q", c), Fix: "take it out, or go to a scene first"}}
		}
		t = next
	}
	return nil
}
