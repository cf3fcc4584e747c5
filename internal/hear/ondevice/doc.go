//go:build js

// Command ondevice is the recogniser for a browser: a participant in a class can type a line,
// and it is heard on their own device.
//
// It is built by go run ./internal/hear/ondevice/build, and the pages of a class load the
// result, internal/web/class/hear.wasm.gz. It runs in a worker whose policy lets it connect
// to nothing (internal/web/class/hear.js), so that no line can leave the device.
package main
