// Package web renders HTML: the pages of a class ([Class]) and the handouts that a
// counsellor prints ([Handouts]).
//
// A handout stands alone: one style sheet inside it, no script, nothing loaded from
// anywhere. It is black on white, needs no colour, and fits A4 and Letter. A page of a
// class loads its style and script from this program only, and works without the script.
//
// The recogniser for a browser, class/hear.wasm.gz, is kept here as it was compiled by
// go run ./internal/hear/ondevice/build; class/wasm_exec.js is Go's own script that starts
// it, under the licence of Go (class/wasm_exec.LICENSE).
//
// Package web renders and doesn't decide. What a seat may be shown comes from package
// view, item by item, and each kind of item has the template of its name in
// class/now.html. The words are the course's.
package web
