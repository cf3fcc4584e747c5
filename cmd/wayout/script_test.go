package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		// The roles: who is at the keyboard. They are one program, so that a
		// script says who does what.
		"wayout":   main,
		"learner":  main,
		"teacher":  main,
		"attacker": main,
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("TERM", "xterm-256color")
			e.Setenv("LANG", "en_GB.UTF-8")
			for name, dir := range map[string]string{"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_CONFIG_DIRS": "machine"} {
				e.Setenv(name, filepath.Join(e.WorkDir, dir))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// noescape FILE: no byte of a file is the begin of a control
			// string, and none draws a box.
			"noescape": func(ts *testscript.TestScript, _ bool, args []string) {
				for i, r := range ts.ReadFile(args[0]) {
					if r == 0x1b || r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r <= 0x9f || r >= 0x2500 && r <= 0x259f {
						ts.Fatalf("%s: %U at byte %d", args[0], r, i)
					}
				}
			},
			// nothing FOLDER: a folder is not there, or nothing is in it.
			"nothing": func(ts *testscript.TestScript, _ bool, args []string) {
				entries, err := os.ReadDir(ts.MkAbs(args[0]))
				if err == nil && len(entries) > 0 || err != nil && !os.IsNotExist(err) {
					ts.Fatalf("%s: %v %v", args[0], entries, err)
				}
			},
			// repeat FILE N TEXT: a file of N times a text.
			"repeat": func(ts *testscript.TestScript, _ bool, args []string) {
				n := 0
				for _, d := range args[1] {
					n = 10*n + int(d-'0')
				}
				f, err := os.Create(ts.MkAbs(args[0]))
				ts.Check(err)
				for range n {
					_, err := f.WriteString(args[2])
					ts.Check(err)
				}
				ts.Check(f.Close())
			},
		},
	})
}

func TestPlainIsChosen(t *testing.T) {
	getenv := func(m map[string]string) func(string) string { return func(k string) string { return m[k] } }
	for _, c := range []struct {
		env      map[string]string
		terminal bool
		want     bool
	}{
		{map[string]string{"TERM": "xterm"}, true, false},
		{map[string]string{"TERM": "xterm"}, false, true},
		{map[string]string{"TERM": "dumb"}, true, true},
		{map[string]string{}, true, !windows},
		{map[string]string{"TERM": "xterm", "ACCESSIBLE": "1"}, true, true},
	} {
		if got := needsPlain(getenv(c.env), c.terminal); got != c.want {
			t.Errorf("%v at a terminal %v: plain is %v", c.env, c.terminal, got)
		}
	}
}
