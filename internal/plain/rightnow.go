package plain

import (
	"errors"
	"io"
	"strings"

	"wayout/internal/firstaid"
	"wayout/internal/view"
)

// RightNow leads someone to whom it is happening right now through the next minutes. It
// returns as [Play] does. Nothing is remembered, whatever the options say.
func RightNow(in io.Reader, out, stderr io.Writer, o Options) error {
	o.Book, o.Save = nil, nil
	return played(in, out, stderr, o, func(p *player) error {
		guide, err := p.o.Course.FirstAid()
		if err != nil {
			return err
		}
		p.inTrouble = true
		w, err := p.walk(firstaid.Start(guide, p.o.Help, p.o.Settings.Country))
		if errors.Is(err, ErrEnded) {
			if at := w.Screen().Kind; at != firstaid.People && at != firstaid.End { // No one is left with a question.
				p.say("")
				p.render(p.view.RightNow(w.People()))
			}
			return nil
		}
		return err
	})
}

// now answers the command that works at every prompt: it leads through the next minutes,
// and then comes back to what was asked.
func (p *player) now() error {
	guide, err := p.o.Course.FirstAid()
	if err != nil || p.inTrouble {
		p.say(p.asked) // A test holds the file.
		return nil
	}
	if p.uncalled != nil { // A class can wait.
		defer func(next func() ([]byte, error)) { p.next = next }(p.next)
		p.next = p.uncalled
	}
	p.inTrouble = true
	defer func(question, country string) {
		p.inTrouble, p.asked, p.o.Settings.Country = false, question, country
	}(p.asked, p.o.Settings.Country)
	if _, err := p.walk(firstaid.Start(guide, p.o.Help, p.o.Settings.Country)); err != nil {
		return err
	}
	p.say(p.t("danger.back"))
	return nil
}

// walk says one screen after the other, until the last one or until the learner wants to
// stop there. Who helps is asked for as everywhere.
func (p *player) walk(w firstaid.Walk) (firstaid.Walk, error) {
	p.say(p.t("now.plain"))
	p.say(p.whose(w))
	listed := false // Those who help were shown last: a country's name is enough then.
	p.helps = func(country string) {
		if country == "" {
			p.render(p.view.RightNow(w.People()))
			p.say(p.whose(w))
			listed = true
			return
		}
		w = w.In(country) // What follows is for there, too. It isn't kept.
		p.say(p.whose(w))
		p.render(p.view.RightNow(w))
	}
	before := p.commands
	p.commands = "now.plain"
	defer func() { p.helps, p.commands = nil, before }()
	for told := false; ; {
		it := p.view.RightNow(w)
		if !told {
			p.say("")
			p.render(it)
			if (it.Helps() || w.Screen().Kind == firstaid.People) && !w.First() { // It stands above the first screen.
				p.say(p.whose(w))
			}
		}
		told = false
		line, err := p.askFor(p.asksNow(it, w))
		if err != nil {
			return w, err
		}
		line, asked := asksWhoHelps(line)
		code, named := p.view.CountryNamed(p.o.Help, line, listed || asked || it.Helps())
		listed = false
		switch {
		case named && code == "":
			w = p.abroad(w, line)
			continue
		case named:
			p.helps(code)
			told = true
			continue
		}
		n, ok := number(line, len(it.Options))
		switch {
		case ok:
			w = w.Take(n)
		case line == "" && w.Last(), strings.EqualFold(line, "x"):
			return w, nil
		case line == "":
			w = w.Next()
		case strings.EqualFold(line, "u"):
			w = w.Back()
		default:
			danger := p.inDanger(line)
			if !danger {
				p.notThere(w, line, asked)
			}
			next, ok := w.Heard(line, danger)
			if w = next; !ok {
				p.again(w)
				told = true
			}
		}
	}
}

// asksWhoHelps returns what follows on the command that asks who helps, and whether it's that
// command. It is a country that isn't known, or else words.
func asksWhoHelps(line string) (string, bool) {
	if len(line) > 2 && strings.EqualFold(line[:2], "h ") {
		return strings.TrimSpace(line[2:]), true
	}
	return line, false
}

// abroad goes on without the numbers of a country for someone in another that has none here.
func (p *player) abroad(w firstaid.Walk, name string) firstaid.Walk {
	p.say(p.t("now.nowhere", "Name", name))
	if country := w.Screen().Country; country != "" {
		p.say(p.t("now.stillin", "Country", country))
	}
	return w.In("")
}

// whose says whose numbers these are, and how to come to those of another country.
func (p *player) whose(w firstaid.Walk) string {
	if country := w.Screen().Country; country != "" {
		return p.t("now.whose", "Country", country)
	}
	return p.t("now.whosenone")
}

// notThere says whose numbers these still are, to someone who asked for those of a place that isn't
// known, or named a country that has none here.
func (p *player) notThere(w firstaid.Walk, line string, asked bool) {
	country := w.Screen().Country
	if country == "" {
		if asked {
			p.say(p.whose(w))
		}
		return
	}
	_, abroad := p.view.CountryNamed(p.o.Help, line, true)
	if abroad {
		p.say(p.t("now.noneof", "Name", line))
	}
	if abroad || asked {
		p.say(p.t("now.notthere", "Country", country))
	}
}

// again says that a second line wasn't understood either, beside the number.
func (p *player) again(w firstaid.Walk) {
	if w.Screen().Country == "" {
		p.say(p.t("now.againnone"))
		return
	}
	p.say(p.t("now.again", "Number", w.Number(), "Country", w.Screen().Country))
}

// asksNow is the line that says what can be typed.
func (p *player) asksNow(it view.RightNow, w firstaid.Walk) string {
	switch {
	case w.Last():
		return p.t("now.asksend")
	case w.Screen().Kind == firstaid.Safe:
		return p.t("now.asksafe")
	case len(it.Options) > 0:
		return p.t("now.askspick")
	}
	return p.t("now.asks")
}

// rightNow says one screen.
func (p *player) rightNow(it view.RightNow) {
	p.say(it.Head)
	if it.Sentence != "" {
		p.say("\"" + it.Sentence + "\"")
	}
	p.lines(it.Text...)
	for i, words := range it.Options {
		p.say(p.option(i, words))
	}
	for _, person := range it.People {
		p.say(person.Name)
		p.lines(person.Ways...)
	}
	p.lines(it.Limits, it.Hopeless)
}
