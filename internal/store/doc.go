// Package store keeps the state of classes where every machine of a service can read it:
// in the memory of this process, or in the memory of a NATS cluster. Both behave alike, as
// store_test.go checks, so that the user of a [Store] needn't know which one it is.
//
// Nothing is written to disk. A confirmed write lasts as long as the process runs, or as
// long as two of the three NATS servers do.
//
// The names of keys and JSON fields are the stored format: machines of one service read
// each other's records, even while they are upgraded one by one. So these names don't
// change, even when Go names do.
package store
