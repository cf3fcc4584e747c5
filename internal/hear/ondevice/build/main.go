package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// folder is where package web embeds what the pages load.
const folder = "internal/web/class"

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func build() error {
	version, err := exec.Command("go", "env", "GOVERSION", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("ask go for its version: %w", err)
	}
	said := strings.Split(strings.TrimSpace(string(version)), "\n")
	if len(said) != 2 || said[0] != runtime.Version() {
		return fmt.Errorf("go is %q, and this was built with %s", said, runtime.Version())
	}
	dir, err := os.MkdirTemp("", "wayout")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // If it fails, the system removes it later.
	out := filepath.Join(dir, "hear.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out,
		"./internal/hear/ondevice")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=", "GOWASM=")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("compile the recogniser: %w", err)
	}
	program, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err = z.Write(program); err != nil {
		return err
	}
	if err = z.Close(); err != nil {
		return err
	}
	script, err := os.ReadFile(filepath.Join(said[1], "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return fmt.Errorf("read Go's script: %w", err)
	}
	if err = os.WriteFile(filepath.Join(folder, "wasm_exec.js"), script, 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "hear.wasm.gz"), b.Bytes(), 0o600)
}
