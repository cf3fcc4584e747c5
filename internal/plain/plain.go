package plain

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
	"wayout/internal/text"
	"wayout/internal/view"
)

// ErrEnded is returned when the input ended before the lesson did.
var ErrEnded = errors.New("the input ended before the lesson did")

// errLeave ends a lesson at the learner's wish.
var errLeave = errors.New("leave")

// maxLine bounds a line of input, in bytes.
const maxLine = 1 << 10

// Options are what a lesson is played with.
type Options struct {
	Course   *course.Course
	Help     *helpline.Directory
	Book     *progress.Book // Nil keeps nothing.
	Settings settings.Settings
	Seed     uint64 // Orders the options of the checks.
	From     string // The id of a scene to begin in, for authors; empty for the start.

	Clears bool                 // What is said is on a terminal that can be cleared: ctrl+x clears it.
	Rules  []string             // The school's own ground rules; nil takes the shipped ones.
	Served bool                 // The learner sits at another machine: nothing is typed but numbers.
	Played func(play.Run) error // A run has gone on, in a class; nil where nobody has to know.

	Save  func(settings.Settings) error // Nil where settings are not kept.
	Erase func() error                  // Takes the settings away, on "erase everything".
}

// Play plays a lesson to its end. It returns nil at the end and when the
// learner leaves, [ErrEnded], or an error of writing. What is wrong with the
// file of the record is said on stderr, once, and stops nothing.
func Play(in io.Reader, out, stderr io.Writer, l *lesson.Lesson, o Options) error {
	f, err := newFace(in, out, stderr, o)
	if err != nil {
		return err
	}
	run := play.Start(l, o.Seed)
	if o.From != "" {
		var err error
		if run, err = run.From(o.From); err != nil {
			return err
		}
	}
	f.troubled()
	err = f.left(f.play(run))
	f.save()
	return errors.Join(err, f.flush())
}

// left says or does what leaving asks for, and returns what else has gone wrong.
func (f *face) left(err error) error {
	switch {
	case errors.Is(err, errGone):
		if f.o.Clears {
			f.say(ClearAll)
		}
		return nil
	case errors.Is(err, errLeave):
		f.say("")
		f.say(f.t("plain.stays"))
		return nil
	}
	return err
}

// ClearAll empties the screen of a terminal, and then its history: some keep there
// what is erased.
const ClearAll = "\x1b[H\x1b[2J\x1b[3J\x1b[H"

// face is one run in this face.
type face struct {
	view   *view.View
	next   func() ([]byte, error) // Waits for a line; see lines.
	out    *bufio.Writer
	stderr io.Writer
	o      Options
	err    error // The first error of writing.
	shown  int   // Beats that were told.
	asked  string
}

// newFace returns a face. The error says which file of the course is not right.
func newFace(in io.Reader, out, stderr io.Writer, o Options) (*face, error) {
	v, err := view.New(o.Course, o.Rules)
	if err != nil {
		return nil, err
	}
	if o.Book == nil {
		o.Book = progress.Open(progress.Options{Today: func() progress.Day { return progress.DayOf(time.Now()) }})
	}
	return &face{view: v, next: newLines(in).next, out: bufio.NewWriter(out), stderr: stderr, o: o}, nil
}

// keep remembers a run as it is after a move, and writes it down before the next
// line is read.
func (f *face) keep(run play.Run) {
	f.o.Book.Keep(run)
	if f.o.Played != nil {
		if err := f.o.Played(run); err != nil {
			f.say(f.t("class.unkept"))
		}
		return // A seat keeps no file.
	}
	f.save()
}

func (f *face) save() {
	_ = f.o.Book.Save() // What went wrong is the book's Trouble.
	f.troubled()
}

// troubled says what is wrong with the file of the record, once.
func (f *face) troubled() {
	t := f.o.Book.Trouble()
	if words := f.o.Course.Words().Trouble(t.Kind.String(), t.Lost, t.Version); words != "" {
		fmt.Fprintln(f.stderr, "wayout:", words)
	}
}

