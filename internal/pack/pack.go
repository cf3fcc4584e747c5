package pack

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
)

// ErrDamaged is returned for bytes that Encode of this version can't have written.
var ErrDamaged = errors.New("what was packed is damaged, or of another version")

// shared identifies the memory that a pointer or a slice points to.
type shared struct {
	typ reflect.Type
	at  uintptr
	len int
}

type writer struct {
	out []byte
	met map[shared]int
	err error // The error of the first value that can't be packed.
}

// Encode encodes the value that v points to. The error names a type that can't be encoded.
func Encode(v any) ([]byte, error) {
	val := reflect.ValueOf(v).Elem()
	w := writer{met: make(map[shared]int)}
	w.out = binary.LittleEndian.AppendUint64(nil, fingerprint(val.Type()))
	w.write(val)
	return w.out, w.err
}

func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *writer) words(s string) {
	w.number(uint64(len(s)))
	w.out = append(w.out, s...)
}

func (w *writer) write(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		w.words(v.String())
	case reflect.Bool:
		b := uint64(0)
		if v.Bool() {
			b = 1
		}
		w.number(b)
	case reflect.Int:
		w.out = binary.AppendVarint(w.out, v.Int())
	case reflect.Uint8:
		w.number(v.Uint())
	case reflect.Struct:
		for f, val := range v.Fields() {
			if f.IsExported() {
				w.write(val)
			}
		}
	case reflect.Map:
		w.table(v)
	case reflect.Pointer:
		if !w.again(v, 1) {
			w.write(v.Elem())
		}
	case reflect.Slice:
		if !w.again(v, v.Len()) {
			for i := range v.Len() {
				w.write(v.Index(i))
			}
		}
	default:
		w.err = cmp.Or(w.err, fmt.Errorf("a %s can't be packed", v.Type()))
	}
}

func (w *writer) table(v reflect.Value) {
	keys := make(map[string]reflect.Value)
	for _, k := range v.MapKeys() {
		keys[k.String()] = v.MapIndex(k)
	}
	w.number(uint64(len(keys)))
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		w.words(k)
		w.write(keys[k])
	}
}

// again writes how many values follow, and reports whether none do. It writes 0 for no values, and
// 1 for values that were written already, followed by where.
func (w *writer) again(v reflect.Value, n int) bool {
	if v.IsNil() || n == 0 {
		w.number(0)
		return true
	}
	key := shared{v.Type(), v.Pointer(), n}
	if at, ok := w.met[key]; ok {
		w.number(1)
		w.number(uint64(at))
		return true
	}
	w.met[key] = len(w.met)
	w.number(uint64(n) + 1)
	return false
}

// reader reads values. After an error it reads only zeros, so that it soon ends.
type reader struct {
	in      []byte
	met     []reflect.Value
	damaged bool
}

// Decode decodes into the variable that v points to. The error is [ErrDamaged].
func Decode(src []byte, v any) error {
	val := reflect.ValueOf(v).Elem()
	if len(src) < 8 || binary.LittleEndian.Uint64(src) != fingerprint(val.Type()) {
		return ErrDamaged
	}
	r := reader{in: src[8:]}
	if r.read(val); r.damaged || len(r.in) > 0 {
		return ErrDamaged
	}
	return nil
}

// holds returns its argument, and marks the input as damaged if it is false.
func (r *reader) holds(is bool) bool {
	if !is {
		r.in, r.damaged = nil, true
	}
	return is
}

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.in)
	if !r.holds(size > 0) {
		return 0
	}
	r.in = r.in[size:]
	return n
}

// count reads the number of items, each of which takes at least one byte.
func (r *reader) count() int {
	n := r.number()
	if !r.holds(n <= uint64(len(r.in))) {
		return 0
	}
	return int(n)
}

func (r *reader) words() string {
	n := r.count()
	s := string(r.in[:n])
	r.in = r.in[n:]
	return s
}

func (r *reader) read(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.words())
	case reflect.Bool:
		v.SetBool(r.number() == 1)
	case reflect.Int:
		n, size := binary.Varint(r.in)
		if r.holds(size > 0) {
			r.in = r.in[size:]
			v.SetInt(n)
		}
	case reflect.Uint8:
		v.SetUint(r.number())
	case reflect.Struct:
		for f, val := range v.Fields() {
			if f.IsExported() {
				r.read(val)
			}
		}
	case reflect.Map:
		r.table(v)
	case reflect.Pointer, reflect.Slice:
		r.several(v)
	default:
		r.holds(false)
	}
}

func (r *reader) table(v reflect.Value) {
	n := r.count()
	if n == 0 {
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for range n {
		k, e := r.words(), reflect.New(v.Type().Elem()).Elem()
		r.read(e)
		v.SetMapIndex(reflect.ValueOf(k).Convert(v.Type().Key()), e)
	}
}

// several reads the values that a pointer or a slice points to.
func (r *reader) several(v reflect.Value) {
	switch n := r.number(); {
	case n == 0:
	case n == 1:
		if at := r.number(); r.holds(at < uint64(len(r.met)) && r.met[at].Type() == v.Type()) {
			v.Set(r.met[at])
		}
	case !r.holds(n-1 <= uint64(len(r.in))):
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.met = append(r.met, v)
		r.read(v.Elem())
	default:
		v.Set(reflect.MakeSlice(v.Type(), int(n-1), int(n-1)))
		r.met = append(r.met, v)
		for i := range v.Len() {
			r.read(v.Index(i))
		}
	}
}

// fingerprint returns a hash of the names and kinds of all types and fields in a type.
func fingerprint(t reflect.Type) uint64 {
	h := fnv.New64a()
	met := make(map[reflect.Type]bool)
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		_, _ = h.Write([]byte(t.String() + " " + t.Kind().String() + "\n")) // A hash never returns an error.
		if met[t] {
			return
		}
		met[t] = true
		switch t.Kind() {
		case reflect.Struct:
			for f := range t.Fields() {
				if f.IsExported() {
					_, _ = h.Write([]byte(f.Name + " "))
					add(f.Type)
				}
			}
		case reflect.Map, reflect.Pointer, reflect.Slice:
			add(t.Elem())
		}
	}
	add(t)
	return h.Sum64()
}
