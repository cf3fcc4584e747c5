package room

import "testing"

// TestNobodyIsCountedAmongFew checks the numbers that the documentation promises schools: no
// result under ten answers, and each number in a result stands for at least five people or none.
func TestNobodyIsCountedAmongFew(t *testing.T) {
	if FewestAnswers != 10 {
		t.Errorf("a result is said to be shown from %d answers on", FewestAnswers)
	}
	q := Question{Options: []Option{{Pick: 0}, {Pick: 1}, {Pick: 2}}}
	shown := false
	for a := range 16 {
		for b := range 16 {
			for c := range 16 {
				n := a + b + c
				r := Suppress(q, []int{a, b, c}, Least(n, n))
				shown = shown || r.Kind != Hidden && n == 10
				if r.Kind != Hidden && n < 10 {
					t.Errorf("%d answers are shown as %v", n, r)
				}
				for _, g := range r.Groups {
					if g.Count > 0 && g.Count < 5 {
						t.Errorf("a bar of %d, %d and %d answers stands for %d", a, b, c, g.Count)
					}
				}
			}
		}
	}
	if !shown {
		t.Error("ten answers never show a result")
	}
}
