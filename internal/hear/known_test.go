package hear

import (
	"slices"
	"strings"
	"testing"
)

// TestHeardWronglyBefore tests lines of the kinds that readers found to be heard wrongly:
// plain refusals that raised an alarm or were taken for giving in, everyday talk that
// brought the emergency screen, and danger that was heard as a weak line.
func TestHeardWronglyBefore(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
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
			{Refuse, []Outcome{Unclear, Protective}, []string{"mam will be here", "my dad will be here",
				"no one",
				"ask frau caduff what she thinks", "ask ms lowe what she thinks",
				"thanks but ill do it myself"}},
			{Refuse, []Outcome{Weak}, []string{"not now", "not just now"}},
			{Tell, []Outcome{Protective}, []string{"dad wake up", "mum wake up pls", "papa wake up",
				"everyone has it"}},
			{Tell, []Outcome{Unclear, Weak}, []string{"no one", "none of them", "someone",
				"id prefer if you didnt come up", "mam will be here", "its about luc", "its about anna",
				"its luc",
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

// TestSmallWordsAreNoAlarm checks that pronouns, "sorry", "scared" or what someone took off don't
// bring the emergency screen: lines that players typed, and others of each kind.
func TestSmallWordsAreNoAlarm(t *testing.T) {
	everywhere := []string{"tell her", "tell him that", "tell my aunt", "ask her that",
		"dont tell her that", "everyone likes it",
		"everybody likes mine", "they all like it", "i think he likes you", "i think she fancies him",
		"he's not 16", "hes not even 15", "she isnt 17", "he is not 18 i think", "i have to be home by 9",
		"i have to be home at half nine", "i need to be home before ten", "ill be at nans", "i feel naked",
		"i feel so naked", "he took my beanie off", "she took my cap", "give me your phone",
		"mom i made pancakes",
		"get out of the tub", "get out of the kitchen"}
	of := map[Situation][]string{
		Tell: {"im scared for her", "im so scared for him", "im telling you cos im scared for her", "tell mam",
			"im so sorry mom i really messed up and i dont know how to fix it",
			"sorry mom i messed up and i dont know how to fix it", "im so sorry mom i dont know how to fix it",
			"so sorry dad i really messed this up and i dont know what to do about it",
			"mum im so so sorry i wrecked everything", "mom i thnk im geting blakmaled",
			"mom i think im geting blakmaled",
			"dad i tink im being blackmaled", "mam im bein blakmailed", "they took my scarf off in a photo",
			"he took my scarf off", "ethan took off my scarf", "ethan. he took my scarf off in a photo",
			"they edited my hijab out", "someone took my hijab off in a picture",
			"she took my headscarf off in the pic", "everyone thinks i look better without it",
			"everyone says i look nicer without it", "dumbest thing ive done",
			"well good news is the mirror isnt the dumbest thing ive done this week",
			"silliest thing ive done all year",
			"just tired mum", "why do i even have to wear it", "theyre all being nice about my fake hair",
			"u have to promise not to be mad", "i broke shabbat", "i broke my fast", "i liked her thats all",
			"someones been horrible to aisling and she needs help",
			"god can you stop crying about the stupid car for one second i have an actual problem",
			"what are you doing coming to my school", "he wont tell me what it is"},
		Refuse: {"ill be there", "i dont think i can", "no. dont come to my house. give it to brid",
			"no. dont come to my flat. give it to my coach", "i cant be out after nine"},
		StandBy: {"its a bit weird that he wants a pic", "sorry i didnt mean that",
			"does she know u posted this",
			"is it lexi", "are you being blackmailed"},
	}
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range Situations {
			for _, line := range slices.Concat(everywhere, of[in]) {
				if h := r.Hear(in, line); h.Outcome == InDanger {
					t.Errorf("%s: %q brings the emergency screen, for %v", in, line, h.Because)
				} else if h.Gentle && in != Listen {
					t.Errorf("%s: a word about dying goes with %q", in, line)
				}
			}
		}
		for _, in := range Situations {
			for _, line := range []string{"i dont want to be alive", "mom i want to die", "marit wants to die",
				"im sorry mom i cant live any more", "aisling is going to kill herself",
				"im scared hes coming in here",
				"ethan wants to kill himself", "tell her i wont be here tomorrow", "im not safe here"} {
				if h := r.Hear(in, line); h.Outcome != InDanger {
					t.Errorf("%s: %q is heard as %s", in, line, h.Outcome)
				}
			}
		}
	}
}

// TestNamesAreSomeone checks that a name counts as a person, whether a lesson has it or it is in
// a place where a person is named.
func TestNamesAreSomeone(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		among := r.Among([]string{"Marit", "Opa", "Miss Achebe", "Grace", "Will", "Róisín"})
		for _, c := range []struct {
			r     *Recogniser
			in    Situation
			line  string
			may   []Outcome
			never string
		}{
			{r, Refuse, "no, i'll tell brynhild", []Outcome{Protective}, "~agree"},
			{r, Refuse, "i will tell brynhild tomorrow", []Outcome{Protective}, "~agree"},
			{r, Refuse, "im telling okonkwo", []Outcome{Protective}, "~agree"},
			{among, Refuse, "no, i'll tell marit", []Outcome{Protective}, "~agree"},
			{among, Refuse, "no. i'll tell marit", []Outcome{Protective}, "~agree"},
			{among, Refuse, "i'll tell marit", []Outcome{Protective}, "~agree"},
			{among, Refuse, "i will tell marit", []Outcome{Protective}, "~agree"},
			{among, Refuse, "i will tell Róisín", []Outcome{Protective}, "~agree"},
			{among, Refuse, "i'll tell my opa", []Outcome{Protective}, "~agree"},
			{among, Refuse, "no i'll tell opa", []Outcome{Protective}, "~agree"},
			{among, Refuse, "im telling grace", []Outcome{Protective}, "~agree"},
			{among, Refuse, "i'll ask miss achebe", []Outcome{Protective}, "~agree"},
			{among, Refuse, "i wont tell marit", []Outcome{Weak, Unclear}, "tell"},
			{among, StandBy, "lets tell marit", []Outcome{Protective}, "~pry"},
		} {
			if h := c.r.Hear(c.in, c.line); !slices.Contains(c.may, h.Outcome) || slices.Contains(h.Moves, c.never) {
				t.Errorf("%s: %q is heard as %s %v", c.in, c.line, h.Outcome, h.Moves)
			}
		}
		if got := words(among.spelling.tokens("Marit will tell Grace")); got != "aname will tell aname" {
			t.Errorf("names are read as %q", got)
		}
	}
}

// TestHeardAsTheWrongMove checks that lines aren't heard as the wrong moves that readers found,
// and that everyday talk gets no word about help.
func TestHeardAsTheWrongMove(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
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
			{Tell, "~downplay", []string{"its about luc", "its about tom", "its luc", "its not the mirror",
				"its not the bike",
				"its me", "can you make them delete it", "why do i even have to wear it"}},
			{Tell, "ask", []string{"can you promise not to tell dad or jess or anybody",
				"can you promise me you wont tell gran",
				"can you stop crying about the car", "can you just stop for a minute",
				"can you swear not to tell",
				"can you go to jail for a picture"}},
			{StandBy, "~blame", []string{"its a bit weird that he wants a pic",
				"its a bit creepy that he asks you that", "does she know u posted this", "who is he though"}},
			{StandBy, "~join-in", []string{"sorry i didnt mean that", "sorry i didnt mean it that way",
				"no its fine"}},
			{StandBy, "~promise-secret", []string{"dont worry i will never show anyone",
				"dont worry i wont ever show it to anyone"}},
			{Refuse, "~bargain", []string{"im not home thursday"}},
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

// TestWholeKinds tests lines of the kinds that learners found to be misheard, each with others of
// its kind that aren't training lines: what they may be heard as, and which moves they don't make.
func TestWholeKinds(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			kind  string
			in    Situation
			may   []Outcome
			never []string
			lines []string
		}{
			{"put off", Refuse, []Outcome{Weak}, []string{"~agree"}, []string{"maybe tomorrow", "later",
				"maybe later",
				"ask me tomorrow", "perhaps next week", "um maybe some other day",
				"not tonight. maybe another night",
				"lol maybe next time", "hmm ill have to think about it", "ok but not this week",
				"in a few days maybe",
				"ask me again after exams"}},
			{"agreed by half", Refuse, []Outcome{Weak, Mixed, Unclear}, []string{"~agree"}, []string{
				"yes but my mum is coming", "ok but my dad is up", "yeah but my gran keeps looking",
				"sure but my brother sees everything", "ok but not without my sister"}},
			{"agreed, and then refused",
				Refuse, []Outcome{Protective}, []string{"~agree"}, []string{"ok but no",
					"yes but i dont want to", "fine but im not sending anything", "i hear you but no",
					"okay but still no",
					"sure but im not doing it", "alright but thats private", "yeah but i wont send it"}},
			{"a no with a laugh", Refuse, []Outcome{Protective}, []string{"~agree",
				"~attack"}, []string{"lol no",
				"haha no way", "no. thats hers", "lmao absolutely not", "haha no thanks", "no thats mine"}},
			{"a no with a laugh", StandBy, []Outcome{Protective}, []string{"~join-in",
				"~promise-secret"}, []string{
				"lol no", "haha no way", "no. thats hers", "lmao absolutely not", "nah thats his",
				"haha no bro",
				"nope its her picture", "no, not ours to share", "haha no im not forwarding that"}},
			{"secrecy refused", StandBy, []Outcome{Protective, Unclear}, []string{"~promise-secret", "~blame"},
				[]string{"no promises", "i cant promise that", "not gonna swear on that",
					"cant promise you anything",
					"no cant promise, gwen has to know. but i wont tell ur mom", "i wont keep that quiet",
					"im not keeping that to myself"}},
			{"secrecy refused", Listen, []Outcome{Protective}, []string{"~promise-secret", "~blame"}, []string{
				"no promises", "i cant promise that", "cant promise anything sorry",
				"no cant promise, gwen has to know. but i wont tell ur mom",
				"no cant promise, if someones getting hurt gwen has to do smth. but i wont tell ur mom",
				"i wont promise. the nurse has to know, but i wont tell your dad"}},
			{"an offer", Refuse, []Outcome{Weak}, []string{"decline", "~agree"}, []string{"you can have twenty",
				"u can have 35", "no but you can have twenty", "ill give u thirty quid", "i only got 12 pounds",
				"how about fifty", "can i pay 10 a week", "take forty instead"}},
			{"to delete it", Refuse, []Outcome{Protective}, []string{"~agree"}, []string{"delete it",
				"delete it pls",
				"erase my number", "just delete that video", "delete everything now"}},
			{"a stranger", Refuse, []Outcome{Protective}, []string{"~feed"}, []string{"i dont know you",
				"i dont even know u", "bro i barely know you", "we've never even met",
				"ur literally a stranger",
				"we dont even know each other"}},
			{"own telling", Tell, []Outcome{Protective, Mixed}, []string{"~someone-else", "~hint"}, []string{
				"i might've sent a nude… lol", "i mightve sent someone a pic haha",
				"so i sorta sent a video lol",
				"i may have posted something"}},
			{"made, not real", Tell, []Outcome{Protective, Unclear}, []string{"~downplay"}, []string{
				"the picture isnt even real", "its photoshopped", "that video isnt me",
				"they made it with an ai app",
				"the pics arent even real"}},
			{"a person alone", Tell, []Outcome{Unclear}, []string{"~someone-else"}, []string{"my dad",
				"just my uncle",
				"my big brother"}},
		} {
			for _, line := range c.lines {
				h := r.Hear(c.in, line)
				if !slices.Contains(c.may, h.Outcome) || slices.ContainsFunc(c.never, func(m string) bool {
					return slices.Contains(h.Moves, m)
				}) {
					t.Errorf("%s, %s: %q is heard as %s %v", c.kind, c.in, line, h.Outcome, h.Moves)
				}
			}
		}
		for _, in := range Situations {
			for _, line := range []string{"our house", "is it at our house", "her address",
				"whats ur address again",
				"he wants my address", "a guy asked for our postcode", "he knows which house is ours",
				"hes being weird", "why is she being so odd", "theyre acting strange today", "if im home alone",
				"he asked when im home alone",
				"are you home alone", "home alone till 5", "mams picking me up", "my nan collects me at 4",
				"is dad picking us up after practice", "coach is dropping me home", "im meeting him at 8",
				"seeing her at half 7", "were meeting them at nine ish"} {
				if h := r.Hear(in, line); h.Outcome == InDanger {
					t.Errorf("%s: %q brings the emergency screen, for %v", in, line, h.Because)
				}
			}
			for _, line := range []string{"im home alone and someone is banging on the door",
				"im meeting him tonight at his flat", "he has my address and hes on his way",
				"hes outside our house",
				"i want to die", "im gonna kill myself at 8", "he knows where i live and hes coming"} {
				if h := r.Hear(in, line); h.Outcome != InDanger {
					t.Errorf("%s: %q is heard as %s %v", in, line, h.Outcome, h.Moves)
				}
			}
		}
		for _, c := range []struct{ line, weak string }{{"ok fine", "~agree"}, {"ok just one", "~agree"},
			{"tomorrow, i promise", "~agree"}, {"ok but quick", "~agree"}, {"yes but dont show anyone",
				"~agree"}} {
			if h := r.Hear(Refuse, c.line); h.Outcome != Weak {
				t.Errorf("%q is heard as %s %v", c.line, h.Outcome, h.Moves)
			}
		}
		if h := r.Hear(StandBy, "i promise i wont tell anyone"); !slices.Contains(h.Moves, "~promise-secret") {
			t.Errorf("a promise is heard as %s %v", h.Outcome, h.Moves)
		}
	}
}

