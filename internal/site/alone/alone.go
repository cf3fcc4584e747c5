package alone

import (
	"slices"
	"strconv"
	"strings"

	"wayout/internal/course"
	"wayout/internal/fineoff"
	"wayout/internal/firstaid"
	"wayout/internal/hear"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/view"
)

// maxLine bounds a typed line, in characters. A longer one is cut.
const maxLine = 400

// unsure is what a page sends for "not sure".
const unsure = "u"

// Player is one learner with the course. It isn't safe for use from many sides: a page has
// one learner.
type Player struct {
	course  *course.Course
	help    *helpline.Directory
	view    *view.View
	country string

	Platform bool             // A learning platform is told what is done, so that the pages say so.
	Ears     *hear.Recogniser // What hears typed lines; nil until it has come.
	Book     *progress.Book   // What was done.

	run   play.Run
	on    bool         // A lesson is being played.
	heard []view.Item  // What was said about the last line that was typed.
	asked play.Hearing // What is asked about it, where something is.
	next  play.Run     // Where the story goes on, while help stands before it.
	first bool         // Help stands before it.

	resumed, changed bool // As in [Page].

	round  fineoff.Round // Of the game, where it's played.
	dealer uint64        // The seed that all rounds are dealt by.
	dealt  int           // How many were dealt.
}

// New returns a player. Country is whose help comes first, or "".
func New(c *course.Course, d *helpline.Directory, country string) *Player {
	return &Player{course: c, help: d, view: view.Solo(c), country: country,
		Book: progress.Open(progress.Options{Today: func() progress.Day { return 0 }})}
}

// Run returns the run that is being played; false before there is one.
func (p *Player) Run() (play.Run, bool) { return p.run, p.on }

// Start begins a lesson with a run.
func (p *Player) Start(run play.Run) {
	p.run, p.on, p.resumed, p.changed = run, true, false, false
	p.quiet()
}

// Resume goes on with a run where the learner stopped. Changed says that the lesson isn't
// what it was then.
func (p *Player) Resume(run play.Run, changed bool) {
	p.Start(run)
	p.resumed, p.changed = true, changed
}

// Stop forgets the run.
func (p *Player) Stop() {
	p.run, p.on = play.Run{}, false
	p.quiet()
}

// quiet forgets what was heard.
func (p *Player) quiet() {
	p.heard, p.asked, p.next, p.first = nil, play.Hearing{}, play.Run{}, false
}

// Do does what a form of the page asks for. What can't be done now changes nothing.
func (p *Player) Do(form map[string]string) {
	if !p.on || p.gaming() && (has(form, "undo") || has(form, "fresh")) {
		return
	}
	before := len(p.run.Actions())
	p.do(form)
	if len(p.run.Actions()) != before {
		p.Book.Keep(p.run)
	}
	p.onward()
}

func (p *Player) do(form map[string]string) {
	if p.first {
		p.afterHelp(form)
		return
	}
	asked := p.asked
	was := p.run
	p.quiet()
	p.resumed, p.changed = false, false
	switch {
	case has(form, "line"):
		p.listen(form["say"])
	case has(form, "meant"):
		p.meant(asked, form["meant"])
	default:
		if next, err := move(p.run, form); err == nil {
			p.run = next
		}
	}
	if len(was.Actions()) == len(p.run.Actions()) && len(p.heard) == 0 && !p.first && len(p.asked.Ask) == 0 {
		p.asked = asked // Nothing was done.
	}
}

func has(form map[string]string, name string) bool {
	_, ok := form[name]
	return ok
}

