package play

import (
	"errors"
	"fmt"
	"slices"

	"wayout/internal/lesson"
)

// Turn is what the learner can do next.
type Turn uint8

// The turns.
const (
	Choose Turn = iota // Take one of the open choices.
	Go                 // Read on.
	Answer             // Answer the knowledge check.
	Say                // Type a line, or skip to the model answers.
	End                // Nothing; the lesson is over.
)

// Confidence is how sure the learner was of an answer. Wrong answers given with confidence
// matter most: training should raise confidence only with what is right (Basol 2020).
type Confidence uint8

// The degrees of confidence.
const (
	Guess Confidence = iota
	Half
	Sure
)

// Unsure is the option "I'm not sure", which every check has.
const Unsure = -1

// Action is one thing that the learner did. Its actions define a run: see [Replay].
// An action never holds typed text.
type Action struct {
	Turn Turn       `json:"turn"`
	Pick int        `json:"pick,omitempty"` // Index of a choice or an option, or Unsure.
	How  Confidence `json:"how,omitempty"`  // Only for an answer.
	Said []string   `json:"said,omitempty"` // Names of the moves that a typed line made; none when skipped.
}

// Beat is one thing that the run has shown, in order.
type Beat struct {
	Step   int            // Index into the path of scenes.
	Scene  int            // Index into Lesson.Scenes.
	Block  *lesson.Block  // Something told, or nil; with a Choice, the words that the choice sent or said.
	Choice *lesson.Choice // A choice or a continue link that was taken, or nil.
	Action *Action        // An answer or a said line, or nil.
	Only   bool           // The choice was the only one open, so it is shown as a way on.
}

// Run is one learner's way through a lesson. It is a value: each action returns a
// new one and leaves the old as it was.
type Run struct {
	game    *Game
	seed    uint64
	actions []Action
	path    []State // The state of each scene entered.
	beats   []Beat
	done    bool // The check or the rehearsal of this scene is done.
	heard   int  // The index of the move that was heard in this rehearsal, plus one; 0 for none.
	turns   int  // How many lines were said in this exchange, up to [MostTurns].
	marks   []lesson.Pos
	from    State // Where the run began.
}

// Errors of an action that is not possible now.
var (
	ErrTurn   = errors.New("this is not to be done now")
	ErrClosed = errors.New("this choice is not open")
)

// Start begins a run. The seed orders the options of the checks, and nothing
// else; equal seeds give equal orders.
func Start(l *lesson.Lesson, seed uint64) Run {
	g := New(l)
	return Run{game: g, seed: seed}.enter(g.Start())
}

// From starts the run again in another scene, with no fact known and no scene
// visited: for authors and facilitators, who jump. The error names the scene.
func (r Run) From(scene string) (Run, error) {
	i := r.Lesson().Scene(scene)
	if i < 0 {
		return r, fmt.Errorf("no scene %q", scene)
	}
	return r.anew(State{Scene: i}), nil
}

// anew starts the run again in a state, and keeps the marks of the learner.
func (r Run) anew(s State) Run {
	return Run{game: r.game, seed: r.seed, marks: r.marks, from: s}.enter(s)
}

// Replay starts a run and repeats the actions. At the first action that isn't possible, it
// returns the run up to there and an error that gives the index of the action, from 0.
func Replay(l *lesson.Lesson, seed uint64, actions []Action) (Run, error) {
	return Start(l, seed).Resume(actions)
}

// Resume repeats actions from the present state of the run, as [Replay] does from the start.
func (r Run) Resume(actions []Action) (Run, error) {
	for i, a := range actions {
		next, err := r.make(a)
		if err != nil {
			return r, fmt.Errorf("move %d: %w", i, err)
		}
		r = next
	}
	return r, nil
}

func (r Run) make(m Action) (Run, error) {
	switch m.Turn {
	case Choose:
		return r.Choose(m.Pick)
	case Go:
		return r.Go()
	case Answer:
		return r.Answer(m.Pick, m.How)
	case Say:
		return r.said(m.Said)
	}
	return r, ErrTurn
}

// Game returns the rules that the run is played by.
func (r Run) Game() *Game { return r.game }

// Lesson returns the lesson that is played.
func (r Run) Lesson() *lesson.Lesson { return r.game.Lesson }

// Scene returns the scene that the run is in.
func (r Run) Scene() *lesson.Scene { return r.game.Scene(r.State()) }

// State returns the state that the run is in.
func (r Run) State() State { return r.path[len(r.path)-1] }

// Actions returns what the learner did, in order. It must not be changed.
func (r Run) Actions() []Action { return r.actions }

// Beats returns everything that was shown so far, in order. It must not be changed.
// The beats of a later run begin with those of an earlier one, unless the run was undone, or
// a line was said again: then only the first [Run.Before] beats are the same.
func (r Run) Beats() []Beat { return r.beats }

