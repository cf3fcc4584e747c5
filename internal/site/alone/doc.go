// Package alone leads one learner through the pages of an exported course: it takes the fields
// of a form that a page sends, and returns the next page, as data for a template.
//
// It is the whole engine of a browser except the drawing: packages play, hear and view decide
// what happens and what is shown, as for every renderer. It's tested without a browser, over
// random runs.
//
// # What this package must not know
//
// Browsers, HTML, clocks, files and the network. It keeps the run that is being played
// and the record that it is given, and nothing that was typed.
package alone
