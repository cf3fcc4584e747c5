package limits

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"testing"
)

// pipes admits connections without a network.
func pipes(g *Listener, addr string) *Conn {
	_, there := net.Pipe()
	return g.Admit(named{there, &net.TCPAddr{IP: net.ParseIP(addr), Port: 1}})
}

// named is a connection with an address.
type named struct {
	net.Conn
	addr net.Addr
}

func (n named) RemoteAddr() net.Addr { return n.addr }

func (g *Listener) unseated() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.silent.Len() + g.spoken.Len()
}

// TestGate checks which connection is closed when there are too many: never one with a seat,
// a silent one before one that has spoken, and of each kind the quietest.
func TestGate(t *testing.T) {
	g := NewListener([]netip.Prefix{netip.MustParsePrefix("10.9.0.0/16")})
	open := func(p *Conn) bool { g.mu.Lock(); defer g.mu.Unlock(); return g.peers[p] }
	speak := func(p *Conn) {
		g.mu.Lock()
		p.list.Remove(p.place)
		p.list, p.place = g.spoken, g.spoken.PushBack(p)
		g.mu.Unlock()
	}
	spoke, seated := pipes(g, "10.0.0.1"), pipes(g, "10.0.0.1")
	speak(spoke)
	seated.AssignSeat("a")
	var quiet []*Conn
	for range MaxUnseatedEach {
		quiet = append(quiet, pipes(g, "10.0.0.1"))
	}
	if open(quiet[0]) || !open(quiet[1]) || !open(spoke) || !open(seated) {
		t.Error("not the oldest silent one has gone")
	}
	for range MaxUnseatedEach {
		speak(pipes(g, "10.0.0.1"))
	}
	if open(spoke) || !open(seated) || g.unseated() != MaxUnseatedEach {
		t.Errorf("of those who have spoken not the quietest has gone; %d clients without a seat", g.unseated())
	}
	for i := range 3 * maxUnseated {
		if p := pipes(g, fmt.Sprintf("10.1.%d.%d", i/200, i%200)); p == nil || !open(p) {
			t.Fatal("somebody who comes is refused")
		}
	}
	if g.unseated() != maxUnseated || !open(seated) {
		t.Errorf("%d clients without a seat", g.unseated())
	}
	for range 3 * MaxUnseatedEach { // Behind a proxy everyone has the same address.
		pipes(g, "10.9.0.1")
	}
	if n := g.each[netip.MustParseAddr("10.9.0.1")]; n != 3*MaxUnseatedEach {
		t.Errorf("%d connections of a proxy", n)
	}
	first, second := pipes(g, "10.0.0.2"), pipes(g, "10.0.0.2")
	first.AssignSeat("b")
	second.AssignSeat("b")
	for range mostOfSeat {
		pipes(g, "10.0.0.2").AssignSeat("b")
	}
	if !open(first) || !open(second) {
		t.Error("a connection goes that is being answered")
	}
	second.SetIdle(true)
	pipes(g, "10.0.0.2").AssignSeat("b")
	if !open(first) || open(second) {
		t.Error("of one seat not the idle connection has gone")
	}
	for _, p := range append([]*Conn{}, g.seats["b"]...) {
		p.SetIdle(true)
	}
	if open(first) || len(g.seats["b"]) != mostOfSeat || !open(seated) {
		t.Errorf("a seat has %d connections", len(g.seats["b"]))
	}
	g.CloseAll()
	if len(g.peers)+len(g.each)+len(g.seats)+g.unseated() != 0 {
		t.Errorf("left: %d peers, %v, %d seats", len(g.peers), g.each, len(g.seats))
	}
}

// TestSpeaking checks that a client counts as having spoken once it has said enough, and that
// of two that have spoken the one that was heard last stays longer.
func TestSpeaking(t *testing.T) {
	g := NewListener(nil)
	g.MinBytes = 4
	admit := func() (*Conn, net.Conn) {
		here, there := net.Pipe()
		return g.Admit(named{there, &net.TCPAddr{IP: net.ParseIP("10.0.0.1"), Port: 1}}), here
	}
	says := func(p *Conn, from net.Conn, words string) {
		t.Helper()
		go func() { _, _ = io.WriteString(from, words) }() // It ends when everything was read.
		if _, err := io.ReadFull(p, make([]byte, len(words))); err != nil {
			t.Fatal(err)
		}
	}
	first := func() *Conn {
		g.mu.Lock()
		defer g.mu.Unlock()
		return g.quietest(func(*Conn) bool { return true })
	}
	a, toA := admit()
	b, toB := admit()
	says(a, toA, "SSH-")
	says(b, toB, "SSH")
	if first() != b {
		t.Error("who has said too little doesn't go before who has spoken")
	}
	says(b, toB, "-")
	if first() != a {
		t.Error("who has just spoken goes before who was heard earlier")
	}
	says(a, toA, "2")
	if first() != b {
		t.Error("who has spoken again goes before who was heard earlier")
	}
	g.CloseAll()
}
