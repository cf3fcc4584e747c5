// Package pack encodes Go values as bytes and decodes them, for a program in which a parser would
// take too much room: in a browser, a library for JSON or TOML would be a sixth of what a device
// has to load.
//
// A value may have structs, pointers, slices, maps with string keys, strings, booleans and
// integers. Fields that aren't exported are left out. Pointers and slices that share memory share
// it after decoding, too. Both programs must be built from the same types: the bytes begin with a
// fingerprint of the types, and Decode reads nothing if it differs. Equal values give equal bytes.
package pack
