package site

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:generate go run ./build

//go:embed built
var built embed.FS

// The names of the built files, in the folder "built".
const (
	EngineName = "engine.wasm.gz"
	ScriptName = "wasm_exec.js"
)

// Engine is the engine for a browser.
type Engine struct {
	Program []byte // Compressed with gzip.
	Script  []byte // Go's own script that starts it.
}

// ErrNoEngine is returned if the engine isn't part of the program and can't be built.
var ErrNoEngine = errors.New("this wayout was built without the part that runs in a browser")

// Built returns the engine that is part of the program. The error is [ErrNoEngine].
func Built() (Engine, error) {
	program, err := built.ReadFile("built/" + EngineName)
	if err != nil {
		return Engine{}, ErrNoEngine
	}
	script, err := built.ReadFile("built/" + ScriptName)
	if err != nil {
		return Engine{}, ErrNoEngine
	}
	return Engine{program, script}, nil
}

// Compile builds the engine with the Go toolchain of this machine, from the source in a folder
// or one above it. The error is [ErrNoEngine] if there is no source or no Go.
func Compile(below string) (Engine, error) {
	root, err := source(below)
	if err != nil {
		return Engine{}, err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return Engine{}, fmt.Errorf("%w, and no Go was found to build it with", ErrNoEngine)
	}
	dir, err := os.MkdirTemp("", "wayout")
	if err != nil {
		return Engine{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // If it fails, the system removes it later.
	out := filepath.Join(dir, "engine.wasm")
	// Without inlining the program is smaller by a twentieth, and fast enough for a chat.
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-gcflags=all=-l", "-o", out,
		"./internal/site/engine")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=", "GOWASM=")
	if said, err := cmd.CombinedOutput(); err != nil {
		return Engine{}, fmt.Errorf("compile the engine: %w: %s", err, said)
	}
	program, err := os.ReadFile(out)
	if err != nil {
		return Engine{}, err
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", ScriptName))
	if err != nil {
		return Engine{}, fmt.Errorf("read Go's script: %w", err)
	}
	zipped, err := Zip(program)
	return Engine{zipped, script}, err
}

// Save writes the engine into the source that a folder belongs to, where [Built] finds it after
// the program is built again.
func (e Engine) Save(below string) error {
	root, err := source(below)
	if err != nil {
		return err
	}
	dir := filepath.Join(root, "internal", "site", "built")
	return errors.Join(os.WriteFile(filepath.Join(dir, EngineName), e.Program, 0o600),
		os.WriteFile(filepath.Join(dir, ScriptName), e.Script, 0o600))
}

// source returns the root of the source of this program that a folder belongs to.
func source(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		src, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && bytes.HasPrefix(src, []byte("module wayout\n")) {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", fmt.Errorf("%w, and its source isn't in this folder", ErrNoEngine)
		}
		dir = above
	}
}

// Zip compresses as gzip -n does: without a name and a date.
func Zip(src []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = z.Write(src)
	err = errors.Join(err, z.Close())
	return b.Bytes(), err
}
