package lesson

import (
	"os"
	"testing"
)

func TestParseSample(t *testing.T) {
	src, err := os.ReadFile("testdata/pay-or-else.md")
	if err != nil {
		t.Fatal(err)
	}
	l, diags := Parse("pay-or-else.md", src, Shared{})
	for _, d := range diags {
		t.Error(d)
	}
	if l == nil {
		return
	}
	for _, s := range l.Scenes {
		t.Logf("%s %+v", s.ID, s)
	}
}
