//go:build js

package main

import (
	"slices"
	"syscall/js"
	"time"

	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/site/alone"
)

// newBook returns a record in memory. The script saves it in the browser, only if the learner
// asks for that.
func newBook() *progress.Book {
	return progress.Open(progress.Options{Today: func() progress.Day { return progress.DayOf(time.Now()) }})
}

// story starts a lesson, or goes on where it was left.
func (e *engine) story(run play.Run, seed uint64) {
	if back, changed, ok := e.book.Resume(run.Lesson(), seed); ok {
		e.player.Resume(back, changed)
		return
	}
	e.player.Start(run)
}

// home returns the first page, with the state of each lesson.
func (e *engine) home(note string) alone.Home {
	h := e.player.Home()
	h.Script, h.Keeps, h.Offline = true, e.keeps, e.offline
	if note != "" {
		h.Note = e.words.T(note)
	}
	var ids []string
	for _, g := range h.Groups {
		for i := range g.Lessons {
			ids = append(ids, g.Lessons[i].ID)
			switch state := e.book.State(g.Lessons[i].ID); {
			case state.Begun:
				g.Lessons[i].State = e.words.T("home.begun")
			case state.Done:
				g.Lessons[i].State = e.words.T("home.done")
			}
		}
	}
	if last := e.book.Last(ids); last != "" {
		for _, g := range h.Groups {
			if i := slices.IndexFunc(g.Lessons, func(l alone.Listed) bool { return l.ID == last }); i >= 0 {
				h.GoOn = &g.Lessons[i]
			}
		}
	}
	return h
}

// keep changes whether the record is kept: "keep", "erase", or "import" with a copy. The script
// sends "unkept" if the browser refuses to keep it, and "offline" once it has the pages.
func (e *engine) keep(args []js.Value) (string, any, error) {
	note := ""
	switch args[0].String() {
	case "keep":
		e.keeps, note = true, "export.kept"
	case "erase":
		e.keeps, e.book, note = false, newBook(), "export.erased"
		e.player.Book = e.book
	case "offline":
		note = "export.offlinedone"
	case "unkept":
		e.keeps, note = false, "export.unkept"
	case "import":
		rec, err := progress.Decode([]byte(args[1].String()))
		if err != nil {
			note = "export.unread"
			break
		}
		e.book.Take(rec)
		e.keeps, note = true, "export.opened"
	}
	e.player.Stop()
	return "home", e.home(note), nil
}

// record returns the record as a file, for the script to save or to download.
func (e *engine) record() (string, error) {
	src, err := progress.Encode(e.book.Record(), "")
	return string(src), err
}
