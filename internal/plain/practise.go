package plain

import (
	"errors"
	"io"

	"wayout/internal/course"
	"wayout/internal/play"
	"wayout/internal/progress"
)

// ofPractise stands in a list of what can be done for practising without a story, which is
// nothing of the agenda.
const ofPractise progress.ItemKind = 255

// Practise practises a situation without a story; "" asks which. It returns as [Play] does.
func Practise(in io.Reader, out, stderr io.Writer, situation string, o Options) error {
	f, err := newFace(in, out, stderr, o)
	if err != nil {
		return err
	}
	f.troubled()
	err = f.left(f.practise(situation))
	f.save()
	return errors.Join(err, f.flush())
}

// practise plays the next rounds of a situation, or asks of which.
func (f *face) practise(situation string) error {
	all, err := f.o.Course.Practise()
	if err != nil {
		return err
	}
	var offered []course.Sparring
	var names []string
	for _, s := range all {
		if s.Situation == situation {
			return f.spar(s)
		}
		if !s.ForAdults() {
			offered, names = append(offered, s), append(names, s.Situation)
		}
	}
	due := f.o.Book.PractiseDue(names)
	f.say(f.t("practise.title"))
	question := f.t("practise.intro")
	for _, s := range offered {
		if s.Situation == due {
			offered = append([]course.Sparring{s}, offered...)
			break
		}
	}
	for i, s := range offered {
		words := s.Title
		if i == 0 {
			words = f.t("practise.due", "Title", s.Title)
		}
		question += "\n" + f.t("plain.option", "Number", i+1, "Text", words)
	}
	for {
		line, err := f.ask(question)
		if err != nil {
			return err
		}
		if n, ok := number(line, len(offered)); ok {
			return f.spar(offered[n])
		}
		question = f.t("plain.again", "Count", len(offered))
	}
}

func (f *face) spar(s course.Sparring) error {
	return f.play(play.Start(f.o.Course.Spar(s, f.o.Book.Rounds(s.Situation, s.Stories)), f.o.Seed))
}
