package lesson

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Lesson is one lesson. It never changes after [Parse] has returned it, so that
// any number of runs may share it.
type Lesson struct {
	Head
	Version string  // 12 hex digits of the SHA-256 of the file, or "" for a session.
	Session Session // The session that it was made for, or "" for a lesson from a file.

	Cover  []Block // The text of the cover, before the first scene.
	Scenes []Scene // In the order of the file; the first one is the start.
	Signs  []Sign  // The warning signs, in the order of their first mark.
}

// Helps reports whether someone is the person that the learner helps in a scene. In a
// session without a Focus each story has its own such person: the one whose phone it is,
// or who speaks in its rehearsal.
func (l *Lesson) Helps(scene int, who string) bool {
	if l.Session == "" || l.Focus != "" {
		return who == l.Focus
	}
	if phone := l.Scenes[scene].Phone; phone != "" {
		return who == phone
	}
	r := l.Scenes[scene].Rehearsal
	return r != nil && r.Who == who
}

// Threatens reports whether someone in the lesson makes a threat, by its signs.
func (l *Lesson) Threatens() bool {
	return slices.ContainsFunc(l.Signs, func(s Sign) bool { return s.Kind == "threat" || s.Kind == "exposure" })
}

// MovesMoney reports whether the lesson is about someone who is recruited to move money.
func (l *Lesson) MovesMoney() bool { return l.Risk == "recruiting" }

// Scene returns the index of the scene with this id, or -1.
func (l *Lesson) Scene(id string) int {
	for i := range l.Scenes {
		if l.Scenes[i].ID == id {
			return i
		}
	}
	return -1
}

// Moves ranges over the moves of all rehearsals, each with its scene.
func (l *Lesson) Moves() iter.Seq2[*Scene, *Move] {
	return func(yield func(*Scene, *Move) bool) {
		for i := range l.Scenes {
			s := &l.Scenes[i]
			for k := 0; s.Rehearsal != nil && k < len(s.Rehearsal.Moves); k++ {
				if !yield(s, &s.Rehearsal.Moves[k]) {
					return
				}
			}
		}
	}
}

// Head is what a list of lessons shows: the front matter and the title.
type Head struct {
	ID    string // The file's name without ".md".
	Title string

	Goal    string // The one behaviour that the lesson trains.
	Risk    string // The kind of pressure, such as "blackmail".
	Role    string // "target", "bystander", or "adult" for staff lessons.
	Focus   string // The character that the learner helps.
	Ages    string // Such as "13-18".
	Minutes int    // Stated length, in minutes.
	Setting string // Where the story plays, from the key "place"; see Format.
	Note    string // The content note on the cover.
	Behind  string // Who was really typing; told in the debrief only.

	Article []string // Points of the source article that the lesson carries.
	Sources []string // Keys of sources.toml.
	Facts   []Fact   // At most [MaxFacts], in the order of the file.
	Leaks   []Fact   // What the other person may come to know; at most [MaxLeaks].
	About   []About  // The words with which someone mentions a fact or a leak.
	Fine    bool     // The other person turns out to be who they say: "outcome: fine".
	Allow   []Allow  // Rules that the lesson breaks on purpose.

	File string // The file name that was given to the parser, for diagnostics.

	places []keyPlace // The positions of the keys of the front matter; see Place.
}

// Format returns the version of the format that the lesson is written in: 2 if the front
// matter has a place, and otherwise 1. The rules of version 1 stay for lessons that
// were written before.
func (h *Head) Format() int {
	if h.Setting != "" {
		return 2
	}
	return 1
}

// Remembered returns everything that a run of the lesson remembers: the facts, then the leaks.
func (h *Head) Remembered() []Fact { return slices.Concat(h.Facts, h.Leaks) }

// remembers reports whether a fact or a leak is declared.
func (h *Head) remembers(fact string) bool {
	return slices.ContainsFunc(h.Remembered(), func(f Fact) bool { return f.Name == fact })
}

// keyPlace is the position of a key of the front matter.
type keyPlace struct {
	key string
	pos Pos
}

// Fact is something that a run remembers, such as "told".
type Fact struct {
	Name  string
	Means string // One plain sentence.
	Pos   Pos
}

// About is the words with which someone mentions a fact or a leak. Nobody may say them where
// the fact isn't set, because then they can't know it.
type About struct {
	Fact  string
	Who   string // Who speaks; "" for everyone except the person whom the learner helps.
	Words []string
	Pos   Pos
}

// Allow is a rule that a lesson breaks on purpose, with the reason.
type Allow struct {
	Rule, Reason string
	Pos          Pos
}

// Sign is a warning sign: a footnote whose label names its kind.
type Sign struct {
	Label string // As in the file, such as "urgency" or "urgency-2".
	Kind  string // The label without a number: a key of signs.toml.
	Why   []Para // Why it is a sign here.
	Pos   Pos
}

