package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wayout/internal/site"
)

// staged is a file of a package for Linux.
type staged struct {
	To   string // Where it is installed.
	From string
	Mode string
	Type string // The type of the file for rpm, such as "doc".
}

// packages makes a deb and an rpm for each Linux target.
func (r *release) packages() error {
	nfpm := ""
	for _, t := range r.targets {
		if t.os != "linux" {
			continue
		}
		if nfpm == "" {
			nfpm = filepath.Join(r.work, "nfpm")
			if err := do(r.command("go", "build", "-modfile=internal/release/nfpm.mod", "-trimpath", "-o", nfpm,
				"github.com/goreleaser/nfpm/v2/cmd/nfpm")); err != nil {
				return err
			}
		}
		for _, kind := range []string{"deb", "rpm"} {
			if err := r.pack(nfpm, t, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// pack makes one package.
func (r *release) pack(nfpm string, t target, kind string) error {
	files, err := r.stage(t, kind)
	if err != nil {
		return err
	}
	config := filepath.Join(r.work, kind+"-"+t.arch+".yaml")
	log := filepath.Join(r.work, "changes.yaml")
	if err := r.fill(log, "changes.yaml", nil); err != nil {
		return err
	}
	if err := r.fill(config, "nfpm.yaml", map[string]any{"Arch": t.arch, "Files": files, "Kind": kind,
		"Changes": log}); err != nil {
		return err
	}
	name := fmt.Sprintf("wayout_%s_%s.deb", r.version, t.arch)
	if kind == "rpm" {
		name = fmt.Sprintf("wayout-%s-1.%s.rpm", r.version, rpmArch[t.arch])
	}
	return do(r.command(nfpm, "package", "--config", config, "--packager", kind,
		"--target", filepath.Join(r.out, name)))
}

// rpmArch is what rpm calls a processor.
var rpmArch = map[string]string{"amd64": "x86_64", "arm64": "aarch64"}

// stage returns the files of a package, compressed as the distributions require, in the order of
// their installed paths.
func (r *release) stage(t target, kind string) ([]staged, error) {
	const doc, licensed = "/usr/share/doc/wayout/", "/usr/share/licenses/wayout/"
	readme, list := filepath.Join(r.root, "README.md"), filepath.Join(r.work, licencesName)
	ours, lessons := filepath.Join(r.root, "LICENSE"), filepath.Join(r.root, "lessons", "LICENSE")
	files := []staged{
		{"/usr/bin/wayout", r.program(t), "0755", ""},
		{"/usr/share/bash-completion/completions/wayout", r.shell("bash"), "0644", ""},
		{"/usr/share/fish/vendor_completions.d/wayout.fish", r.shell("fish"), "0644", ""},
		{doc + "README.md", readme, "0644", "doc"},
	}
	compressed, err := r.pages()
	if err != nil {
		return nil, err
	}
	if kind == "rpm" {
		files = append(files, staged{"/usr/share/zsh/site-functions/_wayout", r.shell("zsh"), "0644", ""},
			staged{doc + "CHANGELOG.md", filepath.Join(r.root, "CHANGELOG.md"), "0644", "doc"},
			staged{licensed + "LICENSE", ours, "0644", "license"},
			staged{licensed + "LICENSE.lessons", lessons, "0644", "license"},
			staged{licensed + licencesName, list, "0644", "license"})
	} else {
		files = append(files, staged{"/usr/share/zsh/vendor-completions/_wayout", r.shell("zsh"), "0644", ""})
		for name, to := range map[string]string{"changelog": "", "copyright": doc + "copyright",
			"lintian": "/usr/share/lintian/overrides/wayout"} {
			at := filepath.Join(r.work, name)
			if err := r.fill(at, name, nil); err != nil {
				return nil, err
			}
			if to != "" {
				files = append(files, staged{to, at, "0644", ""})
			}
		}
		compressed[doc+"changelog.gz"] = filepath.Join(r.work, "changelog")
		compressed[doc+licencesName+".gz"] = list
		compressed[doc+"LICENSE.lessons.gz"] = lessons
	}
	for to, from := range compressed {
		at, err := r.compress(to, from)
		if err != nil {
			return nil, err
		}
		files = append(files, staged{to, at, "0644", "doc"})
	}
	for i := range files {
		if kind != "rpm" {
			files[i].Type = "" // Only rpm marks documentation.
		}
	}
	slices.SortFunc(files, func(a, b staged) int { return cmp.Compare(a.To, b.To) })
	return files, nil
}

// pages returns the pages of the manual, by installed path.
func (r *release) pages() (map[string]string, error) {
	found, err := filepath.Glob(filepath.Join(r.work, manFolder, "*.1"))
	pages := make(map[string]string)
	for _, page := range found {
		pages["/usr/share/man/man1/"+filepath.Base(page)+".gz"] = page
	}
	return pages, err
}

// compress writes a compressed copy of a file for an installed path, and returns its path.
func (r *release) compress(to, from string) (string, error) {
	src, err := os.ReadFile(from)
	if err != nil {
		return "", err
	}
	if src, err = site.Zip(src); err != nil {
		return "", err
	}
	at := filepath.Join(r.work, strings.ReplaceAll(strings.TrimPrefix(to, "/"), "/", "+"))
	return at, os.WriteFile(at, src, 0o644)
}

func (r *release) shell(name string) string { return filepath.Join(r.work, shellFolder, shells[name]) }
