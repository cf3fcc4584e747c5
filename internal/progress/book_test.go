package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

const page = `---
goal: Say no.
risk: blackmail
role: target
focus: Kai
ages: 13-18
minutes: 5
note: A threat.
facts:
  told: Kai has told someone
---

# Pay

Kai is 15.

## First

> **Sam:** hey

> **Sam:** pay me[^threat]

What could Kai do?

- [Pay](#pay)
- [Stop](#stop)

## Pay

> [!CAUTION]
> It goes on.

[On](#stop)

## Stop

> **Kai:** ________

- ` + "`decline`" + ` no

> **Kai:** No.

[On](#ask)

## Ask

What is right?

- [x] To tell

  Yes.

- [ ] To pay

  No.

[On](#out)

## Out

> [!TIP]
> ` + "`+told`" + ` Told.

[^threat]: A threat.
`

func parse(t testing.TB, name, src string) *lesson.Lesson {
	t.Helper()
	l, diags := lesson.Parse(name, []byte(src))
	if l == nil {
		t.Fatal(diags)
	}
	return l
}

// clock is a calendar that a test can set.
type clock struct{ day Day }

func (c *clock) today() Day { return c.day }

const monday = firstDay + 327 // 2026-11-24; no test depends on the day of the week.

func newBook(d disk, c *clock) *Book {
	return open(&store{disk: d, version: "0.2.0"}, c.today)
}

// do plays a move and keeps it.
func do(t testing.TB, b *Book, r play.Run, err error) play.Run {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	b.Keep(r)
	return r
}

// through plays the lesson to its end.
func through(t testing.TB, b *Book, l *lesson.Lesson) {
	t.Helper()
	run := play.Start(l, 1)
	for run.Turn() != play.End {
		var err error
		switch run.Turn() {
		case play.Choose:
			run, err = run.Choose(run.Open()[0])
		case play.Go:
			run, err = run.Go()
		case play.Answer:
			run, err = run.Answer(0, play.Sure)
		case play.Say:
			run, err = run.Said([]string{"decline"})
		}
		do(t, b, run, err)
	}
}

