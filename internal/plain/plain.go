package plain

import (
	"bufio"
	"cmp"
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

	Chosen string // Says why it goes line by line, and how it doesn't; "" says nothing.

	Typed  bool                 // Someone types at a terminal: they may be asked what a script wouldn't answer.
	Clears bool                 // What is said is on a terminal that can be cleared: ctrl+x clears it.
	Rules  []string             // The school's own ground rules; nil takes the shipped ones.
	Served bool                 // The learner sits at another machine: nothing is typed but numbers.
	Played func(play.Run) error // A run has gone on, in a class; nil where nothing has to know.

	Save  func(settings.Settings) error // Nil where settings are not kept.
	Erase func() error                  // Takes the settings away, on "erase everything".
}

// Play plays a lesson to its end. It returns nil at the end and when the
// learner leaves, [ErrEnded], or an error of writing. What is wrong with the
// file of the record is said on stderr, once, and stops nothing.
func Play(in io.Reader, out, stderr io.Writer, l *lesson.Lesson, o Options) error {
	p, err := newPlayer(in, out, stderr, o)
	if err != nil {
		return err
	}
	run := play.Start(l, o.Seed)
	if o.From != "" {
		if run, err = run.From(o.From); err != nil {
			return err
		}
	}
	return p.session(func() error { return p.play(run) })
}

// played is what a player does in one session.
func played(in io.Reader, out, stderr io.Writer, o Options, do func(*player) error) error {
	p, err := newPlayer(in, out, stderr, o)
	if err != nil {
		return err
	}
	return p.session(func() error { return do(p) })
}

// session does what one call is about, and leaves nothing unsaid and nothing unsaved.
func (p *player) session(do func() error) error {
	if p.o.Chosen != "" {
		p.say(p.o.Chosen)
	}
	p.troubled()
	err := p.left(do())
	p.save()
	return errors.Join(err, p.flush())
}

// left says or does what leaving asks for, and returns what else has gone wrong.
func (p *player) left(err error) error {
	switch {
	case errors.Is(err, errGone):
		if p.o.Clears {
			p.say(ClearAll)
		}
		return nil
	case errors.Is(err, errLeave):
		p.say("")
		p.say(p.t("plain.stays"))
		return nil
	}
	return err
}

// ClearAll empties the screen of a terminal, and then its history: some keep there
// what is erased.
const ClearAll = "\x1b[H\x1b[2J\x1b[3J\x1b[H"

// player plays lessons for one person: it says lines, and asks for others.
type player struct {
	view   *view.View
	next   func() ([]byte, error) // Waits for a line; see lines.
	out    *bufio.Writer
	stderr io.Writer
	o      Options
	err    error // The first error of writing.
	shown  int   // Beats that were told.
	rounds int   // Of "Fine or off?" that were dealt.
	asked  string

	inTrouble bool                   // The next minutes are being gone through; see [player.now].
	helps     func(country string)   // Says who helps right now, or goes on in a country; nil elsewhere.
	uncalled  func() ([]byte, error) // As next, and no class calls back from it; nil where there is none.
	commands  string                 // The words for what can be typed, where they aren't those of a lesson.
}

// newPlayer returns a player. The error says which file of the course is not right.
func newPlayer(in io.Reader, out, stderr io.Writer, o Options) (*player, error) {
	v, err := view.New(o.Course, o.Rules)
	if err != nil {
		return nil, err
	}
	if o.Book == nil {
		o.Book = progress.Open(progress.Options{Today: func() progress.Day { return progress.DayOf(time.Now()) }})
	}
	return &player{view: v, next: newLines(in).next, out: bufio.NewWriter(out), stderr: stderr, o: o}, nil
}

// keep remembers a run as it is after a move, and writes it down before the next
// line is read.
func (p *player) keep(run play.Run) {
	p.o.Book.Keep(run)
	if p.o.Played != nil {
		if err := p.o.Played(run); err != nil {
			p.say(p.t("class.unkept"))
		}
		return // A seat keeps no file.
	}
	p.save()
}

func (p *player) save() {
	_ = p.o.Book.Save() // What went wrong is the book's Trouble.
	p.troubled()
}

// troubled says what is wrong with the file of the record, once.
func (p *player) troubled() {
	t := p.o.Book.Trouble()
	if words := p.o.Course.Words().Trouble(t.Kind.String(), t.Lost, t.Version); words != "" {
		fmt.Fprintln(p.stderr, "wayout:", words)
	}
}

func (p *player) t(id string, pairs ...any) string { return p.o.Course.Words().T(id, pairs...) }

