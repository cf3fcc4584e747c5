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

// maxLine is how many characters of a typed line are used. A longer line is cut.
const maxLine = 400

// unsure is what a page sends for "not sure".
const unsure = "u"

// Player is one learner with the course. It isn't safe for concurrent use: a page has one
// learner.
type Player struct {
	course  *course.Course
	help    *helpline.Directory
	view    *view.View
	country string

	Platform bool             // A learning platform is told what is done, and the pages say so.
	Ears     *hear.Recogniser // The recogniser of typed lines; nil until it is loaded.
	Book     *progress.Book   // What was done.

	run   play.Run
	on    bool         // A lesson is being played.
	heard []view.Item  // What was said about the last line that was typed.
	asked play.Hearing // The hearing of a line about which the learner is asked.
	next  play.Run     // Where the story goes on after help was shown.
	first bool         // Help is shown first, before the story goes on.

	resumed, changed bool // See the fields of [Page].

	round  fineoff.Round // The round of the game, if it's played.
	dealer uint64        // The seed for all rounds.
	dealt  int           // How many rounds were dealt.
}

// New returns a player. Country is the country whose help comes first, or "".
func New(c *course.Course, d *helpline.Directory, country string) *Player {
	return &Player{course: c, help: d, view: view.Solo(c), country: country,
		Book: progress.Open(progress.Options{Today: func() progress.Day { return 0 }})}
}

// Run returns the run that is being played, and whether there is one.
func (p *Player) Run() (play.Run, bool) { return p.run, p.on }

// Start begins a lesson with a run.
func (p *Player) Start(run play.Run) {
	p.run, p.on, p.resumed, p.changed = run, true, false, false
	p.quiet()
}

// Resume goes on with a run where the learner stopped. Changed says that the lesson has changed
// since then.
func (p *Player) Resume(run play.Run, changed bool) {
	p.Start(run)
	p.resumed, p.changed = true, changed
}

// Stop forgets the run.
func (p *Player) Stop() {
	p.run, p.on = play.Run{}, false
	p.quiet()
}

// quiet forgets what was heard in the last line.
func (p *Player) quiet() {
	p.heard, p.asked, p.next, p.first = nil, play.Hearing{}, play.Run{}, false
}

// Do carries out a form of the page. A form that isn't possible now changes nothing.
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
		p.asked = asked // The run is unchanged: still ask about the line.
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

// listen has a typed line recognised.
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

// meant goes on with the move that the learner says the line was: one of the options that they
// were offered, of which the last means none of them.
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

// answered goes on after a line. A line that speaks of danger is answered with help, before the
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

// Page is the data for the template of a lesson.
type Page struct {
	Title   string
	First   *view.HelpFirst // If set, only this is shown.
	Alone   view.Alone
	Begins  bool        // No move was made yet.
	Heard   []view.Item // What was said about the last line.
	Models  []view.Item // Model answers for the last line.
	Meant   *view.Meant // The question about the last line, or nil.
	Hears   bool        // A line can be typed here.
	Printed string      // The ID of the lesson, which names its printable page.
	Resumed bool        // The run goes on where the learner stopped.
	Changed bool        // The lesson has changed since then.

	Later bool   // The lesson has short stories for later days.
	Keeps bool   // A record is kept, so that those stories are offered on time.
	Over  bool   // Something that isn't a lesson has ended.
	Again string // What begins it again, or "".
	Round *Round // The round of the game; nil elsewhere.
}

// Page returns the present page of the lesson, and whether one is played.
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
	// Model answers come after the feedback on the line. A learner who may try again doesn't
	// see them, nor does one who wrote of danger: there's no better way to say that.
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

// Help is the data for the template of the help page.
type Help struct {
	Country, Note string
	Intro         string // Includes the number to call in danger.
	Services      []helpline.Service
	Countries     []helpline.Country
	Six           course.SixMoves
	Playing       bool // There is a story to go back to.
}

// Help returns the services of a country, which becomes the present country. If the directory
// doesn't know the country, the present one stays.
func (p *Player) Help(country string) Help {
	p.in(country)
	out := Help{Country: p.country, Services: p.help.For(p.country), Countries: p.help.Countries, Playing: p.on}
	if c, ok := p.help.Find(p.country); ok {
		out.Note = c.Note
	}
	out.Intro = p.view.HelpIntro(p.help, p.country)
	out.Six, _ = p.course.SixMoves() // A test checks the file.
	return out
}

func (p *Player) in(country string) {
	if c, ok := p.help.Find(country); ok && country != "" {
		p.country = c.Code
	}
}

// Now is the data for the template of the page "right now".
type Now struct {
	Country   string
	Pages     []view.NowPage
	Aside     string // The ID of the screen with those who help.
	Countries []helpline.Country
	Script    bool // With scripts, the learner can change the country.
	Playing   bool // There is a story to go back to.
}

// Now returns the screens for someone who is in trouble right now.
func (p *Player) Now(country string) (Now, error) {
	p.in(country)
	pages, err := p.view.NowPages(p.help, p.country)
	return Now{Country: p.country, Pages: pages, Aside: firstaid.PeoplePage, Countries: p.help.Countries,
		Script: true, Playing: p.on}, err
}

// About is the data for the template of the page about these pages.
type About struct {
	Review   string // Who has reviewed the lessons, for adults.
	Platform bool   // A learning platform is told what is done.
	Lessons  []course.Entry
}

// About returns the data for the page about these pages.
func (p *Player) About() About { return About{p.course.Review(), p.Platform, p.course.Lessons} }

// Home is the data for the template of the first page.
type Home struct {
	GoOn   *Listed // The last story, if there is a place to go on in it.
	Groups []Group
	Due    bool // Short stories are due.

	Practise, FineOrOff bool // Whether the course has them.

	Script bool // Scripts run, so that the place could be kept.
	Keeps  bool // The place is kept.

	Offline bool // The browser can store the pages, if the learner asks for that.

	Note string // The result of the last request about keeping or storing.
}

// Group is the lessons about one situation.
type Group struct {
	Title   string // "" for lessons without a situation.
	Lessons []Listed
}

// Listed is a lesson in the list.
type Listed struct {
	course.Entry
	State string // How far the learner has come, in words, or "".
}

// Home returns the first page, with the lessons grouped by situation.
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
