// Package dossier makes the page that a school's IT asks for before it installs a program: data
// protection, ports and hosts, accessibility, libraries and licences, how to lock settings, how to
// install without questions, and what a filter has to let through. The page is in Markdown and in
// HTML.
//
// dossier.md is the page with gaps, and claims.toml describes each file, each field and each
// promise. Everything that may change between versions is filled in from the program ([Facts]).
// [Make] refuses a page if a file, a field or a key of the policy isn't described, or is
// described but no longer exists. Each promise names the tests that hold it, and a test checks
// that those tests exist.
//
// # What this package must not know
//
// Folders, flags and ports: it gets them as [Facts].
package dossier