// move makes the move of a form.
func move(run play.Run, form map[string]string) (play.Run, error) {
	switch {
	case has(form, "choose"):
		i, err := strconv.Atoi(form["choose"])
		if err != nil {
			return run, err
		}
		return run.Choose(i)
	case has(form, "answer"):
		how, err := strconv.Atoi(form["how"])
		if form["answer"] == unsure {
			return run.Answer(play.Unsure, play.Guess)
		}
		if err != nil || how < 0 {
			return run, play.ErrClosed
		}
		i, err := strconv.Atoi(form["answer"])
		if err != nil || i < 0 {
			return run, play.ErrClosed
		}
		return run.Answer(i, play.Confidence(how))
	case has(form, "go"):
		return run.Go()
	case has(form, "skip"):
		return run.Skip()
	case has(form, "fresh"):
		return run.Undo(0)
	case has(form, "undo"):
		if turns := run.Turns(); len(turns) > 0 {
			return run.Undo(turns[len(turns)-1])
		}
	}
	return run, play.ErrTurn
}

// listen has a line heard.
func (p *Player) listen(line string) {
	if cut := []rune(line); len(cut) > maxLine {
		line = string(cut[:maxLine])
	}
	line = strings.Join(strings.Fields(line), " ")
	if line == "" || p.Ears == nil || p.run.Turn() != play.Say {
		return
	}
	next, h, err := p.run.Hear(p.Ears, line)
	if err != nil {
		return
	}
	if _, ok := p.view.Meant(h); ok {
		p.asked = h
		return
	}
	p.answered(next, h)
}

// meant goes on as what the learner says that the line was: an option of what was asked, the
// last of them being none.
func (p *Player) meant(asked play.Hearing, option string) {
	i, err := strconv.Atoi(option)
	if err != nil || i < 0 || i > len(asked.Ask) || len(asked.Ask) == 0 {
		return
	}
	name := ""
	if i < len(asked.Ask) {
		name = asked.Ask[i].Move
	}
	next, told, err := p.run.Meant(name)
	if err != nil {
		return
	}
	told.Gentle = asked.Gentle
	p.answered(next, told)
}

// answered goes on after a line. One that speaks of danger is answered with help, before the
// story goes on.
func (p *Player) answered(next play.Run, h play.Hearing) {
	if h.Danger {
		p.next, p.first = next, true
		return
	}
	p.run = next
	if m := next.Heard(); m != nil && m.Name == lesson.Danger {
		return
	}
	if it, ok := p.view.Heard(h, p.course.Words().T("class.help")); ok {
		p.heard = []view.Item{it}
	}
}

// afterHelp goes on once the learner has seen who helps.
func (p *Player) afterHelp(form map[string]string) {
	next := p.next
	switch {
	case has(form, "back"):
		p.quiet()
		p.run = next
	case has(form, "notmeant"):
		p.quiet()
		p.run = next.NotMeant()
	}
}

// Page is what the template of a lesson is given.
type Page struct {
	Title   string
	First   *view.HelpFirst // It stands in place of everything.
	Alone   view.Alone
	Begins  bool        // Nothing was done yet.
	Heard   []view.Item // What was said about the last line.
	Models  []view.Item // How it could have sounded.
	Meant   *view.Meant // What is asked about it.
	Hears   bool        // A line can be typed here.
	Printed string      // The ID of the lesson, by which it is found on paper.
	Resumed bool        // It goes on where the learner stopped.
	Changed bool        // The lesson has changed since then.

	Later bool   // It has short stories for some days later.
	Keeps bool   // What is done is kept, so that they're offered when it's time.
	Over  bool   // What isn't a lesson has come to its end.
	Again string // How it's begun again, or "".
	Round *Round // Of the game; nil elsewhere.
}

// Page returns the present page of the lesson; false where none is played.
func (p *Player) Page() (Page, bool) {
	if !p.on {
		return Page{}, false
	}
	l := p.run.Lesson()
	out := Page{Title: l.Title, Alone: p.view.Alone(p.run), Heard: p.heard, Hears: p.Ears != nil,
		Resumed: p.resumed, Changed: p.changed, Begins: len(p.run.Actions()) == 0, Printed: l.ID}
	out.Later = l.Session == "" && p.course.HasBooster(l.ID)
	if p.first {
		first := p.view.HelpFirst(p.help, p.country)
		out.First = &first
		return out, true
	}
	if m, ok := p.view.Meant(p.asked); ok && len(p.asked.Ask) > 0 {
		out.Meant = &m
	}
	// Models stand behind what was said about the line. A learner who may try again isn't
	// shown them, nor is one who wrote of danger: there's no better way to have said that.
	spoke := p.run.Heard()
	danger := spoke != nil && spoke.Name == lesson.Danger
	out.Alone.Told = slices.DeleteFunc(out.Alone.Told, func(it view.Item) bool {
		m, ok := it.(view.Models)
		if ok && p.run.Turn() != play.Say && !danger {
			out.Models = append(out.Models, m)
		}
		return ok
	})
	if l.Session != "" {
		p.apart(&out)
	}
	return out, true
}

