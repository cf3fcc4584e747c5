package classtest

import (
	"testing"
	"time"
)

// Until waits until a condition holds, and fails the test if that takes too long.
func Until(t testing.TB, long time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(long); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", long, what)
		}
	}
}
