package limits

import (
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"
)

// TestGuard checks that wrong codes are delayed by address and in total, forgotten after
// a minute, and counted for a bounded number of addresses.
func TestGuard(t *testing.T) {
	var mu sync.Mutex
	now := time.Unix(1000, 0)
	g := NewGuessLimiter(nil)
	g.now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	g.after = func(time.Duration) <-chan time.Time { return make(chan time.Time) } // Delays never end.
	slow := func(addr string) bool { return g.count(networkOf(netip.MustParseAddr(addr))) != nil }
	for i := range WrongCodesEach + 5 {
		if got := slow("10.0.0.1"); got != (i >= WrongCodesEach) {
			t.Errorf("wrong code %d: slowed %v", i+1, got)
		}
	}
	for i := range WrongCodesEach + 5 { // One device with IPv6 has as many addresses as it likes.
		if got := slow(fmt.Sprintf("2001:db8::%x:1", i)); got != (i >= WrongCodesEach) {
			t.Errorf("wrong code %d of a network: slowed %v", i+1, got)
		}
	}
	for range WrongCodesInAll {
		slow("10.0.0.2")
	}
	if !slow("10.0.0.3") {
		t.Error("nothing is slowed in total")
	}
	now = now.Add(forgetIn)
	if slow("10.0.0.1") {
		t.Error("slowed after a minute")
	}
	for i := range 3 * mostAddrs {
		slow(fmt.Sprintf("10.1.%d.%d", i>>8, i&255))
	}
	if len(g.each) > mostAddrs || g.slow > mostSlow {
		t.Errorf("%d addresses and %d waits are held", len(g.each), g.slow)
	}
}
