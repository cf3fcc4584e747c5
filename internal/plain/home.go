package plain

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
)

// Home lists what can be done and does what is chosen, until the learner leaves.
// The end of the input is [ErrEnded] only where nothing was done yet.
func Home(in io.Reader, out, stderr io.Writer, o Options) error {
	f, err := newFace(in, out, stderr, o)
	if err != nil {
		return err
	}
	f.troubled()
	done := false
	for {
		err := f.home()
		switch {
		case err == nil:
			done = true
			continue
		case errors.Is(err, ErrEnded) && done:
			err = nil
		}
		err = f.left(err)
		f.save()
		return errors.Join(err, f.flush())
	}
}

// home lists what can be done, asks, and does it.
func (f *face) home() error {
	var ids []string
	for _, e := range f.o.Course.Lessons {
		ids = append(ids, e.ID)
	}
	items := f.o.Book.Agenda(ids, f.o.Course.HasForms())
	f.say("")
	f.say(f.t("home.title"))
	f.say(f.t("home.intro"))
	f.say("")
	for i, item := range items {
		f.say(f.t("plain.option", "Number", i+1, "Text", f.item(item)))
	}
	practise := f.o.Course.HasPractise()
	if practise {
		items = append(items, progress.Item{Kind: ofPractise})
		f.say(f.t("plain.option", "Number", len(items), "Text", f.t("home.practise")))
	}
	plan := f.t("home.makeplan")
	if _, ok := f.o.Book.Plan(); ok {
		plan = f.t("home.plan")
	}
	f.say(f.t("plain.option", "Number", len(items)+1, "Text", plan))
	f.say(f.t("plain.option", "Number", len(items)+2, "Text", f.t("home.article")))
	f.say(f.t("plain.option", "Number", len(items)+3, "Text", f.t("home.settings")))
	for {
		line, err := f.ask(f.t("plain.lesson"))
		if err != nil {
			return err
		}
		n, ok := number(line, len(items)+3)
		switch {
		case ok && n == len(items):
			return f.plan()
		case ok && n == len(items)+1:
			return f.article()
		case ok && n == len(items)+2:
			return f.settings()
		case ok && items[n].Kind == ofPractise:
			return f.practise("")
		case ok:
			return f.open(items[n])
		}
		for _, id := range ids {
			if id == line {
				return f.open(progress.Item{Kind: progress.OneLesson, Lesson: id})
			}
		}
		f.say(f.t("plain.again", "Count", len(items)+3))
	}
}

// item returns one line of the agenda.
func (f *face) item(item progress.Item) string {
	switch item.Kind {
	case progress.Due:
		return f.t("home.due")
	case progress.Before:
		return f.t("home.before")
	case progress.After:
		return f.t("home.after")
	case progress.Changed:
		return f.t("home.change")
	}
	e, err := f.o.Course.Entry(item.Lesson)
	if err != nil {
		return err.Error() // The agenda is made from the course.
	}
	if item.Kind == progress.GoOn {
		return f.t("home.goon", "Title", e.Title)
	}
	words := e.Title + ". " + e.Goal
	switch state := f.o.Book.State(item.Lesson); {
	case state.Begun:
		words += " (" + f.t("home.begun") + ")"
	case state.Done:
		words += " (" + f.t("home.done") + ")"
	}
	return words
}

// open does what an item is about.
func (f *face) open(item progress.Item) error {
	switch item.Kind {
	case progress.Due:
		var ids []string
		for _, e := range f.o.Course.Lessons {
			ids = append(ids, e.ID)
		}
		stories, err := f.o.Book.Booster(ids, f.o.Course.BoosterStories)
		if err != nil {
			return err
		}
		return f.play(play.Start(f.o.Course.Booster(stories), f.o.Seed))
	case progress.Before:
		return f.form(lesson.Before)
	case progress.After:
		if err := f.form(lesson.After); err != nil {
			return err
		}
		f.change()
		return nil
	case progress.Changed:
		f.change()
		return nil
	}
	l, diags, err := f.o.Course.Lesson(item.Lesson)
	if err != nil {
		return err
	}
	if l == nil {
		for _, d := range diags {
			fmt.Fprintln(f.stderr, d)
		}
		f.say(f.t("trouble.text"))
		return nil
	}
	run := play.Start(l, f.o.Seed)
	if item.Kind == progress.GoOn {
		f.shown = 0
		back, _ := f.resume(run)
		return f.goOn(back)
	}
	return f.play(run)
}

