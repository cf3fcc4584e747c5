package check

import "wayout/internal/lesson"

// once caches a value for each paragraph, by the address of its first span, because a lesson
// tells the same paragraph in many states.
type once[T any] map[*lesson.Span]T

// of returns the value of a paragraph. It calls find the first time. For a paragraph without
// spans it returns the zero value.
func (o *once[T]) of(spans []lesson.Span, find func(words string) T) (is T) {
	if len(spans) == 0 {
		return is
	}
	is, ok := (*o)[&spans[0]]
	if !ok {
		if *o == nil {
			*o = make(once[T])
		}
		is = find(lesson.Para{Spans: spans}.String())
		(*o)[&spans[0]] = is
	}
	return is
}
