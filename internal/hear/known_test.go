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
			{Refuse, []Outcome{Protective}, []string{"thank you but i can do it myself",
				"id prefer if you didnt come up", "i'd rather you didnt come in"}},
			{Refuse, []Outcome{Unclear, Protective}, []string{"mam will be here", "my dad will be here", "no one",
				"ask frau caduff what she thinks", "ask ms lowe what she thinks", "thanks but ill do it myself"}},
			{Refuse, []Outcome{Weak}, []string{"not now", "not just now"}},
			{Tell, []Outcome{Protective}, []string{"dad wake up", "mum wake up pls", "papa wake up",
				"everyone has it"}},
			{Tell, []Outcome{Unclear, Weak}, []string{"no one", "none of them", "someone",
				"id prefer if you didnt come up", "mam will be here", "its about luc", "its about anna", "its luc",
				"ask frau caduff what she thinks", "ask herr meier what he thinks"}},
			{StandBy, []Outcome{Unclear, Protective}, []string{"ask frau caduff what she thinks", "not now"}},
			{Listen, []Outcome{Unclear, Protective}, []string{"ask frau caduff what she thinks"}},
		} {
			for _, line := range c.lines {
				if h := r.Hear(c.in, line); !slices.Contains(c.may, h.Outcome) {
					t.Errorf("%s: %q is heard as %s %v %v", c.in, line, h.Outcome, h.Moves, h.Because)
				}
			}
		}
	}
}

// TestHeardAsTheWrongMove holds that a line isn't heard as a move that readers found it
// taken for, and that no word about help goes with everyday talk.
func TestHeardAsTheWrongMove(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			in    Situation
			not   string
			lines []string
		}{
			{Refuse, "~agree", []string{"not now", "not just now", "thank you but i can do it myself",
				"thanks but ill do it myself"}},
			{Refuse, "~excuse", []string{"mam will be here", "my dad will be here"}},
			{Tell, "~downplay", []string{"its about luc", "its about tom", "its luc"}},
		} {
			for _, line := range c.lines {
				if h := r.Hear(c.in, line); slices.Contains(h.Moves, c.not) {
					t.Errorf("%s: %q is heard as %v", c.in, line, h.Moves)
				}
			}
		}
		for _, in := range Situations {
			for _, line := range []string{"ask frau caduff what she thinks", "ask herr meier what he thinks"} {
				if r.Hear(in, line).Gentle {
					t.Errorf("%s: a word about help goes with %q", in, line)
				}
			}
		}
		for _, word := range []string{"frau", "herr", "madame"} {
			for _, tok := range r.spelling.tokens(word) {
				if tok.word != "mrs" && tok.word != "mr" {
					t.Errorf("%q is mended to %q", word, tok.word)
				}
			}
		}
	}
}
