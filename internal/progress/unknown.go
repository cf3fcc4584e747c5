//go:build !js

package progress

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Unknown are the fields of an object that this version doesn't know. They are kept,
// because a later version of the same schema may have written them.
type Unknown map[string]jsontext.Value

// options are those of encoding/json version 1, with which all files of schema 1 were
// written. Members without a field go into the field tagged "unknown".
func options() json.Options { return jsonv1.DefaultOptionsV1() }

func marshal(v any) ([]byte, error) { return json.Marshal(v, options()) }

// document returns a record as the JSON of a file.
func document(r Record) ([]byte, error) {
	return json.Marshal(r, options(), jsontext.WithIndent(" "))
}

func unmarshal(src []byte, v any) error { return json.Unmarshal(src, v, options()) }

// MarshalJSON implements [encoding/json.Marshaler]: version 1 doesn't know the tag "unknown".
func (r Record) MarshalJSON() ([]byte, error) {
	type bare Record
	return marshal(bare(r))
}