// TestWantedIsNoAlarm checks that "wanted" alone is no danger, in any situation, and that wanting
// to die, or wanting everything to end, is still heard as danger.
func TestWantedIsNoAlarm(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range Situations {
			for _, line := range []string{"i just wanted delaney to laugh", "i wanted delaney to laugh",
				"i just wanted to make him laugh", "i only wanted him to like me", "i wanted to be part of it",
				"i just wanted to be liked", "i wanted a boyfriend like everyone else",
				"i just wanted some attention",
				"i only wanted to see his face", "i just wanted her to think i was grown up",
				"we just wanted to have fun",
				"i wanted it to look cool", "i only wanted five minutes of being popular",
				"i just wanted the likes",
				"tbh i just wanted them to talk to me", "he just wanted to win", "i wanted to impress priya",
				"i just wanted everyone to stop staring", "i only wanted to borrow it",
				"because i wanted to be on the team",
				"i just wanted to ask you something", "i wanted marcus to be jealous",
				"idk i just wanted someone to notice",
				"i only wanted to show one person", "i just wanted the free skins"} {
				if h := r.Hear(in, line); h.Outcome == InDanger {
					t.Errorf("%s: %q brings the emergency screen, for %v", in, line, h.Because)
				}
			}
			for _, line := range []string{"i just wanted to die", "i wanted to kill myself",
				"i wanted to disappear",
				"i just wanted it all to end", "i only wanted to hurt myself", "i wanted to be dead"} {
				if h := r.Hear(in, line); h.Outcome != InDanger {
					t.Errorf("%s: %q is heard as %s %v", in, line, h.Outcome, h.Moves)
				}
			}
		}
	}
}

