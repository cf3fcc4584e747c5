package plain

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/progress"
)

// TestFineOrOffLineByLine plays rounds from a pipe: each chat gets feedback, the end says in
// words how the chats were read, the next round has other chats, and nothing is kept.
func TestFineOrOffLineByLine(t *testing.T) {
	dir := t.TempDir()
	o := options(t)
	o.Course = coursetest.Shipped(t)
	o.Book = progress.Open(progress.Options{Dir: dir, Today: func() progress.Day { return 1 }})
	t.Cleanup(o.Book.GoPrivate) // Windows can't delete an open folder.
	play := func(in string) (string, error) {
		t.Helper()
		var out, stderr bytes.Buffer
		err := FineOrOff(strings.NewReader(in), &out, &stderr, o)
		if stderr.Len() > 0 {
			t.Errorf("stderr: %s", stderr.String())
		}
		return out.String(), err
	}
	chats := func(out string) map[string]bool {
		all := make(map[string]bool)
		lines := strings.Split(out, "\n")
		for i, l := range lines {
			if strings.HasSuffix(l, " of 8:") {
				all[strings.Join(lines[i+1:i+4], "\n")] = true
			}
		}
		return all
	}
	off, fine, unsure := strings.Repeat("2\n\n", 8), strings.Repeat("1\n\n", 8), strings.Repeat("3\n\n", 8)
	out, err := play(off + "y\n" + unsure + "\n")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, out, "1 of 8:", "8 of 8:", "1. Fine\n2. Off\n3. Can't tell yet", "You say: ",
		"Yes, this one was off.\n", "This one was fine.\n", "but nobody could be sure of that yet.\n",
		"What came next: ", "Worth asking: ", "How you read them (Press enter.)",
		"You doubted a chat that was fine 4 times. None that were off looked fine to you.\n",
		"You didn't doubt any chat that was fine, and none that were off looked fine to you.\n",
		"You wanted to know more first 8 times.\n", "You're right, nobody could tell yet.", "That's a good start")
	if n := len(chats(out)); n != 16 {
		t.Errorf("two rounds have %d chats:\n%s", n, out)
	}
	if strings.Contains(out, "You says") || strings.Contains(out, "Why this helps") {
		t.Error("the words are those of a lesson")
	}
	// The end of the input ends the game after a round, and is an error within one.
	if out, err = play(fine); err != nil {
		t.Error(err)
	}
	wants(t, out, "A chat that was off looked fine to you 4 times. That's how they're made. "+
		"You didn't doubt any that were fine.\n")
	if _, err = play("1\n\n2"); !errors.Is(err, ErrEnded) {
		t.Errorf("in the middle of a round: %v", err)
	}
	// "?" says what can be typed here, and after help the game goes on.
	out, err = play("?\nh\n9\nq\n")
	wants(t, out, "Please type a number from 1 to 3", "People who help", "You have left")
	if err != nil || strings.Contains(out, "the ways through") || strings.Count(out, "1 of 8:") != 1 {
		t.Errorf("%v\n%s", err, out)
	}
	if err := o.Book.Save(); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("kept: %v %v", files, err)
	}
}
