package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// text is a licence or a notice.
type text struct {
	name string   // The name of the file that it is stored in.
	ids  []string // The SPDX names of its licences; none for a notice.
	src  []byte
}

// isNotice reports whether a file with this name is a licence, or a notice that a licence requires
// to be passed on.
func isNotice(name string) bool {
	name = strings.ToLower(name)
	base := strings.TrimSuffix(name, filepath.Ext(name))
	if slices.Contains([]string{".go", ".lre"}, filepath.Ext(name)) {
		return false
	}
	return slices.ContainsFunc([]string{"license", "licence", "copying", "unlicense", "notice", "patents"},
		func(known string) bool { return base == known || strings.HasPrefix(base, known+"-") })
}

// leastCovered is how much of a text, in percent, must be recognised as a known licence.
const leastCovered = 75

// told recognises a text as a notice or as licences. The text gets Unix line ends.
func told(name string, src []byte) (text, error) {
	src = append(bytes.TrimSpace(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))), '\n')
	sum := sha256.Sum256(src)
	end := "-" + hex.EncodeToString(sum[:4]) + ".txt"
	kind := strings.ToLower(name)
	if strings.HasPrefix(kind, "notice") || strings.HasPrefix(kind, "patents") {
		kind, _, _ = strings.Cut(kind, ".")
		return text{name: kind + end, src: src}, nil
	}
	cover := licensecheck.Scan(src)
	var ids []string
	for _, m := range cover.Match {
		if !m.IsURL && !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	if len(ids) == 0 || cover.Percent < leastCovered {
		return text{}, errors.New("this licence isn't known: read it, and teach it to this command")
	}
	return text{name: strings.Join(ids, "-") + end, ids: ids, src: src}, nil
}