func TestKeepAndResume(t *testing.T) {
	l, c, dir := parse(t, "pay.md", page), &clock{monday}, t.TempDir()
	b := opened(t, Options{Dir: filepath.Join(dir, "wayout"), Today: c.today, Version: "0.2.0"})
	run := play.Start(l, 1)
	run, _ = run.Spot(run.Messages()[1].Pos)
	next, err := run.Choose(0)
	run = do(t, b, next, err)
	next, err = run.Go()
	run = do(t, b, next, err)
	next, err = run.Said([]string{"decline"})
	do(t, b, next, err)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(filepath.Join(dir, "wayout", "progress"))
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"Elm", "my name", "Kai"} {
		if bytes.Contains(src, []byte(typed)) {
			t.Errorf("the file has %q:\n%s", typed, src)
		}
	}
	again := opened(t, Options{Dir: filepath.Join(dir, "wayout"), Today: c.today})
	if tr := again.Trouble(); tr.Kind != NoTrouble {
		t.Fatal(tr)
	}
	if again.Last([]string{"pay"}) != "pay" || !again.State("pay").Begun || again.State("pay").Done {
		t.Errorf("last %q, state %+v", again.Last([]string{"pay"}), again.State("pay"))
	}
	back, changed, ok := again.Resume(l, 1)
	if !ok || changed || back.Scene().ID != "stop" || len(back.Actions()) != 3 || back.Turn() != play.Go {
		t.Errorf("resumed in %q after %d moves, changed %v, %v", back.Scene().ID, len(back.Actions()), changed, ok)
	}
	kept := again.Record().Lessons["pay"]
	if !slices.Equal(kept.Choices, []string{"first/pay"}) || !slices.Equal(kept.Signs, []string{"threat"}) ||
		!slices.Equal(kept.Said, []string{"decline"}) {
		t.Errorf("kept %+v", kept)
	}
	for _, name := range []string{"wayout", "wayout/progress"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" { // Windows ignores the mode.
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

// TestLessonChanged checks that a changed lesson goes on at the last place that is the same.
func TestLessonChanged(t *testing.T) {
	c := &clock{monday}
	b := newBook(newFakeDisk(), c)
	run, _ := play.Start(parse(t, "pay.md", page), 1).Choose(0)
	run, _ = run.Go()
	run, _ = run.Skip()
	b.Keep(run)
	for _, test := range []struct {
		name, from, to string
		scene          string
		moves          int
	}{
		{"words", "It goes on.", "It only goes on.", "stop", 3},
		{"order", "- [Pay](#pay)\n- [Stop](#stop)", "- [Stop](#stop)\n- [Pay](#pay)", "stop", 3},
		{"gone", "- [Pay](#pay)\n", "- [Ask](#ask)\n", "first", 0},
		{"renamed", "## Stop", "## Halt", "pay", 1},
	} {
		src := strings.ReplaceAll(strings.Replace(page, test.from, test.to, 1), "- [Ask](#ask)\n- [Stop]",
			"- [Other](#pay-other)\n- [Stop]")
		src = strings.ReplaceAll(src, "#pay-other", "#stop")
		if test.name == "gone" {
			src = strings.Replace(src, "## Pay\n\n> [!CAUTION]\n> It goes on.\n\n[On](#stop)\n\n", "", 1)
		}
		if test.name == "renamed" {
			src = strings.ReplaceAll(src, "(#stop)", "(#halt)")
		}
		run, changed, ok := b.Resume(parse(t, "pay.md", src), 1)
		if !ok || !changed || run.Scene().ID != test.scene || len(run.Actions()) != test.moves {
			t.Errorf("%s: in %q after %d moves, changed %v", test.name, run.Scene().ID, len(run.Actions()), changed)
		}
	}
}

// lessonsWithForms is a course of these lessons, with stories before and after them and
// "Fine or off?".
type lessonsWithForms []string

func (l lessonsWithForms) IDs() []string    { return l }
func (lessonsWithForms) HasForms() bool     { return true }
func (lessonsWithForms) HasFineOrOff() bool { return true }
func (lessonsWithForms) HasPractise() bool  { return false }

// TestLessonIsGone reads a record of one lesson that was played to its end and one that was
// begun, both of which the course no longer has. The agenda names neither of them and lists the
// other lessons as usual, the finished one still counts, so that the stories after the course
// are offered, and the record keeps both.
func TestLessonIsGone(t *testing.T) {
	src, err := os.ReadFile("testdata/schema-1")
	if err != nil {
		t.Fatal(err)
	}
	dir, c := t.TempDir(), &clock{monday}
	if err := os.WriteFile(filepath.Join(dir, current), src, 0o600); err != nil {
		t.Fatal(err)
	}
	b := opened(t, Options{Dir: dir, Today: c.today})
	c.day = b.Record().Lessons["the-countdown"].Done[0] + 8 // Its booster would be due.
	stays, leaves := parse(t, "stays.md", page), parse(t, "leaves.md", page)
	for _, l := range []*lesson.Lesson{stays, leaves} {
		run, err := play.Start(l, 1).Choose(1)
		do(t, b, run, err)
	}
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	b = opened(t, Options{Dir: dir, Today: c.today})
	if tr := b.Trouble(); tr.Kind != NoTrouble {
		t.Fatal(tr)
	}
	course := []string{"stays", "other"}
	want := []Item{{Kind: Now}, {GoOn, "stays"}, {Kind: FineOrOff}, {OneLesson, "stays"}, {OneLesson, "other"},
		{Kind: After}, {Kind: KeptPlan}, {Kind: Article}, {Kind: Settings}}
	if got := b.Agenda(lessonsWithForms(course)); !slices.Equal(got, want) {
		t.Errorf("the agenda is %v, want %v", got, want)
	}
	stories, err := b.Booster(course, func(id string) ([]lesson.Scene, error) {
		t.Errorf("the short stories of %s are asked for", id)
		return nil, nil
	})
	if err != nil || len(stories) > 0 {
		t.Errorf("%d short stories: %v", len(stories), err)
	}
	through(t, b, stays)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	kept := opened(t, Options{Dir: dir, Today: c.today})
	for _, id := range []string{"the-countdown", "leaves"} {
		if s := kept.State(id); !s.Begun || kept.Record().Lessons[id] == nil {
			t.Errorf("%s isn't kept: %+v", id, s)
		}
	}
	if !kept.State("the-countdown").Done || kept.Record().Practice["the-countdown"] == nil {
		t.Error("what was done isn't kept")
	}
}

// opened opens a record, and closes its folder at the end: Windows can't delete an open folder.
func opened(t *testing.T, o Options) *Book {
	t.Helper()
	b := Open(o)
	t.Cleanup(b.GoPrivate)
	return b
}

func TestTwoWindows(t *testing.T) {
	c, dir := &clock{monday}, t.TempDir()
	one, two := parse(t, "one.md", page), parse(t, "two.md", page)
	opt := Options{Dir: dir, Today: c.today}
	a, b := opened(t, opt), opened(t, opt)
	through(t, a, one)
	if err := a.Save(); err != nil {
		t.Fatal(err)
	}
	run, err := play.Start(two, 1).Choose(1)
	do(t, b, run, err)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	if !b.State("one").Done {
		t.Error("the second window does not know of the first after its save")
	}
	if s := opened(t, opt); !s.State("one").Done || s.Last([]string{"one", "two"}) != "two" {
		t.Errorf("the file has %+v", s.Record())
	}
}

// TestErasedElsewhere checks that a window that is still open doesn't bring an erased
// record back.
func TestErasedElsewhere(t *testing.T) {
	c, dir := &clock{monday}, filepath.Join(t.TempDir(), "wayout")
	l := parse(t, "pay.md", page)
	opt := Options{Dir: dir, Today: c.today}
	a := opened(t, opt)
	through(t, a, l)
	if err := a.Save(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"progress.new-1", "progress.corrupt-1", "progress.old"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := opened(t, opt).Erase(); err != nil {
		t.Fatal(err)
	}
	// On Windows, a folder that another window has open stays, but empty.
	if left, err := os.ReadDir(dir); len(left) > 0 || !errors.Is(err, fs.ErrNotExist) && runtime.GOOS != "windows" {
		t.Errorf("the folder is left: %v %v", left, err)
	}
	through(t, a, l)
	if err := a.Save(); !errors.Is(err, errErased) {
		t.Errorf("saved after it was erased: %v", err)
	}
	if tr := a.Trouble(); tr.Kind != Erased || !a.Private() {
		t.Errorf("%+v", tr)
	}
	if _, err := os.Stat(filepath.Join(dir, "progress")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it came back: %v", err)
	}
	if err := opened(t, opt).Erase(); err != nil {
		t.Errorf("erasing nothing: %v", err)
	}
}

func TestEraseLeavesWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "school.txt")
	if err := os.WriteFile(other, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := opened(t, Options{Dir: dir, Today: (&clock{monday}).today})
	through(t, b, parse(t, "pay.md", page))
	if err := errors.Join(b.Save(), b.Erase()); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 || entries[0].Name() != "school.txt" {
		t.Errorf("left: %v", entries)
	}
}

// TestTroubles holds which trouble each fault of a disk is reported as.
func TestTroubles(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	base := newFakeDisk()
	b := newBook(base, c)
	through(t, b, l)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	whole := slices.Clone(base.names[current].data)
	run, err := play.Start(l, 1).Choose(1)
	do(t, b, run, err)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}

	t.Run("damaged", func(t *testing.T) {
		d := newFakeDisk()
		bad := slices.Clone(base.names[current].data)
		bad[len(bad)/2] ^= 1
		d.names[current], d.names[previous] = &fakeFile{data: bad}, &fakeFile{data: whole}
		b := newBook(d, c)
		if tr := b.Trouble(); tr.Kind != Damaged || tr.Lost != 1 {
			t.Errorf("%+v", tr)
		}
		if tr := b.Trouble(); tr.Kind != NoTrouble {
			t.Errorf("told twice: %+v", tr)
		}
		if !b.State("pay").Done {
			t.Error("the previous generation is not used")
		}
		if f := d.names[setAside+"1"]; f == nil || !bytes.Equal(f.data, bad) {
			t.Error("the damaged file was not set aside")
		}
		if rec, err := Decode(d.names[current].data); err != nil || len(rec.Lessons["pay"].Done) != 1 {
			t.Errorf("the file was not mended: %v", err)
		}
	})
	t.Run("all damaged", func(t *testing.T) {
		d := newFakeDisk()
		d.names[current], d.names[previous] = &fakeFile{data: []byte("x")}, &fakeFile{data: nil}
		b := newBook(d, c)
		if tr := b.Trouble(); tr.Kind != Damaged || tr.Lost != -1 {
			t.Errorf("%+v", tr)
		}
		through(t, b, l)
		if err := b.Save(); err != nil {
			t.Error(err)
		}
	})
	t.Run("killed between two renames", func(t *testing.T) {
		d := newFakeDisk()
		d.names[previous] = &fakeFile{data: whole}
		b := newBook(d, c)
		if tr := b.Trouble(); tr.Kind != NoTrouble || !b.State("pay").Done {
			t.Errorf("%+v %+v", tr, b.State("pay"))
		}
	})
	t.Run("newer", func(t *testing.T) {
		d := newFakeDisk()
		newer := []byte(strings.Replace(string(whole), "wayout-progress 1 ", "wayout-progress 2 ", 1))
		newer = []byte(strings.Replace(string(newer), "0.2.0", "9.1.0", 1))
		d.names[current] = &fakeFile{data: newer}
		b := newBook(d, c)
		if tr := b.Trouble(); tr.Kind != Newer || tr.Version != "9.1.0" || !b.Private() {
			t.Errorf("%+v", tr)
		}
		through(t, b, l)
		if err := b.Save(); err != nil {
			t.Error(err)
		}
		if len(d.names) != 1 || !bytes.Equal(d.names[current].data, newer) {
			t.Error("a newer file was touched")
		}
	})
	t.Run("newer, written while we run", func(t *testing.T) {
		d := newFakeDisk()
		b := newBook(d, c)
		newer := []byte("wayout-progress 7 1 9.1.0\n{}\n")
		d.names[current] = &fakeFile{data: newer}
		through(t, b, l)
		if err := b.Save(); err == nil || b.Trouble().Kind != Newer || !bytes.Equal(d.names[current].data, newer) {
			t.Errorf("%v", err)
		}
	})
	readOnly := syscall.EROFS
	if runtime.GOOS == "windows" {
		readOnly = 19 // ERROR_WRITE_PROTECT
	}
	for _, err := range []error{readOnly, syscall.EACCES} {
		t.Run("read-only "+err.Error(), func(t *testing.T) {
			d := newFakeDisk()
			d.failAt, d.stuck, d.err = 3, true, err // The first two calls are made by Open.
			b := newBook(d, c)
			through(t, b, l)
			if b.Save() == nil || b.Trouble().Kind != Unwritable || !b.Private() || !b.State("pay").Done {
				t.Errorf("private %v", b.Private())
			}
		})
	}
	t.Run("full, then not", func(t *testing.T) {
		d := newFakeDisk()
		b := newBook(d, c)
		through(t, b, l)
		d.failAt, d.err = d.calls+5, syscall.ENOSPC
		if b.Save() == nil || b.Trouble().Kind != Full || b.Private() {
			t.Error("no trouble")
		}
		if b.Save() != nil || b.Trouble().Kind != NoTrouble || !newBook(d, c).State("pay").Done {
			t.Error("the next save did not make up for it")
		}
	})
	t.Run("no home", func(t *testing.T) {
		b := Open(Options{Today: c.today})
		through(t, b, l)
		if !b.Private() || b.Save() != nil || b.Trouble().Kind != NoTrouble || !b.State("pay").Done {
			t.Error("a book without a folder")
		}
	})
}

