// Package store keeps the state of classes where every machine of a service can read it:
// in the memory of this process, or in the memory of a NATS cluster. Both behave alike,
// which store_test.go holds, so that the user of a [Store] needn't know which one it is.
//
// Nothing is written to disk. A confirmed write lasts as long as the process does, or as
// long as two of the three NATS servers do.
//
// The names of keys and JSON fields are the stored format: machines of one service read
// each other's records, also while they are being upgraded one by one. They stay even
// where the Go names have changed.
package store
