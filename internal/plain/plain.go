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

// errLeave ends a lesson because the learner asked to leave.
var errLeave = errors.New("leave")

// maxLine bounds a line of input, in bytes.
const maxLine = 1 << 10

// Options say how a lesson is played.
type Options struct {
	Course   *course.Course
	Help     *helpline.Directory
	Book     *progress.Book // Nil keeps nothing.
	Settings settings.Settings
	Seed     uint64 // Orders the options of the checks.
	From     string // The id of a scene to begin in, for authors; empty for the start.

	Chosen string // Says why it goes line by line, and how to change that; "" says nothing.

	Typed  bool                 // A person types at a terminal, who may be asked more than a script.
	Clears bool                 // The output is a terminal that ctrl+x can clear.
	Rules  []string             // The school's own ground rules; nil takes the shipped ones.
	Served bool                 // The learner is at another machine: only numbers are typed.
	Played func(play.Run) error // Called after each move, in a class; or nil.

	Save  func(settings.Settings) error // Nil if settings aren't kept.
	Erase func() error                  // Removes the settings, on "erase everything".
}

// Play plays a lesson to its end. It returns nil at the end and when the learner
// leaves, [ErrEnded], or an error of writing. A problem with the record's file is
// reported on stderr, once, and doesn't stop the lesson.
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

// played runs do as one session of a new player.
func played(in io.Reader, out, stderr io.Writer, o Options, do func(*player) error) error {
	p, err := newPlayer(in, out, stderr, o)
	if err != nil {
		return err
	}
	return p.session(func() error { return do(p) })
}

// session runs do, handles leaving, then saves the record and flushes the output.
func (p *player) session(do func() error) error {
	if p.o.Chosen != "" {
		p.say(p.o.Chosen)
	}
	p.troubled()
	err := p.left(do())
	p.save()
	return errors.Join(err, p.flush())
}

// left handles the errors that mean that the learner leaves, and returns any other.
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

// ClearAll clears the screen of a terminal, and then its history, because some terminals
// move the erased screen there.
const ClearAll = "\x1b[H\x1b[2J\x1b[3J\x1b[H"

// player plays lessons for one person: it writes lines, and asks for lines.
type player struct {
	view   *view.View
	next   func() ([]byte, error) // Waits for a line; see lines.
	out    *bufio.Writer
	stderr io.Writer
	o      Options
	err    error // The first error of writing.
	shown  int   // How many beats were told.
	rounds int   // How many rounds of "Fine or off?" were dealt.
	asked  string

	inTrouble bool                   // The guide "right now" is running; see [player.now].
	helps     func(country string)   // In that guide: says who helps, or changes the country; else nil.
	uncalled  func() ([]byte, error) // Like next, but not interrupted by the class; nil without a class.
	commands  string                 // The id of the words for what can be typed, if not a lesson's.
}

// newPlayer returns a player. The error says which file of the course is wrong.
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

// keep takes a run after a move into the record, and saves it before the next line is
// read.
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
	_ = p.o.Book.Save() // The book's Trouble reports the error.
	p.troubled()
}

// troubled reports a problem with the record's file, once.
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

// flush writes what is buffered. It returns the first error of writing.
func (p *player) flush() error {
	if err := p.out.Flush(); err != nil && p.err == nil {
		p.err = err
	}
	return p.err
}

// ask asks for a line and handles the commands that work everywhere. A line that speaks
// of danger is answered with help, whatever the question.
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

// askFor is [player.ask] without the check for danger, for callers that have the line heard.
func (p *player) askFor(question string) (string, error) {
	p.asked = question
	p.say(question)
	helped := false // The line before asked who helps.
	for {
		line, err := p.line()
		if err != nil {
			return "", err
		}
		said := strings.ToLower(line)
		again := helped && said == "h"
		helped = said == "h"
		country, ofCountry := p.country(said)
		switch {
		case said == "q":
			return "", errLeave
		case p.helps != nil && (said == "h" || said == "hh" || said == "h h" || ofCountry):
			p.helps(country)
			p.say(question)
		case said == "h" && !again:
			p.help()
		case said == "hh", said == "h h", again: // As two keys in the full screen.
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

// line reads one line, without control characters. A line longer than maxLine is cut.
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

// pick asks until the number of one of the options is typed, and returns its index.
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

// number reads a number from 1 to n, and returns it minus 1.
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

// offered asks whether to go on in a lesson that was left in the middle, and reports whether it
// has done so.
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

// opening says what is on the cover of a lesson.
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

// loop tells what happens and asks what to do, until the lesson is over.
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

// turn asks for the next move, and makes it.
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

// aside does what can be done at any turn: undo a move, or mark a warning sign.
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

// resume goes on where the learner stopped last time, if no move was made yet.
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
		return run // The next question gets the same error.
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
