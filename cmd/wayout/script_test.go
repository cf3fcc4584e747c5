package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		// The roles are all the same program, so that a script shows who does
		// what.
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
			for name, dir := range map[string]string{"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config",
				"XDG_CONFIG_DIRS": "machine"} {
				e.Setenv(name, filepath.Join(e.WorkDir, dir))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// noescape FILE: a file has no control characters, and no box
			// drawing characters.
			"noescape": func(ts *testscript.TestScript, _ bool, args []string) {
				for i, r := range ts.ReadFile(args[0]) {
					if r == 0x1b || r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r <= 0x9f ||
						r >= 0x2500 && r <= 0x259f {
						ts.Fatalf("%s: %U at byte %d", args[0], r, i)
					}
				}
			},
			// nothing FOLDER: a folder doesn't exist, or is empty.
			"nothing": func(ts *testscript.TestScript, _ bool, args []string) {
				entries, err := os.ReadDir(ts.MkAbs(args[0]))
				if err == nil && len(entries) > 0 || err != nil && !os.IsNotExist(err) {
					ts.Fatalf("%s: %v %v", args[0], entries, err)
				}
			},
			// described FOLDER FILE: a page names each file of a folder.
			"described": func(ts *testscript.TestScript, _ bool, args []string) {
				entries, err := os.ReadDir(ts.MkAbs(args[0]))
				ts.Check(err)
				if page := ts.ReadFile(args[1]); len(entries) == 0 {
					ts.Fatalf("%s is empty", args[0])
				} else {
					for _, e := range entries {
						if !strings.Contains(page, "`"+e.Name()+"`") {
							ts.Fatalf("%s isn't described in %s", e.Name(), args[1])
						}
					}
				}
			},
			"rewrite": rewrite,
			// repeat FILE N TEXT: write a text N times into a file.
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

// rewrite FILE HOW [NAME] writes a file as another editor or computer would. A third argument
// is its new name, in which \u0301 stands for the combining mark.
func rewrite(ts *testscript.TestScript, _ bool, args []string) {
	src := ts.ReadFile(args[0])
	wide := func(order binary.ByteOrder, s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, 0, 0)
			order.PutUint16(b[len(b)-2:], u)
		}
		return string(b)
	}
	switch args[1] {
	case "crlf":
		src = strings.ReplaceAll(src, "\n", "\r\n")
	case "cr":
		src = strings.ReplaceAll(src, "\n", "\r")
	case "notepad":
		src = "\ufeff" + strings.ReplaceAll(src, "\n", "\r\n")
	case "dos":
		src = strings.ReplaceAll(src, "\n", "\r\n") + "\x1a"
	case "separators":
		src = strings.ReplaceAll(src, "\n", "\u2028")
	case "utf16":
		src = wide(binary.LittleEndian, "\ufeff"+strings.ReplaceAll(src, "\n", "\r\n"))
	case "utf16le":
		src = wide(binary.LittleEndian, src)
	case "utf16be":
		src = wide(binary.BigEndian, "\ufeff"+src)
	case "latin":
		src = strings.ReplaceAll(src, "é", "\xe9")
	case "docx":
		src = "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml word/" + strings.Repeat("\x00\xff\x81", 5000)
	case "escapes":
		src = strings.ReplaceAll(src, "ESC", "\x1b")
	case "same":
	default:
		ts.Fatalf("no way %q", args[1])
	}
	name := args[0]
	if len(args) > 2 {
		name = strings.ReplaceAll(args[2], `\u0301`, "\u0301")
	}
	ts.Check(os.WriteFile(ts.MkAbs(name), []byte(src), 0o600))
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
		if got := whyPlain(false, getenv(c.env), c.terminal) != ""; got != c.want {
			t.Errorf("%v at a terminal %v: plain is %v", c.env, c.terminal, got)
		}
	}
}
