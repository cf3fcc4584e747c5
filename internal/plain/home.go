package plain

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
)

// Home lists what can be done and does what is chosen, until the learner leaves.
// The end of the input is [ErrEnded] only if nothing was done before it.
func Home(in io.Reader, out, stderr io.Writer, o Options) error {
	return played(in, out, stderr, o, func(p *player) error {
		for done := false; ; done = true {
			if err := p.home(); errors.Is(err, ErrEnded) && done {
				return nil
			} else if err != nil {
				return err
			}
		}
	})
}

// home lists what can be done, asks, and does it.
func (p *player) home() error {
	items := p.o.Book.Agenda(p.o.Course)
	var offered []string
	for _, item := range items {
		offered = append(offered, p.item(item))
	}
	p.say("")
	p.say(p.t("home.title"))
	p.say(p.menu(p.t("home.intro"), items, offered))
	for {
		line, err := p.ask(p.t("plain.lesson"))
		if err != nil {
			return err
		}
		if n, ok := number(line, len(offered)); ok {
			return p.open(items[n])
		}
		if slices.Contains(p.o.Course.IDs(), line) {
			return p.open(progress.Item{Kind: progress.OneLesson, Lesson: line})
		}
		if !p.found(line, items, offered) {
			p.say(p.t("plain.again", "Count", len(offered)))
		}
	}
}

// menu returns the numbered list of what is offered, with each situation above its first lesson.
func (p *player) menu(intro string, items []progress.Item, offered []string) string {
	lines := []string{intro, ""}
	last := ""
	for i, words := range offered {
		situation := ""
		if items[i].Kind == progress.OneLesson {
			situation = p.o.Course.Situation(items[i].Lesson)
		}
		if situation != last && (situation != "" || last != "") {
			lines = append(lines, "")
			if situation != "" {
				lines = append(lines, p.t("plain.head", "Text", situation))
			}
		}
		last = situation
		lines = append(lines, p.option(i, words))
	}
	return strings.Join(lines, "\n")
}

// found lists what matches the typed words, with the numbers of the menu: first what isn't a
// lesson, then lessons, the best first, each with the reason it was found, and how to see the
// help of a country. It reports whether anything was found.
func (p *player) found(typed string, items []progress.Item, offered []string) bool {
	if strings.TrimSpace(typed) == "" {
		return false
	}
	any, at := false, make(map[string]int)
	for i, words := range offered {
		if items[i].Kind == progress.OneLesson {
			at[items[i].Lesson] = i
			continue
		}
		if p.o.Course.Matches(typed, words) || items[i].Kind == progress.Now && p.o.Course.FindsNow(typed) {
			p.say(p.option(i, words))
			any = true
		}
	}
	for _, f := range p.o.Course.Find(typed) {
		if i, ok := at[f.ID]; ok {
			p.say(p.option(i, offered[i]))
			if !strings.Contains(offered[i], f.Why) { // The offered line has the goal already.
				p.say("   " + f.Why)
			}
			any = true
		}
	}
	for _, in := range p.view.HelpIn(p.o.Help, typed) {
		p.say(p.t("plain.helpin", "Text", in.Words, "Name", strings.ToLower(in.Name)))
		any = true
	}
	return any
}

// item returns one line of the agenda.
func (p *player) item(item progress.Item) string {
	if item.Kind != progress.OneLesson {
		return p.o.Course.HomeLine(string(item.Kind), item.Lesson)
	}
	e, err := p.o.Course.Entry(item.Lesson)
	if err != nil {
		return err.Error() // It can't fail: the agenda has only lessons of the course.
	}
	words := e.Title
	if !strings.HasSuffix(words, "?") && !strings.HasSuffix(words, "!") {
		words += "."
	}
	words += " " + e.Goal
	switch state := p.o.Book.State(item.Lesson); {
	case state.Begun:
		words += " (" + p.t("home.begun") + ")"
	case state.Done:
		words += " (" + p.t("home.done") + ")"
	}
	return words
}

// open does what an item is about.
func (p *player) open(item progress.Item) error {
	switch item.Kind {
	case progress.Now:
		return p.now()
	case progress.MakePlan, progress.KeptPlan:
		return p.plan()
	case progress.Article:
		return p.article()
	case progress.Settings:
		return p.settings()
	case progress.Finished:
		p.courseEnd()
		return nil
	case progress.Practise:
		return p.practise("")
	case progress.FineOrOff:
		return p.fineOrOff()
	case progress.Due:
		stories, err := p.o.Book.Booster(p.o.Course.IDs(), p.o.Course.BoosterStories)
		if err != nil {
			return err
		}
		return p.play(play.Start(p.o.Course.Booster(stories), p.o.Seed))
	case progress.Before:
		return p.form(lesson.Before)
	case progress.After:
		if err := p.form(lesson.After); err != nil {
			return err
		}
		p.change()
		return nil
	case progress.Changed:
		p.change()
		return nil
	}
	l, diags, err := p.o.Course.Lesson(item.Lesson)
	if err != nil {
		return err
	}
	if l == nil {
		for _, d := range diags {
			fmt.Fprintln(p.stderr, d)
		}
		p.say(p.t("trouble.text"))
		return nil
	}
	run := play.Start(l, p.o.Seed)
	if item.Kind == progress.GoOn {
		p.shown = 0
		back, _ := p.resume(run)
		return p.goOn(back)
	}
	return p.play(run)
}

