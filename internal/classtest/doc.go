// Package classtest takes part in a class as its students do: in a browser without
// JavaScript, or in a terminal over SSH. Tests and benchmarks share it, so that
// what is measured is what was tested.
package classtest
