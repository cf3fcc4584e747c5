package course_test

import (
	"slices"
	"strings"
	"testing"

	"wayout/internal/course"
	"wayout/internal/coursetest"
)

// TestEveryLessonHasASituation checks that each shipped lesson for learners has one situation,
// that situations come one after the other, and that their lessons exist.
func TestEveryLessonHasASituation(t *testing.T) {
	c := coursetest.Shipped(t)
	var been []string
	for _, id := range c.IDs() {
		s := c.Situation(id)
		switch {
		case s == "" || c.Stays(id) == "":
			t.Errorf("%s stands under no situation, or nothing stays of it", id)
		case len(been) > 0 && been[len(been)-1] == s:
		case slices.Contains(been, s):
			t.Errorf("%q comes twice", s)
		default:
			been = append(been, s)
		}
	}
	if len(been) != 5 || !c.HasSituations() {
		t.Errorf("the situations are %q", been)
	}
}

// ids returns the ids of what was found.
func ids(found []course.Found) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.ID)
	}
	return all
}

// TestFind looks for words that may come to mind.
func TestFind(t *testing.T) {
	c := coursetest.Shipped(t)
	for typed, want := range map[string]string{
		"HAIR": "thats-not-my-hair", "thats not my": "thats-not-my-hair", "that’s": "thats-not-my-hair",
		"passed around": "seen-by-46", "Ontario": "three-stars", "tali": "three-stars",
		"  threat  ": "justice-for-greg", "3:12": "voice-note-3-12",
		"friend picture": "seen-by-46", "nude leaked": "seen-by-46", "deepfake": "only-four-people",
		"i sent a nude": "three-stars", "money mule": "pops-will-carry-you", "sextortion": "justice-for-greg",
		"hair xyzzy": "thats-not-my-hair",
	} {
		if found := ids(c.Find(typed)); !slices.Contains(found, want) || len(found) == len(c.Lessons) {
			t.Errorf("%q finds %v, and not %s", typed, found, want)
		}
	}
	for _, id := range ids(c.Find("photo")) { // Photo and picture are synonyms.
		if !slices.Contains(ids(c.Find("picture")), id) {
			t.Errorf("%s is found by photo and not by picture", id)
		}
	}
	for _, typed := range []string{"", " ", "?!"} {
		if found := ids(c.Find(typed)); !slices.Equal(found, c.IDs()[:len(found)]) || len(found) != len(c.Lessons) {
			t.Errorf("%q finds %v", typed, found)
		}
	}
	for _, typed := range []string{"xyzzy", "my xyzzy", "air"} {
		if found := ids(c.Find(typed)); len(found) != 0 {
			t.Errorf("%q finds %v", typed, found)
		}
	}
}

// TestFindSentences checks that a sentence finds the stories it's about, one of them first, and not
// half of the course, whatever small or unknown words it has.
func TestFindSentences(t *testing.T) {
	c := coursetest.Shipped(t)
	for typed, first := range map[string][]string{
		"my friend pic is going round":            {"seen-by-46", "thats-not-my-hair"},
		"someone wants a pic":                     {"hold-my-phone", "justice-for-greg", "dont-tell-cer"},
		"he says he will post it":                 {"justice-for-greg", "ten-to-ten", "do-you-need-a-bag"},
		"they put my face on":                     {"thats-not-my-hair", "only-four-people"},
		"they put my face on a nude":              {"only-four-people", "thats-not-my-hair"},
		"money":                                   {"pops-will-carry-you"},
		"creepy teacher":                          {"voice-note-3-12"},
		"someone is sharing my nudes":             {"seen-by-46", "who-sat-down"},
		"everyone has seen my picture":            {"who-sat-down", "seen-by-46"},
		"i sent him a pic and now im scared":      {"three-stars"},
		"a guy i met online wants to meet me":     {"meet-me-in-a-paddock", "hell-be-at-the-gate"},
		"my ex is threatening to show my mum":     {"ten-to-ten"},
		"my brother is being blackmailed":         {"do-you-need-a-bag"},
		"she recorded me on video call":           {"six-strangers-and-a-goat"},
		"my best friends bf is way older":         {"dont-tell-cer"},
		"how do i tell my parents":                {"three-stars", "who-sat-down"},
		"someone asked me to move money for them": {"pops-will-carry-you"},
		"i made a fake of a boy in my class":      {"only-four-people"},
	} {
		found := ids(c.Find(typed))
		if len(found) == 0 || !slices.Contains(first, found[0]) || len(found) > 9 {
			t.Errorf("%q finds %v, and not %v first", typed, found, first)
		}
	}
}

// TestFindSaysWhy checks that every lesson that's found comes with a sentence that has the words,
// or that says what happens in it.
func TestFindSaysWhy(t *testing.T) {
	c := coursetest.Shipped(t)
	for typed, says := range map[string]string{"goat": "goat", "passed around": "passed around",
		"coach": "coach", "ohio": "Ohio", "sextortion": "."} {
		for _, f := range c.Find(typed) {
			if !strings.Contains(f.Why, says) || len(f.Why) > 250 {
				t.Errorf("%q finds %s for %q", typed, f.ID, f.Why)
			}
		}
	}
	for _, f := range c.Find("picture") {
		if f.Why == "" {
			t.Errorf("%s is found and doesn't say why", f.ID)
		}
	}
}

// TestFindsNow checks that an urgent word finds the help for right now, whatever else is typed.
func TestFindsNow(t *testing.T) {
	c := coursetest.Shipped(t)
	for _, typed := range []string{"suicide", "sui", "help", "i want to die", "im scared of my friend",
		"my friend cut herself",
		"i dont want to be here anymore and nobody would notice",
		"whats the point of any of it anymore", "he says hes outside my house", "he will kill me", "pls help",
		"she keeps hurting me", "emergency"} {
		if !c.FindsNow(typed) {
			t.Errorf("%q doesn't find what helps now", typed)
		}
	}
	for _, typed := range []string{"", "picture", "my friend pic is going round", "he didn't ask", "money",
		"my coach keeps messaging me at night", "he says if i dont send another one he posts it",
		"i dont want to send it"} {
		if c.FindsNow(typed) {
			t.Errorf("%q finds what helps now", typed)
		}
	}
}
