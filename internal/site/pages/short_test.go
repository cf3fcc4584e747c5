package pages

import (
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/site/alone"
)

// TestABoosterIsDueWhereARecordIsKept checks that the first page offers a booster some days after a
// story, only with a record, and only until it was played.
func TestABoosterIsDueWhereARecordIsKept(t *testing.T) {
	w := newWorld(t)
	p := alone.New(w.course, w.help, "GB")
	if p.Home().Due {
		t.Error("it's due for someone who has played nothing")
	}
	book := record()
	book.Take(progress.Record{Lessons: map[string]*progress.Lesson{"three-stars": {Done: []progress.Day{20_997}}}})
	p.Book = book
	if !p.Home().Due {
		t.Fatal("it isn't due after three days")
	}
	if err := p.Booster("", 1); err != nil {
		t.Fatal(err)
	}
	if run, _ := p.Run(); run.Lesson().Session != lesson.Booster || len(run.Lesson().Scenes) != 6 {
		t.Errorf("%q of %d scenes is played", run.Lesson().Session, len(run.Lesson().Scenes))
	}
	for range 40 {
		run, _ := p.Run()
		p.Do(map[play.Turn]map[string]string{play.Answer: {"answer": "u"}, play.Say: {"skip": "1"},
			play.Go: {"go": "1"}, play.Choose: {"choose": "0"}, play.End: {}}[run.Turn()])
	}
	if page, _ := p.Page(); !page.Over {
		t.Error("it has no end")
	}
	if p.Home().Due {
		t.Error("it's due once more on the same day")
	}
}

// TestWhatHasNotComeIsAnError checks that an unpacked course knows which short stories there are
// before they are loaded, and returns an error for playing them.
func TestWhatHasNotComeIsAnError(t *testing.T) {
	w := newWorld(t)
	p, _, _, err := Open(w.bundle, func(string, any) string { return "other" })
	if err != nil {
		t.Fatal(err)
	}
	if h := p.Home(); !h.Practise || !h.FineOrOff {
		t.Errorf("the first page offers %+v", h)
	}
	if p.Practise("refuse", 1) == nil || p.FineOrOff(1) == nil || p.Booster("three-stars", 1) == nil {
		t.Error("it's played")
	}
}
