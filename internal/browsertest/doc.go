// Package browsertest opens a headless Chromium and holds a page to what everyone
// can use: axe-core finds nothing, nothing is too wide, nothing too small to touch.
package browsertest
