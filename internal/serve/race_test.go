//go:build race

package serve

// slow is how much slower the race detector makes everything; measured 5 to 10.
const slow = 10