func (f *face) t(id string, pairs ...any) string { return f.o.Course.Words().T(id, pairs...) }

func (f *face) say(line string) {
	if _, err := fmt.Fprintln(f.out, line); err != nil && f.err == nil {
		f.err = err
	}
}

// flush hands everything to the reader. A pipe that is closed is no news.
func (f *face) flush() error {
	if err := f.out.Flush(); err != nil && f.err == nil {
		f.err = err
	}
	return f.err
}

// ask asks for a line and answers the commands that work everywhere. A line that speaks
// of danger is answered with help, whatever was asked.
func (f *face) ask(question string) (string, error) {
	for {
		line, err := f.askFor(question)
		if err != nil || !f.inDanger(line) {
			return line, err
		}
		if err := f.helpFirst(); err != nil {
			return "", err
		}
	}
}

// askFor is [face.ask] for a line that is heard by who asks for it.
func (f *face) askFor(question string) (string, error) {
	f.asked = question
	f.say(question)
	for {
		line, err := f.line()
		if err != nil {
			return "", err
		}
		switch strings.ToLower(line) {
		case "q":
			return "", errLeave
		case "h":
			f.help()
		case "?":
			f.say(f.t("plain.commands"))
			f.say(question)
		default:
			return line, nil
		}
	}
}

// line reads one line, made safe. A longer line than maxLine is cut.
func (f *face) line() (string, error) {
	if err := f.flush(); err != nil {
		return "", err
	}
	line, err := f.next()
	switch {
	case errors.Is(err, io.EOF):
		return "", ErrEnded
	case errors.Is(err, errGone), errors.Is(err, errCalled):
		return "", err
	case err != nil:
		return "", fmt.Errorf("read an answer: %w", err)
	}
	return text.Line(string(line), maxLine), nil
}

// number reads a number from 1 to n, and returns it from 0.
func number(line string, n int) (int, bool) {
	i, err := strconv.Atoi(strings.TrimRight(strings.TrimSpace(line), "."))
	return i - 1, err == nil && i >= 1 && i <= n
}

func (f *face) play(run play.Run) error {
	l := run.Lesson()
	f.shown = 0
	f.opening(l)
	if l.Role == "adult" {
		f.say(f.o.Course.Review())
	}
	f.say(f.t("plain.commands"))
	if f.o.Book.State(l.ID).Begun && l.Session == "" && !run.Jumped() {
		f.say(f.t("plain.resume"))
	}
	f.say("")
	return f.loop(run)
}

// opening says what stands on the cover of a lesson.
func (f *face) opening(l *lesson.Lesson) {
	f.say(l.Title)
	if doubt := f.o.Course.Doubt(l); doubt != "" {
		f.say(doubt)
	}
	for _, b := range l.Cover {
		f.paras(b.Text)
	}
	f.say("")
	f.say(f.t("plain.goal", "Goal", l.Goal))
	f.say(f.t("plain.note", "Note", l.Note))
}

// loop tells and asks until the lesson is over.
func (f *face) loop(run play.Run) error {
	for {
		f.tell(run)
		if run.Turn() == play.End {
			if run.Lesson().Session != "" {
				return nil
			}
			f.debrief(run)
			return f.after(run)
		}
		next, err := f.turn(run)
		if err != nil {
			return err
		}
		if len(next.Actions()) != len(run.Actions()) {
			f.keep(next)
		}
		if len(next.Actions()) < len(run.Actions()) {
			f.say(f.t("plain.back"))
			f.rewound(next)
		}
		run = next
	}
}

// rewound tells the present scene of a run again.
func (f *face) rewound(run play.Run) {
	f.shown = 0
	for f.shown < len(run.Beats()) && run.Beats()[f.shown].Step < run.Step() {
		f.shown++
	}
}

