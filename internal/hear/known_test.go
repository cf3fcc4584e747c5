package hear

import (
	"slices"
	"testing"
)

// TestHeardWronglyBefore holds lines of the kinds that readers found to be heard wrongly:
// plain refusals that set off an alarm or were taken for giving in, everyday talk that
// brought the crisis screen, and danger that was heard as a weak line.
func TestHeardWronglyBefore(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			in    Situation
			may   []Outcome
			lines []string
		}{
			{Refuse, []Outcome{Protective}, []string{"no", "stop", "pls go", "i just want you to stop",
				"i just want them to stop asking", "its not safe to send pictures", "no, that's not safe",
				"no way im going to meet you", "no. leave me alone", "no. i don't send pictures", "no way",
				"no, sorry, i wont send you a video"}},
			{Refuse, []Outcome{Unclear, Weak}, []string{"my lift is outside", "the uber is outside",
				"I want it quiet here"}},
			{Refuse, []Outcome{InDanger}, []string{"i hate myself", "im scared he will come to my room",
				"i cut again", "why is your car on my street", "id rather not wake up"}},
			{Tell, []Outcome{Unclear, Weak}, []string{"my lift is outside", "mum im home", "i want pizza",
				"dad im in zebra", "I want it quiet here"}},
			{Tell, []Outcome{Protective}, []string{"i sent a photo to a girl and now she wants money"}},
			{Tell, []Outcome{InDanger}, []string{"im going to meet him now", "i took some pills", "he raped me",
				"he hits me", "me quiero morir"}},
			{StandBy, []Outcome{Unclear, Protective}, []string{"i wanted to tell you", "sorry", "yes",
				"does she know u posted this"}},
			{Listen, []Outcome{Protective}, []string{"Are you thinking about suicide?", "Is he outside now?"}},
		} {
			for _, line := range c.lines {
				if h := r.Hear(c.in, line); !slices.Contains(c.may, h.Outcome) {
					t.Errorf("%s: %q is heard as %s %v %v", c.in, line, h.Outcome, h.Moves, h.Because)
				}
			}
		}
	}
}
