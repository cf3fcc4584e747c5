// Package pack writes values of Go as bytes, and reads them again, for a program that has no
// room for a parser: in a browser, a library for JSON or TOML would be a sixth of what a device
// has to load.
//
// A value is made of structs, pointers, slices, maps by string, strings, booleans and integers.
// Fields that aren't exported are left out. Pointers and slices that share what they point to
// share it afterwards as well. The reading program has to be built from the same types as the
// one that wrote: the bytes begin with a fingerprint of them, and nothing is read where it differs.
// Equal values give equal bytes.
package pack