// turn asks for what can be done now, and does it.
func (f *face) turn(run play.Run) (play.Run, error) {
	var onward view.Onward
	switch it := f.view.Turn(run).(type) {
	case view.Question:
		return f.choose(run, it)
	case view.Rehearsal:
		return f.rehearse(run)
	case view.Onward:
		onward = it
	}
	line, err := f.ask(f.t("plain.go", "Text", onward.Words))
	if err != nil {
		return run, err
	}
	if next, ok := f.aside(run, line); ok {
		return next, nil
	}
	return run.Go()
}

// aside does what can be done at any turn: undo and spotting.
func (f *face) aside(run play.Run, line string) (play.Run, bool) {
	switch strings.ToLower(line) {
	case "u":
		turns := run.Turns()
		if len(turns) == 0 {
			f.say(f.t("plain.noundo"))
			return run, true
		}
		if back, err := run.Undo(turns[len(turns)-1]); err == nil {
			return back, true
		}
	case "f":
		return f.spot(run), true
	case "w":
		f.ways(run)
		return run, true
	case "g":
		return f.resume(run)
	}
	return run, false
}

// resume goes on where the learner stopped, as long as nothing was done yet.
func (f *face) resume(run play.Run) (play.Run, bool) {
	if len(run.Actions()) > 0 || run.Lesson().Session != "" {
		return run, false
	}
	back, changed, ok := f.o.Book.Resume(run.Lesson(), f.o.Seed)
	if !ok {
		return run, false
	}
	if changed {
		f.say(f.t("cover.changed"))
	}
	f.rewound(back)
	return back, true
}

func (f *face) choose(run play.Run, q view.Question) (play.Run, error) {
	for question := f.asks(q); ; question = f.t("plain.again", "Count", len(q.Options)) {
		line, err := f.ask(question)
		if err != nil {
			return run, err
		}
		if next, ok := f.aside(run, line); ok {
			return next, nil
		}
		n, ok := number(line, len(q.Options))
		switch {
		case ok && q.Quiz:
			return f.answer(run, q.Options[n].Pick)
		case ok:
			return run.Choose(q.Options[n].Pick)
		}
	}
}

// answer gives an answer to a knowledge check, and says why it is right or not.
func (f *face) answer(run play.Run, pick int) (next play.Run, err error) {
	how := play.Guess
	if pick != play.Unsure {
		if how, err = f.sure(); err != nil {
			return run, err
		}
	}
	if next, err = run.Answer(pick, how); err == nil && !run.Lesson().Session.Quiet() {
		f.render(f.view.Explanation(next, pick))
		f.say("")
	}
	return next, err
}

func (f *face) sure() (play.Confidence, error) {
	question := f.t("check.howsure")
	for i, words := range []string{f.t("check.sure"), f.t("check.half"), f.t("check.guess")} {
		question += "\n" + f.t("plain.option", "Number", i+1, "Text", words)
	}
	for {
		line, err := f.ask(question)
		if err != nil {
			return 0, err
		}
		if n, ok := number(line, 3); ok {
			return [...]play.Confidence{play.Sure, play.Half, play.Guess}[n], nil
		}
		question = f.t("plain.again", "Count", 3)
	}
}

// spot lists the messages and lets one be marked.
func (f *face) spot(run play.Run) play.Run {
	messages := run.Messages()
	question := f.t("plain.spot")
	for i, m := range messages {
		question += "\n" + f.t("plain.option", "Number", i+1, "Text", f.voice(f.view.Markable(m)))
	}
	line, err := f.ask(question)
	if err != nil {
		return run // The next question meets the same end of the input.
	}
	n, ok := number(line, len(messages))
	if !ok {
		return run
	}
	run, signs := run.Spot(messages[n].Pos)
	if len(signs) == 0 {
		f.say(f.t("spot.none"))
	}
	f.signs(run.Lesson(), signs)
	return run
}
