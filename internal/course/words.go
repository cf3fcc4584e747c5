package course

// Words is the words of the interface, from ui.toml.
type Words struct{ in localizer }

// localizer finds the words of an id and fills them in.
type localizer interface {
	localize(id string, data map[string]any, count any) (string, error)
}

// T returns the words of an id, such as "player.more". Pairs are names and values
// for its template; a pair named "Count" also chooses the plural. An id without words
// is returned in ‹brackets›, so that the gap shows and nothing stops.
func (w *Words) T(id string, pairs ...any) string {
	var data map[string]any
	var count any
	if len(pairs) > 0 {
		data = make(map[string]any, len(pairs)/2)
		for i := 0; i+1 < len(pairs); i += 2 {
			name, _ := pairs[i].(string)
			data[name] = pairs[i+1]
			if name == "Count" {
				count = pairs[i+1]
			}
		}
	}
	s, err := w.in.localize(id, data, count)
	if err != nil {
		return "‹" + id + "›"
	}
	return s
}