// goOn plays a run that was left in the middle; its cover was read long ago.
func (f *face) goOn(run play.Run) error {
	f.say(run.Lesson().Title)
	f.say(f.t("plain.commands"))
	f.say("")
	f.rewound(run)
	return f.loop(run)
}

func (f *face) form(kind lesson.Session) error {
	l, err := f.o.Course.Form(kind)
	if err != nil || l == nil {
		return err
	}
	return f.play(play.Start(l, f.o.Seed))
}

// article tells what the lessons are drawn from, point by point.
func (f *face) article() error {
	a, err := f.o.Course.Article()
	if err != nil {
		return err
	}
	f.say(f.t("article.title"))
	f.say(a.Intro)
	for i, p := range a.Points {
		f.say("")
		f.say(f.t("plain.option", "Number", i+1, "Text", f.t("article.said")+" "+p.Said))
		f.say(f.t("article.now") + " " + p.Now)
		for _, id := range p.Lessons {
			if e, err := f.o.Course.Entry(id); err == nil {
				f.say("- " + e.Title)
			}
		}
	}
	return nil
}

// change tells what is different after the course.
func (f *face) change() {
	before, after, ok := f.o.Book.Change()
	f.say("")
	f.say(f.t("change.title"))
	if !ok {
		f.say(f.t("change.none"))
		return
	}
	f.say(f.t("change.intro"))
	row := func(when string, n, of int) { f.say(f.t("change.row", "When", when, "Number", n, "Of", of)) }
	f.say(f.t("plain.head", "Text", f.t("change.stories")))
	row(f.t("change.before"), before.Stories, before.StoriesOf)
	row(f.t("change.after"), after.Stories, after.StoriesOf)
	f.say(f.t("plain.head", "Text", f.t("change.asking")))
	row(f.t("change.before"), before.Asking, before.AskingOf)
	row(f.t("change.after"), after.Asking, after.AskingOf)
	f.say(f.t("change.worry"))
}

// settings lists what can be set and changes what is chosen.
func (f *face) settings() error {
	countries := []string{""}
	for _, c := range f.o.Help.Countries {
		countries = append(countries, c.Code)
	}
	fields := settings.Fields(nil, countries)
	for {
		question := f.t("plain.settings")
		for i, field := range fields {
			question += "\n" + f.t("plain.option", "Number", i+1, "Text",
				f.t("plain.setting", "Name", f.o.Course.Words().Setting(field.Name), "Value", f.value(field.Name)))
		}
		question += "\n" + f.t("plain.option", "Number", len(fields)+1, "Text", f.t("settings.erase"))
		line, err := f.ask(question)
		if err != nil || line == "" {
			return err
		}
		n, ok := number(line, len(fields)+1)
		switch {
		case !ok:
			f.say(f.t("plain.again", "Count", len(fields)+1))
		case n == len(fields):
			return f.erase()
		default:
			f.set(fields[n])
		}
	}
}

// value returns the words for the value that a setting has.
func (f *face) value(name string) string {
	v := f.o.Settings.Value(name)
	if name == "private" && f.o.Book.Private() {
		v = settings.On
	}
	if c, ok := f.o.Help.Find(v); ok && name == "country" {
		return c.Name
	}
	return f.o.Course.Words().SettingValue(name, v)
}

// set takes the next value of a setting and keeps it, unless nothing is kept.
func (f *face) set(field settings.Field) {
	was, at := f.o.Settings, 0
	for i, v := range field.Values {
		if v == was.Value(field.Name) {
			at = i
		}
	}
	f.o.Settings = was.With(field.Name, field.Values[(at+1)%len(field.Values)])
	if f.o.Settings.Private && !was.Private {
		f.o.Book.GoPrivate()
	}
	if f.o.Save != nil && !was.Private {
		if err := f.o.Save(f.o.Settings); err != nil {
			f.say(f.t("settings.unsaved"))
		}
	}
}

// erase takes everything away that is kept, if the learner says so once more.
func (f *face) erase() error {
	line, err := f.ask(f.t("plain.erase"))
	if err != nil {
		return err
	}
	if !strings.EqualFold(line, f.t("key.yes")) && !strings.EqualFold(line, "y") {
		f.say(f.t("plain.noerase"))
		return nil
	}
	err = f.o.Book.Erase()
	if f.o.Erase != nil && err == nil {
		err = f.o.Erase()
	}
	if err != nil {
		f.say(f.t("erase.failed", "Reason", err.Error()))
		return nil
	}
	f.o.Save = nil // Nothing more is kept until the next start.
	f.say(strings.TrimSpace(f.t("erase.done")))
	return nil
}
