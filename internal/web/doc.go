// Package web renders HTML: the pages of a class ([Class]) and the handouts that a
// counsellor prints ([Handouts]).
//
// A handout is one self-contained file: its style sheet is inside, it has no script and
// loads nothing. It is black on white, needs no colour, and fits A4 and Letter. A page of a
// class loads its style and script from this program only, and works without the script.
//
// The recogniser for a browser, class/hear.wasm.gz, is compiled by
// go run ./internal/hear/ondevice/build; class/wasm_exec.js is Go's own script that starts
// it, under the licence of Go (class/wasm_exec.LICENSE).
//
// Package web renders and doesn't decide. What a seat may be shown comes from package
// view, item by item, and each kind of item has a template of the same name in
// class/now.html. The words come from the course.
package web
