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

// TestSmallWordsAreNoAlarm holds that the emergency screen rests on what a line says and not
// on whom it is said to, on "sorry" or "scared", or on what someone took off: what players
// typed, and others of each kind.
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
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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

// TestNamesAreSomeone holds that a name counts as a person, whether a lesson has it or it
// stands where a person stands.
func TestNamesAreSomeone(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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

// TestWholeKinds holds lines of the kinds that learners found to be misheard, each with others
// of its kind that aren't learned from: what they may be heard as, and which moves they don't
// make.
func TestWholeKinds(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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

// TestWantedIsNoAlarm holds that what someone only wanted is no danger, in any situation, and
// that who wanted to die, or wanted everything to end, is still heard.
func TestWantedIsNoAlarm(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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

// TestNotAllRightIsNoAnswer holds that nobody is praised for a limit or a refusal who says that
// they aren't all right: a word about help goes with it, or the emergency screen.
func TestNotAllRightIsNoAnswer(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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

// TestYesIsNeverPraised holds that a full yes isn't heard as a no, whatever thanks, laughs, days
// and polite words stand around it.
func TestYesIsNeverPraised(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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

// TestSomeoneComesToo holds that who asks whether someone may come along has left a door open,
// kindly: it's neither a refusal nor nothing.
func TestSomeoneComesToo(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"can i bring my mum", "only if my pop comes",
			"is it ok if my sister comes too",
			"can my cousin come", "could i bring my best friend", "can i bring someone",
			"only if my grandad's there",
			"is it alright if my mate comes with me", "would it be ok if i brought my mum",
			"what if my dad came too",
			"ill come if my friend can come", "can my little brother come along",
			"do you mind if my aunt comes",
			"only if mum says its ok", "as long as my sister can come", "my dad would have to come too"} {
			h := r.Hear(Refuse, line)
			if h.Outcome != Weak && h.Outcome != Mixed || slices.Contains(h.Moves, "~agree") {
				t.Errorf("%q is heard as %s %v", line, h.Outcome, h.Moves)
			}
		}
	}
}

// TestOwnFaultAndCutHair holds that who is sorry for what they did themselves blames nobody,
// that cut hair brings no word about help, and that a question after someone else's danger is
// care for them.
func TestOwnFaultAndCutHair(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.txt.gz"))
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
