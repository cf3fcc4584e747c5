// Package site makes a course into a folder of pages that any web server can hand out, and
// that open from a drive by double click: `wayout export`.
//
// The first page, the help and the stories on paper are plain HTML and work without a script.
// With scripts a story plays like a chat: the engine of this program, compiled for the browser
// (package engine below), is loaded by the page's script and draws the same templates.
//
// A learning platform can open the folder ([Platform]). It's told which story is open and which
// were played to an end, and nothing of what happens in one. With cmi5 the page that it opens
// (cmi5.html) is the only one that may connect to anything, and the stories are in a frame on it.
//
// What is played without a lesson (package fineoff, practice, boosters) is one more file, which
// is loaded once it's asked for: a first story doesn't wait for it.
//
// Everything is loaded by script tags that hand over their bytes as base64, since a page that
// was opened from a folder may not fetch anything. The policy of each page but that one
// lets it connect to nothing. Equal courses and equal engines give equal folders.
package site