// goOn plays a run that was left in the middle, without the cover of the lesson.
func (p *player) goOn(run play.Run) error {
	p.say(run.Lesson().Title)
	p.say(p.t("plain.commands"))
	p.say("")
	p.rewound(run)
	return p.loop(run)
}

func (p *player) form(kind lesson.Session) error {
	l, err := p.o.Course.Form(kind)
	if err != nil || l == nil {
		return err
	}
	return p.play(play.Start(l, p.o.Seed))
}

// article tells what the lessons are drawn from, point by point.
func (p *player) article() error {
	a, err := p.o.Course.Article()
	if err != nil {
		return err
	}
	p.say(p.t("article.title"))
	p.say(a.Intro)
	for i, point := range a.Points {
		p.say("")
		p.say(p.t("plain.option", "Number", i+1, "Text", point.Title))
		p.say(p.t("article.said") + " " + point.Said)
		p.say(p.t("article.now") + " " + point.Now)
		p.say(p.t("article.try") + " " + point.Try)
		for _, id := range point.Lessons {
			if e, err := p.o.Course.Entry(id); err == nil {
				p.say("- " + e.Title)
			}
		}
	}
	return nil
}

// courseEnd tells the end of the course.
func (p *player) courseEnd() {
	end := p.view.CourseEnd(p.o.Book.Seen)
	p.say("")
	p.say(end.Head)
	p.say(end.Text)
	for _, part := range end.Parts {
		p.say("")
		if part.Title != "" {
			p.head(part.Title)
		}
		p.lines(part.Stays)
		for _, l := range part.Lessons {
			p.say("- " + l)
		}
	}
	p.say("")
	p.say(end.Last)
}

// change tells what is different after the course.
func (p *player) change() {
	before, after, ok := p.o.Book.Change()
	p.say("")
	p.say(p.t("change.title"))
	if !ok {
		p.say(p.t("change.none"))
		return
	}
	p.say(p.t("change.intro"))
	row := func(when string, n, of int) { p.say(p.t("change.row", "When", when, "Number", n, "Of", of)) }
	p.head(p.t("change.stories"))
	row(p.t("change.before"), before.Stories, before.StoriesOf)
	row(p.t("change.after"), after.Stories, after.StoriesOf)
	p.head(p.t("change.asking"))
	row(p.t("change.before"), before.Asking, before.AskingOf)
	row(p.t("change.after"), after.Asking, after.AskingOf)
	p.say(p.t("change.worry"))
}

// settings lists the settings and changes the one that is chosen.
func (p *player) settings() error {
	fields := p.o.Settings.Locked.Free(settings.Fields(nil, p.o.Help.Codes()))
	for {
		var lines []string
		for _, field := range fields {
			lines = append(lines, p.t("plain.setting", "Name", p.o.Course.Words().Setting(field.Name), "Value",
				p.value(field.Name)))
		}
		lines = append(lines, p.t("settings.erase"))
		line, err := p.ask(p.numbered(p.t("plain.settings"), lines))
		if err != nil || line == "" {
			return err
		}
		n, ok := number(line, len(lines))
		switch {
		case !ok:
			p.say(p.t("plain.again", "Count", len(lines)))
		case n == len(fields):
			return p.erase()
		default:
			p.set(fields[n])
		}
	}
}

// value returns the words for the present value of a setting.
func (p *player) value(name string) string {
	v := p.o.Settings.Value(name)
	if name == "private" && p.o.Book.Private() {
		v = settings.On
	}
	if c, ok := p.o.Help.Find(v); ok && name == "country" {
		return c.Name
	}
	return p.o.Course.Words().SettingValue(name, v)
}

// set changes a setting to its next value and saves it, unless the learner is private.
func (p *player) set(field settings.Field) {
	was := p.o.Settings
	p.o.Settings = field.Turn(was, 1)
	if p.o.Settings.Private && !was.Private {
		p.o.Book.GoPrivate()
	}
	if p.o.Save != nil && !was.Private {
		if err := p.o.Save(p.o.Settings); err != nil {
			p.say(p.t("settings.unsaved"))
		}
	}
}

// erase removes everything that is kept, if the learner confirms it.
func (p *player) erase() error {
	switch yes, err := p.agrees(p.t("plain.erase")); {
	case err != nil:
		return err
	case !yes:
		p.say(p.t("plain.noerase"))
		return nil
	}
	err := p.o.Book.Erase()
	if p.o.Erase != nil && err == nil {
		err = p.o.Erase()
	}
	if err != nil {
		p.say(p.t("erase.failed", "Reason", err.Error()))
		return nil
	}
	p.o.Save = nil // Nothing more is kept until the next start.
	p.say(strings.TrimSpace(p.t("erase.done")))
	return nil
}
