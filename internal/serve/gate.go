package serve

import (
	"container/list"
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The limits on connections. Whoever has no seat yet is a stranger; when there are
// too many, the one that has been there longest goes, so that a flood of them keeps
// nobody out who knows what to say (trust.md 1.4 and 1.5).
const (
	mostStrangers = 512
	strangersEach = 96 // By address: a class behind one address is a burst of forty browsers.
	asksEach      = 40 // Requests a second of one connection; a form without our script is two.
	asksAtOnce    = 80
	mostUnread    = 32 << 10
)

// gate is a listener that keeps strangers in bounds.
type gate struct {
	net.Listener
	trusted []netip.Prefix // Proxies, behind which everybody has the same address.

	mu        sync.Mutex
	strangers *list.List // Of *peer, the oldest first.
	each      map[netip.Addr]int
	peers     map[*peer]bool
	closed    bool
}

func newGate(trusted []netip.Prefix) *gate {
	return &gate{trusted: trusted, strangers: list.New(), each: make(map[netip.Addr]int), peers: make(map[*peer]bool)}
}

// before stands before a listener, and returns itself. A gate that was closed
// already closes the listener too.
func (g *gate) before(l net.Listener) *gate {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.Listener = l
	if g.closed {
		_ = l.Close()
	}
	return g
}

// peer is a connection.
type peer struct {
	net.Conn
	gate *gate
	addr netip.Addr
	at   *list.Element // In the strangers; nil once it is known.
	once sync.Once
	asks *rate.Limiter
}

// addrOf returns the address at the other end, without its zone and port.
func addrOf(a net.Addr) netip.Addr {
	p, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Addr{}
	}
	return p.Addr().Unmap().WithZone("")
}

func trusts(all []netip.Prefix, a netip.Addr) bool {
	for _, p := range all {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Accept waits for a connection that may come in.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if p := g.admit(c); p != nil {
			return p, nil
		}
		_ = c.Close()
	}
}

func (g *gate) admit(c net.Conn) *peer {
	p := &peer{Conn: c, gate: g, addr: addrOf(c.RemoteAddr()), asks: rate.NewLimiter(asksEach, asksAtOnce)}
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetKeepAlivePeriod(15 * time.Second)
		dropSilent(t)
		_ = t.SetWriteBuffer(mostUnread) // What a client that reads nothing costs the system.
	}
	g.mu.Lock()
	if g.closed || g.each[p.addr] >= strangersEach && !trusts(g.trusted, p.addr) {
		g.mu.Unlock()
		return nil
	}
	var oldest *peer
	if g.strangers.Len() >= mostStrangers {
		oldest, _ = g.strangers.Front().Value.(*peer)
		g.known(oldest)
	}
	g.each[p.addr]++
	p.at = g.strangers.PushBack(p)
	g.peers[p] = true
	g.mu.Unlock()
	if oldest != nil {
		_ = oldest.Close()
	}
	return p
}

// known takes a peer off the strangers. The lock must be held.
func (g *gate) known(p *peer) {
	if p.at == nil {
		return
	}
	g.strangers.Remove(p.at)
	p.at = nil
	if g.each[p.addr]--; g.each[p.addr] <= 0 {
		delete(g.each, p.addr)
	}
}

// welcome makes a peer one that has a seat.
func (p *peer) welcome() {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	p.gate.known(p)
}

// Close ends the connection.
func (p *peer) Close() error {
	p.once.Do(func() {
		p.gate.mu.Lock()
		p.gate.known(p)
		delete(p.gate.peers, p)
		p.gate.mu.Unlock()
	})
	return p.Conn.Close()
}

// closeAll ends every connection, and lets nobody in any more.
func (g *gate) closeAll() {
	g.mu.Lock()
	g.closed = true
	var all []*peer
	for p := range g.peers {
		all = append(all, p)
	}
	l := g.Listener
	g.mu.Unlock()
	if l != nil {
		_ = l.Close()
	}
	for _, p := range all {
		_ = p.Close()
	}
}
