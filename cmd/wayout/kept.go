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

// savedClass is what is kept of a class while it runs, in a file that only its owner can read,
// so that another window can resume it.
type savedClass struct {
	Lesson string           `json:"lesson"`
	Ticket desk.Credentials `json:"ticket"`
	Coming tui.JoinInfo     `json:"coming"`
	Holder int              `json:"holder"` // The process that leads it now.
}

// keptBase is where a class of a lesson is kept, without the suffix: one on this computer, or
// one at a service.
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

// keep writes down how another window can resume this class while it runs. It writes nothing
// if nothing is to be kept.
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
		_ = os.Remove(k.kept) // A window that finds it is told that the class is gone.
	}
}

// holds reports whether no other window has resumed the class since.
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

// takeUp resumes a class of this lesson that is running, and reports whether there is one. If
// one has gone without being ended, the next desk says so.
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
		return true, k.keep() // It is ours now, and not that of the window that was closed.
	}
	return true, nil
}

// over reports whether the class was ended.
func (k *classSession) over(ctx context.Context) bool {
	_, err := k.desk.Report(ctx)
	return !errors.Is(err, room.ErrNotOver)
}
