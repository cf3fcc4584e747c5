//go:build unix

package progress

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMain makes the test binary the process to be killed if WAYOUT_TEST_SAVE_IN is set.
func TestMain(m *testing.M) {
	if dir := os.Getenv("WAYOUT_TEST_SAVE_IN"); dir != "" {
		saveForEver(dir)
	}
	os.Exit(m.Run())
}

// saveForEver saves one answer after the other, and prints each once it is saved.
func saveForEver(dir string) {
	c := &clock{monday}
	b := Open(Options{Dir: dir, Today: c.today, Version: "0.2.0"})
	if tr := b.Trouble(); tr.Kind != NoTrouble {
		fmt.Println("trouble", tr.Kind, tr.Err)
		os.Exit(3)
	}
	n := len(b.Record().Lessons)
	for ; ; n++ {
		b.mu.Lock()
		b.changes++
		id := "lesson-" + strconv.Itoa(n%500) // Keeps the file at a realistic size.
		b.rec = union(b.rec, Record{Lessons: map[string]*Lesson{id: {Choices: []string{"scene/next-" + strconv.Itoa(n)},
			Done: []Day{monday}}}})
		b.mu.Unlock()
		if err := b.Save(); err != nil {
			fmt.Println("trouble", err)
			os.Exit(3)
		}
		fmt.Println("saved", id, n)
	}
}

// TestKill kills a process while it saves, with signal 9, at random moments. No answer
// that it printed as saved is lost, and no file is damaged.
func TestKill(t *testing.T) {
	kills, workers := 1000, 4
	if testing.Short() {
		kills = 60
	}
	for w := range workers {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			r := rand.New(rand.NewPCG(uint64(w), 9))
			saved, strays := 0, 0
			acked := map[string][]string{}
			for range kills / workers {
				n := killOne(t, dir, time.Duration(3+r.IntN(26))*time.Millisecond, acked)
				saved += n
				entries, _ := os.ReadDir(dir)
				for _, e := range entries {
					if strings.HasPrefix(e.Name(), strayPrefix) {
						strays++
					}
					if strings.HasPrefix(e.Name(), setAside) {
						t.Fatalf("a torn file: %s", e.Name())
					}
				}
				rec := Open(Options{Dir: dir, Today: (&clock{monday}).today}).Record()
				for id, choices := range acked {
					for _, c := range choices {
						if l := rec.Lessons[id]; l == nil || !contains(l.Choices, c) {
							t.Fatalf("%s of %s is lost", c, id)
						}
					}
				}
			}
			t.Logf("%d kills, %d saves acknowledged, %d strays met", kills/workers, saved, strays)
			if saved == 0 {
				t.Error("nothing was ever saved")
			}
		})
	}
}

func contains(all []string, x string) bool {
	for _, a := range all {
		if a == x {
			return true
		}
	}
	return false
}

// killOne starts a process that saves, kills it some time after its first save, and adds
// the answers that it printed to acked.
func killOne(t *testing.T, dir string, after time.Duration, acked map[string][]string) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "WAYOUT_TEST_SAVE_IN="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	n := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var id string
		var k int
		if _, err := fmt.Sscanf(lines.Text(), "saved %s %d", &id, &k); err != nil {
			t.Fatalf("the process says: %s", lines.Text())
		}
		if n++; n == 1 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		acked[id] = append(acked[id], "scene/next-"+strconv.Itoa(k))
	}
	_ = cmd.Wait() // It was killed.
	return n
}
