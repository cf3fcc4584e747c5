package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestKeyAsEditorsWriteIt checks that a key is the same whichever editor or shell has written its
// file. Notepad begins with a byte-order mark, and Windows PowerShell redirects in UTF-16.
func TestKeyAsEditorsWriteIt(t *testing.T) {
	const key = "0123456789abcdef0123456789abcdef"
	wide := func(order binary.AppendByteOrder, s string) string {
		var src []byte
		for _, u := range utf16.Encode([]rune(s)) {
			src = order.AppendUint16(src, u)
		}
		return string(src)
	}
	for name, src := range map[string]string{
		"no end": key, "LF": key + "\n", "CRLF": key + "\r\n", "CR": key + "\r",
		"Notepad":          "\ufeff" + key + "\r\n",
		"DOS":              key + "\r\n\x1a",
		"UTF-16":           wide(binary.LittleEndian, "\ufeff"+key+"\r\n"),
		"UTF-16, reversed": wide(binary.BigEndian, "\ufeff"+key+"\r\n"),
	} {
		path := filepath.Join(t.TempDir(), "staff.key")
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := secret(path); err != nil || strings.TrimSpace(string(got)) != key {
			t.Errorf("%s: %q is read as %q (%v)", name, src, got, err)
		}
	}
}