// Scene is one step of a story: what it tells, and then at most one thing to do.
type Scene struct {
	ID    string // The GitHub slug of the title.
	Title string
	Told  []Block  // In the order of the file.
	Notes [][]Para // For the facilitator only, never shown to a learner.
	Phone string   // Only in a session: whose phone the chat is on; "" for who speaks in the rehearsal.
	Pos   Pos

	// At most one of the following is set. A check and a rehearsal are followed
	// by Onward; a scene with neither Choices nor Onward is an ending.
	Choices   []Choice
	Check     *Check
	Rehearsal *Rehearsal
	Onward    *Choice // The continue link.

	strict bool // The lesson is of version 2; see Question.
}

// Reached returns which scenes can be reached by links from some scenes without passing the
// scene without; -1 allows all.
func (l *Lesson) Reached(from []int, without int) []bool {
	seen := make([]bool, len(l.Scenes))
	for ; len(from) > 0; from = from[1:] {
		if at := from[0]; at != without && at < len(seen) && !seen[at] {
			seen[at] = true
			from = append(from, l.Scenes[at].Next()...)
		}
	}
	return seen
}

// Ending reports whether the scene has no way on.
func (s *Scene) Ending() bool { return len(s.Choices) == 0 && s.Onward == nil }

// Next returns the scenes that links of the scene lead to, each once, in the order of
// the file.
func (s *Scene) Next() []int {
	var all []int
	add := func(c *Choice) {
		if c != nil && !slices.Contains(all, c.To) {
			all = append(all, c.To)
		}
	}
	for i := range s.Choices {
		add(&s.Choices[i])
	}
	if s.Rehearsal != nil {
		for _, m := range s.Rehearsal.Moves {
			add(m.Onward)
		}
	}
	add(s.Onward)
	return all
}

// After returns the link that is followed after a move of the rehearsal, or nil.
func (s *Scene) After(m *Move) *Choice { return cmp.Or(m.Onward, s.Onward) }

// Blocks ranges over all blocks that can be shown in the scene: what it tells, the reactions
// to its choices, the answers to a typed line, and the model answers.
func (s *Scene) Blocks() iter.Seq[*Block] {
	return func(yield func(*Block) bool) {
		parts := [][]Block{s.Told}
		for i := range s.Choices {
			parts = append(parts, s.Choices[i].Reaction)
		}
		if s.Rehearsal != nil {
			for i := range s.Rehearsal.Moves {
				parts = append(parts, s.Rehearsal.Moves[i].Reaction)
			}
			parts = append(parts, s.Rehearsal.Models)
		}
		for _, blocks := range parts {
			for i := range blocks {
				if !yield(&blocks[i]) {
					return
				}
			}
		}
	}
}

// Alert returns the alert of the first feedback in the scene, or NoAlert. It
// rates the choice that leads here.
func (s *Scene) Alert() Alert {
	for _, b := range s.Told {
		if b.Kind == Feedback {
			return b.Alert
		}
	}
	return NoAlert
}

// Question returns the question of the choices or the check, and its index in Told, or nil
// and -1. It is the last narration of the scene, if that is one paragraph without a
// condition. In a lesson of version 2 it must also end with a question mark, and only
// feedback may follow it: there the last narration is often part of the story.
func (s *Scene) Question() (*Block, int) {
	if len(s.Choices) == 0 && s.Check == nil {
		return nil, -1
	}
	for i := len(s.Told) - 1; i >= 0; i-- {
		b := &s.Told[i]
		if b.Kind == Narration && len(b.Text) == 1 && len(b.Text[0].If) == 0 && (!s.strict || b.asks()) {
			return b, i
		}
		if b.Kind == Narration || s.strict && b.Kind != Feedback {
			break
		}
	}
	return nil, -1
}

// Kind says what a block is. The template of the printed book (gamebook.html) knows the kinds by
// their numbers.
type Kind uint8

// The kinds of block.
const (
	Narration Kind = iota // Paragraphs and flat lists.
	Message               // A line of the chat.
	Typing                // Someone is typing; in the file, a message of only "…".
	Moment                // A time or a place, such as "Twenty minutes later".
	Feedback              // A panel that explains; see Alert.
	Speech                // Words said aloud, never a part of the chat.
	AppLine               // A line of the app itself, such as who was added to a group.
)

// Alert is the kind of a feedback panel, by the GitHub alert that it is written as.
type Alert uint8

// The alerts. A NOTE is for the facilitator and is no Alert; see [Scene].Notes.
const (
	NoAlert   Alert = iota
	Tip             // The choice was protective.
	Warning         // The choice was risky, but still easy to turn round.
	Caution         // The choice was harmful, and the repair follows.
	Important       // The key message, or help.
)

// Block is one piece of what a scene tells.
type Block struct {
	Kind  Kind
	Who   string // Who writes or says a message, typing or speech.
	Voice int    // The number of that person, from 1 in order of first appearance; 0 for whom the learner helps.
	Alert Alert  // Only for feedback.
	Head  string // Only for feedback: a head to use instead of the alert in words; may be "".
	Event string // Only for a message that is an event of the chat, such as "photo".
	Draft string // Only for a message: what was typed first, and deleted.
	Text  []Para // One paragraph, except for narration and feedback; it has no words for typing and most events.
	Signs []int  // Only for a message or speech: indexes into Lesson.Signs.
	Pos   Pos
}

