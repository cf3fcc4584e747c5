package progress

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

// TestTheSumOfABrowserIsThatOfTheLibrary checks that sum agrees with crypto/sha256, so that a copy
// saved in a browser opens in the program. The lengths cover every number of padding bytes.
func TestTheSumOfABrowserIsThatOfTheLibrary(t *testing.T) {
	for n := range 300 {
		data := bytes.Repeat([]byte{byte(n), 0xff, 'x'}, n)[:n]
		if got, want := sum(data), sha256.Sum256(data); got != want {
			t.Fatalf("%d bytes: %x, want %x", n, got, want)
		}
	}
}
