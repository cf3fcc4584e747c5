package progress

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"sync"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// Options say how to open a book.
type Options struct {
	Dir     string     // The folder of the file; empty keeps nothing.
	Today   func() Day // The present day; it may go backwards.
	Version string     // Of the program.
}

// Trouble is what a learner should be told about the file, once.
type Trouble struct {
	Kind    TroubleKind
	Lost    int    // For Damaged: how many answers are lost, or -1 if unknown.
	Version string // For Newer: the version that is needed, or "".
	Err     error
}

// TroubleKind says what is wrong with the file.
type TroubleKind uint8

// The kinds of trouble.
const (
	NoTrouble  TroubleKind = iota
	Unwritable             // The folder can't be written to: nothing is kept.
	Full                   // A save failed: the record is in memory, and the next answer tries again.
	Newer                  // The file is of a newer version: nothing is written.
	Damaged                // The file was set aside; its previous generation is used.
	Erased                 // Someone has erased the file: nothing more is written.
)

// String returns the kind's name, "" for none.
func (k TroubleKind) String() string {
	return [...]string{"", "unwritable", "full", "newer", "damaged", "erased"}[k]
}

// Book is the record of a learner, in memory and, unless it is private, in a
// file. It is safe for concurrent use.
type Book struct {
	today func() Day

	mu      sync.Mutex // Guards what follows.
	rec     Record
	left    left
	store   *store // Nil for a private book.
	changes int    // How often the record was changed.
	saved   int    // How many of the changes are in the file.
	trouble Trouble
	told    bool // Trouble has returned the trouble.

	saving sync.Mutex // One save at a time.
}

// Open reads the record of a learner. It always returns a book; [Book.Trouble] says
// what went wrong.
func Open(o Options) *Book {
	if o.Dir == "" {
		return &Book{today: o.Today}
	}
	return open(&store{disk: &folder{path: o.Dir}, version: o.Version}, o.Today)
}

func open(s *store, today func() Day) *Book {
	b := &Book{today: today, store: s}
	f, err := s.load()
	b.rec = f.rec
	switch {
	case err != nil:
		b.fail(err)
	case f.damaged != nil:
		b.trouble = Trouble{Kind: Damaged, Lost: f.lost, Err: f.damaged}
		_ = s.mend() // If it fails, the next save tries again and reports it.
	}
	b.settle(today())
	return b
}

// Private reports whether the book has no file.
func (b *Book) Private() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.store == nil
}

// Trouble returns what is wrong with the file. It returns each trouble only once, and
// otherwise one of kind [NoTrouble].
func (b *Book) Trouble() Trouble {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.told {
		return Trouble{}
	}
	b.told = b.trouble.Kind != NoTrouble
	return b.trouble
}

// fail notes an error of the disk. The lock must be held, unless the book isn't shared
// yet.
func (b *Book) fail(err error) {
	t := Trouble{Kind: Full, Err: err}
	var newer *NewerError
	switch {
	case errors.As(err, &newer):
		t.Kind, t.Version = Newer, newer.Version
		b.store = nil
	case errors.Is(err, errErased):
		t.Kind, b.rec, b.left = Erased, Record{}, left{}
		b.store = nil
	case errors.Is(err, fs.ErrPermission), isReadOnly(err), errors.Is(err, errors.ErrUnsupported):
		t.Kind = Unwritable
		b.store = nil
	}
	if t.Kind != b.trouble.Kind {
		b.trouble, b.told = t, false
	}
}

// Save writes the record and returns once it would survive a power cut. It returns
// nil if there is nothing to write, or the book is private.
func (b *Book) Save() error {
	b.saving.Lock()
	defer b.saving.Unlock()
	b.mu.Lock()
	s, changes := b.store, b.changes
	if s == nil || changes == b.saved {
		b.mu.Unlock()
		return nil
	}
	rec := b.rec.clone()
	b.mu.Unlock()
	merged, err := s.save(rec)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.fail(err)
		return err
	}
	if b.store == nil {
		return nil // The file was erased meanwhile.
	}
	b.rec, b.saved = union(b.rec, merged), changes
	if b.trouble.Kind == Full {
		b.trouble = Trouble{}
	}
	return nil
}

