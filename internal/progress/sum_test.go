package progress

import (
	"bytes"
	"crypto/sha256"
	"testing"
)

// TestTheSumOfABrowserIsThatOfTheLibrary: a copy saved in a browser opens in the program. The
// lengths go over the ends of blocks, with every number of bytes that are filled up.
func TestTheSumOfABrowserIsThatOfTheLibrary(t *testing.T) {
	for n := range 300 {
		data := bytes.Repeat([]byte{byte(n), 0xff, 'x'}, n)[:n]
		if got, want := sum(data), sha256.Sum256(data); got != want {
			t.Fatalf("%d bytes: %x, want %x", n, got, want)
		}
	}
}
