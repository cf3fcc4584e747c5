package view

import (
	"strings"
	"testing"

	"wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/play"
)

// TestTellingStandsBesideAWeakPart checks that someone whose line says what happened isn't told
// that the real sentence is still to come, even if another part of the line is weak.
func TestTellingStandsBesideAWeakPart(t *testing.T) {
	_, v := open(t)
	what, other := exchange.Quoted{Move: "say-what"}, exchange.Quoted{Move: "someone-else"}
	comes := "The next sentence can be the real one."
	for _, tc := range []struct {
		h    play.Hearing
		want string
	}{
		{play.Hearing{In: hear.Tell, Weak: []exchange.Quoted{other}}, comes},
		{play.Hearing{In: hear.Tell, Strong: []exchange.Quoted{what}, Weak: []exchange.Quoted{other}},
			"You've still said it."},
	} {
		told, ok := v.Heard(tc.h, "h")
		if !ok || !strings.HasSuffix(told.Weak, tc.want) {
			t.Errorf("%+v is told %q", tc.h, told.Weak)
		}
	}
	for s := range hear.Situations {
		told, _ := v.Heard(play.Hearing{In: hear.Situation(s)}, "h")
		if told.Unsure == "" {
			t.Errorf("nothing is said about a line that isn't understood in %d", s)
		}
	}
}

// TestALineIsCalledByItsName checks what is said about first sentences to a mother: a kind of hint
// is called by its name, and so is a change of the subject; a friend's trouble, or a question about
// nobody, is never called telling; and a line in another language isn't called unclear.
func TestALineIsCalledByItsName(t *testing.T) {
	c, v := open(t)
	ears, err := c.Recogniser()
	if err != nil {
		t.Fatal(err)
	}
	tell := exchange.Rehearsal{In: hear.Tell, Tells: true, People: []string{"Dez", "Kenz"}}
	for _, tc := range []struct{ line, want, never string }{
		{"promise you wont tell anyone", "asked for a promise", "hinted"},
		{"can i have 340 dollars", "asked for the money", "hinted"},
		{"are you gonna be mad at me", "worried how it'll land", "hinted"},
		{"i did something really stupid", "took the blame", "hinted"},
		{"i was so stupid, i should have never talked to her, this is all on me", "hard to say", "hardest"},
		{"its my own fault i kept texting her after it got weird, i should of known", "took the blame", "hardest"},
		{"im gonna find her and make her pay", "as anger", "what happened"},
		{"i cant say it. i cant say it out loud", "couldn't get it out", "smaller"},
		{"*starts crying*", "couldn't get it out", "smaller"},
		{"why would i care about your stupid mirror", "as anger", "hinted"},
		{"what would you do if somebody said a lie about you to the whole town", "asked a question", "what happened"},
		{"if somebody makes a fake picture of you can they go to jail for it", "asked a question", "what happened"},
		{"did you ever fix the mirror on the car", "changed the subject", "hinted"},
		{"whats for lunch tomorrow", "changed the subject", "hinted"},
		{"its about dez, somebody is threatening to post a picture of him and he doesnt know who to tell",
			"someone else", "said what happened"},
		{"kenz is threatening to post a picture of me", "said what happened", "someone else"},
		{"its not the mirror. im being blackmailed", "said what happened", "subject"},
		{"äiti joku kiristää minua kuvalla", "that language", "can't tell yet"},
		{"μαμά φοβάμαι πολύ", "that language", "can't tell yet"},
		{"¯\\_(ツ)_/¯ hm", "can't tell yet", "that language"},
		{"theres ten minutes left before she sends it", "", "that language"},
		{"banana helicopter 7 7 7", "can't tell yet", "that language"},
		{"this is your fault you never let me go out so obviously i talk to people online", "as anger",
			"You've still said"},
		{"Please don't tell Dad", "stay between you", "happened"},
		{"are you a bot", "can't tell yet", "question"},
		{"mom i dont know how to say, they have photo of me, is made with computer", "what happened", "reached out"},
		{"some people are trying to get money off me, just dont yell yet ok", "what happened", "hinted"},
		{"i met this girl three weeks ago and she was real nice and then today she just flipped and they got a " +
			"picture and they said 340 by midnight and i dont know what to do", "what happened", "reached out"},
		{"dont even start mom i know you told me not to talk to people i dont know", "how it'll land", "blame"},
		{"are you even a real mom or just a computer", "can't tell yet", "start like that"},
		{"whatever happens dont let papaw look at his phone tonight ok", "from seeing it", "someone else"},
		{"you gotta get papaws phone off him before he looks at it. please dont ask me why yet", "from seeing it",
			"any order"},
		{"why are you even still up, jeez", "changed the subject", "can't tell"},
		{"Momma I reckon I been took, that gal I been talkin to aint no gal", "what happened", "any order"},
		{"so funny story, you know how you always said dont talk to strangers online lol", "hinted", "any order"},
		{"Momma I been praying on it and I believe the Lord wants me to quit hiding this from you", "reached out",
			"what happened"},
		{"why are you even up, just leave me alone", "as anger", "subject"},
		{"Stop asking me if I'm ok!! I'm not ok and it's your fault for never being home", "as anger", "happened"},
		{"promise ye won't phone the polis or tell anybody, cos I've got masel intae somethin wi a lassie online",
			"asked for a promise", "any order"},
		{"well turns out shes not even real its like a bunch of dudes or whatever and they keep texting me over and " +
			"over and i dont know what to do and i already blocked them once", "what happened", "me over”"},
		{"is papaw awake? he cant look at his phone tonight ok please just hide it", "from seeing it", "happened"},
		{"what happens if i just dont tell her anything", "asked a question", "promise"},
		{"if papaw gets a message from anybody tonight dont let him open it", "from seeing it", "promise"},
		{"so my friend has this problem where somebody online got a picture of him and they want money by tonight " +
			"and he doesnt know who to tell and he asked me what he should do about it", "", "what happened"},
		{"what would you do if somebody got a picture of a kid at your school and they said they would send it to " +
			"everyone unless he paid them a lot of money by tonight", "", "what happened"},
		{"purple monkey dishwasher 12345", "can't tell", "any order"},
		{"is papaw asleep? pls can u take his phone off him tonight", "reached out", "someone else"},
		{"did papaw get anything on his phone tonight??", "asked a question", "any order"},
		{"theyre gonna send it to papaw what if he has another stroke and its my fault", "what happened", "stroke"},
		{"can i borrow 340 dollars for a school trip its due tonite", "asked for the money", "any order"},
		{"i swear if you tell papaw im never talking to you again", "asked for a promise", "any order"},
		{"Mom I need borrow 340 dollar, I give back, please not ask for what", "asked for the money", "any order"},
		{"here just read my phone i cant say it out loud", "reached out", "get it out"},
		{"is there any way to stop papaw looking at his phone tonight", "asked a question", "happened"},
	} {
		h := tell.Listen(ears, tc.line)
		told, ok := v.Heard(h, "h")
		all := told.Strong + " " + told.Weak + " " + told.Unsure
		if !ok || !strings.Contains(all, tc.want) || strings.Contains(all, tc.never) {
			t.Errorf("%q is told %q, want %q and not %q", tc.line, all, tc.want, tc.never)
		}
	}
}
