package plain

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	"wayout/internal/view"
)

// filled returns an item of a kind in which every text is a mark that can be found.
func filled(it view.Item) view.Item {
	v := reflect.New(reflect.TypeOf(it)).Elem()
	fill(v)
	return v.Interface().(view.Item)
}

func fill(v reflect.Value) {
	if !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("mark")
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	}
}

// TestEveryKindIsSaid holds that every kind of item a learner can be shown is said, but
// for those that are left out on purpose.
func TestEveryKindIsSaid(t *testing.T) {
	for _, it := range view.Kinds() {
		switch it.(type) {
		case view.Title, view.Typing, view.Chosen, view.Answered, view.Practised, view.Onward, view.End:
			continue
		}
		if view.ForAdults(it) {
			continue
		}
		var out bytes.Buffer
		f, err := newFace(strings.NewReader(""), &out, io.Discard, Options{Course: coursetest.Course(t), Help: coursetest.Help(t)})
		if err != nil {
			t.Fatal(err)
		}
		f.render(filled(it))
		if err := f.flush(); err != nil || !strings.Contains(out.String(), "mark") {
			t.Errorf("%T is not said: %q %v", it, out.String(), err)
		}
	}
}
