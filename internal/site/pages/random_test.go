package pages

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/pack"
	"wayout/internal/plain"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/settings"
	"wayout/internal/site/alone"
	"wayout/internal/view"
)

// How many random runs are compared with plain mode, and the number of the first. Run n is the
// same on every machine. Ten thousand runs, in four parts:
//
//	go test ./internal/site/pages -run RandomRuns -runs 2500 -from 0
var (
	howMany = flag.Int("runs", 200, "how many random runs are compared with plain mode")
	from    = flag.Uint64("from", 0, "the number of the first random run")
)

// step is one move of a learner: the form that a page sends, and the lines that are typed for the
// same move in plain mode.
type step struct {
	form  map[string]string
	lines []string
}

// TestRandomRunsTellWhatPlainTells takes random paths through stories, rounds of "Fine or off?",
// practice and boosters, on the pages of a browser and line by line. At each step plain mode
// says everything that is new on the page, and at the end both records are equal.
func TestRandomRunsTellWhatPlainTells(t *testing.T) {
	w := newWorld(t)
	b := newBrowser(t, w)
	typed := slices.DeleteFunc(lines(t), func(line string) bool { return strings.TrimSpace(line) == "" })
	met := make(map[string]int)
	if testing.Short() {
		*howMany = min(*howMany, 20)
	}
	wrong := 0
	for n := *from; n < *from+uint64(*howMany); n++ {
		r := rand.New(rand.NewPCG(n, 17))
		id := w.ids[r.IntN(len(w.ids))]
		if r.IntN(3) == 0 {
			id = w.apart[r.IntN(len(w.apart))]
		}
		if r.IntN(10) == 0 {
			id = w.apart[0]
		}
		if what := b.compare(t, r, id, typed, met); what != "" {
			wrong++
			t.Errorf("run %d of %s: %s", n, id, what)
		}
		if wrong == 10 {
			break
		}
	}
	t.Logf("%d runs, %d of them differ; %v", *howMany, wrong, met)
}

// browser is the course as a browser has it, opened once.
type browser struct {
	w       *world
	course  *course.Course
	help    *helpline.Directory
	lessons map[string]*lesson.Lesson
}

func newBrowser(t *testing.T, w *world) *browser {
	t.Helper()
	var in Bundle
	if err := pack.Decode(w.bundle, &in); err != nil {
		t.Fatal(err)
	}
	b := &browser{w: w, help: helpline.Of(in.Help), lessons: make(map[string]*lesson.Lesson)}
	b.course = in.Course.Unpack(func(count any) string {
		if count == 1 {
			return "one"
		}
		return "other"
	})
	s := &course.Short{}
	if err := pack.Decode(w.short, s); err != nil {
		t.Fatal(err)
	}
	b.course.Take(s)
	for id, src := range w.packed {
		l := &lesson.Lesson{}
		if err := pack.Decode(src, l); err != nil {
			t.Fatal(err)
		}
		b.lessons[id] = lesson.Kept(l)
	}
	return b
}

// record returns a record in memory, on a fixed day.
func record() *progress.Book {
	return progress.Open(progress.Options{Today: func() progress.Day { return 21_000 }})
}

// compare plays something both ways, and says what differs, or "".
func (b *browser) compare(t *testing.T, r *rand.Rand, id string, typed []string, met map[string]int) string {
	seed := r.Uint64()
	kept := record()
	p := alone.New(b.course, b.help, "GB")
	p.Ears = b.w.ears
	p.Book = kept
	if l := b.lessons[id]; l != nil {
		p.Start(play.Start(l, seed))
	} else {
		begin(t, p, id, seed)
	}
	var steps []step
	news := [][]string{told(p, alone.Page{}, step{})}
	for range 400 {
		before, _ := p.Page()
		if before.Over || len(before.Alone.After) > 0 {
			break
		}
		s := next(r, before, typed)
		p.Do(s.form)
		steps = append(steps, s)
		news = append(news, told(p, before, s))
		meet(met, p)
	}
	book := record()
	said, err := b.plain(id, seed, steps, book)
	if err != nil {
		return "plain mode: " + err.Error()
	}
	for i, words := range news {
		text := coursetest.Letters(said[i])
		for _, word := range words {
			if !strings.Contains(text, coursetest.Letters(word)) {
				return fmt.Sprintf("after step %d plain mode doesn't say %q but\n%s", i, word, said[i])
			}
		}
	}
	one, err := progress.Encode(kept.Record(), "")
	if err != nil {
		t.Fatal(err)
	}
	other, err := progress.Encode(book.Record(), "")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, other) {
		return "the records differ:\n" + string(one) + "\n" + string(other)
	}
	return ""
}

// meet counts which kinds of pages the runs have reached.
func meet(met map[string]int, p *alone.Player) {
	page, _ := p.Page()
	met["steps"]++
	met["help first"] += boolean(page.First != nil)
	met["asked what was meant"] += boolean(page.Meant != nil)
	met["heard"] += boolean(len(page.Heard) > 0)
	met["endings"] += boolean(len(page.Alone.After) > 0)
	met["rounds"] += boolean(page.Round != nil && len(page.Round.Tally) > 0)
	met["other ends"] += boolean(page.Over && page.Round == nil)
}

