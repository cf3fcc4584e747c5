package hear

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSqueezedIsWhatItWas checks that unsqueeze returns what squeeze was given, weights or not.
func TestSqueezedIsWhatItWas(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("ab1-.\n\x00ÿ")), 0, 400, -1)
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.OneOf(letters, rapid.String()), 0, 6).Draw(t, "parts")
		got, err := unsqueeze(squeeze(parts))
		if err != nil || !slices.Equal(got, parts) {
			t.Fatalf("%q, %v", got, err)
		}
	})
}

// TestSqueezedIsSmall checks that squeezed weights take a fifth less than with gzip.
func TestSqueezedIsSmall(t *testing.T) {
	for _, dir := range langs(t) {
		text := read(t, dir, "weights.txt")
		gz, err := compressed(string(text))
		if err != nil {
			t.Fatal(err)
		}
		if packed := Pack(text); len(packed)*5 > len(gz)*4 {
			t.Errorf("%s: %d bytes, by gzip %d", dir, len(packed), len(gz))
		}
	}
}

func FuzzUnsqueeze(f *testing.F) {
	whole := squeeze([]string{"[words]\n", "!no\n\"t\n", "a1b-2\n\n"})
	f.Add(whole)
	f.Add(whole[:len(whole)-3])
	f.Add([]byte(squeezed))
	f.Add([]byte(squeezed + strings.Repeat("\xff", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := append([]byte(squeezed), bytes.TrimPrefix(data, []byte(squeezed))...)
		parts, err := unsqueeze(src)
		if err == nil && len(strings.Join(parts, "")) > maxModel {
			t.Fatal("more than there may be")
		}
		_, _ = DecodeModel(src)
	})
}
