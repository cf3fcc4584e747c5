// Package pages draws the pages of an exported course: for the files of its folder, and in the
// browser.
//
// The items of a story are drawn with the templates that a class is drawn with
// (internal/web/class/now.html), the rest with site.html. [Compile] reads both where the
// folder is made; in the browser only what it returns is needed.
package pages
