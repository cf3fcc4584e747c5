//go:build !js

package progress

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Unknown are the fields of an object that this version does not know. A later
// version of the same schema may have written them, and they are kept.
type Unknown map[string]jsontext.Value

// options read and write as encoding/json does, which all files of schema 1 were
// written with. What a struct has no field for goes into the one tagged "unknown".
func options() json.Options { return jsonv1.DefaultOptionsV1() }

func marshal(v any) ([]byte, error) { return json.Marshal(v, options()) }

// document returns a record as it stands in a file.
func document(r Record) ([]byte, error) {
	return json.Marshal(r, options(), jsontext.WithIndent(" "))
}

func unmarshal(src []byte, v any) error { return json.Unmarshal(src, v, options()) }

// MarshalJSON implements the interface of encoding/json, which knows no such tag.
func (r Record) MarshalJSON() ([]byte, error) {
	type bare Record
	return marshal(bare(r))
}