// TestEveryCallFails makes each call of each save fail once, in each way. No answer
// whose save returned nil is ever lost, and nothing panics.
func TestEveryCallFails(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	for _, err := range []error{syscall.ENOSPC, syscall.EIO, syscall.EACCES, syscall.EROFS} {
		for _, stuck := range []bool{false, true} {
			tried := 0
			for failAt := 1; ; failAt++ {
				d := newFakeDisk()
				d.failAt, d.err, d.stuck, d.short = failAt, err, stuck, failAt%2 == 0
				acked := scripted(t, newBook(d, c), l, nil)
				if d.calls < failAt {
					break
				}
				tried++
				d.failAt = 0
				holds(t, newBook(d, c), acked, fmt.Sprintf("%v at call %d, stuck %v", err, failAt, stuck))
			}
			if tried < 40 {
				t.Errorf("only %d calls were tried", tried)
			}
		}
	}
}

// scripted plays a run of several saves and returns the choices, checks and days
// that were acknowledged. After each call of save, cut is called.
func scripted(t testing.TB, b *Book, l *lesson.Lesson, cut func(acked Record)) Record {
	t.Helper()
	var acked Record
	keep := func(r play.Run, err error) play.Run {
		do(t, b, r, err)
		if b.Save() == nil && !b.Private() {
			acked = b.Record()
		}
		if cut != nil {
			cut(acked)
		}
		return r
	}
	run := keep(play.Start(l, 1).Choose(0))
	run = keep(run.Go())
	run = keep(run.Said([]string{"decline"}))
	run = keep(run.Go())
	run = keep(run.Answer(1, play.Sure))
	keep(run.Go())
	b.KeepPlan(&play.Plan{When: "threat", First: "aunt"})
	if b.Save() == nil && !b.Private() {
		acked = b.Record()
	}
	return acked
}

