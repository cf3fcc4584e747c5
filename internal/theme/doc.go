// Package theme holds the colours that the terminal is drawn in, as data: themes.toml. A
// theme is for a dark ground or a light one, since text stands on the terminal's own. Tests
// hold each to WCAG 2.2: 4.5:1 for text, 3:1 for lines, for three kinds of colour vision too.
//
// Two themes have no colours and stand in no file: "contrast" is drawn in the terminal's own
// colour, and "mono" in none. "auto" is "dark" or "light", by what the terminal says.
//
// # What this package must not know
//
// Which screen is drawn, and how.
package theme
