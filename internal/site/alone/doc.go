// Package alone leads one learner through the pages of an exported course: it takes what a
// page sends, as the fields of a form, and returns the next page, as data for a template.
//
// It is the whole engine behind a browser but for the drawing: packages play, hear and view
// say what happens and what is shown, as they do for every renderer. It's tested without a
// browser, over random runs.
//
// # What this package must not know
//
// Browsers, HTML, clocks, files and the network. It keeps the run that is being played
// and the record that it is given, and nothing that was typed.
package alone
