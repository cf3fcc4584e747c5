// Package site makes a course into a folder of pages that any web server can serve, and that
// open from a drive by double click: `wayout export`.
//
// The first page, the help and the printable stories are plain HTML and work without a script.
// With scripts a story plays like a chat: the page's script loads the engine of this program,
// compiled for the browser (package engine below), which draws the same templates.
//
// A learning platform can open the folder ([Platform]). It's told which story is open and which
// were played to an end, and nothing of what happens in a story. With cmi5 the platform opens
// cmi5.html, the only page that may connect to anything, which shows the stories in a frame.
//
// What is played without a lesson ("Fine or off?", practice, boosters) is in one more file, which
// is loaded when it's first needed, so that the first story doesn't wait for it.
//
// Everything is loaded by script tags that pass on their bytes as base64, since a page that
// was opened from a folder may not fetch anything. The policy of every page except cmi5.html
// lets it connect to nothing. Equal courses and equal engines give equal folders.
package site
