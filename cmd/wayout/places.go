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

// folderName is the name of our folder in each of the system's folders.
const folderName = "wayout"

// mostOwn is the most bytes that are read of a file that the user may have written.
const mostOwn = 64 << 10

// stateDir returns the folder of the learner's record, or "" if there is no home folder; then
// nothing is kept.
func stateDir() string { return ourFolder("XDG_STATE_HOME", xdg.StateHome) }

// configDir returns the folder of the settings, or "".
func configDir() string { return ourFolder("XDG_CONFIG_HOME", xdg.ConfigHome) }

// ourFolder returns our folder in one of the system's folders, or "" if neither the environment
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

// runtimeDir returns the folder in which the windows of one person find each other: in the
// system's runtime folder, which the system empties, or below our state folder. A folder in the
// shared temporary folder isn't safe, because it belongs to the first user who makes it. The
// error says why no folder can be trusted.
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

// The names of our files. Package dossier says what each one has in it.
const (
	settingsName = "settings.toml"    // In the configuration folder.
	schoolName   = "school.toml"      // In the configuration folder of the user or of the machine.
	rulesName    = "ground-rules.txt" // In the configuration folder.
	hostKeyName  = "class-host-key"   // In the state folder.

	classBefore = "class-" // Before the id of the lesson, in the runtime folder.
	classEnding = ".json"  // What lets another window lead a class.
	socketEnd   = ".sock"  // The socket on which other windows reach a class.
	deskEnding  = ".desk"  // The link between the windows of a talk.
)

// settingsFile returns the content of the settings file, or nil if there is none.
func settingsFile() []byte {
	if dir := configDir(); dir != "" {
		return readOwn(filepath.Join(dir, settingsName))
	}
	return nil
}

// schoolFile returns the content and the path of the school's file. It looks in the user's own
// configuration first, then in the machine's, where a school puts it for all users.
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

// readOwn reads a small regular file, or returns nil.
func readOwn(path string) []byte {
	src, err := readRegular(path)
	if err != nil {
		return nil
	}
	return src
}

// readRegular reads a small regular file, and opens nothing else: a pipe would block. It returns
// nil for a missing file, and not nil for an empty one.
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

// plainText returns the content of a file as UTF-8 with Unix line ends. Windows
// PowerShell redirects in UTF-16, and Notepad begins with a byte-order mark; either
// would change a key.
func plainText(src []byte) []byte {
	if utf8, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(src); err == nil {
		src = utf8
	}
	return text.Lines(src)
}

// saveSettings writes the settings. If the file is a link, as in a folder of dotfiles, it writes
// the target, and the link stays.
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

// errNoSettings is returned if something other than a file, such as a folder or a device,
// is where the settings belong.
var errNoSettings = errors.New("this isn't a file that can be overwritten")

// mostLinks is how many links are followed, one after the other.
const mostLinks = 40

// settingsPlace follows links from the settings file to the real file, and returns its path
// and permissions, 0 if it doesn't exist yet. The error is errNoSettings if something else
// than a file is there.
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
		if !filepath.IsAbs(to) { // A relative link starts from the real folder.
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

// eraseKept deletes everything that is kept of a learner: the record and the settings. The error
// names what couldn't be deleted; the rest is gone.
func eraseKept() error {
	var err error
	if dir := stateDir(); dir != "" {
		err = progress.Erase(dir)
	}
	return errors.Join(err, eraseSettings())
}

// eraseSettings deletes the settings, and their folder if nothing else is in it. If the file is a
// link, its target is deleted, too. The school's file isn't the learner's, and stays.
func eraseSettings() error {
	dir := configDir()
	if dir == "" {
		return nil
	}
	link := filepath.Join(dir, settingsName)
	path, mode, err := settingsPlace(link)
	switch {
	case errors.Is(err, errNoSettings):
		path = link // The target isn't our file: delete only the link.
	case err != nil:
		return err
	case mode == 0 && path != link:
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return fmt.Errorf("%s is a link to %s, which isn't there", text.Line(link, 400), text.Line(path, 400))
		}
	}
	var strays []string
	for _, at := range []string{link, path} {
		unfinished, _ := filepath.Glob(at + atomicfile.Unfinished + "*") // The pattern is valid.
		strays = append(strays, unfinished...)
	}
	for _, path := range append(strays, path, link) {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if info, err := os.Lstat(dir); err == nil && info.IsDir() { // If the folder is a link, it's the user's own.
		_ = os.Remove(dir) // This fails if something else is in it.
	}
	return nil
}
