//go:build js

// Command engine is the engine of an exported course, compiled for a browser.
//
// It adds one object to the page, wayout, with a function for each request of the page's script
// (internal/site/page/site.js). The script loads files, sends what is pressed, and shows the
// HTML that comes back. What happens in a story is decided here, by the packages that decide it
// for every renderer.
package main
