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

// Verb is what a command does.
type Verb string

// The verbs.
const (
	Scene  Verb = "scene"  // Jump to a scene, by its id.
	Choose Verb = "choose" // Take a choice or an answer, by its number from 1 or by its first words.
	Again  Verb = "again"  // Go back to the question of a scene, with the facts known then.
	Pause  Verb = "pause"  // Allow some time, in seconds; the talk doesn't move on by itself.
	Note   Verb = "note"   // A note for the facilitator.
	Blank  Verb = "blank"  // Show the room nothing, or the slide again.
)

// Command is one line of a script, or an order to a class.
type Command struct {
	Verb Verb
	Text string // The id of a scene, the text of a note, or the first words of a choice.
	// The number of a choice, the seconds of a pause, or how many times back to go to a
	// question, where 1 is the latest time.
	Number int
	Line   int // In the file, from 1.
}

// String returns the command as a line of a script.
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

// ParseScript reads a script: one command on a line. Empty lines and lines that begin with #
// are skipped.
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

// readCommand reads a line of a script; wrong says what is wrong with it.
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

// readAgain reads what follows "again": a scene, and how many times back.
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

// WithScript returns the talk with a script, from the beginning of the script.
func (t Talk) WithScript(script []Command) Talk {
	t.script, t.next, t.away = script, 0, false
	return t
}

// Script returns the script and the index of its next command. It returns nil if there is no
// script, or if the facilitator has left it.
func (t Talk) Script() ([]Command, int) {
	if t.away {
		return nil, 0
	}
	return t.script, t.next
}

// HasScript reports whether there is a script, even if the facilitator has left it.
func (t Talk) HasScript() bool { return len(t.script) > 0 }

// LeaveScript leaves the script, or returns to the command where it was left.
func (t Talk) LeaveScript() Talk {
	t.away = !t.away
	return t
}

// Follow goes on as the script says: slide by slide and along links, and by its next command if
// something has to be chosen or if the command doesn't have to wait for that. After the end of
// the script it does what [Talk.Next] does.
func (t Talk) Follow() (Talk, error) {
	if t.away || t.next >= len(t.script) || t.phase != Story {
		return t.Next() // Past the ground rules, too: a script can't skip them.
	}
	c := t.script[t.next]
	kind := t.Slide().Kind
	over := kind == Ending || kind == LookBack // "again" applies here, before the look back is shown.
	if c.Verb == Choose && t.waits() && t.Run().Turn() == play.Go && c.Number != 1 &&
		(c.Text == "" || t.named(c.Text) != 0) {
		return t.Next() // The command is for a later choice: here only one is open.
	}
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

// do follows a command. A pause and a note change nothing that a room sees.
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

// named returns the index of the choice or answer that begins with the words, or -1.
func (t Talk) named(words string) int {
	run := t.Run()
	begins := func(s string) bool { return strings.HasPrefix(text.Fold(s), text.Fold(words)) }
	switch run.Turn() {
	case play.Choose, play.Go:
		return slices.IndexFunc(run.Open(), func(i int) bool { return begins(run.Scene().Choices[i].String()) })
	case play.Answer:
		return slices.IndexFunc(run.Order(), func(i int) bool { return begins(run.Scene().Check.Options[i].String()) })
	}
	return -1
}

// again goes back to the question of a scene, with the facts known then: to the n-th latest
// time that it was asked, not counting times with the same run as now.
func (t Talk) again(scene string, n int) (Talk, error) {
	seen := []play.Run{t.Run()}
	for i := len(t.past) - 1; i >= 0; i-- {
		m := t.past[i]
		if m.run.Scene().ID != scene || !decides(m.run) {
			continue
		}
		if slices.ContainsFunc(seen, func(r play.Run) bool { return same(r, m.run) }) {
			continue
		}
		if seen = append(seen, m.run); len(seen) <= n {
			continue
		}
		m.slide = len(m.slides()) - 1
		t.note(Command{Verb: Again, Text: scene, Number: n})
		return t.with(m), nil
	}
	return t, fmt.Errorf("nothing was asked in %q before: %w", scene, ErrNothing)
}

// same reports whether two runs began in the same scene and took the same actions.
func same(a, b play.Run) bool {
	return a.Scenes()[0] == b.Scenes()[0] && slices.EqualFunc(a.Actions(), b.Actions(), sameAction)
}

func sameAction(a, b play.Action) bool {
	return a.Turn == b.Turn && a.Pick == b.Pick && a.How == b.How && slices.Equal(a.Said, b.Said)
}

// note records a command that was given by hand.
func (t *Talk) note(c Command) { t.record = append(slices.Clip(t.record), c) }

// noteChoice records a choice that is made at the talk's present place. If the talk has gone
// back, the recording so far leads elsewhere. Then noteChoice records a command to go back first,
// so that a replay makes the choice in its own scene and with the facts known there.
func (t *Talk) noteChoice(c Command) {
	if t.rewound {
		t.find()
	}
	t.rewound = false
	t.note(c)
}

// find records a command that leads a replay to the talk's present place.
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
	// A replay never asks this question with the same past, because the talk jumped before the
	// question was asked.
	t.note(Command{Verb: Scene, Text: here.Scene().ID + by + steps(here)})
}

// recorded returns a talk that has followed the recording up to where its last command
// leads.
func (t *Talk) recorded() Talk {
	r := NewTalk(t.lesson, t.seed).WithScript(t.record)
	r.replays = true
	for n := 0; r.next < len(t.record) && n < maxCommands*20; n++ {
		next, err := r.Follow()
		if err != nil {
			break
		}
		r = next
	}
	return r
}

// replayed returns a talk that has followed the recording up to where it needs another command.
func (t *Talk) replayed() Talk {
	r := NewTalk(t.lesson, t.seed).WithScript(t.record)
	r.replays = true
	for range maxCommands * 20 {
		if r.next >= len(t.record) && r.waits() {
			break // This includes a single open choice, which Follow would take by itself.
		}
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

// waits reports whether a script needs a choice or an answer before the story can go on; see
// decides.
func (t Talk) waits() bool {
	all, at := t.Slides()
	return t.phase == Story && at == len(all)-1 && decides(t.Run())
}

// decides reports whether a script has a choice or an answer for a run's present scene. It has
// one even if only one choice is open, because on another path more choices may be open.
func decides(run play.Run) bool { return len(run.Scene().Choices) > 0 || run.Turn() == play.Answer }

// CheckScript plays a script through a lesson, and returns a diagnostic for the first command
// that doesn't fit.
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
