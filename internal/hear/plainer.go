//go:build !js

package hear

import "golang.org/x/text/unicode/norm"

// plainer decomposes letters, so that accents are separate characters. In a browser the browser
// does it (plainer_js.go), so that the tables needn't be loaded.
func plainer(s string) string { return norm.NFKD.String(s) }
