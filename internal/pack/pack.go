package pack

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"reflect"
	"slices"
)

// ErrDamaged is returned for bytes that this version can't have written.
var ErrDamaged = errors.New("what was packed is damaged, or of another version")

// shared is what a pointer or a slice points to.
type shared struct {
	typ reflect.Type
	at  uintptr
	len int
}

type writer struct {
	out []byte
	met map[shared]int
}

// Encode packs what v points to.
func Encode(v any) ([]byte, error) {
	val := reflect.ValueOf(v).Elem()
	w := writer{met: make(map[shared]int)}
	w.out = binary.LittleEndian.AppendUint64(nil, fingerprint(val.Type()))
	err := w.write(val)
	return w.out, err
}

func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *writer) write(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		w.number(uint64(v.Len()))
		w.out = append(w.out, v.String()...)
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
		for _, i := range fields(v.Type()) {
			if err := w.write(v.Field(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		return w.table(v)
	case reflect.Pointer:
		if w.again(v, 1) {
			return nil
		}
		return w.write(v.Elem())
	case reflect.Slice:
		if w.again(v, v.Len()) {
			return nil
		}
		for i := range v.Len() {
			if err := w.write(v.Index(i)); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("a %s can't be packed", v.Type())
	}
	return nil
}

func (w *writer) table(v reflect.Value) error {
	keys := make(map[string]reflect.Value)
	for _, k := range v.MapKeys() {
		keys[k.String()] = v.MapIndex(k)
	}
	w.number(uint64(len(keys)))
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		w.number(uint64(len(k)))
		w.out = append(w.out, k...)
		if err := w.write(keys[k]); err != nil {
			return err
		}
	}
	return nil
}

// again writes how many values follow, and reports whether none do: 0 for none at all, 1 for
// those that stand elsewhere, and then where.
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

type reader struct {
	in  []byte
	met []reflect.Value
}

// Decode reads into what v points to. The error is [ErrDamaged].
func Decode(src []byte, v any) (err error) {
	val := reflect.ValueOf(v).Elem()
	if len(src) < 8 || binary.LittleEndian.Uint64(src) != fingerprint(val.Type()) {
		return ErrDamaged
	}
	r := reader{in: src[8:]}
	if err = r.read(val); err == nil && len(r.in) > 0 {
		err = ErrDamaged
	}
	return err
}

func (r *reader) number() (uint64, error) {
	n, size := binary.Uvarint(r.in)
	if size <= 0 {
		return 0, ErrDamaged
	}
	r.in = r.in[size:]
	return n, nil
}

// count reads how many there are of something that takes a byte at least.
func (r *reader) count() (int, error) {
	n, err := r.number()
	if err == nil && n > uint64(len(r.in)) {
		err = ErrDamaged
	}
	return int(n), err
}

func (r *reader) words() (string, error) {
	n, err := r.count()
	if err != nil {
		return "", err
	}
	s := string(r.in[:n])
	r.in = r.in[n:]
	return s, nil
}

func (r *reader) read(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		s, err := r.words()
		v.SetString(s)
		return err
	case reflect.Bool:
		n, err := r.number()
		v.SetBool(n == 1)
		return err
	case reflect.Int:
		n, size := binary.Varint(r.in)
		if size <= 0 {
			return ErrDamaged
		}
		r.in = r.in[size:]
		v.SetInt(n)
	case reflect.Uint8:
		n, err := r.number()
		v.SetUint(n)
		return err
	case reflect.Struct:
		for _, i := range fields(v.Type()) {
			if err := r.read(v.Field(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		return r.table(v)
	case reflect.Pointer, reflect.Slice:
		return r.several(v)
	default:
		return ErrDamaged
	}
	return nil
}

func (r *reader) table(v reflect.Value) error {
	n, err := r.count()
	if err != nil || n == 0 {
		return err
	}
	v.Set(reflect.MakeMap(v.Type()))
	for range n {
		k, err := r.words()
		if err != nil {
			return err
		}
		e := reflect.New(v.Type().Elem()).Elem()
		if err := r.read(e); err != nil {
			return err
		}
		v.SetMapIndex(reflect.ValueOf(k).Convert(v.Type().Key()), e)
	}
	return nil
}

// several reads what a pointer or a slice points to.
func (r *reader) several(v reflect.Value) error {
	n, err := r.number()
	switch {
	case err != nil || n == 0:
		return err
	case n == 1:
		at, err := r.number()
		if err != nil || at >= uint64(len(r.met)) || r.met[at].Type() != v.Type() {
			return ErrDamaged
		}
		v.Set(r.met[at])
		return nil
	case n-1 > uint64(len(r.in)):
		return ErrDamaged
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		r.met = append(r.met, v)
		return r.read(v.Elem())
	}
	v.Set(reflect.MakeSlice(v.Type(), int(n-1), int(n-1)))
	r.met = append(r.met, v)
	for i := range v.Len() {
		if err := r.read(v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// fields returns which fields of a struct are packed.
func fields(t reflect.Type) []int {
	var all []int
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			all = append(all, i)
		}
	}
	return all
}

// fingerprint tells types apart by the names and the kinds of all that is in them.
func fingerprint(t reflect.Type) uint64 {
	h := fnv.New64a()
	met := make(map[reflect.Type]bool)
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		_, _ = h.Write([]byte(t.String() + " " + t.Kind().String() + "\n")) // It can't fail.
		if met[t] {
			return
		}
		met[t] = true
		switch t.Kind() {
		case reflect.Struct:
			for _, i := range fields(t) {
				_, _ = h.Write([]byte(t.Field(i).Name + " "))
				add(t.Field(i).Type)
			}
		case reflect.Map, reflect.Pointer, reflect.Slice:
			add(t.Elem())
		}
	}
	add(t)
	return h.Sum64()
}
