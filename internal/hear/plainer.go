//go:build !js

package hear

import "golang.org/x/text/unicode/norm"

// plainer returns s without composed letters, in which accents stand apart. A browser brings
// the tables for it along itself, and they stay out of what it loads.
func plainer(s string) string { return norm.NFKD.String(s) }
