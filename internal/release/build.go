package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wayout/internal/site"
)

// The folders in the temporary folder.
const (
	manFolder   = "man"
	shellFolder = "completions"
)

// shells are the shells with completions, and the names of their files in packages.
var shells = map[string]string{"bash": "wayout.bash", "zsh": "_wayout", "fish": "wayout.fish",
	"powershell": "wayout.ps1"}

// engine builds the browser engine of exported courses, and adds it to the sources by an overlay of
// the Go compiler. It doesn't write into the sources, because every later build would take that
// engine for a current one.
func (r *release) engine() error {
	e, err := site.Compile(r.root)
	if err != nil {
		return err
	}
	instead := make(map[string]string)
	for name, src := range map[string][]byte{site.EngineName: e.Program, site.ScriptName: e.Script} {
		at := filepath.Join(r.work, name)
		if err := os.WriteFile(at, src, 0o644); err != nil {
			return err
		}
		instead[filepath.Join(r.root, "internal", "site", "built", name)] = at
	}
	src, err := json.Marshal(map[string]any{"Replace": instead})
	return errors.Join(err, os.WriteFile(r.overlay(), src, 0o644))
}

// overlay returns the file that tells the Go compiler where the engine is.
func (r *release) overlay() string { return filepath.Join(r.work, "overlay.json") }

// build builds the program for each target and for this machine, and runs the latter to write the
// manual and the completions.
func (r *release) build() error {
	if err := r.engine(); err != nil {
		return err
	}
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
	prints := map[string][]string{licencesName: {"licences", "--text"}}
	for shell, name := range shells {
		prints[filepath.Join(shellFolder, name)] = []string{"completion", shell}
	}
	for name, args := range prints {
		out, err := r.command(host, args...).Output()
		if err != nil {
			return fmt.Errorf("wayout %s: %w", strings.Join(args, " "), err)
		}
		if err := os.WriteFile(filepath.Join(r.work, name), out, 0o644); err != nil {
			return err
		}
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
	args := append([]string{"build", "-trimpath", "-ldflags=-s -w -buildid=", "-overlay", r.overlay(), "-o", out},
		more...)
	cmd := r.command("go", append(args, "./cmd/wayout")...)
	if t != (target{}) {
		cmd.Env = append(cmd.Env, "GOOS="+t.os, "GOARCH="+t.arch)
	}
	return do(cmd)
}

// program returns the path of the program for a target.
func (r *release) program(t target) string {
	return filepath.Join(r.work, t.os+"-"+t.arch, programName(t))
}

func programName(t target) string {
	if t.os == "windows" {
		return "wayout.exe"
	}
	return "wayout"
}
