package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wayout/internal/atomicfile"
	"wayout/internal/desk"
	"wayout/internal/room"
	"wayout/internal/tui"
)

// savedClass is what another window needs to resume a class while it runs. It is in a file that
// only its owner can read.
type savedClass struct {
	Lesson string           `json:"lesson"`
	Ticket desk.Credentials `json:"ticket"`
	Coming tui.JoinInfo     `json:"coming"`
	Holder int              `json:"holder"` // The process that leads it now.
}

// keptBase returns the path of the file of a class, without its suffix. It differs for a class on
// this computer and one at a service.
func (k *classSession) keptBase() (string, error) {
	dir, err := runtimeDir()
	if err != nil {
		return "", err
	}
	name := classBefore + k.lesson.ID
	if k.t.at != "" {
		sum := sha256.Sum256([]byte(k.t.at))
		name += "-" + hex.EncodeToString(sum[:6])
	}
	return filepath.Join(dir, name), nil
}

// keep saves how another window can resume this class while it runs, unless kept is "".
func (k *classSession) keep() error {
	if k.kept == "" {
		return nil
	}
	src, err := json.Marshal(savedClass{Lesson: k.lesson.ID, Ticket: k.credentials, Coming: k.coming,
		Holder: os.Getpid()})
	if err != nil {
		return err
	}
	return atomicfile.Write(k.kept, src, 0o600)
}

// forget removes the file, if it is still about this class.
func (k *classSession) forget() {
	if now, ok := readKept(k.kept); ok && now.Ticket == k.credentials {
		_ = os.Remove(k.kept) // If that fails, a window that reads it finds the class gone.
	}
}

// holds reports whether this window still leads the class, and no other has resumed it.
func (k *classSession) holds() bool {
	now, ok := readKept(k.kept)
	return ok && now.Ticket == k.credentials && now.Holder == os.Getpid()
}

func readKept(path string) (savedClass, bool) {
	var c savedClass
	if path == "" {
		return c, false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return c, false
	}
	return c, json.Unmarshal(readOwn(path), &c) == nil
}

// takeUp resumes a running class of this lesson, and reports whether there is one. If an earlier
// class is gone although no one ended it, it sets lost, and the new desk says so.
func (k *classSession) takeUp(ctx context.Context) (bool, error) {
	if k.set.Private {
		return false, nil // Nothing is kept, and nothing kept earlier is read.
	}
	base, err := k.keptBase()
	if err != nil {
		return false, nil //nolint:nilerr // A class runs without it.
	}
	k.kept, k.socket = base+classEnding, base+socketEnd
	was, ok := readKept(k.kept)
	if !ok || k.t.fresh || was.Lesson != k.lesson.ID {
		return false, nil
	}
	remote, err := desk.Resume(ctx, was.Ticket, k.lesson)
	if errors.Is(err, desk.ErrGone) {
		k.lost = true
		if err := os.Remove(k.kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, environment("", err)
		}
		return false, nil
	} else if err != nil {
		return false, environment("the class may still be running: try again, or start another one with --new", err)
	}
	k.desk, k.credentials, k.coming, k.guest = remote, was.Ticket, was.Coming, was.Ticket.Socket != ""
	if !k.guest {
		return true, k.keep() // This window leads the class now, in place of the one that was closed.
	}
	return true, nil
}

// over reports whether the class was ended.
func (k *classSession) over(ctx context.Context) bool {
	_, err := k.desk.Report(ctx)
	return !errors.Is(err, room.ErrNotOver)
}
