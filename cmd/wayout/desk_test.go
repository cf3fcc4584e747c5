//go:build unix

package main

import (
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"testing"
)

// shownPlace matches the desk's words for the present place of the talk.
var shownPlace = regexp.MustCompile(`scene \d+ of \d+, page \d+ of \d+`)

// TestDeskAndRoom starts a room's view and a desk, each a program in its own terminal,
// and kills and restarts one of them at random, 200 times: each time the talk is at the
// same place. The room's view shows nothing of the desk.
func TestDeskAndRoom(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 10
	}
	small, err := filepath.Abs("../../internal/coursetest/testdata") // Its first scene has three pages.
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", filepath.Join(home, "run"))
	t.Setenv("TMPDIR", home)
	start := func(desk bool) *console {
		args := []string{"present", "the-countdown", "--lessons", small}
		if desk {
			args = append(args, "--desk")
		}
		return newConsoleIn(t, home, args...)
	}
	room, desk := start(false), start(true)
	room.waitFor("Before we begin")
	desk.waitFor("The desk: The countdown")
	desk.until("both to have met", func() bool {
		return !regexp.MustCompile("There is no room view").MatchString(desk.screen())
	})
	place := func() string { return shownPlace.FindString(desk.screen()) }

	// The talk goes back and forth over the pages of the first scene.
	texts := []string{"They joked a lot", "you still up", "50 or they all get it", "What could Malik do first?"}
	at := -1
	r := rand.New(rand.NewPCG(3, 4))
	for range rounds {
		from := room
		if r.IntN(2) == 0 {
			from = desk
		}
		if at < len(texts)-1 && (at < 1 || r.IntN(2) == 0) {
			at++
			from.press("\x1b[6~", "")
		} else {
			at--
			from.press("\x1b[5~", "")
		}
		room.waitFor(texts[at])
		desk.waitFor(texts[at])
		was := place()
		if r.IntN(2) == 0 {
			room.kill()
			room.close()
			room = start(false)
			room.waitFor(texts[at])
		} else {
			desk.kill()
			desk.close()
			desk = start(true)
			desk.waitFor(texts[at])
			desk.until("the same place", func() bool { return place() == was })
		}
		desk.until("both to have met again", func() bool {
			return !regexp.MustCompile("There is no room view").MatchString(desk.screen())
		})
	}
	room.press("n", "on the desk, in the other window")
	room.press("d", "")
	desk.waitFor("If a young person tells you something")
	room.until("the room to be blank", func() bool { return !regexp.MustCompile(`\S`).MatchString(room.screen()) })
	desk.press("\x18", "")
	<-desk.done
	room.press("\x18", "")
	<-room.done
}
