package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	cyclonedx "github.com/CycloneDX/cyclonedx-go"

	"wayout/internal/licences"
)

// made returns a release of existing files in place of built ones.
func made(t *testing.T, version string) *release {
	t.Helper()
	r := &release{root: filepath.Join("..", ".."), out: t.TempDir(), work: t.TempDir(), version: version,
		home: "https://example.org", msi: true, base: "https://files.example.org/v" + version,
		maintainer: "Someone <someone@example.org>", date: time.Unix(1_700_000_000, 0).UTC(), targets: targets}
	if err := os.WriteFile(filepath.Join(r.work, licencesName), []byte("licences\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{manFolder, shellFolder} {
		if err := os.Mkdir(filepath.Join(r.work, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, target := range r.targets {
		path := r.program(target)
		if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o755),
			os.WriteFile(path, []byte("program for "+target.String()), 0o755)); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// TestSameFilesAnywhere checks that a release for one system is the same from two copies of the
// sources, in two folders and at different times.
func TestSameFilesAnywhere(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds the program four times, on a system that releases are made on")
	}
	source, err := os.ReadFile(filepath.Join("..", "..", "cmd", "wayout", "root.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, version, _ := strings.Cut(string(source), `const version = "`)
	version, _, _ = strings.Cut(version, `"`)
	t.Setenv("SOURCE_DATE_EPOCH", "1700000000")
	var sums [2]string
	for i, name := range []string{"here", "there/under another name"} {
		root := filepath.Join(t.TempDir(), filepath.FromSlash(name))
		copySources(t, root)
		r := &release{root: root, out: filepath.Join(t.TempDir(), "out"), version: version,
			home: "https://example.org", maintainer: "Someone <someone@example.org>"}
		if err := r.chosen("linux/amd64"); err != nil {
			t.Fatal(err)
		}
		if err := r.run(); err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(filepath.Join(r.out, sumsName))
		if err != nil {
			t.Fatal(err)
		}
		sums[i] = string(src)
		if i == 0 {
			exports(t, r)
		}
	}
	if sums[0] != sums[1] {
		t.Errorf("the checksums differ:\n%s\n%s", sums[0], sums[1])
	}
	if n := strings.Count(sums[0], "\n"); n != 5 {
		t.Errorf("%d files instead of an archive, two packages and two lists:\n%s", n, sums[0])
	}
}

// exports holds that the program of a release exports a course without the sources and without Go.
func exports(t *testing.T, r *release) {
	t.Helper()
	dir := t.TempDir()
	if err := do(exec.Command("tar", "-xzf", filepath.Join(r.out, r.archive(targets[0])), "-C", dir)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(dir, r.folder(targets[0]), "wayout"), "export", "--out", "course")
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=" + dir}
	if err := do(cmd); err != nil {
		t.Error(err)
	}
}

// copySources copies the sources that the program is built from.
func copySources(t *testing.T, to string) {
	t.Helper()
	root := filepath.Join("..", "..")
	for _, name := range []string{"cmd", "internal", "lessons"} {
		if err := os.CopyFS(filepath.Join(to, name), os.DirFS(filepath.Join(root, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum", "README.md", "CHANGELOG.md", "LICENSE"} {
		src, err := os.ReadFile(filepath.Join(root, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), src, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestInstallerIsTheSame checks that two MSIs of the same release are equal, and say that they
// aren't signed.
func TestInstallerIsTheSame(t *testing.T) {
	for _, tool := range []string{"wixl", "msibuild"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("there is no " + tool)
		}
	}
	var all [2][]byte
	for i := range all {
		r := made(t, "1.2.3")
		if err := r.installer(); err != nil {
			t.Fatal(err)
		}
		var err error
		if all[i], err = os.ReadFile(filepath.Join(r.out, "wayout-1.2.3-windows-amd64-unsigned.msi")); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Error("the MSI differs")
	}
	for _, words := range []string{"not signed", "{" + guid("package 1.2.3") + "}", "App Paths"} {
		if !bytes.Contains(all[0], []byte(words)) {
			t.Errorf("the MSI has no %q", words)
		}
	}
	if settle([]byte("no MSI"), guid("x"), time.Time{}) == nil {
		t.Error("what is no MSI was settled")
	}
	if guid("a") == guid("b") {
		t.Error("two names have one GUID")
	}
}

// TestManifestsNameWhatIsThere checks that each has the addresses and checksums of its archives.
func TestManifestsNameWhatIsThere(t *testing.T) {
	r := made(t, "1.2.3")
	if err := errors.Join(r.archives(), r.manifests(), r.sums()); err != nil {
		t.Fatal(err)
	}
	for name, systems := range map[string][]string{"wayout.rb": {"linux", "darwin"},
		"wayout.wayout.installer.yaml": {"windows"}} {
		src, err := os.ReadFile(filepath.Join(r.out, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range targets {
			sum, err := r.sum(r.archive(target))
			if err != nil {
				t.Fatal(err)
			}
			wanted := strings.Contains(strings.Join(systems, " "), target.os)
			if strings.Contains(strings.ToLower(string(src)), sum) != wanted ||
				strings.Contains(string(src), r.base+"/"+r.archive(target)) != wanted {
				t.Errorf("%s and %s:\n%s", name, target, src)
			}
		}
	}
	check := exec.Command("sha256sum", "--check", "--quiet", sumsName)
	check.Dir = r.out
	if said, err := check.CombinedOutput(); err != nil && !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("%v: %s", err, said)
	}
}

// TestBillListsEveryWork checks that the CycloneDX library can read the bill of materials, and that
// no work is missing.
func TestBillListsEveryWork(t *testing.T) {
	r := made(t, "1.2.3")
	if err := r.lists(); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(filepath.Join(r.out, "wayout.cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	var bom cyclonedx.BOM
	if err := cyclonedx.NewBOMDecoder(bytes.NewReader(src), cyclonedx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	works, err := licences.All()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(*bom.Components) + 1; got != len(works) || bom.Metadata.Component.Version != "1.2.3" {
		t.Errorf("%d of %d works, of version %s", got, len(works), bom.Metadata.Component.Version)
	}
	for _, c := range *bom.Components {
		if c.Licenses == nil || c.PackageURL == "" && c.Name != licences.Lessons {
			t.Errorf("%s has no licence or no address", c.Name)
		}
	}
}

// TestWhatWasAsked checks that impossible flags are an error before anything is built.
func TestWhatWasAsked(t *testing.T) {
	for _, c := range []struct{ out, version, only, err string }{
		{"", "1.0.0", "", "both are needed"},
		{"x", "", "", "both are needed"},
		{"x", "1.0.0", "plan9/amd64", `no target "plan9/amd64"`},
		{"x", "v1.0.0", "windows/arm64", ""},
	} {
		r := &release{out: c.out, version: c.version, home: "https://example.org"}
		err := r.chosen(c.only)
		if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%+v: %v", c, err)
		}
		if err == nil && r.base != "https://example.org/releases/v1.0.0" {
			t.Errorf("%+v: %s", c, r.base)
		}
	}
	r := &release{root: t.TempDir()}
	for _, epoch := range []string{"yesterday", "5", ""} {
		t.Setenv("SOURCE_DATE_EPOCH", epoch)
		if _, err := r.dated(); err == nil {
			t.Errorf("SOURCE_DATE_EPOCH=%q is a date", epoch)
		}
	}
	full := made(t, "1.2.3")
	full.root = t.TempDir()
	t.Setenv("SOURCE_DATE_EPOCH", "1700000000")
	if err := os.WriteFile(filepath.Join(full.out, "old"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := full.run(); err == nil || !strings.Contains(err.Error(), "isn't empty") {
		t.Errorf("a folder with something in it: %v", err)
	}
	if _, err := os.Stat(filepath.Join(full.out, sumsName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was made: %v", err)
	}
}
