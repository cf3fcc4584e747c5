// Package storetest starts what the tests of a store need beside them: a NATS server
// in the same process.
package storetest
