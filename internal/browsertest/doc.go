// Package browsertest opens a headless Chromium and checks that everyone can use a page:
// axe-core finds nothing, nothing is too wide, and nothing is too small to touch.
package browsertest