// holds fails unless a book has every answer that was acknowledged.
func holds(t testing.TB, b *Book, acked Record, when string) {
	t.Helper()
	have := b.Record()
	for id, l := range acked.Lessons {
		got := have.Lessons[id]
		if got == nil {
			t.Fatalf("%s: lesson %s is lost", when, id)
		}
		for _, x := range l.Choices {
			if !slices.Contains(got.Choices, x) {
				t.Fatalf("%s: choice %s is lost", when, x)
			}
		}
		if len(got.Checks) < len(l.Checks) || len(got.Done) < len(l.Done) || len(got.Said) < len(l.Said) ||
			got.Place.N < l.Place.N {
			t.Fatalf("%s: kept %+v, have %+v", when, l, got)
		}
	}
	if acked.Plan != nil && (have.Plan == nil || have.Plan.N < acked.Plan.N) {
		t.Fatalf("%s: the plan is lost", when)
	}
}

// TestPowerCuts cuts the power after each save and in each of its calls, and loses any
// part of the data that wasn't synced. Acknowledged answers are there, and the file is
// complete or recognised as damaged.
func TestPowerCuts(t *testing.T) {
	l, c := parse(t, "pay.md", page), &clock{monday}
	rounds := 40
	if testing.Short() {
		rounds = 5
	}
	cuts := 0
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		for at := 1; ; at++ {
			d := newFakeDisk()
			d.failAt, d.stuck, d.err, d.short = at, true, syscall.EIO, true // The power fails in this call.
			acked := scripted(t, newBook(d, c), l, nil)
			if d.calls < at {
				break
			}
			cuts++
			after := d.crash(r)
			b := newBook(after, c)
			holds(t, b, acked, fmt.Sprintf("power cut at call %d, seed %d", at, seed))
			if tr := b.Trouble(); tr.Kind == Damaged {
				t.Fatalf("power cut at call %d, seed %d: a torn file: %+v", at, seed, tr)
			}
			for name := range after.names {
				if strings.HasPrefix(name, strayPrefix) {
					through(t, b, l)
					if err := b.Save(); err != nil {
						t.Fatal(err)
					}
					break
				}
			}
			for name := range maps.Keys(after.names) {
				if strings.HasPrefix(name, strayPrefix) {
					t.Fatalf("%s was not swept", name)
				}
			}
		}
	}
	t.Logf("%d power cuts", cuts)
}

