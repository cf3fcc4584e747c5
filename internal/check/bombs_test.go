package check

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"wayout/internal/lesson"
)

// slowest is how many times as long as for a lesson of the course the check of any
// file may take. "wayout paths" goes over the states four more times.
const slowest = 30

const bombHead = "---\ngoal: g\nrisk: r\nrole: target\nfocus: Bo\nages: 13-18\nminutes: 5\nnote: n\nfacts:\n"

// bombFront returns a front matter with n facts.
func bombFront(n int) string {
	var b strings.Builder
	b.WriteString(bombHead)
	for i := range n {
		fmt.Fprintf(&b, "  f%d: Something\n", i)
	}
	return b.String() + "---\n\n# T\n\nC.\n"
}

// bombs returns lessons that are small files but have more states than could be checked.
func bombs() map[string]string {
	all := map[string]string{
		"16 facts set or not":  forks(16, 58, 1),
		"under the limit":      forks(11, 58, 1),
		"12 facts":             forks(12, 58, 1),
		"13 facts":             forks(13, 58, 1),
		"wide under the limit": forks(9, 40, 12),
	}
	// Every scene leads to every other, and sets a fact.
	var b strings.Builder
	b.WriteString(bombFront(16))
	for i := range 58 {
		fmt.Fprintf(&b, "\n## S%d\n\n`+f%d` x\n\n`?f%d` y\n\n", i, i%16, (i+1)%16)
		for k := range 58 {
			fmt.Fprintf(&b, "- [c%d](#s%d)\n", k, k)
		}
	}
	all["all to all"] = b.String()
	// A condition asks about every scene: there are 2 to the 58 sets of visited scenes.
	b.Reset()
	b.WriteString(bombFront(0))
	for i := range 58 {
		fmt.Fprintf(&b, "\n## S%d\n\n`?scene:s%d` x\n\n- [a](#s%d)\n- [b](#s%d)\n- [c](#s%d)\n", i, (i+7)%58, (i+1)%58,
			(i+5)%58, (i*3+1)%58)
	}
	all["visited"] = b.String()
	// One scene asks about all facts in many paragraphs, and is reached with every set of facts.
	asking := ""
	for i := range 12 {
		asking += fmt.Sprintf("`?f%d` x\n\n", i)
	}
	all["a scene that asks"] = forks(12, 40, 1) + "\n## Asking\n\n" + asking +
		strings.Repeat("`?f1` `!f2` y\n\n", 700) + "[on](#end)\n"
	all["long paragraphs"] = forks(12, 40, 1) + "\n## Asking\n\n" + asking +
		strings.Repeat(strings.Repeat("word ", 300)+"\n\n", 12) + "[on](#end)\n"
	// Many reactions in one scene.
	all["reactions"] = forks(12, 40, 1) + "\n## Asking\n\n" + asking +
		strings.Repeat("- [on](#end)\n\n  > **Sam:** no\n\n", 400)
	// A cycle of links that tells nothing.
	b.Reset()
	b.WriteString(forks(11, 40, 1) + "\n## Asking\n\n[on](#r0)\n")
	for i := range 10 {
		fmt.Fprintf(&b, "\n## R%d\n\n[on](#r%d)\n", i, (i+1)%10)
	}
	all["round and round"] = b.String()
	return all
}

// forks returns a lesson with one choice after the other, each with one option that sets a fact
// and wide options that don't, followed by a chain of scenes.
func forks(facts, scenes, wide int) string {
	var b strings.Builder
	b.WriteString(bombFront(facts))
	n := 0
	for i := range facts {
		fmt.Fprintf(&b, "\n## A%d\n\nx\n\n- [yes](#b%d)\n- [no](#a%d)\n", i, i, i+1)
		for k := range wide - 1 {
			fmt.Fprintf(&b, "- [no %d](#a%d)\n", k, i+1)
		}
		fmt.Fprintf(&b, "\n## B%d\n\n`+f%d` x\n\n[on](#a%d)\n", i, i, i+1)
		n += 2
	}
	for ; n < scenes-3; n++ {
		fmt.Fprintf(&b, "\n## A%d\n\n`?f%d` x\n\ny\n\n[on](#a%d)\n", n-facts, n%facts, n-facts+1)
	}
	fmt.Fprintf(&b, "\n## A%d\n\nx\n\n- [ask](#asking)\n- [end](#end)\n\n## End\n\n> [!TIP]\n> Good.\n", n-facts)
	if scenes != 40 || wide > 1 {
		b.WriteString("\n## Asking\n\nx\n\n[on](#end)\n")
	}
	return b.String()
}

// TestBombs limits the cost of a check for any file. It compares the best time of some
// runs with that of a small lesson, so that it doesn't fail on a busy machine: 150 ms
// are some thirty times as long.
func TestBombs(t *testing.T) {
	lex := lexicon(t)
	src, err := os.ReadFile("../coursetest/testdata/the-countdown.md")
	if err != nil {
		t.Fatal(err)
	}
	lessonOnce := func() { Lesson(parse(t, "the-countdown.md", string(src)), lex) }
	over := 0
	for name, src := range bombs() {
		l, diags := lesson.Parse("bomb.md", []byte(src))
		if l == nil {
			t.Errorf("%s: %v", name, diags[0])
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		found := Lesson(l, lex)
		runtime.ReadMemStats(&after)
		used := after.TotalAlloc - before.TotalAlloc
		plain, took := time.Hour, time.Hour
		for range 7 { // In turns, so that other work of the machine slows down both.
			plain, took = min(plain, best(2, lessonOnce)), min(took, best(1, func() { Lesson(l, lex) }))
		}
		limit := "whole"
		if len(found) == 1 && found[0].Rule == "limit" {
			limit = found[0].Message
			over++
		}
		var stats time.Duration
		if limit == "whole" { // The others exceed a limit, so they have no paths.
			stats = time.Hour
			for range 5 {
				plain = min(plain, best(9, lessonOnce))
				stats = min(stats, best(1, func() { Measure(l); Safest(l); Worst(l); Longest(l) }))
			}
		}
		t.Logf("%-22s %8v (%3.0f lessons), then its paths %8v, %5d KiB, %d findings, %s", name,
			took.Round(time.Millisecond/10), float64(took)/float64(plain), stats.Round(time.Millisecond), used>>10,
			len(found), limit)
		if used > 64<<20 {
			t.Errorf("%s: %d MiB", name, used>>20)
		}
		if took > slowest*plain {
			t.Errorf("%s takes as long as %.0f lessons", name, float64(took)/float64(plain))
		}
		if stats > 6*slowest*plain {
			t.Errorf("%s: its paths take as long as %.0f lessons", name, float64(stats)/float64(plain))
		}
		for _, d := range found {
			if len(d.Path) > 3*longestPath {
				t.Errorf("%s: a path of %d scenes", name, len(d.Path))
			}
		}
	}
	if over < 3 {
		t.Errorf("%d lessons are too much", over)
	}
}

// best returns the shortest time of some runs. The clock of Windows may step by 16 ms, so each of
// the runs repeats the work until the clock can measure it, and takes the mean.
func best(runs int, do func()) time.Duration {
	var enough time.Duration
	if runtime.GOOS == "windows" {
		enough = 50 * time.Millisecond
	}
	least := time.Hour
	for range runs {
		begin, n := time.Now(), time.Duration(0)
		for took := time.Duration(0); n == 0 || took < enough; took = time.Since(begin) {
			do()
			n++
		}
		least = min(least, time.Since(begin)/n)
	}
	return least
}
