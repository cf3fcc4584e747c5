package licences

import (
	"strings"
	"testing"
)

// TestEveryWorkHasItsText checks that our own two works come first, and that all have a licence.
func TestEveryWorkHasItsText(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 40 || all[0].Path != Program || all[1].Path != Lessons || all[2].Path != Standard {
		t.Fatalf("%d works, of which the first are %v", len(all), all[:min(len(all), 3)])
	}
	if all[0].Licence != "MIT" || all[1].Licence != "CC-BY-4.0" || !all[0].Ours() || !all[1].Ours() || all[2].Ours() {
		t.Errorf("ours: %v", all[:3])
	}
	for _, m := range all {
		text, err := m.Text()
		if err != nil || len(text) < 500 || m.Licence == "" || m.Ours() == (m.Version != "") && m.Path != Standard {
			t.Errorf("%v: %d bytes of text, %v", m, len(text), err)
		}
		// A list in the program doesn't satisfy a copyleft licence.
		if strings.Contains(m.Licence, "GPL") {
			t.Errorf("%s is under %s", m.Path, m.Licence)
		}
	}
}
