package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"wayout/internal/course"
	"wayout/internal/desk"
	"wayout/internal/room"
	"wayout/lessons"
)

// school is wayout as a school's IT starts it, as a process of its own, with one class.
type school struct {
	cmd  *exec.Cmd
	at   string // Host and port of the pages.
	ssh  string // Host and port for terminals.
	desk desk.Desk
	code string
}

const staffKey = "0123456789abcdef0123456789abcdef"

func openSchool(dir string) (*school, error) {
	key := filepath.Join(dir, "staff.key")
	if err := os.WriteFile(key, []byte(staffKey), 0o600); err != nil {
		return nil, err
	}
	s := &school{cmd: exec.Command(filepath.Join(dir, "wayout"), "serve", "--port", "0", "--ssh-port", "0",
		"--staff-key-file", key)}
	s.cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for s.at == "" || s.ssh == "" {
		if !lines.Scan() {
			s.close()
			return nil, errors.New("the service does not start")
		}
		if at, ok := strings.CutPrefix(lines.Text(), "pages http://"); ok {
			s.at = at
		}
		if at, ok := strings.CutPrefix(lines.Text(), "ssh "); ok {
			s.ssh = at
		}
	}
	return s, nil
}

func (s *school) close() {
	if s.desk != nil {
		s.desk.Close()
	}
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// meet opens a class in place of the one before.
func (s *school) meet(seats int) error {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		return err
	}
	l, _, err := c.Lesson("hold-my-phone")
	if err != nil {
		return err
	}
	if s.desk != nil {
		s.desk.Close()
	}
	s.desk, s.code, err = desk.Open(context.Background(), "http://"+s.at, staffKey, l, seats, nil)
	return err
}

func (s *school) order(verb room.Verb) error {
	return s.desk.Order(room.Command{Verb: verb, Number: 1})
}

// ask leads to the first question, and opens it.
func (s *school) ask() (room.Question, error) {
	err := s.order(room.Start)
	for err == nil { // A page with a question has no next page.
		err = s.order(room.Next)
	}
	if !errors.Is(err, room.ErrNothing) {
		return room.Question{}, err
	}
	if err := s.order(room.Ask); err != nil {
		return room.Question{}, err
	}
	for {
		v, ok := s.desk.News()
		if !ok {
			return room.Question{}, errors.New("the room is gone")
		}
		if v.Class.Phase() == room.Voting {
			return v.Class.Question(), nil
		}
	}
}

// device returns an address for a student's own device. All of 127.0.0.0/8 is this
// machine, and a real class doesn't come from one address.
func device(i int) string { return fmt.Sprintf("127.%d.%d.%d", 10+i/62500, 1+i/250%250, 1+i%250) }