// Wordless reports whether a block is shown even if it has no words.
func (b *Block) Wordless() bool { return b.Kind == Typing || b.Event != "" }

// String returns the block's words without emphasis, those of an event first.
func (b *Block) String() string {
	var parts []string
	if b.Event != "" {
		parts = append(parts, b.Event)
	}
	for _, p := range b.Text {
		if s := p.String(); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// asks reports whether a block ends with a question.
func (b *Block) asks() bool {
	return strings.HasSuffix(strings.TrimRight(b.Text[len(b.Text)-1].String(), " \"”’'"), "?")
}

// Para is a paragraph or an item of a flat list.
type Para struct {
	Spans  []Span
	If     []Cond   // The paragraph is told only if all of these hold.
	Sets   []string // Facts that the run remembers after this was told.
	Bullet string   // "" for a paragraph, "•" or "1." for an item.
	Pos    Pos
}

// String returns the paragraph's words without any emphasis.
func (p Para) String() string {
	var s string
	for _, sp := range p.Spans {
		s += sp.Text
	}
	return s
}

// Span is a run of characters of equal emphasis.
type Span struct {
	Text   string
	Italic bool
	Bold   bool

	struck bool // Struck through; used only while parsing the draft of a message.
}

// Cond is a condition on a run: a fact that is or is not known, or a scene
// that was or was not visited before.
type Cond struct {
	Fact  string // The name of a fact or leak. Exactly one of Fact and Scene is set.
	Scene string // The id of a scene.
	Not   bool
	Pos   Pos
}

// String returns a condition in the syntax of the file, without the backticks.
func (c Cond) String() string {
	sign, name := "?", c.Fact
	if c.Not {
		sign = "!"
	}
	if c.Scene != "" {
		name = "scene:" + c.Scene
	}
	return sign + name
}

// Rating says how a choice turns out for the young person.
type Rating uint8

// The ratings, from the alert of the scene that a choice leads to.
const (
	Neutral Rating = iota
	Safe
	Risky
	Harmful
)

// ratings are the names of the ratings, as a link title may state them.
var ratings = []string{"neutral", "safe", "risky", "harmful"}

// String returns the rating's name.
func (r Rating) String() string { return ratings[r] }

// Harm returns a number by which ratings can be sorted, the best first.
func (r Rating) Harm() int { return [...]int{Safe: 0, Neutral: 1, Risky: 2, Harmful: 3}[r] }

// Choice is a link to another scene.
type Choice struct {
	Text     []Span
	To       int     // Index into Lesson.Scenes.
	Rating   Rating  // The rating in the link's title, or else by the first alert from the next scene on.
	Rated    bool    // The link's title gives the rating.
	If       []Cond  // The choice is open only if all of these hold.
	Reply    *Reply  // What the focus writes or says by taking the choice, or nil.
	Reaction []Block // Messages and speech that follow before the next scene.
	Pos      Pos
}

// Reply is what the person whom the learner helps writes or says by a choice. Its link text
// is in double quotes.
type Reply struct {
	Sent Block // The reply as a message of the chat.
	Said Block // The reply as speech, used if the last words before it were speech.
}

// String returns the choice's words without any emphasis.
func (c Choice) String() string { return Para{Spans: c.Text}.String() }

// Check is a knowledge check: a question with one right answer.
type Check struct {
	Options []Option
	Pos     Pos
}

// Option is one answer of a check. Exactly one option of a check is right.
type Option struct {
	Text  []Span
	Right bool
	Why   []Para
	Pos   Pos
}

// String returns the option's words without any emphasis.
func (o Option) String() string { return Para{Spans: o.Text}.String() }

// Rehearsal is a line that the learner types. What is typed is never kept.
type Rehearsal struct {
	Who   string // Who is speaking.
	Aloud bool   // The line is said, not written.
	// Situation is the one that all moves belong to, such as "refuse"; "" if there is none.
	Situation string
	Moves     []Move  // The moves that the line may make, with the words that show them.
	Models    []Block // Model answers, as messages or speech; at least one.
	Pos       Pos
}

// Move is something that a typed line does, such as declining. Package hear recognises it;
// the cue words of the lesson add to that.
type Move struct {
	Name string // Such as "decline", a key of moves.toml.
	Weak bool   // The move weakens; it is written with "~" in the file.
	Cues []string

	Reaction []Block // What the others answer to the move.
	Onward   *Choice // Where the move leads; nil for the continue link of the scene.
	Pos      Pos
}

// Has reports whether the rehearsal has an item for a move.
func (r *Rehearsal) Has(name string) bool {
	return slices.ContainsFunc(r.Moves, func(m Move) bool { return m.Name == name })
}

// Branches reports whether the line changes what happens: whether some move has a
// reaction or a link.
func (r *Rehearsal) Branches() bool {
	return slices.ContainsFunc(r.Moves, func(m Move) bool { return m.Onward != nil || len(m.Reaction) > 0 })
}