// Before returns how many beats there were before the first line of the present scene, or
// the number of all beats if no line was said.
func (r Run) Before() int {
	n := len(r.beats)
	for i := n - 1; i >= 0 && r.beats[i].Step == r.Step(); i-- {
		if a := r.beats[i].Action; a != nil && a.Turn == Say {
			n = i
		}
	}
	return n
}

// Step returns how many scenes were entered before the present one.
func (r Run) Step() int { return len(r.path) - 1 }

// Scenes returns the ids of the scenes entered, in order.
func (r Run) Scenes() []string {
	var ids []string
	for _, s := range r.path {
		ids = append(ids, r.game.Scene(s).ID)
	}
	return ids
}

// Left returns the number of steps to the nearest ending; see [Game.Steps].
func (r Run) Left() int { return r.game.Steps(r.State()) }

// Turn returns what can be done now.
func (r Run) Turn() Turn {
	s := r.Scene()
	switch {
	case s.Check != nil && !r.done:
		return Answer
	case s.Rehearsal != nil && !r.done:
		return Say
	case r.only() >= 0:
		return Go
	case len(s.Choices) > 0:
		return Choose
	case s.Onward != nil:
		return Go
	}
	return End
}

// only returns the index of the open choice if there is exactly one, or -1. With only one
// there is nothing to choose, and [Run.Go] takes it.
func (r Run) only() int {
	s := r.Scene()
	if len(s.Choices) == 0 || len(s.Choices) > 1 && !slices.ContainsFunc(s.Choices, func(c lesson.Choice) bool {
		return len(c.If) > 0
	}) {
		return -1
	}
	if open := r.Open(); len(open) == 1 {
		return open[0]
	}
	return -1
}

// Open returns the indexes of the choices that can be taken now.
func (r Run) Open() []int { return r.game.Open(r.State()) }

// Choose takes choice i of the scene. The error is [ErrTurn] or [ErrClosed].
func (r Run) Choose(i int) (Run, error) {
	if len(r.Scene().Choices) == 0 {
		return r, ErrTurn
	}
	if !slices.Contains(r.Open(), i) {
		return r, ErrClosed
	}
	s, only := r.State(), r.only() >= 0
	r = r.with(Action{Turn: Choose, Pick: i})
	c := &r.Scene().Choices[i]
	r = r.show(Beat{Choice: c, Block: r.reply(c), Only: only})
	_, facts := r.game.Tell(s)
	for _, b := range r.game.Reaction(s, facts, i) {
		r = r.show(Beat{Block: &b})
	}
	return r.enter(r.game.Enter(s, facts, c.To)), nil
}

// reply returns the message that a choice writes, or its speech if the last words before it
// were speech. It returns nil for a choice that isn't a reply.
func (r Run) reply(c *lesson.Choice) *lesson.Block {
	if c.Reply == nil {
		return nil
	}
	for i := len(r.beats) - 1; i >= 0; i-- {
		b := r.beats[i].Block
		if b == nil {
			continue
		}
		switch b.Kind {
		case lesson.Speech:
			return &c.Reply.Said
		case lesson.Message, lesson.Typing, lesson.AppLine:
			return &c.Reply.Sent
		}
	}
	return &c.Reply.Sent
}

// Onward returns the link that [Run.Go] follows: the only open choice, the link of the move
// that was heard in a rehearsal, or else the continue link of the scene. It returns nil if
// there is none.
func (r Run) Onward() *lesson.Choice {
	s := r.Scene()
	if i := r.only(); i >= 0 {
		return &s.Choices[i]
	}
	if m := r.Heard(); m != nil && m.Onward != nil {
		return m.Onward
	}
	return s.Onward
}

// Heard returns the move of the present rehearsal by which the story goes on, or nil if the
// rehearsal was skipped or no line was said yet.
func (r Run) Heard() *lesson.Move {
	if r.heard == 0 {
		return nil
	}
	return &r.Scene().Rehearsal.Moves[r.heard-1]
}

// Go follows the link that [Run.Onward] returns. A learner whose line wasn't understood may go
// on instead of trying again. An only open choice is recorded as a choice. The error is
// [ErrTurn].
func (r Run) Go() (Run, error) {
	if i := r.only(); i >= 0 {
		return r.Choose(i)
	}
	tried := len(r.actions) > 0 && r.actions[len(r.actions)-1].Turn == Say
	if r.Turn() != Go && !(r.Turn() == Say && tried) {
		return r, ErrTurn
	}
	s, to := r.State(), r.Onward().To
	_, facts := r.game.Tell(s)
	r = r.with(Action{Turn: Go})
	r = r.show(Beat{Choice: r.Scene().Onward})
	return r.enter(r.game.Enter(s, facts, to)), nil
}

// Answer answers the knowledge check with option i, in the order of the file, or
// [Unsure]. The error is [ErrTurn] or [ErrClosed].
func (r Run) Answer(i int, how Confidence) (Run, error) {
	if r.Turn() != Answer {
		return r, ErrTurn
	}
	if i < Unsure || i >= len(r.Scene().Check.Options) || how > Sure {
		return r, ErrClosed
	}
	return r.meet(Action{Turn: Answer, Pick: i, How: how}), nil
}

