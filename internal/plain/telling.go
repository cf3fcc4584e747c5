package plain

import (
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// tell says what was not said yet, but for the question of the present turn,
// which is asked.
func (f *face) tell(run play.Run) {
	for ; f.shown < len(run.Beats()); f.shown++ {
		if it := f.view.Beat(run, f.shown); it != nil {
			f.render(it)
		}
	}
}

func (f *face) paras(text []lesson.Para) {
	for _, p := range text {
		words := p.String()
		switch p.Bullet {
		case "":
		case "•":
			words = "- " + words
		default:
			words = p.Bullet + " " + words
		}
		f.say(words)
	}
}

// feedback introduces a comment in words: there is no colour to do it.
func (f *face) feedback(a lesson.Alert) string {
	switch a {
	case lesson.Tip:
		return f.t("plain.tip")
	case lesson.Warning:
		return f.t("plain.warning")
	case lesson.Caution:
		return f.t("plain.caution")
	}
	return f.t("plain.important")
}

func (f *face) signs(l *lesson.Lesson, signs []int) {
	for _, i := range signs {
		name, _ := f.o.Course.SignName(l.Signs[i].Kind)
		f.say(f.t("plain.sign", "Name", name))
		f.paras(l.Signs[i].Why)
	}
}

// help tells whom to turn to.
func (f *face) help() {
	f.say(f.t("help.title"))
	f.say(strings.Join(strings.Fields(f.t("help.intro")), " "))
	if c, ok := f.o.Help.Find(f.o.Settings.Country); ok && c.Note != "" {
		f.say(c.Note)
	}
	for _, s := range f.o.Help.For(f.o.Settings.Country) {
		f.say("")
		name := s.Name
		if s.School {
			name = f.t("help.school", "Name", s.Name)
		}
		f.say(name + ". " + s.What)
		for _, way := range [][2]string{{f.t("help.call"), s.Call}, {f.t("help.text"), s.Text},
			{f.t("help.chat"), s.Chat},
			{f.t("help.web"), s.Web}, {f.t("help.in"), s.In}, {f.t("help.hours"), s.Hours}} {
			if way[1] != "" {
				f.say(f.t("plain.way", "How", way[0], "Where", way[1]))
			}
		}
		if s.Free {
			f.say(f.t("plain.good", "Text", f.t("help.free")))
		}
		if s.Unnamed {
			f.say(f.t("plain.good", "Text", f.t("help.unnamed")))
		}
		if s.Happens != "" {
			f.say(s.Happens)
		}
		if !s.School {
			f.say(f.t("help.seen", "Date", s.Seen, "Page", s.Source))
		}
	}
	f.sixMoves()
	f.say(f.t("help.check"))
	f.say("")
	f.say(f.asked)
}

// sixMoves tells the moves against blackmail, in the one wording that there is.
func (f *face) sixMoves() {
	six, err := f.o.Course.SixMoves()
	if err != nil {
		return // A test holds the file.
	}
	f.say("")
	f.say(f.t("plain.head", "Text", f.t("six.title")))
	f.say(six.First)
	for i, move := range six.Moves {
		f.say(f.t("plain.option", "Number", i+1, "Text", move))
	}
}

// debrief looks back, in the order of the screen of that name.
func (f *face) debrief(run play.Run) {
	f.say("")
	f.say(f.t("debrief.title"))
	for _, it := range f.view.Debrief(run) {
		f.render(it)
	}
}
