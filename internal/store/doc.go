// Package store keeps the state of classes where every machine of a service finds it:
// in the memory of this process, or in the memory of a NATS cluster. Both behave alike,
// which store_test.go holds, so that whoever uses a [Store] needn't know which it is.
//
// Nothing is written to a disk. A write that was confirmed is there as long as the
// process is, or two of three NATS servers.
package store