// Help is what the template of the help page is given.
type Help struct {
	Country, Note string
	Intro         string // With the number to call in danger.
	Services      []helpline.Service
	Countries     []helpline.Country
	Six           course.SixMoves
	Playing       bool // There is a story to go back to.
}

// Help returns the services of a country, and has it come first from here on. Where the
// directory doesn't know the country it stays as it is.
func (p *Player) Help(country string) Help {
	p.in(country)
	out := Help{Country: p.country, Services: p.help.For(p.country), Countries: p.help.Countries, Playing: p.on}
	if c, ok := p.help.Find(p.country); ok {
		out.Note = c.Note
	}
	out.Intro = p.view.HelpIntro(p.help, p.country)
	out.Six, _ = p.course.SixMoves() // A test holds the file.
	return out
}

func (p *Player) in(country string) {
	if c, ok := p.help.Find(country); ok && country != "" {
		p.country = c.Code
	}
}

// Now is what the template of the page for right now is given.
type Now struct {
	Country   string
	Pages     []view.NowPage
	Aside     string // The ID of the page of those who help.
	Countries []helpline.Country
	Script    bool // Another country is shown in place of this one.
	Playing   bool // There is a story to go back to.
}

// Now returns the screens for someone to whom it is happening right now.
func (p *Player) Now(country string) (Now, error) {
	p.in(country)
	pages, err := p.view.NowPages(p.help, p.country)
	return Now{Country: p.country, Pages: pages, Aside: firstaid.PeoplePage, Countries: p.help.Countries,
		Script: true, Playing: p.on}, err
}

// About is what the template of the page about the pages is given.
type About struct {
	Review   string // Who has reviewed the lessons, for adults.
	Platform bool   // A learning platform is told what is done.
	Lessons  []course.Entry
}

// About returns what the pages are.
func (p *Player) About() About { return About{p.course.Review(), p.Platform, p.course.Lessons} }

// Home is what the template of the first page is given.
type Home struct {
	GoOn   *Listed // The story that was played last, where there is a place in it.
	Groups []Group
	Due    bool // Short stories are due.

	Practise, FineOrOff bool // They are there.

	Script bool // Scripts run: there is something that could keep a place.
	Keeps  bool // The place is kept.

	Offline bool // The pages can be had without the internet, for who asks for that.

	Note string // What has become of what was asked about that.
}

// Group is the lessons about one situation.
type Group struct {
	Title   string // "" for the lessons under none.
	Lessons []Listed
}

// Listed is a lesson in the list.
type Listed struct {
	course.Entry
	State string // What was done of it, in words, or "".
}

// Home returns the lessons by the situation that they are about.
func (p *Player) Home() Home {
	h := Home{Due: len(p.Book.Due(p.boosted())) > 0, Practise: p.course.HasPractise(),
		FineOrOff: p.course.HasFineOrOff()}
	for _, e := range p.course.Lessons {
		about := p.course.Situation(e.ID)
		if e.Own {
			about = p.course.Words().T("home.ownlessons")
		}
		if n := len(h.Groups); n == 0 || h.Groups[n-1].Title != about {
			h.Groups = append(h.Groups, Group{Title: about})
		}
		g := &h.Groups[len(h.Groups)-1]
		g.Lessons = append(g.Lessons, Listed{Entry: e})
	}
	return h
}
