package plain

import (
	"strings"

	"wayout/internal/hear"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/view"
)

// ears returns the recogniser of typed lines, or nil if there is none: for a learner at another
// machine, and in a language without one.
func (p *player) ears() *hear.Recogniser {
	if p.o.Served {
		return nil
	}
	r, _ := p.o.Course.Recogniser()
	return r
}

// inDanger reports whether a line that was typed at any prompt speaks of danger. Lines under
// three bytes, such as numbers and commands, never do.
func (p *player) inDanger(line string) bool {
	r := p.ears()
	if len(line) < 3 || r == nil {
		return false
	}
	danger, _ := play.SpeaksOfDanger(r, line)
	return danger
}

// helpFirst says who to turn to now, before the story goes on, and waits for a line. It reports
// false if the learner says that they didn't mean that.
func (p *player) helpFirst() (meant bool, err error) {
	it := p.view.HelpFirst(p.o.Help, p.o.Settings.Country)
	it.More = p.t("plain.more")
	p.say("")
	p.render(it)
	line, err := p.askFor(p.t("plain.go", "Text", it.Back) + "\n" + p.t("plain.notmeant", "Text", it.NotMeant))
	return !strings.EqualFold(line, "n"), err
}

// rehearse asks for a line in the learner's own words, and tells what the others answer.
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
		line = "" // A line from another machine isn't looked at.
	}
	if line == "" {
		next, err := run.Skip()
		return p.modelled(next, err)
	}
	return p.listen(run, line)
}

// listen has a line recognised, says what it does, and tells what the others answer.
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
			p.tellFrom(next) // Only what the others answer, no word about the line.
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
		return next, nil // The learner may try other words.
	}
	return p.modelled(next, nil)
}

// tellFrom tells what was answered to a line. Beats of an earlier answer are no longer in the run.
func (p *player) tellFrom(run play.Run) {
	p.shown = min(p.shown, run.Before())
	p.tell(run)
}

// meant asks what the learner meant by a line that wasn't heard for certain. They type the number
// of an answer, or the line in other words.
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

// told goes on with the move that the learner says a line was.
func (p *player) told(run play.Run, h play.Hearing, move string) (play.Run, error) {
	next, told, err := run.Meant(move)
	if err != nil {
		return run, err
	}
	told.Gentle = h.Gentle
	return p.answered(run, next, told)
}

// modelled shows model answers for the line.
func (p *player) modelled(run play.Run, err error) (play.Run, error) {
	if err == nil {
		p.render(p.view.Models(run))
		p.say("")
	}
	return run, err
}