func TestVector(t *testing.T) {
	src, err := os.ReadFile("testdata/schema-1")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := Decode(src)
	if err != nil {
		t.Fatal(err)
	}
	l := rec.Lessons["the-countdown"]
	if len(l.Done) != 1 || l.Done[0].String() != "2026-11-24" || l.Place.Moves[1].To != "one-minute" ||
		rec.Plan.First != "aunt" {
		t.Errorf("%+v", rec)
	}
	if rec.Forms["before"].Answers[0].Pick != play.Unsure || rec.Practice["the-countdown"].Rounds[0].Round != 1 {
		t.Errorf("%+v", rec)
	}
	// Unknown fields are kept, at every depth.
	again, err := Encode(rec, "0.2.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{`"mood"`, `"stars"`, `"where"`, `"why"`, `"tempo"`, `"colour"`, `"pen"`} {
		if !bytes.Contains(again, []byte(field)) {
			t.Errorf("%s was not kept:\n%s", field, again)
		}
	}
	second, err := Decode(again)
	if err != nil || second.count() != rec.count() {
		t.Errorf("read again: %v", err)
	}
}

// strew adds an unknown field to every object of a document except the maps by id,
// and counts them in n.
func strew(v any, name string, n *int) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			v[k] = strew(x, k, n)
		}
		if name != "lessons" && name != "practice" && name != "forms" {
			*n++
			v["unheard-of"] = fmt.Sprintf("#%d#", *n)
		}
	case []any:
		for i, x := range v {
			v[i] = strew(x, "", n)
		}
	}
	return v
}

