// Package codes makes and reads the codes and secrets that let people and programs in: the
// join code of a class, the return code with which a participant gets back to their seat
// over SSH, and the secrets that programs keep. code.go works out how long codes must be;
// typed.go reads what people type instead of the right letters.
package codes
