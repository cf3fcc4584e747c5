package course_test

import (
	"slices"
	"testing"

	"wayout/internal/coursetest"
)

// TestEveryLessonHasASituation: the shipped lessons for learners stand under one situation
// each, one situation after the other, and what stands under one is there.
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

// TestFind looks for words as they come to mind.
func TestFind(t *testing.T) {
	c := coursetest.Shipped(t)
	for typed, want := range map[string]string{
		"HAIR": "thats-not-my-hair", "thats not my": "thats-not-my-hair", "that’s": "thats-not-my-hair",
		"passed around": "seen-by-46", "Ontario": "three-stars", "tali": "three-stars",
		"  threat  ": "justice-for-greg", "3:12": "voice-note-3-12",
		"friend picture": "seen-by-46", "nude leaked": "seen-by-46", "deepfake": "only-four-people",
		"i sent a nude": "three-stars", "money mule": "pops-will-carry-you", "sextortion": "justice-for-greg",
	} {
		if found := c.Find(typed); !slices.Contains(found, want) || len(found) == len(c.Lessons) {
			t.Errorf("%q finds %v, and not %s", typed, found, want)
		}
	}
	for _, id := range c.Find("photo") { // Two words for one thing.
		if !slices.Contains(c.Find("picture"), id) {
			t.Errorf("%s is found by photo and not by picture", id)
		}
	}
	for _, typed := range []string{"", " ", "?!"} {
		if found := c.Find(typed); len(found) != len(c.Lessons) {
			t.Errorf("%q finds %v", typed, found)
		}
	}
	for _, typed := range []string{"xyzzy", "hair xyzzy", "air"} {
		if found := c.Find(typed); len(found) != 0 {
			t.Errorf("%q finds %v", typed, found)
		}
	}
}
