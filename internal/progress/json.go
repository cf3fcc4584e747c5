package progress

import (
	"encoding"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// In a browser the record is read and written as JSON by the code below: the library would be half
// of what a device loads. A test holds that each reads what the other has written.

// field is a field of a struct with its name in a file.
type field struct {
	at             int
	name           string
	empty, unknown bool // Left out when empty; holds the fields that this version doesn't know.
	within         bool // An embedded struct, whose fields stand in its place.
}

func fieldsOf(t reflect.Type) []field {
	var all []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, how, _ := strings.Cut(f.Tag.Get("json"), ",")
		all = append(all, field{at: i, name: name, empty: how == "omitempty", unknown: how == "unknown",
			within: f.Anonymous})
	}
	return all
}

// encodeJSON writes a value of this package.
func encodeJSON(v any) ([]byte, error) {
	var w strings.Builder
	err := writeJSON(&w, reflect.ValueOf(v))
	return []byte(w.String()), err
}

func writeJSON(w *strings.Builder, v reflect.Value) error {
	if v.Kind() != reflect.Pointer {
		if m, ok := v.Interface().(encoding.TextMarshaler); ok {
			text, err := m.MarshalText()
			quote(w, string(text))
			return err
		}
	}
	switch v.Kind() {
	case reflect.String:
		quote(w, v.String())
	case reflect.Bool:
		w.WriteString(strconv.FormatBool(v.Bool()))
	case reflect.Int:
		w.WriteString(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint8:
		w.WriteString(strconv.FormatUint(v.Uint(), 10))
	case reflect.Pointer:
		if v.IsNil() {
			w.WriteString("null")
			return nil
		}
		return writeJSON(w, v.Elem())
	case reflect.Slice:
		w.WriteByte('[')
		for i := range v.Len() {
			comma(w, '[')
			if err := writeJSON(w, v.Index(i)); err != nil {
				return err
			}
		}
		w.WriteByte(']')
	case reflect.Map:
		w.WriteByte('{')
		err := writeTable(w, v)
		w.WriteByte('}')
		return err
	case reflect.Struct:
		w.WriteByte('{')
		err := writeFields(w, v)
		w.WriteByte('}')
		return err
	default:
		return fmt.Errorf("a %s can't be written", v.Type())
	}
	return nil
}

// comma writes a comma before a value, unless it is the first after the open bracket.
func comma(w *strings.Builder, open byte) {
	if s := w.String(); s[len(s)-1] != open {
		w.WriteByte(',')
	}
}

func writeTable(w *strings.Builder, v reflect.Value) error {
	keys := make(map[string]reflect.Value)
	for _, k := range v.MapKeys() {
		keys[k.String()] = v.MapIndex(k)
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		comma(w, '{')
		quote(w, k)
		w.WriteByte(':')
		if raw := keys[k]; raw.Kind() == reflect.Slice && raw.Type().Elem().Kind() == reflect.Uint8 {
			w.Write(raw.Bytes())
		} else if err := writeJSON(w, raw); err != nil {
			return err
		}
	}
	return nil
}

func writeFields(w *strings.Builder, v reflect.Value) error {
	for _, f := range fieldsOf(v.Type()) {
		of := v.Field(f.at)
		var err error
		switch {
		case f.within:
			err = writeFields(w, of)
		case f.unknown:
			err = writeTable(w, of)
		case f.empty && (of.IsZero() || (of.Kind() == reflect.Slice || of.Kind() == reflect.Map) && of.Len() == 0):
		default:
			comma(w, '{')
			quote(w, f.name)
			w.WriteByte(':')
			err = writeJSON(w, of)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func quote(w *strings.Builder, s string) {
	w.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.WriteByte('\\')
			w.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(w, "\\u%04x", r)
		default:
			w.WriteRune(r)
		}
	}
	w.WriteByte('"')
}

var errJSON = errors.New("it can't be read as JSON")

// mostDeep is how deep values may be nested.
const mostDeep = 50

// jsonReader reads JSON into values of this package.
type jsonReader struct {
	in   string
	deep int
}

// decodeJSON reads a value into the variable that v points to.
func decodeJSON(src []byte, v any) error {
	r := jsonReader{in: string(src)}
	if !utf8.ValidString(r.in) {
		return errJSON
	}
	if err := r.read(reflect.ValueOf(v).Elem()); err != nil {
		return err
	}
	if r.space(); r.in != "" {
		return errJSON
	}
	return nil
}

func (r *jsonReader) space() { r.in = strings.TrimLeft(r.in, " \t\r\n") }

// take reads a token if it comes next, and reports whether it did.
func (r *jsonReader) take(sign string) bool {
	r.space()
	rest, ok := strings.CutPrefix(r.in, sign)
	if ok {
		r.in = rest
	}
	return ok
}

func (r *jsonReader) read(v reflect.Value) error {
	if r.take("null") {
		return nil
	}
	if v.CanAddr() && v.Kind() != reflect.Pointer {
		if m, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
			s, err := r.text()
			if err != nil {
				return err
			}
			return m.UnmarshalText([]byte(s))
		}
	}
	switch v.Kind() {
	case reflect.String:
		s, err := r.text()
		v.SetString(s)
		return err
	case reflect.Bool:
		yes := r.take("true")
		v.SetBool(yes)
		if !yes && !r.take("false") {
			return errJSON
		}
	case reflect.Int:
		n, err := strconv.ParseInt(r.word(), 10, 64)
		v.SetInt(n)
		return err
	case reflect.Uint8:
		n, err := strconv.ParseUint(r.word(), 10, 8)
		v.SetUint(n)
		return err
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return r.read(v.Elem())
	case reflect.Slice:
		return r.list("[", "]", func() error {
			e := reflect.New(v.Type().Elem()).Elem()
			err := r.read(e)
			v.Set(reflect.Append(v, e))
			return err
		})
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		return r.members(func(name string) error {
			e := reflect.New(v.Type().Elem()).Elem()
			err := r.read(e)
			v.SetMapIndex(reflect.ValueOf(name), e)
			return err
		})
	case reflect.Struct:
		return r.members(func(name string) error { return r.member(v, name) })
	default:
		return errJSON
	}
	return nil
}

// word reads a number.
func (r *jsonReader) word() string {
	r.space()
	n := len(r.in) - len(strings.TrimLeft(r.in, "-+.eE0123456789"))
	word := r.in[:n]
	r.in = r.in[n:]
	return word
}

// list reads values between two brackets, separated by commas.
func (r *jsonReader) list(open, end string, one func() error) error {
	if r.deep++; r.deep > mostDeep || !r.take(open) {
		return errJSON
	}
	defer func() { r.deep-- }()
	if r.take(end) {
		return nil
	}
	for {
		if err := one(); err != nil {
			return err
		}
		if r.take(end) {
			return nil
		}
		if !r.take(",") {
			return errJSON
		}
	}
}

func (r *jsonReader) members(one func(name string) error) error {
	return r.list("{", "}", func() error {
		name, err := r.text()
		if err != nil {
			return err
		}
		if !r.take(":") {
			return errJSON
		}
		return one(name)
	})
}

// member reads a member of an object into the field with its name.
func (r *jsonReader) member(v reflect.Value, name string) error {
	if f := fieldNamed(v, name); f.IsValid() {
		return r.read(f)
	}
	r.space()
	before := r.in
	if err := r.skip(); err != nil {
		return err
	}
	raw := before[:len(before)-len(r.in)]
	for _, f := range fieldsOf(v.Type()) {
		if f.unknown {
			of := v.Field(f.at)
			if of.IsNil() {
				of.Set(reflect.MakeMap(of.Type()))
			}
			of.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf([]byte(raw)).Convert(of.Type().Elem()))
		}
	}
	return nil
}

