// Package codes makes and reads the codes and secrets that let people and programs in: the
// join code of a class, the return code with which a participant takes a seat over SSH
// again, and the secrets that programs keep. How long each has to be is worked out in
// code.go; what people type instead of the right letters is in typed.go.
package codes
