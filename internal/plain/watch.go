package plain

import (
	"errors"
	"io"
	"strings"

	"wayout/internal/play"
	"wayout/internal/watch"
)

// WatchOptions say which file an author is working on.
type WatchOptions struct {
	File string
	News func() (watch.Edition, bool) // Waits for the next edition; false when there will be none.
}

// Watch tells what is wrong in a lesson's file each time it is saved, and plays the lesson from
// where it was changed. It returns nil when there will be no more editions or the author leaves,
// [ErrEnded], or an error of writing.
func Watch(in io.Reader, out, stderr io.Writer, o Options, w WatchOptions) error {
	keys := newFeed(in)
	defer keys.close()
	a := &author{w: w}
	o.Played = func(run play.Run) error { a.run = run; return nil } // It only notes the run.
	p, err := newPlayer(in, out, stderr, o)
	if err != nil {
		return err
	}
	p.next = keys.next
	a.player = p
	return errors.Join(p.left(a.follow(keys)), p.flush())
}

// author plays a lesson for the person who is writing it.
type author struct {
	*player
	w   WatchOptions
	ed  watch.Edition
	run play.Run // The run so far.
	on  bool     // Whether there is a run.
}

// follow tells each edition, and plays until there is another one.
func (a *author) follow(keys *feed) error {
	ed, ok := a.news()
	for ok {
		stop, next := make(chan struct{}), make(chan watch.Edition, 1)
		keys.stop = stop
		go func() { // It ends when there is news, or when there will be none.
			if ed, ok := a.news(); ok {
				next <- ed
			}
			close(stop)
		}()
		a.ed = ed
		a.found()
		if err := a.plays(); !errors.Is(err, errCalled) {
			return err
		}
		select {
		case ed = <-next:
		default:
			ok = false
		}
	}
	return nil
}

// news waits for the next edition that the rules have checked, since lines that were told can't
// be taken back.
func (a *author) news() (watch.Edition, bool) {
	ed, ok := a.w.News()
	for ok && !ed.Checked {
		var checked watch.Edition
		checked, ok = a.w.News()
		checked.Moved = checked.Moved || ed.Moved
		ed = checked
	}
	return ed, ok
}

// found tells the state of the file, and what is wrong in it.
func (a *author) found() {
	ed := a.ed
	switch {
	case ed.Missed != nil:
		a.say(a.t("watch.missing", "File", a.w.File))
	case ed.Broken && ed.Lesson != nil:
		a.say(a.t("watch.older"))
	case ed.Broken:
		a.say(a.t("watch.never"))
	case len(ed.Found) == 0:
		a.say(a.t("watch.clean"))
	}
	for _, d := range ed.Found {
		a.say(a.t("watch.line", "Line", d.Line, "Message", d.Message))
		if d.Fix != "" {
			a.say(a.t("watch.fix", "Fix", d.Fix))
		}
	}
	a.say("")
}

// plays plays from where the file was changed, or goes on where the author was.
func (a *author) plays() error {
	if a.ed.Lesson == nil {
		for {
			if _, err := a.ask(a.t("watch.never")); err != nil {
				return err
			}
		}
	}
	if a.ed.Moved || !a.on {
		a.again()
	} else if a.rewound(a.run); a.ed.Broken {
		a.say(a.t("watch.same"))
	}
	for {
		if err := a.loop(a.run); err != nil {
			return err
		}
		if _, err := a.ask(a.t("watch.again")); err != nil {
			return err
		}
		a.again()
	}
}

// again begins in the scene that was changed, with the facts that the way to it sets.
func (a *author) again() {
	l := a.ed.Lesson
	run, err := play.Replay(l, a.o.Seed, a.ed.Way)
	if err != nil || a.ed.Scene != "" && run.Scene().ID != a.ed.Scene {
		if run, err = play.Start(l, a.o.Seed).From(a.ed.Scene); err != nil {
			run = play.Start(l, a.o.Seed)
		}
	}
	a.run, a.on = run, true
	words := a.t("watch.start")
	if run.Scene().ID == a.ed.Scene {
		words = a.t("watch.from", "Scene", run.Scene().Title)
	}
	a.say(strings.TrimSpace(words))
	a.rewound(run)
}
