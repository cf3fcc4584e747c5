package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// release is a release to make.
type release struct {
	root       string // The folder of the sources.
	out        string
	work       string // A temporary folder, removed at the end.
	version    string
	base       string // The address of the folder that the files will be in.
	home       string // The address of the project.
	maintainer string
	date       time.Time
	targets    []target
	msi        bool
}

// target is a system that the program is built for.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "/" + t.arch }

// targets are the systems that a release is for.
var targets = []target{{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"}}

func main() {
	r := &release{root: ".", msi: true}
	only := flag.String("only", "", "one target, such as linux/amd64, instead of all six")
	flag.StringVar(&r.out, "out", "", "the folder to write to; it is made")
	flag.StringVar(&r.version, "version", "", "the version, which has to be the program's own")
	flag.StringVar(&r.home, "home", "https://wayout.example.org", "the address of the project")
	flag.StringVar(&r.base, "base", "", "the address that the files will have, without their names; "+
		"without it, HOME/releases/vVERSION")
	flag.StringVar(&r.maintainer, "maintainer", "The wayout authors <wayout@example.org>",
		"who is to be asked about the packages")
	flag.BoolVar(&r.msi, "msi", true, "make the MSI, where wixl and msibuild are there")
	flag.Parse()
	err := r.chosen(*only)
	if err == nil {
		err = r.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(3)
	}
}

// chosen checks the flags.
func (r *release) chosen(only string) error {
	if r.out == "" || r.version == "" {
		return errors.New("go run ./internal/release --out FOLDER --version V: both are needed")
	}
	r.version = strings.TrimPrefix(r.version, "v")
	r.base = cmp.Or(r.base, r.home+"/releases/v"+r.version)
	for _, t := range targets {
		if only == "" || only == t.String() {
			r.targets = append(r.targets, t)
		}
	}
	if len(r.targets) == 0 {
		return fmt.Errorf("no target %q; there is: %v", only, targets)
	}
	return nil
}

// run makes the files, and prints their names when all are done.
func (r *release) run() (err error) {
	if r.date, err = r.dated(); err != nil {
		return err
	}
	if r.out, err = filepath.Abs(r.out); err != nil {
		return err
	}
	if r.root, err = filepath.Abs(r.root); err != nil {
		return err
	}
	if r.work, err = os.MkdirTemp("", "wayout-release"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(r.work)) }()
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	if left, err := os.ReadDir(r.out); err != nil || len(left) > 0 {
		return errors.Join(err, fmt.Errorf("%s isn't empty: what's in it would be taken for part of the release",
			r.out))
	}
	for _, step := range []func() error{r.build, r.archives, r.packages, r.installer, r.lists, r.manifests, r.sums} {
		if err := step(); err != nil {
			return err
		}
	}
	made, err := os.ReadDir(r.out)
	for _, e := range made {
		fmt.Println(filepath.Join(r.out, e.Name()))
	}
	return err
}

// dated returns the date that is used in all files.
func (r *release) dated() (time.Time, error) {
	said := os.Getenv("SOURCE_DATE_EPOCH")
	if said == "" {
		out, err := r.command("git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, errors.New("this is no checkout of git: say the date of the sources, " +
				"SOURCE_DATE_EPOCH=seconds")
		}
		said = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(said, 10, 64)
	if err != nil || seconds < 315532800 { // A zip can't have dates before 1980.
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is %q: seconds since 1970, of a day after 1980", said)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// command returns a command that runs in the folder of the sources, with an environment that is
// the same on every machine.
func (r *release) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = r.root
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8", "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false",
		"GOAMD64=v1", "GOARM64=v8.0")
	if !r.date.IsZero() {
		cmd.Env = append(cmd.Env, fmt.Sprintf("SOURCE_DATE_EPOCH=%d", r.date.Unix()))
	}
	return cmd
}

// do runs a command. The error has its output.
func do(cmd *exec.Cmd) error {
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, said)
	}
	return nil
}
