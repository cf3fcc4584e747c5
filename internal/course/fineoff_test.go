package course_test

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"wayout/internal/course"
	"wayout/internal/coursetest"
	"wayout/internal/fineoff"
	"wayout/internal/play"
	"wayout/internal/view"
)

// TestFineOrOffChats goes through all chats: each is shown as in its file, with the learner's
// own messages on their side, and each answer gets the full feedback.
func TestFineOrOffChats(t *testing.T) {
	c := coursetest.Shipped(t)
	v := view.Solo(c)
	set, err := c.FineOrOff()
	if err != nil {
		t.Fatal(err)
	}
	heads := make(map[string]bool)
	for n := range set.Rounds() {
		for r := set.Deal(1, n); !r.Over(); r = r.Answer(fineoff.Fine) {
			chat, l := r.Chat(), c.FineOrOffChat(r)
			run := play.Start(l, 1)
			own := 0
			for i, it := range v.Story(run)[1:] {
				line := chat.Lines[i]
				switch it := it.(type) {
				case view.Message:
					if it.Text[0].Text != line.Text || line.Voice != "" || it.Own != (line.Who == chat.Own) {
						t.Errorf("%s: %q is shown as %+v", chat.ID, line.Text, it)
					}
					if it.Own {
						own++
					}
				case view.Event:
					if it.What != "voice message "+line.Voice || it.Text[0].Text != line.Text {
						t.Errorf("%s: %q is shown as %+v", chat.ID, line.Text, it)
					}
				default:
					t.Errorf("%s: %T in the chat", chat.ID, it)
				}
			}
			if own == 0 || len(v.Story(run)) != len(chat.Lines)+1 {
				t.Errorf("%s: %d messages are on the learner's side, of %d", chat.ID, own, len(v.Story(run)))
			}
			q, _ := v.Turn(run).(view.Question)
			if !slices.Equal(q.Labels(), []string{"Fine", "Off", "Can't tell yet"}) {
				t.Fatalf("%s asks %+v", chat.ID, q)
			}
			for pick := range q.Labels() {
				told, err := run.Choose(pick)
				if err != nil {
					t.Fatal(err)
				}
				all := v.Story(told)
				f, ok := all[len(all)-2].(view.Feedback)
				then, _ := all[len(all)-1].(view.Narration)
				if !ok || len(then.Text) != 2 || f.Text[0].String() != chat.Why ||
					!strings.HasSuffix(then.Text[0].String(), chat.Then) ||
					!strings.HasSuffix(then.Text[1].String(), chat.Ask) {
					t.Errorf("%s: %+v", chat.ID, all)
				}
				if said := strings.Contains(f.Head, " off"); said != chat.Off {
					t.Errorf("%s: %q", chat.ID, f.Head)
				}
				heads[f.Head] = true
				if on, ok := v.Turn(told).(view.Onward); !ok || on.Words == "" {
					t.Errorf("%s: no way on", chat.ID)
				}
			}
		}
	}
	if len(heads) != 10 {
		t.Errorf("%d verdicts are said: %v", len(heads), heads)
	}
}

// TestFineOrOffTally says in words how chats were read, and never as a score.
func TestFineOrOffTally(t *testing.T) {
	c := coursetest.Shipped(t)
	for _, tt := range []struct {
		tally fineoff.Tally
		want  []string
	}{
		{fineoff.Tally{}, []string{
			"You didn't doubt any chat that was fine, and none that were off looked fine to you."}},
		{fineoff.Tally{Suspicious: 2, Trusting: 1}, []string{
			"You doubted a chat that was fine twice. A chat that was off looked fine to you once. " +
				"That's how they're made."}},
		{fineoff.Tally{Suspicious: 3}, []string{
			"You doubted a chat that was fine 3 times. None that were off looked fine to you."}},
		{fineoff.Tally{Trusting: 2, Unsure: 1}, []string{
			"A chat that was off looked fine to you twice. That's how they're made. " +
				"You didn't doubt any that were fine.",
			"You wanted to know more first once."}},
		{fineoff.Tally{Suspicious: 1, Trusting: 4, Unsure: 3}, []string{
			"You doubted a chat that was fine once. A chat that was off looked fine to you 4 times. " +
				"That's how they're made.",
			"You wanted to know more first 3 times."}},
	} {
		got := c.FineOrOffTally(tt.tally)
		if len(got) != len(tt.want)+2 || !slices.Equal(got[:len(tt.want)], tt.want) {
			t.Errorf("%+v: %q", tt.tally, got)
		}
		if strings.Contains(strings.Join(got, " "), "%") || strings.Contains(strings.Join(got, " "), " of 8") {
			t.Errorf("a score: %q", got)
		}
	}
}