// clone returns a copy that shares nothing.
func (r Record) clone() Record {
	data, err := marshal(r)
	var c Record
	if err == nil {
		err = unmarshal(data, &c)
	}
	if err != nil {
		return r // It can't fail for the types of this package.
	}
	return c
}

// Record returns a copy of all that is kept.
func (b *Book) Record() Record {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rec.clone()
}

// GoPrivate makes the book write nothing from now on. The file stays as it is.
func (b *Book) GoPrivate() {
	b.saving.Lock()
	defer b.saving.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.store = nil
}

// Take merges another record into the book's, such as one from another device.
func (b *Book) Take(r Record) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.changes++
	b.rec = union(b.rec, r)
}

// Erase removes every file of ours and forgets everything. This book keeps nothing
// more.
func (b *Book) Erase() error {
	b.saving.Lock()
	defer b.saving.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	var err error
	if b.store != nil {
		err = b.store.erase()
	}
	if err == nil {
		b.store, b.rec, b.left, b.changes, b.saved = nil, Record{}, left{}, 0, 0
	}
	return err
}

// Erase removes every file of ours from a folder, even files that a newer version
// wrote or that can't be read.
func Erase(dir string) error { return (&store{disk: &folder{path: dir}}).erase() }

// Keep takes a run as it is after a move. It ignores a run that began in the middle
// of a lesson, as authors and facilitators may begin.
func (b *Book) Keep(run play.Run) {
	if run.Jumped() || run.Lesson().Session == lesson.FineOrOff {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.changes++
	switch run.Lesson().Session {
	case "":
		b.keepLesson(run)
	case lesson.Booster:
		b.keepBooster(run)
	case lesson.Practise:
		b.keepPractise(run)
	default:
		b.keepForm(run)
	}
}

func (b *Book) keepLesson(run play.Run) {
	l := run.Lesson()
	b.forget(l.ID)
	was := cmp.Or(b.rec.Lessons[l.ID], &Lesson{})
	place := &Place{N: b.rec.latest() + 1, Version: l.Version}
	var before []Step
	if was.Place != nil {
		place.More, before = was.Place.More, was.Place.Moves
	}
	ended := run.Turn() == play.End
	run = run.Kept()
	out := run.Outcome()
	now := &Lesson{Scenes: run.Scenes(), Said: out.Practised, Place: place}
	for _, t := range run.Traces() {
		if t.Turn == play.Choose {
			now.Choices = append(now.Choices, t.At+"/"+t.To)
		}
	}
	for _, i := range out.Spotted {
		now.Signs = append(now.Signs, l.Signs[i].Label)
	}
	if a, ok := b.answer(run); ok {
		now.Checks = []Answer{a}
	}
	if ended {
		now.Done = []Day{b.today()}
	} else {
		place.Moves = steps(run.Traces(), before)
	}
	b.rec = union(b.rec, Record{Lessons: map[string]*Lesson{l.ID: mergeLesson(was, now)}})
}

// answer returns the answer of the run's last move, if the move was one to be kept.
func (b *Book) answer(run play.Run) (Answer, bool) {
	moves := run.Traces()
	if len(moves) == 0 || run.Missed() {
		return Answer{}, false
	}
	m := moves[len(moves)-1]
	if m.Turn != play.Answer && m.Turn != play.Say {
		return Answer{}, false
	}
	a := Answer{At: m.At, Day: b.today(), Pick: m.Pick, How: m.How, Right: true}
	if m.Turn == play.Answer {
		check := run.Lesson().Scenes[run.Lesson().Scene(m.At)].Check
		a.Right = m.Pick != play.Unsure && check.Options[m.Pick].Right
	} else if run.Lesson().Session == "" {
		return Answer{}, false // The moves of a lesson's typed line are in Said.
	}
	return a, true
}

func (b *Book) keepForm(run play.Run) {
	name := string(run.Lesson().Session)
	was := cmp.Or(b.rec.Forms[name], &Form{})
	f := &Form{N: b.rec.latest() + 1, Day: b.today(), Done: run.Turn() == play.End, More: was.More}
	for _, c := range run.Outcome().Checks {
		f.Answers = append(f.Answers, Answer{At: c.Scene.ID, Day: f.Day, Pick: c.Pick, How: c.How, Right: c.Right,
			More: was.unknownOf(c.Scene.ID)})
	}
	b.rec = union(b.rec, Record{Forms: map[string]*Form{name: f}})
}

// unknownOf returns the unknown fields of a form's answer.
func (f *Form) unknownOf(story string) Unknown {
	for _, a := range f.Answers {
		if a.At == story {
			return a.More
		}
	}
	return nil
}

// KeepPlan keeps a plan; nil removes the kept one.
func (b *Book) KeepPlan(p *play.Plan) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.changes++
	kept := &Plan{N: b.rec.latest() + 1, Gone: p == nil, More: cmp.Or(b.rec.Plan, &Plan{}).More}
	if p != nil {
		kept.Plan = *p
	}
	b.rec.Plan = kept
}

