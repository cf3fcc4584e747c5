package main

import (
	"os"
	"strings"
	"testing"
)

// TestReadmeListsTheLessons: the list of lessons on the first page is what the program
// says they are, with their content notes. With UPDATE_README=1 it is written anew.
func TestReadmeListsTheLessons(t *testing.T) {
	const file, begin, end = "../../README.md", "<!-- wayout list --markdown -->\n", "<!-- end of the list -->\n"
	var list strings.Builder
	root := newRoot()
	root.SetArgs([]string{"list", "--markdown", "--private"})
	root.SetOut(&list)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(src), begin)
	is, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README has no list")
	}
	want := "\n" + list.String() + "\n"
	if os.Getenv("UPDATE_README") != "" {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if is != want {
		t.Error("the list is out of date; write it anew: UPDATE_README=1 go test ./cmd/wayout -run ReadmeLists")
	}
}