// TestNoGameWithoutChats checks that a course without the file, as a translation may be, has no
// game, and that the error for a broken file says what is wrong.
func TestNoGameWithoutChats(t *testing.T) {
	c := coursetest.Course(t)
	if _, err := c.FineOrOff(); c.HasFineOrOff() || err == nil {
		t.Errorf("a game of no chats: %v", err)
	}
	ui, err := fs.ReadFile(coursetest.Files(t), "en/ui.toml")
	if err != nil {
		t.Fatal(err)
	}
	broken, err := course.Open(fstest.MapFS{"en/ui.toml": {Data: ui},
		"en/fine-or-off.toml": {Data: []byte("[[chat]]\nid = 1")}}, "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := broken.FineOrOff(); err == nil || !strings.Contains(err.Error(), "fine-or-off.toml:2:") {
		t.Errorf("broken: %v", err)
	}
}

// TestFineOrOffForAClass checks that a class can take every round as one lesson, whatever it
// answers; each chat is a question on its own phone, and only the desk is told the verdict.
func TestFineOrOffForAClass(t *testing.T) {
	c := coursetest.Shipped(t)
	set, err := c.FineOrOff()
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for n := 1; n <= set.Rounds(); n++ {
		id := "fine-or-off"
		if n > 1 {
			id += "-" + strconv.Itoa(n)
		}
		for answer := range 3 {
			l, _, err := c.Led(id)
			if err != nil || l == nil || l.ID != id {
				t.Fatal(id, err)
			}
			run, asked := play.Start(l, 1), 0
			for run.Turn() != play.End {
				if run.Turn() == play.Choose {
					s := run.Scene()
					asked++
					seen[s.ID] = true
					if len(s.Notes) != 1 || !strings.HasPrefix(s.Notes[0][0].String(), "This one's ") {
						t.Errorf("%s: the desk is told %v", s.ID, s.Notes)
					}
					run, err = run.Choose(answer)
				} else {
					run, err = run.Go()
				}
				if err != nil {
					t.Fatal(id, err)
				}
			}
			if asked != fineoff.RoundLen || run.Scene().ID != "end" {
				t.Errorf("%s asks %d questions and ends in %s", id, asked, run.Scene().ID)
			}
			for i := range l.Scenes[:len(l.Scenes)-1] {
				for b := range l.Scenes[i].Blocks() {
					if own := b.Who != "" && l.Helps(i, b.Who); own != (b.Who != "" && b.Who == l.Scenes[i].Phone) {
						t.Errorf("%s: %s is on the wrong side", l.Scenes[i].ID, b.Who)
					}
				}
			}
		}
	}
	if len(seen) != 64 {
		t.Errorf("the rounds have %d chats in all", len(seen))
	}
	for _, id := range []string{"fine-or-off-1", "fine-or-off-0", "fine-or-off-02", "fine-or-off-99", "fine-or-offx"} {
		if l, _, err := c.Led(id); err == nil || l != nil {
			t.Errorf("there is a round %s", id)
		}
	}
	if l, _, err := c.Led("seen-by-46"); err != nil || l == nil || l.Session != "" {
		t.Errorf("a lesson is no lesson any more: %v", err)
	}
}