// TestNotAllRightIsNoAnswer checks that a line that says that its writer isn't all right isn't
// praised as a limit or a refusal, but gets a word about help, or the emergency screen.
func TestNotAllRightIsNoAnswer(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range []Situation{Refuse, Tell, StandBy} {
			for _, line := range []string{"im not ok", "im not okay tbh", "not doing good",
				"i cant do this anymore",
				"i'm not okay", "im not ok rn", "honestly im not doing well", "not doing great",
				"im not alright",
				"im so not ok", "i dont feel okay", "im not feeling good", "not ok honestly", "not great tbh",
				"im really struggling", "im struggling rn", "i cant cope", "im not coping", "cant cope anymore",
				"im falling apart", "i feel so alone", "everything is too much", "its all too much",
				"i cant do this any longer",
				"i can't take this anymore", "i cant go on like this"} {
				h := r.Hear(in, line)
				if h.Outcome == Protective || h.Outcome == Mixed || h.Outcome != InDanger && !h.Gentle {
					t.Errorf("%s: %q is heard as %s %v, with a word about help: %v",
						in, line, h.Outcome, h.Moves, h.Gentle)
				}
			}
		}
		for _, line := range []string{"im not ok with that", "im not okay with sending pics", "thats not ok",
			"im not doing that", "im not doing it", "i dont feel ok about sending that"} {
			if h := r.Hear(Refuse, line); h.Outcome != Protective || h.Gentle {
				t.Errorf("%q is heard as %s %v, with a word about help: %v", line, h.Outcome, h.Moves, h.Gentle)
			}
		}
	}
}

