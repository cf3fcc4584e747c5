//go:build !js

package progress

import (
	"cmp"
	"encoding"
	"reflect"
	"slices"
	"strings"
)

// FileNames returns the names of all files that may be in the folder.
func FileNames() []string {
	return []string{current, previous, setAside + "N", lockName, strayPrefix + "*"}
}

// Fields returns the names of all fields of a record, as in the file, such as "lessons.done". The
// ids of lessons are left out.
func Fields() []string {
	var all []string
	fields(reflect.TypeFor[Record](), "", &all)
	slices.Sort(all)
	return slices.Compact(all)
}

// fields adds the names of the fields of a type, which is at name.
func fields(t reflect.Type, name string, all *[]string) {
	text := reflect.TypeFor[encoding.TextMarshaler]()
	for !t.Implements(text) && !reflect.PointerTo(t).Implements(text) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			t = t.Elem()
			continue
		case reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
				switch {
				case options == "unknown", tag == "-", !f.IsExported() && !f.Anonymous:
				case f.Anonymous && tag == "":
					fields(f.Type, name, all)
				default:
					fields(f.Type, strings.TrimPrefix(name+"."+cmp.Or(tag, f.Name), "."), all)
				}
			}
			return
		}
		break
	}
	*all = append(*all, name)
}
