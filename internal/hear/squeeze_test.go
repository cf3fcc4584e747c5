package hear

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSqueezedIsWhatItWas squeezes anything, weights or not.
func TestSqueezedIsWhatItWas(t *testing.T) {
	name := rapid.StringOfN(rapid.RuneFrom([]rune("ab: ^$ÿ\x00")), 0, 250, 250)
	rapid.Check(t, func(t *rapid.T) {
		f := &columns{rest: rapid.String().Draw(t, "rest"), names: rapid.SliceOfN(name, 0, 9).Draw(t, "names")}
		slices.Sort(f.names)
		f.names = slices.Compact(f.names)
		for i, heads := range headsIn(f.rest + "\n[refuse]\na x 1\nb x 1\n") {
			if i == 0 {
				f.rest += "\n[refuse]\na x 1\nb x 1\n"
			}
			rows := make([][]int32, len(f.names))
			for j := range rows {
				if rapid.Bool().Draw(t, "known") {
					rows[j] = rapid.SliceOfN(rapid.Int32Range(-9999, 9999), heads, heads).Draw(t, "row")
				}
			}
			f.sections = append(f.sections, column{heads, rows})
		}
		got, err := unsqueeze(squeeze(f))
		if err != nil || got.rest != f.rest || !slices.Equal(got.names, f.names) {
			t.Fatalf("%q %q, %v", got.rest, got.names, err)
		}
		for i, s := range f.sections {
			for j, row := range s.rows {
				if !slices.Equal(got.sections[i].rows[j], row) {
					t.Fatalf("section %d, %q: %v, want %v", i, f.names[j], got.sections[i].rows[j], row)
				}
			}
		}
	})
}

// TestSqueezedIsSmall holds it to what it's for: two fifths less than gzip takes.
func TestSqueezedIsSmall(t *testing.T) {
	for _, dir := range langs(t) {
		text := read(t, dir, "weights.txt")
		gz, err := compressed(string(text))
		if err != nil {
			t.Fatal(err)
		}
		if packed := Pack(text); len(packed)*5 > len(gz)*3 {
			t.Errorf("%s: %d bytes, by gzip %d", dir, len(packed), len(gz))
		}
	}
}

func FuzzUnsqueeze(f *testing.F) {
	whole := Pack([]byte("[words]\n[refuse]\na x 1 1 1\nb y 1 1 1\na1b-2 w:no\na30 w:no way\n t\n"))
	f.Add(whole)
	f.Add(whole[:len(whole)-3])
	f.Add([]byte(squeezed))
	f.Add([]byte(squeezed + strings.Repeat("\xff", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := append([]byte(squeezed), bytes.TrimPrefix(data, []byte(squeezed))...)
		if got, err := unsqueeze(src); err == nil && len(got.rest)+len(strings.Join(got.names, "")) > 2*maxModel {
			t.Fatal("more than there may be")
		}
		_, _ = DecodeModel(src)
	})
}