// TestYesIsNeverPraised checks that a clear yes isn't heard as a no, whatever thanks, laughs, days
// and polite words are around it.
func TestYesIsNeverPraised(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"omg its gorgeous thank u!! thurs is grand",
			"ok fine but just this once haha",
			"yeah go on then", "sure why not, sending now", "no worries ill send it", "no problem", "cant wait",
			"aw thank you so much, saturday is perfect", "haha ok you win", "no bother, wednesday suits me",
			"yesss see you friday", "sounds good 👍", "lol alright then", "thanks!! sunday works for me",
			"id love that!!",
			"not gonna lie id love to", "no no its fine, ill do it", "nah go on then", "works for me 😊",
			"of course, anything for you",
			"no stress ill bring it tonight", "cant wait to see it 😍", "thats so kind thank you, 4 is fine",
			"omg yes please", "no prob sending it over", "wouldnt miss it", "im in", "go on so", "haha why not",
			"no need to ask twice lol ill be there", "dont worry, ill send it now", "i dont mind doing it",
			"never been so excited, see you then", "ok but delete it after 🙈", "no way thats so cool, im in",
			"cant say no to that face", "not a bother, be there at 6", "ah sure look, ill send it", "k sent 😂",
			"bet, otw"} {
			if h := r.Hear(Refuse, line); h.Outcome == Protective || h.Outcome == Mixed {
				t.Errorf("%q is heard as %s %v", line, h.Outcome, h.Moves)
			}
		}
		for _, line := range []string{"ok but no", "thanks but no thanks", "no thank you so much",
			"no. i wont send it",
			"sounds good but no", "cant wait to block you", "no way", "its gorgeous but i cant take it"} {
			if h := r.Hear(Refuse, line); h.Outcome == Weak && slices.Contains(h.Moves, "~agree") {
				t.Errorf("%q is heard as %s %v", line, h.Outcome, h.Moves)
			}
		}
	}
}

// TestSomeoneComesToo checks that wanting to bring someone is a limit, neither an excuse nor a yes,
// and that "then I will come" also leaves room for a yes.
func TestSomeoneComesToo(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"can i bring my mum", "only if my pop comes",
			"is it ok if my sister comes too",
			"can my cousin come", "could i bring my best friend", "can i bring someone",
			"only if my grandad's there",
			"is it alright if my mate comes with me", "would it be ok if i brought my mum",
			"what if my dad came too",
			"can my little brother come along",
			"do you mind if my aunt comes",
			"only if mum says its ok", "as long as my sister can come", "my dad would have to come too"} {
			h := r.Hear(Refuse, line)
			if h.Outcome != Protective || !slices.Contains(h.Moves, "boundary") {
				t.Errorf("%q is heard as %s %v", line, h.Outcome, h.Moves)
			}
		}
		for _, line := range []string{"ill come if my friend can come", "yeah if my mate comes too",
			"ok if my cousin can come", "fine if my brother can come"} {
			h := r.Hear(Refuse, line)
			if h.Outcome == Protective || slices.Contains(h.Moves, "~agree") {
				t.Errorf("%q is heard as %s %v", line, h.Outcome, h.Moves)
			}
		}
	}
}

// TestOwnFaultAndCutHair checks that being sorry for one's own act isn't blaming, that cut hair
// brings no word about help, and that a question about someone else's danger is heard as care
// for them.
func TestOwnFaultAndCutHair(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"i should of told u. im sorry", "i shouldve told you",
			"i should have told you before",
			"i shouldnt have said that, sorry", "i should of been there", "im sorry i didnt stick up for you",
			"i wish id told you sooner", "we should of said something", "i never told you and im sorry"} {
			if h := r.Hear(StandBy, line); slices.Contains(h.Moves, "~blame") || h.Outcome == Weak {
				t.Errorf("%q is heard as %s %v", line, h.Outcome, h.Moves)
			}
		}
		for _, in := range []Situation{Refuse, Tell, StandBy} {
			for _, line := range []string{"its my gran she cut it", "my mum cut it", "my nan always cuts it",
				"the hairdresser cut it too short", "my cousin cut my fringe", "mum cut my hair again",
				"i cut my nails",
				"dad cut the cake", "he cut me off"} {
				if h := r.Hear(in, line); h.Outcome == InDanger || h.Gentle || h.Outcome == Protective {
					t.Errorf("%s: %q is heard as %s %v, with a word about help: %v",
						in, line, h.Outcome, h.Moves, h.Gentle)
				}
			}
			for _, line := range []string{"she cut herself", "i cut my arms", "i cut again",
				"i already cut because of this"} {
				if h := r.Hear(in, line); h.Outcome != InDanger {
					t.Errorf("%s: %q is heard as %s %v", in, line, h.Outcome, h.Moves)
				}
			}
			for _, line := range []string{"is she gonna hurt herself?",
				"is he going to do something to himself",
				"do you think she will hurt herself", "is she gonna do something to herself",
				"could he hurt himself"} {
				if h := r.Hear(in, line); h.Outcome == InDanger {
					t.Errorf("%s: %q is heard as their own danger", in, line)
				} else if h.Outcome == Weak || h.Outcome == Mixed {
					t.Errorf("%s: %q is heard as %s %v", in, line, h.Outcome, h.Moves)
				}
			}
		}
	}
}

// TestKindsThatPlayersFound tests lines of the kinds that nine players found misheard, each with
// others of its kind that aren't training lines. A move with "+" is heard in each of the lines, one
// with "-" in none, and one with "?-" isn't even asked about.
func TestKindsThatPlayersFound(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		r = r.Among([]string{"Brid", "Brooke", "Colm", "Kade"})
		for _, c := range kindsThatPlayersFound {
			in := Situations
			if c.in != "everywhere" {
				s, err := ParseSituation(c.in)
				if err != nil {
					t.Fatal(err)
				}
				in = []Situation{s}
			}
			for _, s := range in {
				for line := range strings.Lines(strings.TrimSpace(c.lines)) {
					line = strings.TrimSpace(line)
					h := r.Hear(s, line)
					if !slices.Contains(strings.Fields(c.may), h.Outcome.String()) || !c.moves(h) {
						t.Errorf("%s, %s: %q is heard as %s %v, perhaps %v", c.kind, s, line,
							h.Outcome, h.Moves, h.Perhaps)
					}
				}
			}
		}
	}
}

// playersKind is a kind of lines, and what they may be heard as.
type playersKind struct{ kind, in, may, want, lines string }