// Plan returns the plan that is kept, and whether there is one.
func (b *Book) Plan() (play.Plan, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p := b.rec.Plan; p != nil && !p.Gone {
		return p.Plan, true
	}
	return play.Plan{}, false
}

// State is how far a learner has come in a lesson.
type State struct {
	Begun bool // There is a place at which to go on.
	Done  bool // It was played to an end at least once.
}

// State returns how far the learner has come in a lesson.
func (b *Book) State(id string) State {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.rec.Lessons[id]
	return State{Begun: b.left.places[id].read > 0 || l.begun(), Done: l != nil && len(l.Done) > 0}
}

// begun reports whether there is a place at which to go on. It is false for nil.
func (l *Lesson) begun() bool { return l != nil && l.Place != nil && len(l.Place.Moves) > 0 }

// Last returns which of the lessons was played last and isn't over, or "". Lessons that aren't
// among ids are ignored: the course may no longer have them, or their folder isn't open.
func (b *Book) Last(ids []string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if slices.Contains(ids, b.left.last) {
		return b.left.last
	}
	id, n := "", -1
	for _, name := range ids {
		l := b.rec.Lessons[name]
		if l.begun() && (l.Place.N > n || l.Place.N == n && name < id) {
			id, n = name, l.Place.N
		}
	}
	return id
}

// AnyDone reports whether any lesson was played to an end, even one that is no longer in the course.
func (b *Book) AnyDone() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.rec.Lessons {
		if len(l.Done) > 0 {
			return true
		}
	}
	return false
}

// Seen returns the ids of the scenes that the learner has seen in a lesson.
func (b *Book) Seen(id string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l := b.rec.Lessons[id]; l != nil {
		return slices.Clone(l.Scenes)
	}
	return nil
}

// Resume returns the run to go on with, and whether the lesson has changed since. If
// it has, the run is at the last place that is still the same. If there is nothing to
// go on with, ok is false.
func (b *Book) Resume(l *lesson.Lesson, seed uint64) (run play.Run, changed, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := b.rec.Lessons[l.ID]
	if !kept.begun() {
		return play.Start(l, seed), false, false
	}
	run, whole := play.Retrace(l, seed, traces(kept.Place.Moves))
	return run.Recall(kept.Signs), !whole || kept.Place.Version != l.Version, true
}

// Tally counts the answers to one form of the stories before and after the course.
type Tally struct {
	Stories, StoriesOf int // Stories with a helpful answer, and all stories.
	Asking, AskingOf   int // The same for the questions about asking for help.
}

// Asking is how many questions about asking for help there are at the end of a form.
const Asking = 2

// Change returns the counts of both forms; ok is false until both are done.
func (b *Book) Change() (before, after Tally, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	x, y := b.rec.Forms[string(lesson.Before)], b.rec.Forms[string(lesson.After)]
	if x == nil || y == nil || !x.Done || !y.Done {
		return before, after, false
	}
	return x.tally(), y.tally(), true
}

func (f *Form) tally() Tally {
	var t Tally
	stories := max(len(f.Answers)-Asking, 0)
	for i, a := range f.Answers {
		right, of := &t.Stories, &t.StoriesOf
		if i >= stories {
			right, of = &t.Asking, &t.AskingOf
		}
		if *of++; a.Right {
			*right++
		}
	}
	return t
}

// FormDone reports whether a form was answered to its end.
func (b *Book) FormDone(kind lesson.Session) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.rec.Forms[string(kind)]
	return f != nil && f.Done
}
