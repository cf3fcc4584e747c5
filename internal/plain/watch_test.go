package plain

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/watch"
)

// heard collects output, and lets a test wait for it.
type heard struct {
	mu   sync.Mutex
	more *sync.Cond
	buf  bytes.Buffer
	from int
}

func newHeard() *heard {
	h := &heard{}
	h.more = sync.NewCond(&h.mu)
	return h
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	defer h.more.Broadcast()
	return h.buf.Write(p)
}

// until waits for words after the end of the last wait, and returns everything that was said
// since then.
func (h *heard) until(words string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		since := h.buf.String()[h.from:]
		if at := strings.Index(since, words); at >= 0 {
			h.from += at + len(words)
			return since[:at+len(words)]
		}
		h.more.Wait()
	}
}

// TestWatch checks that problems are told and that the lesson plays from where it was changed, with
// the facts set on the way; if it can't be played, the last playable edition goes on.
func TestWatch(t *testing.T) {
	l := coursetest.Example(t)
	editions := make(chan watch.Edition)
	in, typed := io.Pipe()
	out, done := newHeard(), make(chan error)
	go func() {
		done <- Watch(in, out, io.Discard, options(t),
			WatchOptions{File: "my-lesson.md", News: func() (watch.Edition, bool) {
				ed, ok := <-editions
				return ed, ok
			}})
	}()
	found := []lesson.Diagnostic{{Line: 12, Rule: "words", Message: "this is long", Fix: "make two of it"}}
	editions <- watch.Edition{Number: 1, Broken: true, Checked: true, Found: found}
	out.until("Line 12: this is long")
	out.until("To fix it: make two of it")

	editions <- watch.Edition{Number: 2, Lesson: l, Moved: true}
	editions <- watch.Edition{Number: 2, Lesson: l, Checked: true}
	out.until("Nothing to fix")
	out.until("It plays from the beginning.")
	out.until("Mom says: Did you pass??")
	out.until("2. \"my papaw is giving me his truck\"")

	way := []play.Action{{Turn: play.Choose, Pick: 1}, {Turn: play.Go}}
	editions <- watch.Edition{Number: 3, Lesson: l, Moved: true, Scene: "gary", Way: way, Found: found}
	editions <- watch.Edition{Number: 3, Lesson: l, Scene: "gary", Way: way, Found: found, Checked: true}
	if said := out.until("It plays from: Gary"); !strings.Contains(said, "Line 12") ||
		strings.Contains(said, "Did you pass") {
		t.Errorf("it says %q", said)
	}
	out.until("hows papaw? still on the fork?")
	out.until("2. \"a gentleman never tells\"")
	if _, err := io.WriteString(typed, "2\n"); err != nil {
		t.Fatal(err)
	}
	out.until("ok mystery man")
	out.until("1. \"You spelled honest wrong.\"")
	editions <- watch.Edition{Number: 4, Lesson: l, Scene: "gary", Way: way, Broken: true, Checked: true, Found: found}
	out.until("This can't be played as it is.")
	out.until("It carries on from where you are.")
	out.until("1. \"You spelled honest wrong.\"")
	if _, err := io.WriteString(typed, "q\n"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	close(editions)
}

// TestWatchEnds checks that Watch ends when there is no more news or no more input.
func TestWatchEnds(t *testing.T) {
	l := coursetest.Example(t)
	one := true
	news := func() (watch.Edition, bool) {
		defer func() { one = false }()
		return watch.Edition{Number: 1, Lesson: l, Moved: true, Checked: true}, one
	}
	in, _ := io.Pipe()
	if err := Watch(in, io.Discard, io.Discard, options(t), WatchOptions{News: news}); err != nil {
		t.Error(err)
	}
	never := func() (watch.Edition, bool) {
		return watch.Edition{Number: 1, Lesson: l, Moved: true, Checked: true}, true
	}
	if err := Watch(strings.NewReader(""), closed{}, io.Discard, options(t), WatchOptions{News: never}); err == nil {
		t.Error("nobody reads it, and it goes on")
	}
}
