//go:build js

// Command engine is the engine of an exported course, compiled for a browser.
//
// It puts one object on the page, wayout, with a function for each thing that the script of
// the page (internal/site/page/site.js) can ask for. The script loads files, sends what is
// pressed, and puts on the page what comes back; everything that happens in a story is decided
// here, by the packages that decide it for every renderer.
package main
