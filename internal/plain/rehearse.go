package plain

import (
	"strings"

	"wayout/internal/hear"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// ears returns what hears typed lines, or nil where nothing is heard: on another machine,
// and in a language that has nothing to hear them with.
func (f *face) ears() *hear.Recogniser {
	if f.o.Served {
		return nil
	}
	r, err := f.o.Course.Recogniser()
	if err != nil {
		return nil
	}
	return r
}

// inDanger reports whether a line that was typed anywhere speaks of danger. Numbers and
// commands of a letter are too short to.
func (f *face) inDanger(line string) bool {
	if len(line) < 3 {
		return false
	}
	r := f.ears()
	if r == nil {
		return false
	}
	danger, _ := play.SpeaksOfDanger(r, line)
	return danger
}

// helpFirst says whom to turn to now, before the story goes on, and waits.
func (f *face) helpFirst() error {
	it := f.view.HelpFirst(f.o.Help, f.o.Settings.Country)
	f.say("")
	f.render(it)
	_, err := f.askFor(f.t("plain.go", "Text", it.Back))
	return err
}

// rehearse asks for a line in the learner's own words, and has the others answer it.
func (f *face) rehearse(run play.Run) (play.Run, error) {
	r := run.Scene().Rehearsal
	question := f.t("plain.type", "Who", r.Who)
	if r.Aloud {
		question = f.t("plain.typealoud", "Who", r.Who)
	}
	if f.o.Served {
		question = f.view.Turn(run).(view.Rehearsal).Asks + "\n" + f.t("class.say")
	}
	line, err := f.askFor(question)
	if err != nil {
		return run, err
	}
	if next, ok := f.aside(run, line); ok {
		return next, nil
	}
	if strings.EqualFold(line, "m") && !f.o.Served {
		f.render(f.view.Models(run))
		return f.rehearse(run)
	}
	if f.o.Served {
		line = "" // What is typed on another machine is not looked at.
	}
	if line == "" {
		next, err := run.Skip()
		return f.modelled(next, err)
	}
	return f.listen(run, line)
}

// listen has a line heard, says what it does, and tells what the others answer.
func (f *face) listen(run play.Run, line string) (play.Run, error) {
	next, h, err := run.Hear(f.ears(), line)
	if err == nil && h.Danger {
		if err = f.helpFirst(); err == nil && len(next.Actions()) > len(run.Actions()) {
			f.tell(next) // What the others answer. Nothing is said about the line.
		}
		return next, err
	}
	if m, ok := f.view.Meant(h); err == nil && ok {
		if next, h, err = f.meant(run, h, m); err != nil {
			return run, err
		}
	}
	if err != nil {
		return run, err
	}
	f.tell(next) // What the others answer.
	if m := next.Heard(); m != nil && m.Name == lesson.Danger {
		return next, nil
	}
	if it, ok := f.view.Heard(h, "h"); ok {
		f.render(it)
	}
	if next.Turn() == play.Say {
		return next, nil // It may be said in other words.
	}
	return f.modelled(next, nil)
}

// meant asks what a line was that wasn't heard for certain.
func (f *face) meant(run play.Run, h play.Hearing, m view.Meant) (play.Run, play.Hearing, error) {
	question := m.Asks
	for i, words := range m.Options {
		question += "\n" + f.t("plain.option", "Number", i+1, "Text", words)
	}
	for {
		line, err := f.ask(question)
		if err != nil {
			return run, h, err
		}
		n, ok := number(line, len(m.Options))
		if !ok {
			question = f.t("plain.again", "Count", len(m.Options))
			continue
		}
		move := ""
		if n < len(h.Ask) {
			move = h.Ask[n].Move
		}
		next, told, err := run.Meant(move)
		told.Gentle = h.Gentle
		return next, told, err
	}
}

// modelled says how the line could sound.
func (f *face) modelled(run play.Run, err error) (play.Run, error) {
	if err == nil {
		f.render(f.view.Models(run))
		f.say("")
	}
	return run, err
}
