// Package theme holds the colours that the terminal is drawn in, as data: themes.toml. A theme
// is made for a dark or a light background, since text stands on the terminal's own. Tests check
// each against WCAG 2.2: 4.5:1 for text, 3:1 for lines, for three kinds of colour vision too.
//
// Two themes have no colours and are in no file: "contrast" is drawn in the terminal's own
// colour, and "mono" in none. "auto" is "dark" or "light", as the terminal reports.
//
// # What this package must not know
//
// Which screen is drawn, and how.
package theme
