package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/progress"
	"wayout/internal/room"
	"wayout/internal/screentest"
	"wayout/internal/settings"
	"wayout/internal/tui"
	"wayout/lessons"
)

// folder is the folder of the pictures, from the root of the module.
const folder = "internal/shots"

func main() {
	check := len(os.Args) == 2 && os.Args[1] == "--check"
	if len(os.Args) > 1 && !check {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/shots [--check]")
		os.Exit(2)
	}
	c := &camera{}
	pictures, err := take(c)
	if err == nil {
		if check {
			err = compare(folder, pictures)
		} else {
			err = write(folder, pictures)
		}
	}
	c.close()
	if err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

// picture is one file.
type picture struct {
	name string
	svg  []byte
}

// shot is a screen, and how to get to it: keys, and after each key the text to wait for.
// Prose appears piece by piece: the picture is taken when all of it is there.
type shot struct {
	name, label string
	lesson      string // To open at once, or "" for Home.
	keys        [][2]string
	prose       []string
	through     string // Play, always by the first way, until this is on the screen.
}

// toChoice opens a story and reads to its first choice.
var toChoice = [][2]string{
	{"enter", "im left handed"}, {"enter", "hes ELEVEN"}, {"enter", "this boy, Dev"}, {"enter", "two glasses"},
	{"enter", "thats jas"}, {"enter", "IM CRYING"}, {"enter", "we still on"}, {"enter", "Let it go dark"},
}

// toFeedback goes on to the feedback on a tempting choice.
var toFeedback = [][2]string{
	{"3", "showing my sister"}, {"enter", "The phone's going again"}, {"enter", "uncle 4 is up"},
	{"1", "who's got her phone"},
	{"enter", "the one who goes left"},
}

// shots are the pictures in the README.
var shots = []shot{
	{"home", "The list of lessons", "", nil, nil, ""},
	{"chat", "A chat, and what Jas could do", "hold-my-phone", toChoice, nil, ""},
	{"feedback", "A choice, and why it is risky", "hold-my-phone", append(toChoice[:len(toChoice):len(toChoice)],
		toFeedback...), []string{"shown someone."}, ""},
	{"debrief", "Looking back on a lesson", "hold-my-phone", nil, nil, "Who was really typing"},
	{"help", "People who help, by country", "", [][2]string{{"h", "Childline"}}, []string{"It's never too late"}, ""},
	{"class", "The desk of a class, with the address, the code and a square to scan", ofClass, nil,
		[]string{"23 are in"}, ""},
}

// ofClass names the shot of a facilitator's desk.
const ofClass = "a class"

// class returns the desk of a class that hasn't begun, in a school's network.
func class(all *course.Course) (*tui.DeskOptions, error) {
	l, _, err := all.Lesson("anonymous-heron")
	if err != nil {
		return nil, err
	}
	told := false
	return &tui.DeskOptions{Lesson: l, News: func() (room.View, bool) {
		if told {
			select {} // There is no further news.
		}
		told = true
		return room.View{Class: room.NewClass(room.NewTalk(l, room.Seed)), Rev: 1, In: 23}, true
	}, JoinInfo: tui.JoinInfo{Pages: []string{"http://192.168.1.20:8080"}, Code: "K7M 2QXD 9FT",
		Scan: "HTTP://192.168.1.20:8080/K7M2QXD9FT", SSH: "ssh -p 2222 join@192.168.1.20",
		Fingerprint: "SHA256:kwFJ9ZAcHjVPrkRbvcFzqXzH1yqQ0JDnjQ4MhKZ7cS8",
		Opened:      all.Words().T("desk.lan", "Ports", "8080, 2222")}}, nil
}

// The size of a picture, in cells.
const width, height = 80, 28

func take(c *camera) ([]picture, error) {
	all, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		return nil, err
	}
	src, err := lessons.Files.ReadFile("help.toml")
	if err != nil {
		return nil, err
	}
	help, err := helpline.Read(src)
	if err != nil {
		return nil, err
	}
	set := settings.BuiltIn()
	set.Country, set.Theme, set.Motion = "GB", "dark", false
	day := progress.DayOf(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	var pictures []picture
	for _, s := range shots {
		book := progress.Open(progress.Options{Today: func() progress.Day { return day }})
		term := screentest.New(c, width, height)
		o := tui.Options{Course: all, Help: help, Book: book, Settings: set, Seed: 7, Lesson: s.lesson, Width: width,
			Height: height}
		first := "There is a way out"
		switch s.lesson {
		case "":
		case ofClass:
			o.Lesson, first = "", "K7M 2QXD 9FT"
			if o.Desk, err = class(all); err != nil {
				return nil, err
			}
		default:
			first = "Goal"
		}
		term.Run(tui.New(o))
		term.WaitFor(first)
		for _, k := range s.keys {
			term.Press(k[0])
			term.WaitFor(k[1])
		}
		if s.through != "" {
			playThrough(term, s.through)
		}
		for _, text := range s.prose {
			term.WaitFor(text)
		}
		screen := term.Wait("the keys, which are drawn last", func(now screentest.Screen) bool {
			return strings.HasSuffix(strings.TrimRight(now.String(), " \n"), "ctrl+x leave")
		})
		if c.err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, c.err)
		}
		pictures = append(pictures, picture{s.name + ".svg", screen.SVG(s.label, "#1E1E1E", "#E6E6E6")})
	}
	return pictures, nil
}

// playThrough plays a lesson, always by the first way, until a text is on the screen.
func playThrough(term *screentest.Terminal, until string) {
	for {
		screen := term.Screen()
		if screen.Contains(until) {
			return
		}
		key := "enter"
		switch {
		case screen.Contains("show me how"):
			key = "tab"
		case screen.Contains("What could Jas do"), screen.Contains("How sure are you"),
			screen.Contains("What do you think") && !screen.Contains("(your answer)"):
			key = "1"
		}
		term.Press(key)
		term.Wait("something new", func(now screentest.Screen) bool { return now.String() != screen.String() })
	}
}

func write(dir string, pictures []picture) error {
	for _, p := range pictures {
		if err := os.WriteFile(filepath.Join(dir, p.name), p.svg, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare returns an error that names the pictures that differ from those in the folder.
func compare(dir string, pictures []picture) error {
	var all []error
	for _, p := range pictures {
		was, err := os.ReadFile(filepath.Join(dir, p.name))
		if err != nil {
			all = append(all, err)
		} else if !bytes.Equal(was, p.svg) {
			all = append(all, fmt.Errorf("%s is out of date; draw it anew: go run ./internal/shots", p.name))
		}
	}
	return errors.Join(all...)
}

// camera replaces a testing.TB, and keeps the first error.
type camera struct {
	err   error
	after []func()
}

// Helper does nothing.
func (c *camera) Helper() {}

// Errorf keeps the first error.
func (c *camera) Errorf(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// Fatalf ends the program, because no picture can be taken of a terminal that never shows
// the right screen.
func (c *camera) Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "shots: "+format+"\n", args...)
	os.Exit(1)
}

// Cleanup registers a function to call at the end.
func (c *camera) Cleanup(f func()) { c.after = append(c.after, f) }

func (c *camera) close() {
	for _, f := range c.after {
		f()
	}
}
