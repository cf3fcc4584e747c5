// Package classtest takes part in a class as students do: in a browser without
// JavaScript, or in a terminal over SSH. Tests and benchmarks share it, so that
// benchmarks measure what the tests check.
package classtest
