// Package storetest starts a NATS server in the process of a test, for tests of a
// store.
package storetest