func (p *player) say(line string) {
	if _, err := fmt.Fprintln(p.out, line); err != nil && p.err == nil {
		p.err = err
	}
}

// flush hands everything to the reader. A pipe that is closed is no news.
func (p *player) flush() error {
	if err := p.out.Flush(); err != nil && p.err == nil {
		p.err = err
	}
	return p.err
}

// ask asks for a line and answers the commands that work everywhere. A line that speaks
// of danger is answered with help, whatever was asked.
func (p *player) ask(question string) (string, error) {
	for {
		line, err := p.askFor(question)
		if err != nil || !p.inDanger(line) {
			return line, err
		}
		if _, err := p.helpFirst(); err != nil {
			return "", err
		}
	}
}

// askFor is [player.ask] for a line that is heard by who asks for it.
func (p *player) askFor(question string) (string, error) {
	p.asked = question
	p.say(question)
	for {
		line, err := p.line()
		if err != nil {
			return "", err
		}
		said := strings.ToLower(line)
		country, ofCountry := p.country(said)
		switch {
		case said == "q":
			return "", errLeave
		case p.helps != nil && (said == "h" || ofCountry):
			p.helps(country)
			p.say(question)
		case said == "h":
			p.help()
		case said == "hh", said == "h h":
			if err := p.now(); err != nil {
				return "", err
			}
			p.say(question)
		case ofCountry:
			p.helpIn(country)
		case said == "?":
			p.say(p.t(cmp.Or(p.commands, "plain.commands")))
			p.say(question)
		default:
			return line, nil
		}
	}
}

// country returns the country of a line such as "h ireland", which asks who helps there.
func (p *player) country(line string) (code string, ok bool) {
	name, ok := strings.CutPrefix(line, "h ")
	if !ok || p.o.Help == nil {
		return "", false
	}
	c, ok := p.o.Help.ByName(name)
	return c.Code, ok
}

