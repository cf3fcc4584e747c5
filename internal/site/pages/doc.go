// Package pages draws the pages of an exported course: for the files of its folder, and in the
// browser.
//
// The items of a story are drawn with the same templates as in a class
// (internal/web/class/now.html), the rest with site.html. [Compile] reads both when the folder
// is made; the browser needs only its result.
package pages