// fieldNamed returns the field with a name, also one of an embedded struct.
func fieldNamed(v reflect.Value, name string) reflect.Value {
	for _, f := range fieldsOf(v.Type()) {
		if f.within {
			if in := fieldNamed(v.Field(f.at), name); in.IsValid() {
				return in
			}
		} else if f.name == name && !f.unknown {
			return v.Field(f.at)
		}
	}
	return reflect.Value{}
}

// skip skips a value.
func (r *jsonReader) skip() error {
	r.space()
	switch {
	case strings.HasPrefix(r.in, "{"):
		return r.members(func(string) error { return r.skip() })
	case strings.HasPrefix(r.in, "["):
		return r.list("[", "]", r.skip)
	case strings.HasPrefix(r.in, `"`):
		_, err := r.text()
		return err
	case r.take("true"), r.take("false"), r.take("null"):
		return nil
	}
	_, err := strconv.ParseFloat(r.word(), 64)
	return err
}

// text reads a string in quotes.
func (r *jsonReader) text() (string, error) {
	if !r.take(`"`) {
		return "", errJSON
	}
	var b strings.Builder
	for {
		i := strings.IndexAny(r.in, `"\`)
		if i < 0 || i+1 >= len(r.in) && r.in[i] == '\\' {
			return "", errJSON
		}
		b.WriteString(r.in[:i])
		sign := r.in[i]
		r.in = r.in[i+1:]
		if sign == '"' {
			return b.String(), nil
		}
		if err := r.escaped(&b); err != nil {
			return "", err
		}
	}
}

// escaped reads what follows a backslash.
func (r *jsonReader) escaped(b *strings.Builder) error {
	sign := r.in[0]
	r.in = r.in[1:]
	if i := strings.IndexByte(`"\/bfnrt`, sign); i >= 0 {
		b.WriteByte("\"\\/\b\f\n\r\t"[i])
		return nil
	}
	if sign != 'u' {
		return errJSON
	}
	one, err := r.unit()
	if err == nil && utf16.IsSurrogate(one) && strings.HasPrefix(r.in, `\u`) {
		r.in = r.in[2:]
		var two rune
		two, err = r.unit()
		one = utf16.DecodeRune(one, two)
	}
	b.WriteRune(one)
	return err
}

func (r *jsonReader) unit() (rune, error) {
	if len(r.in) < 4 {
		return 0, errJSON
	}
	n, err := strconv.ParseUint(r.in[:4], 16, 16)
	r.in = r.in[4:]
	return rune(n), err
}