// line reads one line, made safe. A longer line than maxLine is cut.
func (p *player) line() (string, error) {
	if err := p.flush(); err != nil {
		return "", err
	}
	line, err := p.next()
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

// option is one line of a numbered list.
func (p *player) option(i int, words string) string {
	return p.t("plain.option", "Number", i+1, "Text", words)
}

// numbered returns a question with the options below it.
func (p *player) numbered(question string, options []string) string {
	for i, words := range options {
		question += "\n" + p.option(i, words)
	}
	return question
}

// pick asks until one of the options is taken by its number, and returns its index.
func (p *player) pick(question string, options []string) (int, error) {
	for question = p.numbered(question, options); ; question = p.t("plain.again", "Count", len(options)) {
		line, err := p.ask(question)
		if err != nil {
			return 0, err
		}
		if n, ok := number(line, len(options)); ok {
			return n, nil
		}
	}
}

// agrees asks for a yes.
func (p *player) agrees(question string) (bool, error) {
	line, err := p.ask(question)
	return strings.EqualFold(line, "y") || strings.EqualFold(line, p.t("key.yes")), err
}

// number reads a number from 1 to n, and returns it from 0.
func number(line string, n int) (int, bool) {
	i, err := strconv.Atoi(strings.TrimRight(strings.TrimSpace(line), "."))
	return i - 1, err == nil && i >= 1 && i <= n
}

func (p *player) play(run play.Run) error {
	l := run.Lesson()
	p.shown = 0
	left := p.o.Book.State(l.ID).Begun && l.Session == "" && !run.Jumped()
	if left && p.o.Typed {
		if on, err := p.offered(run); err != nil || on {
			return err
		}
	}
	p.opening(l)
	if l.Role == "adult" {
		p.say(p.o.Course.Review())
	}
	p.say(p.t("plain.commands"))
	if left && !p.o.Typed {
		p.say(p.t("plain.resume"))
	}
	p.say("")
	return p.loop(run)
}

// offered offers to go on in a lesson that was left in the middle, and reports whether that
// was done.
func (p *player) offered(run play.Run) (bool, error) {
	p.say(run.Lesson().Title)
	for {
		line, err := p.ask(p.t("plain.resumeasks"))
		if err != nil {
			return false, err
		}
		switch strings.ToLower(line) {
		case "r":
			return false, nil
		case "", "g":
			back, _ := p.resume(run)
			return true, p.goOn(back)
		}
	}
}

// opening says what stands on the cover of a lesson.
func (p *player) opening(l *lesson.Lesson) {
	p.say(l.Title)
	p.lines(p.o.Course.Doubt(l))
	for _, b := range l.Cover {
		p.paras(b.Text)
	}
	p.say("")
	p.say(p.t("plain.goal", "Goal", l.Goal))
	p.say(p.t("plain.note", "Note", l.Note))
}

// loop tells and asks until the lesson is over.
func (p *player) loop(run play.Run) error {
	for {
		p.tell(run)
		if run.Turn() == play.End {
			if run.Lesson().Session != "" {
				return nil
			}
			p.debrief(run)
			return p.after(run)
		}
		next, err := p.turn(run)
		if err != nil {
			return err
		}
		if len(next.Actions()) != len(run.Actions()) {
			p.keep(next)
		}
		if len(next.Actions()) < len(run.Actions()) {
			p.say(p.t("plain.back"))
			p.rewound(next)
		}
		run = next
	}
}

// rewound tells the present scene of a run again.
func (p *player) rewound(run play.Run) {
	p.shown = 0
	for p.shown < len(run.Beats()) && run.Beats()[p.shown].Step < run.Step() {
		p.shown++
	}
}

// turn asks for what can be done now, and does it.
func (p *player) turn(run play.Run) (play.Run, error) {
	var onward view.Onward
	switch it := p.view.Turn(run).(type) {
	case view.Question:
		return p.choose(run, it)
	case view.Rehearsal:
		return p.rehearse(run)
	case view.Onward:
		onward = it
	}
	line, err := p.ask(p.t("plain.go", "Text", onward.Words))
	if err != nil {
		return run, err
	}
	if next, ok := p.aside(run, line); ok {
		return next, nil
	}
	return run.Go()
}

// aside does what can be done at any turn: undo and spotting.
func (p *player) aside(run play.Run, line string) (play.Run, bool) {
	switch strings.ToLower(line) {
	case "u":
		turns := run.Turns()
		if len(turns) == 0 {
			p.say(p.t("plain.noundo"))
			return run, true
		}
		if back, err := run.Undo(turns[len(turns)-1]); err == nil {
			return back, true
		}
	case "f":
		return p.spot(run), true
	case "w":
		p.ways(run)
		return run, true
	case "g":
		return p.resume(run)
	}
	return run, false
}

// resume goes on where the learner stopped, as long as nothing was done yet.
func (p *player) resume(run play.Run) (play.Run, bool) {
	if len(run.Actions()) > 0 || run.Lesson().Session != "" {
		return run, false
	}
	back, changed, ok := p.o.Book.Resume(run.Lesson(), p.o.Seed)
	if !ok {
		return run, false
	}
	if changed {
		p.say(p.t("cover.changed"))
	}
	p.rewound(back)
	return back, true
}

func (p *player) choose(run play.Run, q view.Question) (play.Run, error) {
	for question := p.numbered(q.Asks, q.Labels()); ; question = p.t("plain.again", "Count", len(q.Options)) {
		line, err := p.ask(question)
		if err != nil {
			return run, err
		}
		if next, ok := p.aside(run, line); ok {
			return next, nil
		}
		n, ok := number(line, len(q.Options))
		switch {
		case ok && q.Quiz:
			return p.answer(run, q.Options[n].Pick)
		case ok:
			return run.Choose(q.Options[n].Pick)
		}
	}
}

// answer gives an answer to a knowledge check, and says why it is right or not.
func (p *player) answer(run play.Run, pick int) (next play.Run, err error) {
	how := play.Guess
	if pick != play.Unsure {
		if how, err = p.sure(); err != nil {
			return run, err
		}
	}
	if next, err = run.Answer(pick, how); err == nil && !run.Lesson().Session.Quiet() {
		p.render(p.view.Explanation(next, pick))
		p.say("")
	}
	return next, err
}

func (p *player) sure() (play.Confidence, error) {
	n, err := p.pick(p.t("check.howsure"), []string{p.t("check.sure"), p.t("check.half"), p.t("check.guess")})
	return [...]play.Confidence{play.Sure, play.Half, play.Guess}[n], err
}

// spot lists the messages and lets one be marked.
func (p *player) spot(run play.Run) play.Run {
	messages := run.Messages()
	var said []string
	for _, m := range messages {
		said = append(said, p.voice(p.view.Markable(m)))
	}
	line, err := p.ask(p.numbered(p.t("plain.spot"), said))
	if err != nil {
		return run // The next question meets the same end of the input.
	}
	n, ok := number(line, len(messages))
	if !ok {
		return run
	}
	run, signs := run.Spot(messages[n].Pos)
	if len(signs) == 0 {
		p.say(p.t("spot.none"))
	}
	p.signs(run.Lesson(), signs)
	return run
}
