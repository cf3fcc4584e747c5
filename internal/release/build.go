package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The folders of the work.
const (
	manFolder   = "man"
	shellFolder = "completions"
)

// shells are those that completions are made for, with the names that packages give the files.
var shells = map[string]string{"bash": "wayout.bash", "zsh": "_wayout", "fish": "wayout.fish",
	"powershell": "wayout.ps1"}

// build builds the program for each target, and has the one for this machine write the manual and
// the completions.
func (r *release) build() error {
	host := filepath.Join(r.work, "host")
	if err := r.compile(target{}, host, "-tags", "manual"); err != nil {
		return err
	}
	out, err := r.command(host, "--version").Output()
	if err != nil {
		return fmt.Errorf("wayout --version: %w", err)
	}
	if said, _, _ := strings.Cut(string(out), "\n"); said != "wayout "+r.version {
		return fmt.Errorf("the program says %q: change its version in cmd/wayout/root.go first", said)
	}
	if err := do(r.command(host, "man", "--out", filepath.Join(r.work, manFolder))); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(r.work, shellFolder), 0o755); err != nil {
		return err
	}
	for shell, name := range shells {
		out, err := r.command(host, "completion", shell).Output()
		if err != nil {
			return fmt.Errorf("wayout completion %s: %w", shell, err)
		}
		if err := os.WriteFile(filepath.Join(r.work, shellFolder, name), out, 0o644); err != nil {
			return err
		}
	}
	if out, err = r.command(host, "licences", "--text").Output(); err != nil {
		return fmt.Errorf("wayout licences: %w", err)
	}
	if err := os.WriteFile(filepath.Join(r.work, licencesName), out, 0o644); err != nil {
		return err
	}
	for _, t := range r.targets {
		if err := r.compile(t, r.program(t)); err != nil {
			return err
		}
	}
	return nil
}

// compile builds the program, as every release does, for a target or for this machine.
func (r *release) compile(t target, out string, more ...string) error {
	args := append([]string{"build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", out}, more...)
	cmd := r.command("go", append(args, "./cmd/wayout")...)
	if t != (target{}) {
		cmd.Env = append(cmd.Env, "GOOS="+t.os, "GOARCH="+t.arch)
	}
	return do(cmd)
}

// program is where the program for a target is.
func (r *release) program(t target) string {
	return filepath.Join(r.work, t.os+"-"+t.arch, programName(t))
}

func programName(t target) string {
	if t.os == "windows" {
		return "wayout.exe"
	}
	return "wayout"
}

// zipped compresses as gzip does with -n: without a name and a date.
func zipped(src []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(src); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
