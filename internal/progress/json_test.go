package progress

import (
	"bytes"
	"os"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"

	"wayout/internal/play"
)

// TestJSONByHand checks that the browser's JSON code and the library read what the other has
// written, and keep unknown fields.
func TestJSONByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rec := randomRecord(t)
		rec.More = Unknown{rapid.String().Draw(t, "name") + "?": jsontext.Value(
			`{"a":[1,-2.5e3,"é\u00e9\ud83d\ude00",null,true,{}]}`)}
		rec.Plan = &Plan{N: 1, Plan: play.Plan{When: rapid.String().Draw(t, "when"), First: "<a & b>"}}
		want, err := marshal(rec)
		if err != nil {
			t.Fatal(err)
		}
		written, err := encodeJSON(rec)
		if err != nil {
			t.Fatal(err)
		}
		for what, read := range map[string]func(*Record) error{
			"the library": func(r *Record) error { return unmarshal(written, r) },
			"by hand":     func(r *Record) error { return decodeJSON(want, r) },
		} {
			var got Record
			if err := read(&got); err != nil {
				t.Fatalf("%s: %v\n%s\n%s", what, err, written, want)
			}
			if again, err := marshal(got); err != nil || !bytes.Equal(again, want) {
				t.Fatalf("%s: %v\n%s\nwant\n%s", what, err, again, want)
			}
		}
	})
}

func FuzzJSONByHand(f *testing.F) {
	src, err := os.ReadFile("testdata/schema-1")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src[bytes.IndexByte(src, '{') : bytes.LastIndexByte(src, '}')+1])
	f.Add([]byte(`{"lessons":{"a":{"place":{"n":1,"moves":[{"at":"x","turn":"go"}]}}},"x":[[[]]]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		var r Record
		if decodeJSON(src, &r) != nil {
			return
		}
		out, err := encodeJSON(r)
		if err != nil {
			t.Fatal(err)
		}
		var again Record
		if err := decodeJSON(out, &again); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	})
}