// moves reports whether the moves of a line fit its kind; of several moves with "+", one is enough.
func (k playersKind) moves(h Heard) bool {
	asked, one := false, false
	for _, move := range strings.Fields(k.want) {
		switch how, name := move[:1], strings.TrimLeft(move, "+-?"); how {
		case "+":
			asked, one = true, one || slices.Contains(h.Moves, name)
		case "?":
			if slices.ContainsFunc(h.Perhaps, func(r Reason) bool { return r.Move == name }) {
				return false
			}
			fallthrough
		default:
			if slices.Contains(h.Moves, name) {
				return false
			}
		}
	}
	return one || !asked
}

var kindsThatPlayersFound = []playersKind{
	{"won't look", "listen", "protective", "+listen +be-honest -~look", `
Put it away, I don't want to see it
no I don't wanna see it
I don't need to see it
I can't look at that, it's against the law
I'd lose my job if I looked
No. I am not looking
I do not want to look at it, love.
Please don't show me that.
I won't look at your phone.
You can keep that in your pocket, I don't need to see
I'm not allowed to look at it, it would be against the law
no need to show me, I don't want to see any of it
I could lose my job for looking at that.
I'm not going to look at the picture`},
	{"asks to look", "listen", "weak", "+~look", `
let's see
turn it over then, let's see
show me
right, show me then
let's have a look then
give us a look
go on, let me see
OK show me what's on it
pass it here, let's see it
turn the phone round, let me look`},
	{"questions a child", "listen", "weak", "+~interrogate", `
who's got it
who did you send it to
what did you send
who has it now
how many people have got it
what did you send him
when did you send it
who else did you send it to
what did you write to her
where did you meet him`},
	{"calls a parent", "listen", "unclear protective", "-~blame -~promise-secret -~interrogate", `
We should call your dad
I'm calling your mum
I'm ringing your dad right now
I think we ought to phone your parents.
I'll have to ring your mother this afternoon.
we should ring your mum
Let's phone your gran
I'm going to call your parents`},
	{"has to tell", "listen", "protective", "+be-honest -~blame -~promise-secret", `
I have to tell your mum
I have to tell Mr Okafor
I have to tell the head
I've got to tell someone at school
I will have to tell Mrs Byrne about this
I need to tell your parents
I must tell the counsellor today.
I'm going to have to tell Miss Lowe`},
	{"only says not to", "listen", "unclear weak", "-next-step", `
Just don't send it
just don't send any more
well don't send it then
Then don't do it.
Simply don't send anything.
just say no to him
don't send it, simple as that
you just don't send it
just don't then`},
	{"to delete it", "listen", "unclear protective weak", "-~blame -~look", `
delete it off your phone now
delete it now
just delete the whole thing
take it off your phone right now
get rid of it
delete that picture straight away
wipe it off there now
delete all of it this minute`},

	{"an honest warning", "stand-by", "protective", "+check-in +stand-with +stop-it", `
its a bit weird tbh
yeah its weird he wants a pic thats creepy
not gonna lie thats dodgy
bit creepy ngl
red flag
sorry babe but he sounds old
thats kinda sus
hes giving me weird vibes
massive red flag
he sounds like a grown man
hes deffo not 16
babe thats not normal
i dont trust him tbh
that would creep me out`},
	{"insults a friend", "stand-by", "weak", "+~blame", `
ur being so dumb
youre so stupid for that
ur an idiot
omg ur so thick
youre being ridiculous
you are such a fool
ur so dumb sometimes
you're being an idiot`},
	{"insults who does it", "stand-by", "unclear weak protective", "-stand-with -check-in -~blame", `
kade ur such a loser nobody likes u
tom you absolute clown
nobody likes you liam
ethan ur disgusting
kyle you are a joke
josh ur pathetic and everyone knows it
everyone hates u ryan
luke youre a freak`},
	{"wasn't sent to them", "stand-by", "protective", "+stand-with +stop-it", `
she didnt send that to u
she never sent it to you
that wasnt sent to you
he didnt send it to all of you
it wasnt meant for you
that wasnt meant for u
nobody sent that to you
she didnt send it to this chat`},
	{"asks whether they know", "stand-by", "protective", "+check-in", `
does brooke know
does she know
does maya know about this
does he know yet
has anyone told her
has someone told beth
did anyone tell him
do they know`},
	{"is appalled", "stand-by", "protective", "+stop-it", `
wtf kade
wtf bro
wtf guys
bro wtf
dude wtf
what the hell liam
omg wtf tyler
wtf is this`},
	{"saves it", "stand-by", "weak", "+~join-in", `
screenshotted
saved it
saved
lol saved it
screenshotted that
just saved it
saving this
screenshotting this lol`},
	{"or I'm telling", "stand-by", "protective", "+stop-it", `
delete this rn or im telling ur baba
delete this rn or im telling ur mum
take it down or im telling your mum
delete it or im going to mr khan
take this down now or im telling miss
delete that or im telling ur dad
delete it right now or i tell your gran
remove it or im telling a teacher`},
	{"or I'm telling", "stand-by", "protective", "+get-help", `
delete this rn or im telling ur baba
delete this rn or im telling ur mum
take it down or im telling your mum
take this down now or im telling miss
delete that or im telling ur dad
delete it right now or i tell your gran
remove it or im telling a teacher`},
	{"says nothing alone", "stand-by", "unclear", "", `
im so sorry
yes
yeah
sorry
omg im so sorry
yh
yeah yeah
oh no im sorry`},
	{"denies it", "stand-by", "weak unclear", "", `
no idk what ur talking about
i dont know what youre talking about
no idea what u mean
idk what you mean
what are you on about i never saw it
wasnt me
never heard of it
dont know anything about that`},
	{"leaves a chat", "stand-by", "unclear weak", "-wont-share", `
im leaving this chat
im leaving this gc
im out of this group
leaving this chat
ok im leaving
im muting this chat
bye im leaving the group
im off this chat`},

	{"asks to be asked", "tell", "protective", "+ask -~hint", `
ask me things
can u ask me stuff
you ask, ill answer
idk how to say it can you ask me questions
can you just ask me
its easier if you ask
just ask me stuff and ill say yes or no
could you ask the questions
you ask me and i nod
ask me questions please`},
	{"their own, someone asks", "tell", "protective mixed", "+say-what -~someone-else", `
mom theres this girl and she keeps wanting a picture
mum theres this boy and he keeps asking for pics
dad theres a guy online who wants a photo of me
theres this man on my game he keeps wanting to meet
mam theres a girl and she wont stop asking for pictures
theres someone who keeps asking where i live
miss theres this boy and he wants me to send him stuff
theres this guy and he keeps asking me for photos`},
	{"a rule of faith", "tell", "unclear", "?-~downplay ?-~hint", `
i broke shabbat
i broke my fast
i missed prayers
i didnt keep shabbos
i skipped mosque
i used my phone on shabbat
i ate during ramadan
i missed mass`},
	{"means it", "tell", "unclear protective weak", "?-~downplay", `
i regret it
i think everyone saw it
maya hates me
i really regret it
everyone saw it
they all hate me
i think the whole year saw it
i regret everything
noor hates me now
i think they all saw`},
	{"probably nothing, but", "tell", "mixed protective", "+say-what", `
its probably nothing but colm sends me voice notes
its probably nothing but this guy keeps messaging me
might be nothing but he asks me for pictures
its prob nothing but she wants my address
probably nothing but a man keeps texting me
it might be nothing but he keeps asking me to meet
its probably nothing but someone keeps sending me stuff
prob nothing but he wants me to send him a pic`},
	{"says what", "tell", "protective mixed", "+say-what +say-worst -~someone-else -~hint", `
noam is pressuring me
mum ethan edited my scarf off
jonah keeps pressuring me
dad liam wont stop pushing me to send one
tariq is blackmailing me
mum someone edited my picture
miss he photoshopped my hijab off
amir is threatening me
its not my fault i only sent it to one person`},

	{"another place or person", "refuse", "protective mixed", "-~agree -~excuse -~feed -~attack", `
id rather get it at training
leave it with brid
put it in the group
only if mum comes
can mum come
not by myself
my pop can drive me
id rather pick it up at school
give it to my coach
you can leave it at the office
say it in the group chat
only with my sister
can my dad come too
not on my own
my gran can bring me
ok but only if ur aunt rings my mum
only if your mum calls mine`},
	{"asks for proof", "refuse", "protective unclear", "-~agree -~feed", `
send me a pic of u first
prove ur not some old bloke
prove you are who you say you are
send me a voice note first
show me your face first
how do i know ur not some creep
prove ur actually 15
turn ur camera on first then
send me a photo of you first
prove it then`},
	{"asks who else", "refuse", "protective unclear", "-~agree -~feed", `
who else is gonna be there
who else is getting one
who else is coming
whos gonna be there
is anyone else going
who else did you ask
who else are you sending it to
will there be anyone else there`},
	{"whatever", "refuse", "protective weak unclear", "-~agree", `
whatever ur prob a bloke in a van
whatever ur probably like 40
whatever creep
whatever youre fake anyway
whatever ur just some old man
whatever ur not even real
whatever weirdo
whatever ur prob some old guy`},
	{"no more messages", "refuse", "protective", "-~agree -~feed -~attack", `
dont msg me again
dont text me again
dont message me anymore
never message me again
dont write to me again
dont contact me again
dont msg me ever again
please dont text me anymore`},
	{"yeah nah", "refuse", "protective", "+decline", `
yeah nah
yeah nah mate
yeah no
ah yeah nah
yeah nah not for me
yeah nah im good
nah yeah nah
yeah naw`},
	{"a word alone", "everywhere", "unclear", "", `
banana
potato
lampshade
asdfgh
purple
pineapple
teapot
qwerty`},
	{"no praise", "refuse", "weak unclear mixed", "", `
yes you are stupid whats wrong with you
no its fine dont worry
you are an idiot whats wrong with you
no dont worry its fine
nah its ok dont worry about it
whats wrong with you you freak
no its ok really
you are so thick whats your problem`},
	{"another subject", "refuse", "protective", "+boundary", `
can we talk about something else
lets talk about something else
can we change the subject
talk about something else pls
id rather talk about something else
can we not talk about this
can we just talk about the game
change the subject please`},
	{"agrees with a shout", "refuse", "weak", "+~agree", `
sounds mad ill be there
sounds unreal ill be there
sounds class see you there
sounds sick im in
that sounds mental count me in
sounds lit ill come
sounds savage ill be there
sounds deadly see u then`},

	{"asks what's thought of them", "everywhere", "unclear", "", `
do u think im a slut
do you think im stupid
am i a slut
do u think im a bad person
am i disgusting
does that make me a slut
do you all think im a slut
do u think im gross`},
	{"is afraid of a call", "everywhere", "unclear", "", `
dont ring the school please
please dont call my school
dont ring school pls
please dont tell the school
dont phone the school
pls dont ring my school
dont call the principal please
please dont email the school`},
	{"begs someone to live", "everywhere", "danger", "", `
please dont hurt yourself, where r u, im ringing someone
dont hurt yourself please im calling for help
pls dont do it, where are you
please don't kill yourself
i wont let it go until you say you wont hurt yourself
put that knife down
put the pills down please
dont you dare hurt yourself
come away from the edge please`},
	{"plans told quietly", "everywhere", "danger", "", `
i stand on the bridge and think about jumping
i keep thinking about it all ending
ive given my bike away
i gave all my games away today
Ive had thoughts of ending things for months
I've thought about ending my life more than once
ive written a letter to everyone
i wrote notes for each of my friends
i burn myself too sometimes
id end it too`},
	{"violence as help", "listen", "unclear weak", "", `
I'll break his neck
I'm going to go over there and smash his face in
Let me get my hands on him
I'm going to beat him up
We'll kill him, your uncle and I
I will teach that boy a lesson
I'd break every bone, I'd break his legs
I'm going to punch his teeth in`},
	{"a condition", "refuse", "weak", "+~bargain", `
not without a filter
not without my makeup
not without lipstick lol
not until saturday
not till ive done my hair
not without a shower first
not until after exams
not without getting ready`},
	{"advises hiding", "stand-by", "weak unclear", "-stand-with -wont-share", `
deactivate your account and act like it wasnt you
pretend it never happened
just deny everything
deny it was you
act like nothing happened
change your name and pretend it isnt you
pretend its not you in it
close your account and say it was someone else`},
	{"it was them all along", "tell", "protective", "+say-what +say-worst", `
its not my friend its me
it isnt a friend, its me
it was never about a friend, it was me
the girl was me
my friend is actually me
it actually happened to me
theres no friend. its me
im the friend`},
	{"say that to them", "refuse", "protective", "+tell", `
mums sitting here. wanna say that again to her?
my brother is right here want to tell him that?
say that again to my dad
go on repeat that to my mum
dad is reading this
care to explain that to my mum
my sister is reading this right now
you wanna say that to his face`},
	{"not alone", "tell", "protective unclear", "-~downplay -~hint -~someone-else", `
I cant handle this by myself anymore
i cant deal with it on my own
i dont want to do this alone anymore
i cant carry this on my own anymore
I can't sort this out by myself
i cant fix it alone
i cant get through this on my own
I cannot manage this by myself any longer`},
	{"begins with someone they talk to", "tell", "protective unclear", "-~someone-else -~downplay", `
so theres this boy ive been texting and like
theres this girl i was talking to
um theres a guy ive been chatting to
ive been talking to this girl and um
mom theres this guy i met online and
theres someone ive been messaging
so theres this person i talk to every night
a girl ive been gaming with`},
	{"cries", "tell", "unclear", "-~downplay -~hint ?-~downplay", `
mum im crying
im crying so much rn
sorry im shaking
im literally sobbing
im crying again sorry
mom im crying i cant even talk
im in tears
dad i cant stop shaking`},
	{"asks what will happen", "tell", "unclear", "?-~hint ?-~downplay ?-say-what", `
can the police trace him
will i get in trouble
am i going to prison
will i be arrested
is it illegal
is this a crime
can they delete it
can i just ask you something
will the police find out who it is
what happens if i tell you`},
	{"will jump", "everywhere", "danger", "", `
im going to jump
im gonna jump
i might jump tonight
she says she will jump
he told me he's going to jump
if you post it im gonna jump
my sister is about to jump
i think i will jump now
they want to jump`},
	{"has something to hurt with", "everywhere", "danger", "", `
she has pills
he's got a knife
she's got pills and she won't talk
he has a gun
my uncle has got a machete
dad's got a gun out
she has the blades again
they have knives, he's got a knife too
he's holding a knife`},
	{"being driven somewhere", "refuse", "danger", "", `
ok i'm in your car but where are you taking me
where are you taking me
im in your van and this isnt the way
this isn't the road home, where are you driving me
im in the back of his car
you're driving the wrong way, where are you taking me
im in your truck now, where are you taking me
where is he taking us`},
	{"marks on an arm", "stand-by", "danger", "", `
ur arm was bleeding, did you do it to yourself
I saw cuts on your arm
there were marks all over her wrists
your legs are covered in cuts
his arms are covered in scars
did you do that to yourself
I saw the marks on ur arm in PE
her wrist was bleeding in maths`},
	{"will end a life", "everywhere", "danger", "", `
She says she will end her life if we report it
he is going to end his life
wish it was me gone instead
i wish it had been me that died
she said she'd take her own life
they're planning to end it tonight
wish it were me dead and not her
he wants to end his own life`},
	{"is chased", "refuse", "danger", "", `
You're following me. I am running and you are behind me
I'm running and he's right behind me
why are you following me home
stop banging on my door
someone is walking behind me and its dark
how did you get into our building
stop ringing my doorbell
i'm walking fast and they are still behind me`},
	{"danger in other languages", "everywhere", "danger", "", `
quero morrer
je veux mourir
quiero morir
ich will sterben
voglio morire
chcę umrzeć
ölmek istiyorum
eu quero me matar
ich will nicht mehr leben
non voglio più vivere
j'ai envie de mourir
wil dood
vreau sa mor
хочу умереть`},
	{"everyday, in danger's words", "everywhere", "unclear protective weak", "", `
im gonna jump in the shower
can you pass me the bread knife
she has pills for her hay fever
i killed it on stage tonight
lets jump rope at lunch
in the film he has a gun
my horse jumped the fence
he sits behind me in maths
got a new knife for the kitchen
je veux dormir`},
	{"doubts and blames", "listen", "weak unclear mixed", "", `
Is that true or do you want attention?
Are you doing this for attention
do you just want attention
what is wrong with you
What did you expect would happen?
You're old enough to know better
I warned you about this
well you asked for it, answering him
Actions have consequences`},
	{"who has seen it", "stand-by", "weak unclear mixed", "", `
who else has seen it? who sent it first?
who else has it? how many people
who else saw it
who else has got it lol
who else has seen this one
omg who else has it
wait who else saw the picture
who else has opened it`},
	{"rather another kind", "refuse", "weak unclear mixed", "", `
I'd rather do a video call than a photo
id rather do a call than send a pic
i'd prefer a video call than a picture
could we do a voice note instead
can my friend come too then
can my best mate come along then
can a friend join too then
I would rather send a voice note than a photo`},
	{"not yet", "refuse", "weak unclear mixed", "", `
not yet
I'm not comfortable with that yet
not ready for that yet
i don't trust you enough yet
i just need more time to trust you
give me a bit more time to think
im not sure yet
ask me again next month`},
	{"only online", "tell", "weak unclear mixed", "", `
It's only online so it isn't real really
its just messages so it doesn't count
it's only the internet, it isn't real
they're only texts, they can't hurt
its just online, doesn't matter
he's just online so no harm
thats only messages so it doesnt count really
it's only on a screen, it's not real`},
	{"table talk", "everywhere", "unclear", "", `
Pass me the salt
could you pass the bread please
good night
good morning everyone
next page please
pass me the remote
mum can you pass the milk
pass us the ketchup please
goodnight`},
	{"doesn't feel right", "tell", "protective", "+say-what", `
he says its normal. it doesnt feel normal
he says it's normal but it doesn't feel right
she said it's fine, it doesn't feel fine to me
they say its a joke but it doesnt feel like one
my coach says it's normal and it doesn't feel normal
everyone says its just a joke but it doesnt feel like a joke
he keeps saying its normal, it doesnt feel ok
he told me its love. it doesnt feel like love`},
	{"the more you beg", "refuse", "protective", "", `
the more you beg the more sure i am
the more u ask the less i want to
the more you push the surer i get
the more you beg the easier it is to say no
the more you text me the less i like you
the more you insist the harder my no gets
the more you pressure me the more certain i am
the more u whine the less i care`},
	{"get lost", "refuse", "protective", "-~attack", `
get lost ya creep
get lost you weirdo
go away you creep
jog on you freak
just get lost
back off weirdo
no get lost
leave me alone you weirdo`},
	{"cries at school", "tell", "protective mixed unclear weak", "-danger", `
tbh i've been crying in the loos every lunch
i've been crying in the toilets because of what they post
i cry in the library every break because of the group chat
i was crying on the bus because of them
ive been crying in the bathroom every day over it
i cried in class because they shared it
been crying every lunch since they made that page
i cry every evening because of what he sends`},
	{"are you angry", "everywhere", "unclear weak", "", `
are you mad at me
r u mad at me
are you angry with me
are you still mad at me
are you upset with me
are you cross with me now
r u still angry
are you annoyed at me`},
	{"asks for money", "tell", "weak", "+~hint", `
can i have my lawn money, like 340
can i borrow some money
can i have my birthday money early
mum could i borrow 200 dollars
dad can you lend me 50 quid
can i have some money today, dont ask why
could you lend me some cash please
i need to borrow money
can i get my savings out`},
	{"they have mine", "tell", "protective", "-~someone-else", `
one girl in the internet she want money for my photo
a girl online wants money for my picture
some man has my picture and wants money
a boy in another school has a video of me
one guy he want 200 euros for my photo
mama one girl she has my photo and she want money
a woman on the internet asks money for my pictures
someone in a game has my picture`},
	{"cries and says sorry", "tell", "protective", "+ask", `
i cant stop crying, im sorry
i cant, i cant stop crying, im sorry im sorry
im so sorry i cant stop crying
i cant stop shaking im so sorry
dad i cant stop crying sorry
i cant stop crying help me
im sorry i cant stop crying
sorry mum i cant stop crying`},
	{"asks as if of someone", "tell", "weak", "+~hint", `
what happens if someone sends a picture of you and you said not to
what happens if someone posts a picture of you and you said no
what if someone shared a picture of you without asking
mum what would you do if someone posted your picture without permission
what happens when someone sends your picture and you didnt want it
what do you do if someone shares a private video of you and you said not to
what happens if someone puts your picture online and you told them not to
what if a boy sent your picture around and you said no`},
}