// TestUnknownFieldsAreKept checks that an unknown field in any object is still there after
// this version has read the record, played on and written it.
func TestUnknownFieldsAreKept(t *testing.T) {
	src, err := os.ReadFile("testdata/schema-1")
	if err != nil {
		t.Fatal(err)
	}
	first := bytes.IndexByte(src, '\n') + 1
	var doc any
	if err := json.Unmarshal(src[first:bytes.LastIndex(src, []byte("\n"+seal))], &doc); err != nil {
		t.Fatal(err)
	}
	n := 0
	body, err := json.Marshal(strew(doc, "", &n))
	if err != nil {
		t.Fatal(err)
	}
	if n < 12 {
		t.Fatalf("%d objects", n)
	}
	lost := func(when string, data []byte) {
		t.Helper()
		for i := 1; i <= n; i++ {
			if !bytes.Contains(data, fmt.Appendf(nil, "#%d#", i)) {
				at := bytes.Index(body, fmt.Appendf(nil, "#%d#", i))
				t.Errorf("%s: lost from %s", when, body[max(0, at-120):at+6])
			}
		}
	}
	rec, err := Decode([]byte(sealed(string(src[:first]) + string(body) + "\n")))
	if err != nil {
		t.Fatal(err)
	}
	again, err := Encode(union(rec, rec), "0.2.0")
	if err != nil {
		t.Fatal(err)
	}
	lost("read and written", again)

	// Go on in the lesson, change the plan, answer a form again.
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, current), again, 0o600); err != nil {
		t.Fatal(err)
	}
	small, err := os.ReadFile("../coursetest/testdata/the-countdown.md")
	if err != nil {
		t.Fatal(err)
	}
	l, diags := lesson.Parse("the-countdown.md", small)
	if l == nil {
		t.Fatal(diags)
	}
	b := opened(t, Options{Dir: dir, Today: func() Day { return rec.Lessons[l.ID].Done[0] }})
	run, _, ok := b.Resume(l, 7)
	if !ok || len(run.Actions()) == 0 {
		t.Fatal("nothing to go on with")
	}
	if run, err = run.Choose(run.Open()[0]); err != nil {
		t.Fatal(err)
	}
	b.Keep(run)
	plan, _ := b.Plan()
	plan.First = "coach"
	b.KeepPlan(&plan)
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, current))
	if err != nil {
		t.Fatal(err)
	}
	lost("played on", kept)
}

