package quick

import "io"

// Highlight writes the source without colours, in any language.
func Highlight(w io.Writer, source, _, _, _ string) error {
	_, err := io.WriteString(w, source)
	return err
}
