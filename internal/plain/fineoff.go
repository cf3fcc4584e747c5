package plain

import (
	"errors"
	"io"

	"wayout/internal/fineoff"
	"wayout/internal/play"
	"wayout/internal/view"
)

// FineOrOff plays "Fine or off?". Its error is one that [Play] returns.
func FineOrOff(in io.Reader, out, stderr io.Writer, o Options) error {
	return played(in, out, stderr, o, (*player).fineOrOff)
}

// fineOrOff plays rounds until the learner leaves. Only the number of the next round is kept.
func (p *player) fineOrOff() error {
	set, err := p.o.Course.FineOrOff()
	if err != nil {
		return err
	}
	p.say(p.t("fineoff.title"))
	p.say(p.t("fineoff.intro"))
	p.say(p.t("plain.note", "Note", p.t("fineoff.note")))
	p.commands = "fineoff.commands"
	defer func() { p.commands = "" }()
	p.say(p.t(p.commands))
	for more := true; more; {
		if err := p.round(set.Deal(p.o.Seed, p.rounds)); err != nil {
			return err
		}
		p.rounds++
		if more, err = p.agrees(p.t("fineoff.more")); errors.Is(err, ErrEnded) {
			return nil // The round was played to its end.
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (p *player) round(r fineoff.Round) error {
	for !r.Over() {
		p.say("")
		p.head(p.t("fineoff.at", "At", r.At()+1, "Of", r.Len()))
		run := play.Start(p.o.Course.FineOrOffChat(r), p.o.Seed)
		p.shown = 0
		p.tell(run)
		q, _ := p.view.Turn(run).(view.Question)
		n, err := p.pick(q.Asks, q.Labels())
		if err != nil {
			return err
		}
		if run, err = run.Choose(n); err != nil {
			return err
		}
		p.tell(run)
		r = r.Answer(fineoff.Answer(n))
		onward, _ := p.view.Turn(run).(view.Onward)
		if _, err = p.ask(p.t("plain.go", "Text", onward.Words)); err != nil {
			return err
		}
	}
	p.say("")
	p.head(p.t("fineoff.tally"))
	p.lines(p.o.Course.FineOrOffTally(r.Tally())...)
	p.say(p.t("plain.helplines"))
	return nil
}
