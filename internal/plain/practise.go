package plain

import (
	"io"
	"slices"

	"wayout/internal/course"
	"wayout/internal/play"
)

// Practise practises a situation without a lesson; "" asks which. Its error is one that [Play]
// returns.
func Practise(in io.Reader, out, stderr io.Writer, situation string, o Options) error {
	return played(in, out, stderr, o, func(p *player) error { return p.practise(situation) })
}

// practise plays the next rounds of a situation, or asks which if it is "".
func (p *player) practise(situation string) error {
	all, err := p.o.Course.Practise()
	if err != nil {
		return err
	}
	var offered []course.Sparring
	var names []string
	for _, s := range all {
		if s.Situation == situation {
			return p.spar(s)
		}
		if !s.ForAdults() {
			offered, names = append(offered, s), append(names, s.Situation)
		}
	}
	due := p.o.Book.PractiseDue(names)
	p.say(p.t("practise.title"))
	if i := slices.Index(names, due); i >= 0 {
		offered = append([]course.Sparring{offered[i]}, offered...)
	}
	var titles []string
	for i, s := range offered {
		if i == 0 {
			s.Title = p.t("practise.due", "Title", s.Title)
		}
		titles = append(titles, s.Title)
	}
	n, err := p.pick(p.t("practise.intro"), titles)
	if err != nil {
		return err
	}
	return p.spar(offered[n])
}

func (p *player) spar(s course.Sparring) error {
	here, _ := p.o.Help.Find(p.o.Settings.Country)
	return p.play(play.Start(p.o.Course.Spar(s, p.o.Book.Rounds(s.Situation, s.Stories), here.Note), p.o.Seed))
}