// TestComfortAndLawAreNoAlarm checks that comfort, the law and everyday cross words bring neither
// the emergency screen nor a word about help, while danger beside them still does.
func TestComfortAndLawAreNoAlarm(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.TrimSpace(comforts)) {
			line = strings.TrimSpace(line)
			for _, in := range Situations {
				if h := r.Hear(in, line); h.Outcome == InDanger || h.Gentle {
					t.Errorf("%s: %q is heard as %s for %v, with a word about help: %v", in, line, h.Outcome, h.Because,
						h.Gentle)
				}
			}
		}
		for _, in := range Situations {
			for _, line := range []string{"its not ur fault but i want to die", "its not your fault im killing myself",
				"i want it all to go away forever and not wake up", "put it down, he has a knife",
				"he said hes coming to my house tonight", "why cant i just die", "why cant i just be dead",
				"im here on the roof and i want to die", "its not ur fault hes outside my house",
				"if i was dead it would all go away", "i want to kill myself and make it all go away"} {
				if h := r.Hear(in, line); h.Outcome != InDanger {
					t.Errorf("%s: %q is heard as %s %v", in, line, h.Outcome, h.Moves)
				}
			}
		}
	}
}

const comforts = `
its not ur fault
its not ur fault, im here
its not your fault at all
it's not your fault, I'm here for you
none of this is ur fault
its not ur fault babe
this isnt your fault, im right here
it wasnt ur fault
hey its not ur fault ok
not ur fault, hes the one who did it
its rly not ur fault im with u
I can't see that, put it in your pocket please
I can't see that, please put it away
put your phone in your pocket please
I can't look at that, put it down please
put it back in your bag, I can't see it
I mustn't see that, keep it in your pocket
please put the phone face down
put it away please, I can't look
I'm not able to look at that, put it away love
I can't see that picture, leave it in your pocket
If you send him one it will all go away
if you just send him one it'll all go away
send one and it will all go away
it will all go away if you send it
if you ignore him it will go away
just pay him and itll all blow over
give him one and he will go away
if you pay him it'll all go away
it'll all blow over if you send one
just ignore it and it'll go away
just ignore him, he'll leave you alone
just block him, itll all die down
ew why would u come to my house
why would you come to my house
why do you wanna come to my house
ew no why would you come to mine
why would i come to your house
um why would u want to come here
why are you asking to come to my house
um why do u want to come round here
no way are you coming to my house
why cant i just have my phone
why cant i have my phone
can i just have my phone back
why cant i keep my phone
just let me have my phone
why cant you just give me my phone
i just want my phone back
why do you always take my phone
why cant i just go out`
