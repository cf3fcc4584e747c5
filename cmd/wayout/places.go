package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"golang.org/x/text/encoding/unicode"

	"wayout/internal/atomicfile"
	"wayout/internal/privatedir"
	"wayout/internal/progress"
	"wayout/internal/settings"
	"wayout/internal/text"
)

// folderName is the name of our folders under the places of the system.
const folderName = "wayout"

// mostOwn bounds files that the user may have written, in bytes.
const mostOwn = 64 << 10

// stateDir returns the folder of what a learner has done, or "" where there is no home folder:
// then nothing is kept.
func stateDir() string { return ourFolder("XDG_STATE_HOME", xdg.StateHome) }

// configDir returns the folder of the settings, or "".
func configDir() string { return ourFolder("XDG_CONFIG_HOME", xdg.ConfigHome) }

// ourFolder returns our folder below one of the system's places, or "" where neither the
// variable nor a home folder says where that is.
func ourFolder(variable, place string) string {
	if os.Getenv(variable) == "" {
		if _, err := os.UserHomeDir(); err != nil {
			return ""
		}
	}
	if !filepath.IsAbs(place) {
		return ""
	}
	return filepath.Join(place, folderName)
}

// runtimeDir returns the folder where the windows of one person find each other: the system's
// runtime folder, which it empties, or one below our own state folder. A shared temporary
// folder won't do: it belongs to the first user who makes it. The error says why no folder can
// be trusted.
func runtimeDir() (string, error) {
	var dirs []string
	if info, err := os.Stat(xdg.RuntimeDir); err == nil && info.IsDir() && filepath.IsAbs(xdg.RuntimeDir) {
		dirs = append(dirs, filepath.Join(xdg.RuntimeDir, folderName))
	}
	if state := stateDir(); state != "" {
		dirs = append(dirs, filepath.Join(state, "run"))
	}
	var refused []error
	for _, dir := range dirs {
		err := privatedir.Make(dir)
		if err == nil {
			return dir, nil
		}
		refused = append(refused, err)
	}
	return "", errors.Join(append(refused, errors.New("there's no folder that only you can open"))...)
}

// openBook opens the record of the learner.
func openBook(private bool) *progress.Book {
	o := progress.Options{Version: version, Today: func() progress.Day { return progress.DayOf(time.Now()) }}
	if !private {
		o.Dir = stateDir()
	}
	return progress.Open(o)
}

// The names of our files. Package dossier says of each what it holds.
const (
	settingsName = "settings.toml"    // In the folder of the configuration.
	schoolName   = "school.toml"      // There, or in the machine's.
	rulesName    = "ground-rules.txt" // In the folder of the configuration.
	hostKeyName  = "class-host-key"   // In the state folder.

	classBefore = "class-" // Before the id of the lesson, in the runtime folder.
	classEnding = ".json"  // What lets another window lead a class.
	socketEnd   = ".sock"  // Where other windows reach it.
	deskEnding  = ".desk"  // Where the view of a talk is.
)

// settingsFile returns the file of the settings, or nil where there is none.
func settingsFile() []byte {
	if dir := configDir(); dir != "" {
		return readOwn(filepath.Join(dir, settingsName))
	}
	return nil
}

// schoolFile returns the school's file and where it is: in the user's own configuration first,
// then in the machine's, where a school puts it for all users.
func schoolFile() ([]byte, string) {
	dirs := xdg.ConfigDirs
	if dir := configDir(); dir != "" {
		dirs = append([]string{filepath.Dir(dir)}, dirs...)
	}
	for _, dir := range dirs {
		path := filepath.Join(dir, folderName, schoolName)
		if src := readOwn(path); src != nil {
			return src, path
		}
	}
	return nil, ""
}

// readOwn reads a small regular file, or returns nil. Opening a pipe would wait for a writer.
func readOwn(path string) []byte {
	src, err := readRegular(path)
	if err != nil {
		return nil
	}
	return src
}

// readRegular reads a small regular file. One that isn't there is nil, one that is empty isn't.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file", text.Line(path, 400))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, mostOwn))
	return append([]byte{}, plainText(src)...), err
}

// plainText returns what an editor or a shell has written as text in UTF-8 with the
// line ends of Unix: Windows PowerShell redirects in UTF-16, Notepad begins with a
// byte-order mark, and either would make another key of a key.
func plainText(src []byte) []byte {
	if utf8, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(src); err == nil {
		src = utf8
	}
	return text.Lines(src)
}

// saveSettings writes the settings. Where the file is a link, as with settings that are kept
// in a folder of dotfiles, what it leads to is written and the link stays.
func saveSettings(set settings.Settings) error {
	src, err := settings.Write(set)
	if err != nil {
		return err
	}
	dir := configDir()
	if dir == "" {
		return errors.New("there's no folder for settings")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path, mode, err := settingsPlace(filepath.Join(dir, settingsName))
	if err != nil {
		return err
	}
	return atomicfile.Write(path, src, mode) // A file that exists keeps its permissions.
}

// errNoSettings is returned where the settings would be something that is no file,
// such as a folder or a device.
var errNoSettings = errors.New("this isn't a file that can be overwritten")

// mostLinks is how many links are followed, one after the other.
const mostLinks = 40

// settingsPlace follows links from the file of the settings to where it really is,
// and returns its permissions, 0 where it is not there yet. Something that
// exists and isn't a file is never written over.
func settingsPlace(path string) (string, fs.FileMode, error) {
	for range mostLinks {
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, 0, nil
		case err != nil:
			return "", 0, err
		case info.Mode().IsRegular():
			return path, info.Mode().Perm(), nil
		case info.Mode()&fs.ModeSymlink == 0:
			return "", 0, fmt.Errorf("%s: %w", text.Line(path, 400), errNoSettings)
		}
		to, err := os.Readlink(path)
		if err != nil {
			return "", 0, err
		}
		if !filepath.IsAbs(to) { // It counts from where the folder really is.
			dir, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", 0, err
			}
			to = filepath.Join(dir, to)
		}
		path = to
	}
	return "", 0, fmt.Errorf("%s is a link that points back to itself: %w", text.Line(path, 400), errNoSettings)
}

// eraseKept deletes all that is kept of a learner: what was done, and the settings. The error
// names what could not be deleted; the rest is gone.
func eraseKept() error {
	var err error
	if dir := stateDir(); dir != "" {
		err = progress.Erase(dir)
	}
	return errors.Join(err, eraseSettings())
}

// eraseSettings deletes the settings, and their folder if nothing else is in it. A link is
// followed, and its target is deleted as well. A school's file isn't the learner's to delete.
func eraseSettings() error {
	dir := configDir()
	if dir == "" {
		return nil
	}
	link := filepath.Join(dir, settingsName)
	path, mode, err := settingsPlace(link)
	switch {
	case errors.Is(err, errNoSettings):
		path = link // Nothing of ours is behind it: only the link goes.
	case err != nil:
		return err
	case mode == 0 && path != link:
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return fmt.Errorf("%s is a link to %s, which isn't there", text.Line(link, 400), text.Line(path, 400))
		}
	}
	var strays []string
	for _, at := range []string{link, path} {
		unfinished, _ := filepath.Glob(at + atomicfile.Unfinished + "*") // The pattern is right.
		strays = append(strays, unfinished...)
	}
	for _, path := range append(strays, path, link) {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if info, err := os.Lstat(dir); err == nil && info.IsDir() { // A link to a folder belongs to its user.
		_ = os.Remove(dir) // It fails where something else is in it.
	}
	return nil
}
