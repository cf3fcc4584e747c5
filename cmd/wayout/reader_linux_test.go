package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestScreenReaderRuns checks that a process is found by its whole name, and only for its user.
func TestScreenReaderRuns(t *testing.T) {
	proc := t.TempDir()
	for pid, name := range map[string]string{"1": "init", "77": "orca-helper", "self": "orca", "300": "orca"} {
		if pid == "300" && runs(proc, "orca", os.Getuid()) {
			t.Error("found before it runs")
		}
		dir := filepath.Join(proc, pid)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "comm"), []byte(name+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !runs(proc, "orca", os.Getuid()) || runs(proc, "orca", os.Getuid()+1) || runs(proc, "orc", os.Getuid()) {
		t.Error("the wrong process is found")
	}
}
