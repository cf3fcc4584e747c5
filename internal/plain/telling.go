package plain

import (
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// tell says the beats that weren't said yet, except the question of the present turn,
// which turn asks.
func (p *player) tell(run play.Run) {
	for ; p.shown < len(run.Beats()); p.shown++ {
		if it := p.view.Beat(run, p.shown); it != nil {
			p.render(it)
		}
	}
}

func (p *player) paras(text []lesson.Para) {
	for _, para := range text {
		words := para.String()
		switch para.Bullet {
		case "":
		case "•":
			words = "- " + words
		default:
			words = para.Bullet + " " + words
		}
		p.say(words)
	}
}

// feedback returns the words that introduce a piece of feedback, in place of a colour.
func (p *player) feedback(a lesson.Alert) string {
	return p.t([...]string{lesson.NoAlert: "plain.important", lesson.Tip: "plain.tip",
		lesson.Warning: "plain.warning", lesson.Caution: "plain.caution", lesson.Important: "plain.important"}[a])
}

func (p *player) signs(l *lesson.Lesson, signs []int) {
	for _, i := range signs {
		name, _ := p.o.Course.SignName(l.Signs[i].Kind)
		p.say(p.t("plain.sign", "Name", name))
		p.paras(l.Signs[i].Why)
	}
}

func (p *player) help() { p.helpIn(p.o.Settings.Country) }

// helpIn tells who helps in a country, or who helps anywhere if the country isn't known.
func (p *player) helpIn(country string) {
	p.say(p.t("help.title"))
	p.say(strings.Join(strings.Fields(p.view.HelpIntro(p.o.Help, country)), " "))
	c, known := p.o.Help.Find(country)
	if !known {
		c.Note = p.t("plain.anywhere")
	}
	p.lines(c.Note)
	for _, s := range p.o.Help.For(c.Code) {
		p.say("")
		name := s.Name
		if s.School {
			name = p.t("help.school", "Name", s.Name)
		}
		p.say(name + ". " + s.What)
		for _, c := range p.view.Contacts(s) {
			p.say(p.t("plain.way", "How", c.How, "Where", c.Where))
		}
		if s.Free {
			p.say(p.t("plain.good", "Text", p.t("help.free")))
		}
		if s.Unnamed {
			p.say(p.t("plain.good", "Text", p.t("help.unnamed")))
		}
		p.lines(s.Happens)
		if !s.School {
			p.say(p.t("help.seen", "Date", s.Seen, "Page", s.Source))
		}
	}
	p.sixMoves()
	p.say(p.t("help.check"))
	p.say("")
	p.say(p.asked)
}

// sixMoves tells the six moves against blackmail.
func (p *player) sixMoves() {
	six, err := p.o.Course.SixMoves()
	if err != nil {
		return // A test checks the file.
	}
	p.say("")
	p.head(p.t("six.title"))
	p.say(p.numbered(six.First, six.Moves))
}

// debrief tells the debrief, in the order of its screen.
func (p *player) debrief(run play.Run) {
	p.say("")
	p.say(p.t("debrief.title"))
	for _, it := range p.view.Debrief(run) {
		p.render(it)
	}
}