// TestDecodeLineEnds reads a file whose line ends an editor or version control has changed:
// it is the same record, not a damaged one.
func TestDecodeLineEnds(t *testing.T) {
	rec := Record{Plan: &Plan{Plan: play.Plan{First: "aunt"}}}
	good, err := Encode(rec, "1")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Decode(good)
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"\r\n", "\r", "\r\r\n"} {
		for _, begin := range []string{"", "\ufeff"} {
			got, err := Decode([]byte(begin + strings.ReplaceAll(string(good), "\n", end)))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%q, %q: %+v, %v", begin, end, got, err)
			}
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(Record{}, "1")
	if err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"empty":       "",
		"text":        "hello",
		"no schema":   "wayout-progress\n{}\n",
		"schema 0":    "wayout-progress 0 0 1\n{}\n",
		"no seal":     "wayout-progress 1 0 1\n{}\n",
		"other seal":  "wayout-progress 1 0 1\n{}\nsha256 00\n",
		"cut":         string(good[:len(good)-10]),
		"more behind": string(good) + "x",
		"large":       "wayout-progress 1 0 1\n" + strings.Repeat(" ", MaxFile) + "\n",
		"no object":   sealed("wayout-progress 1 0 1\n[]\n"),
		"bad day":     sealed(`wayout-progress 1 0 1` + "\n" + `{"lessons":{"a":{"done":["2026-13-01"]}}}` + "\n"),
		"bad turn": sealed(`wayout-progress 1 0 1` + "\n" +
			`{"lessons":{"a":{"place":{"n":1,"moves":[{"at":"x","turn":"fly"}]}}}}` + "\n"),
	} {
		var damaged *DamagedError
		if _, err := Decode([]byte(src)); !errors.As(err, &damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r,
		err := Decode([]byte(sealed("wayout-progress 1 0 1\n" +
		`{"lessons":{"a":null},"forms":{"before":null},"practice":{"a":null},"plan":null}` + "\n"))); err != nil ||
		len(r.Lessons)+len(r.Forms)+len(r.Practice) != 0 {
		t.Errorf("nulls: %v %+v", err, r)
	}
}

func sealed(body string) string { return body + seal + digest([]byte(body)) + "\n" }

// FuzzDecode checks that no file makes Decode panic, and that a record that it accepts can
// be encoded and decoded again.
func FuzzDecode(f *testing.F) {
	src, err := os.ReadFile("testdata/schema-1")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src, false)
	body := bytes.SplitN(src, []byte("\n"), 2)[1]
	f.Add(body[:bytes.LastIndex(body, []byte("\nsha256 "))+1], true)
	f.Add([]byte(`{"lessons":{"a":{"place":{"n":1,"moves":[{"at":"x","turn":"say","said":["no"]}]}}}}`+"\n"), true)
	f.Fuzz(func(t *testing.T, data []byte, seals bool) {
		if seals { // Without a valid checksum the fuzzer would get no further.
			data = []byte(sealed("wayout-progress 1 3 0.2.0\n" + string(data) + "\n"))
		}
		rec, err := Decode(data)
		if err != nil {
			return
		}
		again, err := Encode(rec, "0.2.0")
		if err != nil {
			if len(data) < MaxFile/8 {
				t.Fatal(err)
			}
			return
		}
		second, err := Decode(again)
		if err != nil {
			t.Fatalf("what was written is not read: %v\n%s", err, again)
		}
		third, err := Encode(second, "0.2.0")
		if err != nil || !bytes.Equal(again, third) {
			t.Fatalf("written twice it differs: %v\n%s\n%s", err, again, third)
		}
	})
}