// next chooses one of the moves that a page allows.
func next(r *rand.Rand, page alone.Page, typed []string) step {
	if page.First != nil {
		if r.IntN(2) == 0 {
			return step{map[string]string{"notmeant": "1"}, []string{"n"}}
		}
		return step{map[string]string{"back": "1"}, []string{""}}
	}
	if page.Meant != nil && r.IntN(3) > 0 {
		k := r.IntN(len(page.Meant.Options))
		return step{map[string]string{"meant": strconv.Itoa(k)}, []string{strconv.Itoa(k + 1)}}
	}
	if page.Alone.CanUndo && page.Meant == nil && r.IntN(12) == 0 {
		return step{map[string]string{"undo": "1"}, []string{"u"}}
	}
	switch it := page.Alone.Turn.(type) {
	case view.Question:
		k := r.IntN(len(it.Options))
		words, line := pick(it.Options[k].Pick), strconv.Itoa(k+1)
		switch {
		case !it.Quiz:
			return step{map[string]string{"choose": words}, []string{line}}
		case it.Options[k].Pick == play.Unsure:
			return step{map[string]string{"answer": words}, []string{line}}
		}
		how := r.IntN(3)
		return step{map[string]string{"answer": words, "how": strconv.Itoa(how)},
			[]string{line, strconv.Itoa(3 - how)}}
	case view.Rehearsal:
		if page.Meant == nil && r.IntN(4) == 0 {
			return step{map[string]string{"skip": "1"}, []string{""}}
		}
		line := typed[r.IntN(len(typed))]
		return step{map[string]string{"line": "1", "say": line}, []string{line}}
	}
	return step{map[string]string{"go": "1"}, []string{""}}
}

// told returns the words on a player's page that weren't on the page before. After an undo, plain
// mode repeats only the present scene, so told returns only its question.
func told(p *alone.Player, before alone.Page, s step) []string {
	page, _ := p.Page()
	if first := page.First; first != nil {
		return slices.Concat([]string{first.Head}, first.First, first.Then)
	}
	items := slices.Concat(page.Heard, page.Models)
	if has(s.form, "undo") {
		items = nil
	} else {
		for _, it := range slices.Concat(page.Alone.Told, page.Alone.After) {
			was := func(was view.Item) bool { return reflect.DeepEqual(was, it) }
			if !slices.ContainsFunc(before.Alone.Told, was) {
				items = append(items, it)
			}
		}
	}
	var words []string
	if page.Meant != nil {
		words = append([]string{page.Meant.Asks}, page.Meant.Options...)
	} else {
		items = append(items, page.Alone.Turn)
	}
	for _, it := range items {
		if heard, ok := it.(view.Heard); ok {
			words = append(words, heard.Strong, heard.Weak, heard.Unsure)
			continue
		}
		words = append(words, view.Words(it)...)
	}
	if page.Round != nil {
		words = append(words, page.Round.Tally...)
	}
	return words
}

// byLine is the typed input. It notes how long the output was when each line was read.
type byLine struct {
	lines []string
	out   *bytes.Buffer
	at    []int
}

func (l *byLine) Read(p []byte) (int, error) {
	l.at = append(l.at, l.out.Len())
	if len(l.lines) == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.lines[0]+"\n")
	l.lines = l.lines[1:]
	return n, nil
}

// plain plays the same steps in plain mode, and returns the output before the first step and
// after each.
func (b *browser) plain(id string, seed uint64, steps []step, book *progress.Book) ([]string, error) {
	var out bytes.Buffer
	in := &byLine{out: &out}
	var firsts []int // The line that each step begins with.
	for _, s := range steps {
		firsts = append(firsts, len(in.lines))
		in.lines = append(in.lines, s.lines...)
	}
	firsts = append(firsts, len(in.lines))
	in.lines = append(in.lines, "q")
	set := settings.BuiltIn()
	set.Country = "GB"
	o := plain.Options{Course: b.w.course, Help: b.w.help, Seed: seed, Settings: set, Book: book}
	kind, of, _ := strings.Cut(id, "/")
	var err error
	switch kind {
	case "fineoroff":
		err = plain.FineOrOff(in, &out, &out, o)
	case "practise":
		err = plain.Practise(in, &out, &out, of, o)
	case "booster":
		stories, wrong := b.w.course.BoosterStories(of)
		if wrong != nil {
			return nil, wrong
		}
		chosen := book.Stories([]progress.Source{{Lesson: of, Stories: stories}})
		err = plain.Play(in, &out, &out, b.w.course.Booster(chosen), o)
	default:
		err = plain.Play(in, &out, &out, b.w.read[id], o)
	}
	if err != nil {
		return nil, err
	}
	said, last := []string{}, 0
	for _, line := range firsts {
		at := out.Len()
		if line < len(in.at) {
			at = in.at[line]
		}
		said = append(said, out.String()[last:at])
		last = at
	}
	return said, nil
}
