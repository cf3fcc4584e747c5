package lesson

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a lesson file. The zero Pos is "no place in particular".
type Pos struct {
	Line int // From 1.
	Col  int // From 1, in characters.
}

// Diagnostic is one thing that is wrong with a lesson, where, and how to fix
// it. All diagnostics of a file are reported at once.
type Diagnostic struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
	// Rule names the rule, such as "link"; see [Parse] and internal/check.
	Rule    string   `json:"rule"`
	Message string   `json:"message"`        // What is wrong.
	Fix     string   `json:"fix,omitempty"`  // What to type instead.
	Path    []string `json:"path,omitempty"` // The shortest path of scene ids that shows it.
}

// String returns "file:line:col: rule: message", then the path, then the fix,
// each on a line of its own.
func (d Diagnostic) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: %s: %s", d.File, max(d.Line, 1), max(d.Col, 1), d.Rule, d.Message)
	if len(d.Path) > 0 {
		fmt.Fprintf(&b, "\n\tpath: %s", strings.Join(d.Path, " > "))
	}
	if d.Fix != "" {
		fmt.Fprintf(&b, "\n\tfix: %s", d.Fix)
	}
	return b.String()
}

// SortDiagnostics orders diagnostics by file, then place, then rule.
func SortDiagnostics(ds []Diagnostic) {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col), cmp.Compare(a.Rule, b.Rule))
	})
}
