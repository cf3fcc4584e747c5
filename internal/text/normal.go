//go:build !js

package text

import "golang.org/x/text/unicode/norm"

// The normal forms of Unicode. A browser has its own (see normal_js.go), which keeps these tables
// out of what it loads.

func isComposed(s string) bool { return norm.NFC.IsNormalString(s) }

func composed(s string) string { return norm.NFC.String(s) }

func decomposed(s string) string { return norm.NFD.String(s) }

// plainer returns s decomposed, with look-alikes such as "ﬁ" as the letters they're made of.
func plainer(s string) string { return norm.NFKD.String(s) }

// letter returns how many bytes the first letter of a line has, with its marks.
func letter(line []byte) int { return norm.NFC.NextBoundary(line, true) }
