package course_test

import (
	"strings"
	"testing"

	"wayout/internal/coursetest"
)

// TestPractiseEndsWithWhatDiffers checks that the advice at the end of practice has the note of
// a country in which it differs, and that adults get no note, because their advice is about
// their work.
func TestPractiseEndsWithWhatDiffers(t *testing.T) {
	c := coursetest.Shipped(t)
	argentina, ok := coursetest.Help(t).Find("AR")
	if !ok || argentina.Note == "" {
		t.Fatal("Argentina has no note")
	}
	all, err := c.Practise()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		for _, note := range []string{"", argentina.Note} {
			l := c.Spar(s, s.Stories[:1], note)
			end := l.Scenes[len(l.Scenes)-1].Told[0].String()
			if has := strings.Contains(end, argentina.Note); has != (note != "" && !s.ForAdults()) {
				t.Errorf("%s with the note %q ends with %q", s.Situation, note, end)
			}
		}
	}
}
