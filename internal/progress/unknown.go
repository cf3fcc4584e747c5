package progress

import (
	"bytes"
	"maps"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Unknown are the fields of an object that this version does not know. A later
// version of the same schema may have written them, and they are kept.
type Unknown map[string]jsontext.Value

// with returns the fields of both; where both have one, the order of the bytes
// decides, so that it is the same whichever comes first.
func (u Unknown) with(v Unknown) Unknown {
	if len(v) == 0 {
		return u
	}
	out := maps.Clone(v)
	for k, x := range u {
		if y, ok := out[k]; !ok || bytes.Compare(x, y) > 0 {
			out[k] = x
		}
	}
	return out
}

// options read and write as encoding/json does, which all files of schema 1 were
// written with. What a struct has no field for goes into the one tagged "unknown".
func options() json.Options { return jsonv1.DefaultOptionsV1() }

func marshal(v any) ([]byte, error)     { return json.Marshal(v, options()) }
func unmarshal(src []byte, v any) error { return json.Unmarshal(src, v, options()) }

// MarshalJSON implements the interface of encoding/json, which knows no such tag.
func (r Record) MarshalJSON() ([]byte, error) {
	type bare Record
	return marshal(bare(r))
}
