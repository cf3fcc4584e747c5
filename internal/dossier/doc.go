// Package dossier makes what a school's IT asks for before it installs a program: data
// protection, ports and hosts, accessibility, libraries and licences, how to lock settings, how to
// install without questions, and what a filter has to let through. It is one page, in Markdown and
// in HTML.
//
// dossier.md is the page with gaps and claims.toml is what it says of each file, of each field and
// of each promise. What can differ from one version to the next is no word of either: it is filled
// in from the program itself ([Facts]), and [Make] refuses a page on which a file, a field or a
// key of the policy stands undescribed, or is described and no longer there. Each promise names
// the tests that hold it, and a test looks whether those are there.
//
// # What this package must not know
//
// Folders, flags and ports: it is given them.
package dossier
