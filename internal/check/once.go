package check

import "wayout/internal/lesson"

// once is what was found out about paragraphs, by their first words: a lesson tells the same
// paragraph in many states.
type once[T any] map[*lesson.Span]T

// of returns what is so of a paragraph, which find says the first time. Of one without words
// nothing is.
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