// randomRecord draws a record such as several windows might have made.
func randomRecord(t *rapid.T) Record {
	ids := rapid.SampledFrom([]string{"a", "b"})
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"x/y", "y/z", "z/x"}), 0, 3)
	days := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 9), func(n int) Day { return monday + Day(n) }), 0, 3)
	answer := rapid.Custom(func(t *rapid.T) Answer {
		return Answer{At: ids.Draw(t, "at"), Day: monday + Day(rapid.IntRange(0, 3).Draw(t, "day")),
			Pick: rapid.IntRange(-1, 2).Draw(t, "pick"), Round: rapid.IntRange(0, 2).Draw(t, "round")}
	})
	r := Record{}
	for range rapid.IntRange(0, 2).Draw(t, "lessons") {
		l := &Lesson{Done: days.Draw(t, "done"), Choices: words.Draw(t, "choices"),
			Checks: rapid.SliceOfN(answer, 0, 3).Draw(t, "checks")}
		if rapid.Bool().Draw(t, "place") {
			l.Place = &Place{N: rapid.IntRange(0, 3).Draw(t, "n"),
				Moves: []Step{{Trace: play.Trace{At: ids.Draw(t, "scene")}}}}
		}
		if r.Lessons == nil {
			r.Lessons = map[string]*Lesson{}
		}
		r.Lessons[ids.Draw(t, "id")] = l
	}
	if rapid.Bool().Draw(t, "plan") {
		r.Plan = &Plan{N: rapid.IntRange(0, 2).Draw(t, "n"), Gone: rapid.Bool().Draw(t, "gone")}
	}
	if rapid.Bool().Draw(t, "more") {
		r.More = Unknown{"new": jsontext.Value(rapid.SampledFrom([]string{`1`, `"two"`}).Draw(t, "value"))}
	}
	return tidy(r)
}

// TestUnion checks that the same is kept whichever window saves first, and however often.
func TestUnion(t *testing.T) {
	text := func(r Record) string {
		data, err := marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := randomRecord(t), randomRecord(t), randomRecord(t)
		if x, y := text(union(a, b)), text(union(b, a)); x != y {
			t.Fatalf("the order matters:\n%s\n%s", x, y)
		}
		if x, y := text(union(union(a, b), c)), text(union(a, union(b, c))); x != y {
			t.Fatalf("the brackets matter:\n%s\n%s", x, y)
		}
		if x, y := text(union(a, a)), text(a); x != y {
			t.Fatalf("twice is not once:\n%s\n%s", x, y)
		}
	})
}

// TestDangerIsNotKept checks that the record keeps neither a line that spoke of danger nor
// the scene that it led to.
func TestDangerIsNotKept(t *testing.T) {
	src, err := os.ReadFile("../../lessons/en/justice-for-greg.md")
	if err != nil {
		t.Fatal(err)
	}
	l, c, dir := parse(t, "justice-for-greg.md", string(src)), &clock{monday}, t.TempDir()
	b := opened(t, Options{Dir: filepath.Join(dir, "wayout"), Today: c.today, Version: "0.2.0"})
	run := play.Start(l, 1)
	for _, to := range []string{"gary", "so-close", "sunday", "none-taken", "allergies"} {
		for _, i := range run.Open() {
			if l.Scenes[run.Scene().Choices[i].To].ID == to {
				next, err := run.Choose(i)
				run = do(t, b, next, err)
				break
			}
		}
	}
	next, err := run.Said([]string{"say-what", lesson.Danger})
	run = do(t, b, next, err)
	for run.Turn() != play.End {
		next, err = run.Go()
		if run = do(t, b, next, err); run.Turn() == play.Say {
			t.Fatal("it goes on with practice")
		}
		if err := b.Save(); err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(filepath.Join(dir, "wayout", "progress"))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"danger", "andre", "the-left-side", "say-what"} {
			if bytes.Contains(src, []byte(word)) {
				t.Errorf("the file has %q:\n%s", word, src)
			}
		}
	}
	if !b.State(l.ID).Done {
		t.Error("it isn't done")
	}
}
