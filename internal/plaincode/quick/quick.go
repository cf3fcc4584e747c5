package quick

import "io"

// Highlight writes the source, in whatever language, without colours.
func Highlight(w io.Writer, source, _, _, _ string) error {
	_, err := io.WriteString(w, source)
	return err
}
