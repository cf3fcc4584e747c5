package progress

// Unknown are the fields of an object that this version doesn't know, as JSON.
type Unknown map[string][]byte

func marshal(v any) ([]byte, error)     { return encodeJSON(v) }
func unmarshal(src []byte, v any) error { return decodeJSON(src, v) }
func document(r Record) ([]byte, error) { return encodeJSON(r) }
