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
func (p *player) ears() *hear.Recogniser {
	if p.o.Served {
		return nil
	}
	r, _ := p.o.Course.Recogniser()
	return r
}

// inDanger reports whether a line that was typed anywhere speaks of danger. Numbers and
// commands of a letter are too short to.
func (p *player) inDanger(line string) bool {
	r := p.ears()
	if len(line) < 3 || r == nil {
		return false
	}
	danger, _ := play.SpeaksOfDanger(r, line)
	return danger
}

// helpFirst says whom to turn to now, before the story goes on, and waits. It is false for
// a learner who says that the line didn't mean that.
func (p *player) helpFirst() (meant bool, err error) {
	it := p.view.HelpFirst(p.o.Help, p.o.Settings.Country)
	it.More = p.t("plain.more")
	p.say("")
	p.render(it)
	line, err := p.askFor(p.t("plain.go", "Text", it.Back) + "\n" + p.t("plain.notmeant", "Text", it.NotMeant))
	return !strings.EqualFold(line, "n"), err
}

// rehearse asks for a line in the learner's own words, and has the others answer it.
func (p *player) rehearse(run play.Run) (play.Run, error) {
	r := run.Scene().Rehearsal
	question := p.t("plain.type", "Who", r.Who)
	if r.Aloud {
		question = p.t("plain.typealoud", "Who", r.Who)
	}
	if p.o.Served {
		question = p.view.Rehearsal(run, false).Asks + "\n" + p.t("class.say")
	}
	line, err := p.askFor(question)
	if err != nil {
		return run, err
	}
	if next, ok := p.aside(run, line); ok {
		return next, nil
	}
	if strings.EqualFold(line, "m") && !p.o.Served {
		p.render(p.view.Models(run))
		return p.rehearse(run)
	}
	if p.o.Served {
		line = "" // What is typed on another machine is not looked at.
	}
	if line == "" {
		next, err := run.Skip()
		return p.modelled(next, err)
	}
	return p.listen(run, line)
}

// listen has a line heard, says what it does, and tells what the others answer.
func (p *player) listen(run play.Run, line string) (play.Run, error) {
	next, h, err := run.Hear(p.ears(), line)
	if err != nil {
		return run, err
	}
	if m, ok := p.view.Meant(h); ok {
		return p.meant(run, h, m)
	}
	return p.answered(run, next, h)
}

// answered says what was heard in a line, and tells what the others answer.
func (p *player) answered(run, next play.Run, h play.Hearing) (play.Run, error) {
	if h.Danger {
		meant, err := p.helpFirst()
		switch {
		case err != nil:
			return run, err
		case !meant:
			return next.NotMeant(), nil
		case len(next.Actions()) > len(run.Actions()):
			p.tellFrom(next) // What the others answer. Nothing is said about the line.
		}
		return next, nil
	}
	p.tellFrom(next) // What the others answer.
	if m := next.Heard(); m != nil && m.Name == lesson.Danger {
		return next, nil
	}
	if it, ok := p.view.Heard(h, "h"); ok {
		p.render(it)
	}
	if next.Turn() == play.Say {
		return next, nil // It may be said in other words.
	}
	return p.modelled(next, nil)
}

// tellFrom tells what was answered to a line; what was answered to an earlier one is gone.
func (p *player) tellFrom(run play.Run) {
	p.shown = min(p.shown, run.Before())
	p.tell(run)
}

// meant asks what a line was that wasn't heard for certain. What is typed is one of the
// answers, or else the line put another way.
func (p *player) meant(run play.Run, h play.Hearing, m view.Meant) (play.Run, error) {
	question := p.numbered(m.Asks, m.Options) + "\n" + p.t("plain.reword")
	for {
		line, err := p.askFor(question)
		if err != nil {
			return run, err
		}
		n, ok := m.Picks(line)
		switch {
		case ok && n < len(h.Ask):
			return p.told(run, h, h.Ask[n].Move)
		case ok:
			return p.told(run, h, "")
		case !p.ears().HasWords(line):
			question = p.t("plain.again", "Count", len(m.Options)) + "\n" + p.t("plain.reword")
			continue
		}
		if next, ok := p.aside(run, line); ok {
			return next, nil
		}
		if strings.EqualFold(line, "m") {
			p.render(p.view.Models(run))
			continue
		}
		return p.listen(run, line)
	}
}

// told goes on as what the learner says that a line was.
func (p *player) told(run play.Run, h play.Hearing, move string) (play.Run, error) {
	next, told, err := run.Meant(move)
	if err != nil {
		return run, err
	}
	told.Gentle = h.Gentle
	return p.answered(run, next, told)
}

// modelled says how the line could sound.
func (p *player) modelled(run play.Run, err error) (play.Run, error) {
	if err == nil {
		p.render(p.view.Models(run))
		p.say("")
	}
	return run, err
}
