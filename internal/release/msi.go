package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// installer makes the MSI. It isn't signed, as its name and its title say. wixl can't make one for
// arm64, but Windows on arm64 runs this one.
func (r *release) installer() error {
	t := target{"windows", "amd64"}
	if !slices.Contains(r.targets, t) || !r.msi {
		return nil
	}
	for _, tool := range []string{"wixl", "msibuild"} {
		if _, err := exec.LookPath(tool); err != nil {
			fmt.Fprintf(os.Stderr, "release: there is no %s, so there is no MSI "+
				"(Debian: apt install wixl msitools)\n", tool)
			return nil
		}
	}
	dir := filepath.Join(r.work, "msi")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for name, from := range map[string]string{"wayout.exe": r.program(t),
		"README.md":   filepath.Join(r.root, "README.md"),
		"LICENSE.txt": filepath.Join(r.root, "LICENSE"), licencesName: filepath.Join(r.work, licencesName)} {
		src, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		at := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(at, src, 0o644), os.Chtimes(at, r.date, r.date)); err != nil {
			return err
		}
	}
	ids := map[string]any{"Product": guid("product " + r.version), "Upgrade": guid("upgrade"),
		"Component": guid("component")}
	if err := r.fill(filepath.Join(dir, "wayout.wxs"), "wayout.wxs", ids); err != nil {
		return err
	}
	name := fmt.Sprintf("wayout-%s-windows-amd64-unsigned.msi", r.version)
	made := filepath.Join(dir, name)
	for _, args := range [][]string{{"wixl", "-a", "x64", "-o", made, "wayout.wxs"}, onPath(made)} {
		cmd := r.command(args[0], args[1:]...)
		cmd.Dir = dir
		if err := do(cmd); err != nil {
			return err
		}
	}
	src, err := os.ReadFile(made)
	if err != nil {
		return err
	}
	if err := settle(src, guid("package "+r.version), r.date); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.out, name), src, 0o644)
}

// onPath returns the command that makes an MSI add its folder to the PATH, and remove it when it is
// uninstalled, which wixl can't express.
func onPath(msi string) []string {
	return []string{"msibuild", msi,
		"-q", "CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, " +
			"`Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)",
		"-q", "INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) " +
			"VALUES ('Path', '=-*PATH', '[~];[INSTALLDIR]', 'Program')",
		"-q", "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5200)",
		"-q", "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3300)"}
}

// guid returns a GUID that is the same for the same name on every machine.
func guid(name string) string {
	sum := sha256.Sum256([]byte("wayout msi " + name))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // Version 8, for custom UUIDs (RFC 9562).
	return strings.ToUpper(fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
}

// The parts of the summary of an MSI: a property set as [MS-OLEPS] describes it.
const (
	propertyUUID    = 9
	propertyCreated = 12
	propertySaved   = 13
	typeString      = 0x1e
	typeFileTime    = 0x40
)

// summaryID is the identifier at the beginning of the summary,
// {F29F85E0-4FF9-1068-AB91-08002B27B3D9}, in the order of its bytes.
const summaryID = "\xe0\x85\x9f\xf2\xf9\x4f\x68\x10\xab\x91\x08\x00\x2b\x27\xb3\xd9"

// settle replaces the values that wixl takes from chance or from the clock: the package code and
// the time of creation.
func settle(msi []byte, uuid string, date time.Time) error {
	broken := errors.New("the MSI has no summary where one is expected")
	at := bytes.Index(msi, []byte(summaryID))
	if at < 28 || at+20 > len(msi) {
		return broken
	}
	stream := msi[at-28:] // The header of a property set with one section.
	section := int(binary.LittleEndian.Uint32(stream[44:]))
	if section+8 > len(stream) {
		return broken
	}
	set := stream[section:]
	ticks := uint64(date.Unix()+11644473600) * 10_000_000 // Since 1601, in steps of 100 ns.
	done := 0
	for i := range int(binary.LittleEndian.Uint32(set[4:])) {
		if 16+8*i > len(set) {
			return broken
		}
		id, offset := binary.LittleEndian.Uint32(set[8+8*i:]), int(binary.LittleEndian.Uint32(set[12+8*i:]))
		if offset+48 > len(set) {
			return broken
		}
		value := set[offset:]
		switch kind := binary.LittleEndian.Uint32(value); {
		case id == propertyUUID && kind == typeString && value[8] == '{':
			copy(value[9:], uuid)
			done++
		case (id == propertyCreated || id == propertySaved) && kind == typeFileTime:
			binary.LittleEndian.PutUint64(value[4:], ticks)
			done++
		}
	}
	if done != 3 {
		return broken
	}
	return nil
}
