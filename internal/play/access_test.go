package play_test

import (
	"slices"
	"strings"
	"testing"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// TestAccess lists every scene of every lesson that a room can't reach by choosing, so that
// nobody adds one unnoticed: those that follow a line about danger, and those that follow any
// other line.
func TestAccess(t *testing.T) {
	danger := map[string]string{
		"anonymous-heron": "mrs-bell", "meet-me-in-a-paddock": "the-cricket", "voice-note-3-12": "right-here",
		"pops-will-carry-you": "coat-off", "hell-be-at-the-gate": "closed",
		"six-strangers-and-a-goat": "everything-waits", "justice-for-greg": "right-here andre",
		"seen-by-46": "right-here", "thats-not-my-hair": "right-here", "only-four-people": "right-here",
		"hold-my-phone": "the-office", "do-you-need-a-bag": "both-of-you on-the-mat",
		"dont-tell-cer": "right-here", "three-stars": "now", "who-sat-down": "right-here",
		"ten-to-ten":          "the-blue-chair you-meant-dani abel they-were-both-looked-after",
		"asking-for-a-friend": "both-of-you", "the-phone-on-the-desk": "both-of-you box-nine",
	}
	answers := map[string]string{
		"anonymous-heron": "forty-one", "asking-for-a-friend": "never-mind face-up he-gets-up",
		"do-you-need-a-bag": "half swear the-curtain", "dont-tell-cer": "who-though all-the-lights after-the-judges",
		"hell-be-at-the-gate": "free-sauce bring-the-pie", "hold-my-phone": "the-ladies of-what table-six",
		"meet-me-in-a-paddock": "sad-bucket blocked pops-shoes plus-one nine-k on-it a-lift the-grid one-bar " +
			"the-fence the-tyre still-no the-carport you-couldve-asked nine-ks-home",
		"pops-will-carry-you": "think-it-over", "ten-to-ten": "not-a-promise cough",
		"only-four-people":      "hold-this three-tries",
		"seen-by-46":            "the-dots-stopped she-goes-quiet not-that who-needs-it",
		"the-phone-on-the-desk": "halfway-over i-wont-tell coat",
		"three-stars":           "one-word-each naps the-steps one-more-question be-done leftovers",
		"who-sat-down":          "callums-kitchen the-second-one two-bits-of-corner two-stools",
	}
	for _, l := range lessons(t) {
		var found, typed []string
		for i, a := range play.New(l).Access() {
			switch a {
			case play.ByDanger:
				found = append(found, l.Scenes[i].ID)
			case play.ByTyping:
				typed = append(typed, l.Scenes[i].ID)
			}
		}
		if got := strings.Join(found, " "); got != danger[l.ID] {
			t.Errorf("%s: %q follow on danger", l.ID, got)
		}
		if by := strings.Join(typed, " "); by != answers[l.ID] {
			t.Errorf("%s: %q answer a typed line", l.ID, by)
		}
		leadsToDanger(t, l, found)
	}
}

// leadsToDanger checks that each link of a line about danger leads to one of these scenes.
func leadsToDanger(t *testing.T, l *lesson.Lesson, scenes []string) {
	t.Helper()
	for i := range l.Scenes {
		if r := l.Scenes[i].Rehearsal; r != nil {
			for _, m := range r.Moves {
				if m.Name == lesson.Danger && m.Onward != nil &&
					!slices.Contains(scenes, l.Scenes[m.Onward.To].ID) {
					t.Errorf("%s: a line about danger leads to %s", l.ID, l.Scenes[m.Onward.To].ID)
				}
			}
		}
	}
}

// TestModel checks for every rehearsal that a room which says its model answer gets the answer to
// a line that protects: no reply to a weak line, or to one that wasn't understood, and no way
// that only such a line takes.
func TestModel(t *testing.T) {
	for _, l := range lessons(t) {
		g := play.New(l)
		for i := range l.Scenes {
			s := &l.Scenes[i]
			if s.Rehearsal == nil || !s.Rehearsal.Branches() {
				continue
			}
			run, _, err := play.Start(l, 1).To(s.ID)
			if err != nil {
				t.Fatal(err)
			}
			if run, err = run.Model(); err != nil {
				t.Fatalf("%s: %s: %v", l.ID, s.ID, err)
			}
			m := run.Heard()
			if m == nil || m.Weak || m.Name == lesson.Unclear || m.Name == lesson.Danger {
				t.Errorf("%s: %s is answered as %+v", l.ID, s.ID, m)
				continue
			}
			if run.Turn() != play.Go {
				t.Errorf("%s: %s goes on by %v", l.ID, s.ID, run.Turn())
			}
			if next, err := run.Go(); err != nil || g.Access()[next.State().Scene] != play.ByChoosing {
				t.Errorf("%s: %s leads to %s: %v", l.ID, s.ID, next.Scene().ID, err)
			}
			if again, err := play.Replay(l, 1, run.Actions()); err != nil || again.State() != run.State() {
				t.Errorf("%s: %s can't be repeated: %v", l.ID, s.ID, err)
			}
		}
	}
}

// TestModelIsAnswered checks which move the model answers make in rehearsals whose first
// protective move doesn't fit the model answers.
func TestModelIsAnswered(t *testing.T) {
	want := map[string]string{
		"seen-by-46 typing": "stop-it", "seen-by-46 sunday": "check-in", "seen-by-46 to-brooke": "check-in",
		"meet-me-in-a-paddock so-saturday": "tell", "meet-me-in-a-paddock four-days": "tell",
		"three-stars the-walk": "say-what", "three-stars savta": "say-what",
		"dont-tell-cer the-wall": "check-in", "dont-tell-cer saturday": "stand-with",
		"only-four-people one-boot": "say-what", "only-four-people whats-the-matter": "say-what",
		"hell-be-at-the-gate the-heads": "say-what", "voice-note-3-12 the-new-hurley": "boundary",
	}
	for _, l := range lessons(t) {
		for i := range l.Scenes {
			name := want[l.ID+" "+l.Scenes[i].ID]
			if name == "" {
				continue
			}
			run, _, err := play.Start(l, 1).To(l.Scenes[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			if run, err = run.Model(); err != nil || run.Heard() == nil || run.Heard().Name != name {
				t.Errorf("%s: %s: %+v, %v", l.ID, l.Scenes[i].ID, run.Heard(), err)
			}
			delete(want, l.ID+" "+l.Scenes[i].ID)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
