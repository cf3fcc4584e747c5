package progress

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"strings"
)

// unknown are the fields of an object that this version does not know. A later
// version of the same schema may have written them, and they are kept.
type unknown map[string]json.RawMessage

// with returns the fields of both; where both have one, the order of the bytes
// decides, so that it is the same whichever comes first.
func (u unknown) with(v unknown) unknown {
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

// decode reads an object into known, a pointer to a struct, and returns the
// fields that it has no place for.
func decode(data []byte, known any) (unknown, error) {
	if err := json.Unmarshal(data, known); err != nil {
		return nil, err
	}
	var all unknown
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	for name := range all {
		if knows(reflect.TypeOf(known).Elem(), name) {
			delete(all, name)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

// knows reports whether a struct has a field of this name; the library reads
// names in any case.
func knows(t reflect.Type, name string) bool {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if strings.EqualFold(tag, name) && tag != "" || f.Anonymous && knows(f.Type, name) {
			return true
		}
	}
	return false
}

// encode writes an object with the fields that were kept.
func encode(known any, more unknown) ([]byte, error) {
	data, err := json.Marshal(known)
	if err != nil || len(more) == 0 {
		return data, err
	}
	var all unknown
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	maps.Copy(all, more)
	return json.Marshal(all)
}

// The types below are read and written with what they don't know.

type (
	bareRecord   Record
	bareLesson   Lesson
	barePlace    Place
	bareAnswer   Answer
	barePractice Practice
	bareForm     Form
	barePlan     Plan
	bareStep     Step
	bareRound    Round
)

// MarshalJSON implements [json.Marshaler].
func (r Record) MarshalJSON() ([]byte, error) { return encode(bareRecord(r), r.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (r *Record) UnmarshalJSON(data []byte) (err error) {
	r.more, err = decode(data, (*bareRecord)(r))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (l Lesson) MarshalJSON() ([]byte, error) { return encode(bareLesson(l), l.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (l *Lesson) UnmarshalJSON(data []byte) (err error) {
	l.more, err = decode(data, (*bareLesson)(l))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (p Place) MarshalJSON() ([]byte, error) { return encode(barePlace(p), p.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (p *Place) UnmarshalJSON(data []byte) (err error) {
	p.more, err = decode(data, (*barePlace)(p))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (a Answer) MarshalJSON() ([]byte, error) { return encode(bareAnswer(a), a.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (a *Answer) UnmarshalJSON(data []byte) (err error) {
	a.more, err = decode(data, (*bareAnswer)(a))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (p Practice) MarshalJSON() ([]byte, error) { return encode(barePractice(p), p.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (p *Practice) UnmarshalJSON(data []byte) (err error) {
	p.more, err = decode(data, (*barePractice)(p))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (f Form) MarshalJSON() ([]byte, error) { return encode(bareForm(f), f.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (f *Form) UnmarshalJSON(data []byte) (err error) {
	f.more, err = decode(data, (*bareForm)(f))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (p Plan) MarshalJSON() ([]byte, error) { return encode(barePlan(p), p.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (p *Plan) UnmarshalJSON(data []byte) (err error) {
	p.more, err = decode(data, (*barePlan)(p))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (s Step) MarshalJSON() ([]byte, error) { return encode(bareStep(s), s.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (s *Step) UnmarshalJSON(data []byte) (err error) {
	s.more, err = decode(data, (*bareStep)(s))
	return err
}

// MarshalJSON implements [json.Marshaler].
func (r Round) MarshalJSON() ([]byte, error) { return encode(bareRound(r), r.more) }

// UnmarshalJSON implements [json.Unmarshaler].
func (r *Round) UnmarshalJSON(data []byte) (err error) {
	r.more, err = decode(data, (*bareRound)(r))
	return err
}