// Said goes on after a line whose moves are known, such as from [Run.Hear]. Moves are their
// names; none means that the line wasn't understood. Then the learner may try again, up to
// [MostTurns] lines in an exchange; after that the story goes on as if the line had been
// skipped. The error is [ErrTurn].
func (r Run) Said(moves []string) (Run, error) {
	if r.Scene().Rehearsal == nil {
		return r, ErrTurn
	}
	if len(moves) == 0 {
		moves = []string{lesson.Unclear}
	}
	return r.said(moves)
}

// Models returns the model answers of the present rehearsal whose conditions hold.
func (r Run) Models() (all []*lesson.Block) {
	s := r.State()
	_, facts := r.game.Tell(s)
	for i := range r.Scene().Rehearsal.Models {
		if m := &r.Scene().Rehearsal.Models[i]; r.game.holds(m.Text[0].If, s, facts) {
			all = append(all, m)
		}
	}
	return all
}

// Skip skips the rehearsal, to its model answers. The error is [ErrTurn].
func (r Run) Skip() (Run, error) { return r.said(nil) }

func (r Run) said(moves []string) (Run, error) {
	if r.Scene().Rehearsal == nil {
		return r, ErrTurn
	}
	if m := r.Heard(); m != nil && m.Name == lesson.Danger {
		moves = []string{lesson.Danger} // A later line doesn't take the danger back.
	}
	if len(moves) > 0 && !r.done { // Saying it again isn't another turn.
		r.turns++
	}
	r = r.unanswered().meet(Action{Turn: Say, Said: moves})
	r.heard = NewRoutes(r.Lesson(), r.Scene()).Item(moves) + 1
	m := r.Heard()
	missed := slices.Equal(moves, []string{lesson.Unclear}) || m != nil && m.Name == lesson.Unclear
	if r.turns < MostTurns && missed && (m == nil || m.Onward == nil) {
		r.done = false // The learner may try again in other words.
	}
	if r.heard > 0 {
		s := r.State()
		_, facts := r.game.Tell(s)
		for _, b := range r.game.Answered(s, facts, r.heard-1) {
			r = r.show(Beat{Block: &b})
		}
	}
	return r, nil
}

// unanswered returns the run without the answers to an earlier line in the present scene,
// because a new line replaces it.
func (r Run) unanswered() Run {
	n := r.Before()
	later := r.beats[n:]
	r.beats = slices.Clip(r.beats[:n])
	for _, b := range later {
		if b.Action != nil {
			r.beats = append(r.beats, b)
		}
	}
	return r
}

// Undo returns the run as it was after its first n actions, n from 0 to
// len(Actions()). It keeps the marks of the learner.
func (r Run) Undo(n int) (Run, error) {
	if n < 0 || n > len(r.actions) {
		return r, ErrTurn
	}
	return r.anew(r.from).Resume(r.actions[:n])
}

// Turns returns the indexes of the actions that were choices with an alternative, to which
// a learner may want to go back: Undo(Turns()[k]) is the moment before the k-th choice, from
// 0.
func (r Run) Turns() []int {
	var at []int
	for _, s := range r.steps() {
		at = append(at, s.Action)
	}
	return at
}

// Order returns the order in which the options of the present check are shown,
// shuffled by the seed so that the position of an option gives nothing away.
func (r Run) Order() []int {
	if r.Scene().Check == nil {
		return nil
	}
	order := make([]int, len(r.Scene().Check.Options))
	for i := range order {
		order[i] = i
	}
	// SplitMix64 (Steele, Lea, Flood 2014), one stream for each scene.
	x := r.seed ^ uint64(r.State().Scene+1)*0x9e3779b97f4a7c15
	for i := len(order) - 1; i > 0; i-- {
		x += 0x9e3779b97f4a7c15
		z := (x ^ x>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		j := int((z ^ z>>31) % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// enter goes to a state and shows what its scene tells.
func (r Run) enter(s State) Run {
	r.path = append(slices.Clip(r.path), s)
	r.done, r.heard = false, 0
	if r.Scene().Rehearsal == nil {
		r.turns = 0
	}
	r.done = r.turns >= MostTurns // The exchange is over, so this rehearsal is skipped.
	told, _ := r.game.Tell(s)
	for i := range told {
		r = r.show(Beat{Block: &told[i]})
	}
	return r
}

// with appends an action to a clipped slice, which copies it: runs share their past
// actions, and an append must never overwrite those of another run.
func (r Run) with(m Action) Run {
	r.actions = append(slices.Clip(r.actions), m)
	return r
}

func (r Run) meet(m Action) Run {
	r = r.with(m)
	r.done = true
	return r.show(Beat{Action: &m})
}

func (r Run) show(b Beat) Run {
	b.Step, b.Scene = r.Step(), r.State().Scene
	r.beats = append(slices.Clip(r.beats), b)
	return r
}
