package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// folder is where the pictures stand, seen from the top of the module.
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

// shot is a screen, and how to get to it: keys, and after each the text
// to wait for. Prose comes in by itself, a piece at a time: the picture is taken
// when all of it is there.
type shot struct {
	name, label string
	lesson      string // To open at once, or "" for Home.
	keys        [][2]string
	prose       []string
}

// toChoice opens the countdown and reads to its first choice.
var toChoice = [][2]string{
	{"enter", "you still up"}, {"enter", "Put the phone down"},
}

// toEnd plays the countdown by its safest way.
var toEnd = [][2]string{
	{"2", "A pause is strong"}, {"3", "Find the words for Malik"}, {"enter", "Nothing you type"},
	{"tab", "This is how it could sound"},
	{"enter", "2  Aunt Dee, right now"}, {"2", "Sorry. That came out wrong"}, {"enter", "They look at it together"},
	{"enter", "A short question"}, {"enter", "What do you think?"},
	{"1", "How sure are you?"}, {"1", "(your answer)"}, {"enter", "▸ And then?"}, {"enter", "A short question"},
	{"enter", "What do you think?"},
	{"1", "How sure are you?"}, {"1", "(your answer)"}, {"enter", "▸ A short question"},
	{"enter", "What do you think?"},
	{"1", "How sure are you?"}, {"1", "(your answer)"}, {"enter", "▸ Look back"}, {"enter", "Take this with you"},
}

// shots are the pictures of README.
var shots = []shot{
	{"home", "The list of lessons", "", nil, nil},
	{"chat", "A chat, and what Malik could do", "the-countdown", toChoice, nil},
	{"feedback", "A choice, and why it is risky", "the-countdown", append(toChoice[:len(toChoice):len(toChoice)],
		[2]string{"3", "Begging feels right"}), []string{"What can he do now?"}},
	{"debrief", "Looking back on a lesson", "the-countdown", append(toChoice[:len(toChoice):len(toChoice)], toEnd...),
		[]string{"Jess made a threat", "proves nothing about", "the one who makes it"}},
	{"help", "People who help, by country", "", [][2]string{{"h", "Childline"}}, []string{"It is never too late"}},
	{"class", "The desk of a class, with the address, the code and a square to scan", ofClass, nil,
		[]string{"23 are in"}},
}

// ofClass names the shot of a facilitator's desk.
const ofClass = "a class"

// class is one that waits to begin, in a school's network.
func class(all *course.Course) (*tui.DeskOptions, error) {
	l, _, err := all.Lesson("the-countdown")
	if err != nil {
		return nil, err
	}
	told := false
	return &tui.DeskOptions{Lesson: l, News: func() (room.View, bool) {
		if told {
			select {} // Nothing else happens in a picture.
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
			first = "Practise"
		}
		term.Run(tui.New(o))
		screen := term.WaitFor(first)
		for _, k := range s.keys {
			term.Press(k[0])
			screen = term.WaitFor(k[1])
		}
		for _, text := range s.prose {
			screen = term.WaitFor(text)
		}
		if c.err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, c.err)
		}
		pictures = append(pictures, picture{s.name + ".svg", screen.SVG(s.label, "#1E1E1E", "#E6E6E6")})
	}
	return pictures, nil
}

func write(dir string, pictures []picture) error {
	for _, p := range pictures {
		if err := os.WriteFile(filepath.Join(dir, p.name), p.svg, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare says which pictures are not as they are in the folder.
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

// camera stands in for a test: it keeps the first thing that went wrong.
type camera struct {
	err   error
	after []func()
}

// Helper does nothing.
func (c *camera) Helper() {}

// Errorf keeps what went wrong.
func (c *camera) Errorf(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// Fatalf ends the program: a terminal that never shows what it should can't be
// gone on with.
func (c *camera) Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "shots: "+format+"\n", args...)
	os.Exit(1)
}

// Cleanup keeps what is to be done at the end.
func (c *camera) Cleanup(f func()) { c.after = append(c.after, f) }

func (c *camera) close() {
	for _, f := range c.after {
		f()
	}
}
