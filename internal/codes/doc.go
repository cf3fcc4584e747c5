// Package codes makes and reads what lets people and programs in: the join code of a
// class, the code with which a seat over SSH is taken again, and the secrets that
// programs keep. How long each has to be is worked out in code.go; what people type in
// its place is in typed.go.
package codes
