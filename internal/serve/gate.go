package serve

import (
	"container/list"
	"net"
	"net/netip"
	"sync"
	"time"

	proxyproto "github.com/pires/go-proxyproto"
	"golang.org/x/time/rate"
)

// The limits on connections. Whoever has no seat yet is a stranger. Nobody is refused
// because there are too many of them: a stranger goes instead, one that has said
// nothing before one that has, and of either kind the one that has been quiet for
// longest. So a flood keeps nobody out who knows what to say, and 96 idle connections
// don't keep out the class behind the same address. Whoever has a seat is no stranger
// and goes for nobody: only that its connections which wait for another request are
// closed where there are more than a browser opens (trust.md 1.4 and 1.5).
const (
	mostStrangers = 512
	strangersEach = 96 // By address: a class behind one address is a burst of forty browsers.
	mostOfSeat    = 16 // Connections of one seat that may stay open for more. A browser opens six at the most.
	asksEach      = 40 // Requests a second of one connection; a form without our script is two.
	asksAtOnce    = 80
	mostUnread    = 32 << 10
)

// gate is a listener that keeps strangers in bounds.
type gate struct {
	net.Listener
	trusted []netip.Prefix // Proxies, behind which everybody has the same address.
	headers bool           // The proxies may begin a connection with a PROXY header.
	speech  int            // How many bytes a stranger has to send to have said something.

	mu     sync.Mutex
	silent *list.List // Of *peer: strangers that have said nothing, the oldest first.
	spoken *list.List // Of *peer: strangers that have, the one that has been quiet for longest first.
	each   map[netip.Addr]int
	seats  map[string][]*peer // Of one seat, the one it used longest ago first.
	peers  map[*peer]bool
	closed bool
}

func newGate(trusted []netip.Prefix) *gate {
	return &gate{trusted: trusted, speech: 1, silent: list.New(), spoken: list.New(), each: make(map[netip.Addr]int), seats: make(map[string][]*peer), peers: make(map[*peer]bool)}
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
	asks *rate.Limiter
	once sync.Once

	// Guarded by the gate's lock.
	addr netip.Addr
	in   *list.List    // The list of strangers that it is in; nil once it is known.
	at   *list.Element // Its place there.
	said int           // Bytes it has sent as a stranger.
	seat string        // Whose it is, "" for a stranger and behind a proxy.
	idle bool          // It waits for another request.
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

// Accept waits for a connection.
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

// headerWithin is how long a proxy may take to send its PROXY header. A client that
// waits for our greeting before it says anything waits as long, where its proxy sends
// none.
const headerWithin = 2 * time.Second

// admit makes a connection a stranger; nil where the gate is closed.
func (g *gate) admit(c net.Conn) *peer {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetKeepAlivePeriod(15 * time.Second)
		dropSilent(t)
		_ = t.SetWriteBuffer(mostUnread) // What a client that reads nothing costs the system.
	}
	p := &peer{Conn: c, gate: g, addr: addrOf(c.RemoteAddr()), asks: rate.NewLimiter(asksEach, asksAtOnce)}
	if g.headers && trusts(g.trusted, p.addr) {
		p.Conn = proxyproto.NewConn(c, proxyproto.WithPolicy(proxyproto.USE), proxyproto.SetReadHeaderTimeout(headerWithin))
	}
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		return nil
	}
	g.each[networkOf(p.addr)]++
	p.in, p.at = g.silent, g.silent.PushBack(p)
	g.peers[p] = true
	gone := g.crowded(p)
	g.mu.Unlock()
	if gone != nil {
		_ = gone.Close()
	}
	return p
}

// crowded returns the stranger that goes for a new one, or nil where there is room
// for all. The lock must be held.
func (g *gate) crowded(p *peer) *peer {
	var gone *peer
	switch {
	case g.each[networkOf(p.addr)] > strangersEach && !trusts(g.trusted, p.addr):
		gone = g.quietest(func(o *peer) bool { return o != p && networkOf(o.addr) == networkOf(p.addr) })
	case g.silent.Len()+g.spoken.Len() > mostStrangers:
		if gone = g.quietest(func(o *peer) bool { return o != p && !trusts(g.trusted, o.addr) }); gone == nil {
			gone = g.quietest(func(o *peer) bool { return o != p })
		}
	}
	if gone != nil {
		g.known(gone)
	}
	return gone
}

// quietest returns the first stranger to go of those that fit. The lock must be held.
func (g *gate) quietest(fits func(*peer) bool) *peer {
	for _, l := range []*list.List{g.silent, g.spoken} {
		for e := l.Front(); e != nil; e = e.Next() {
			if p, ok := e.Value.(*peer); ok && fits(p) {
				return p
			}
		}
	}
	return nil
}

// known takes a peer off the strangers. The lock must be held.
func (g *gate) known(p *peer) {
	if p.in == nil {
		return
	}
	p.in.Remove(p.at)
	p.in, p.at = nil, nil
	g.tally(p.addr, -1)
}

// tally counts the strangers of an address. The lock must be held.
func (g *gate) tally(addr netip.Addr, n int) {
	key := networkOf(addr)
	if g.each[key] += n; g.each[key] <= 0 {
		delete(g.each, key)
	}
}

// Read reads, and notes that a stranger has said something.
func (p *peer) Read(b []byte) (int, error) {
	n, err := p.Conn.Read(b)
	if n > 0 {
		p.gate.mu.Lock()
		defer p.gate.mu.Unlock()
		if p.in == nil {
			return n, err
		}
		if p.said += n; p.said >= p.gate.speech {
			p.in.Remove(p.at)
			p.in, p.at = p.gate.spoken, p.gate.spoken.PushBack(p)
		}
	}
	return n, err
}

// origin returns the address of the client. Behind a proxy that sends PROXY headers
// it is not known before the header has been read, and counts only then.
func (p *peer) origin() netip.Addr {
	addr, g := addrOf(p.RemoteAddr()), p.gate
	g.mu.Lock()
	var gone *peer
	if addr != p.addr && p.in != nil {
		g.tally(p.addr, -1)
		g.tally(addr, 1)
		p.addr = addr
		gone = g.crowded(p)
	}
	g.mu.Unlock()
	if gone != nil {
		_ = gone.Close()
	}
	return addr
}

// closeSilent closes a stranger that has said nothing by now.
func (p *peer) closeSilent() {
	p.gate.mu.Lock()
	silent := p.in == p.gate.silent
	p.gate.mu.Unlock()
	if silent {
		_ = p.Close()
	}
}

// welcome makes a peer one of a seat. A proxy's connection is used by many.
func (p *peer) welcome(seat string) {
	g := p.gate
	g.mu.Lock()
	g.known(p)
	if trusts(g.trusted, p.addr) {
		g.mu.Unlock()
		return
	}
	g.unseat(p)
	var gone *peer
	if g.peers[p] {
		p.seat = seat
		g.seats[seat] = append(g.seats[seat], p)
		gone = g.spare(seat)
	}
	g.mu.Unlock()
	if gone != nil {
		_ = gone.Close()
	}
}

// state notes whether a connection waits for another request.
func (p *peer) state(idle bool) {
	g := p.gate
	g.mu.Lock()
	p.idle = idle
	gone := g.spare(p.seat)
	g.mu.Unlock()
	if gone != nil {
		_ = gone.Close()
	}
}

// spare returns the idle connection of a seat that goes because there are too many, or
// nil. One that is being answered stays. The lock must be held.
func (g *gate) spare(seat string) *peer {
	if seat == "" || len(g.seats[seat]) <= mostOfSeat {
		return nil
	}
	for _, p := range g.seats[seat] {
		if p.idle {
			g.unseat(p)
			return p
		}
	}
	return nil
}

// unseat takes a peer off its seat. The lock must be held.
func (g *gate) unseat(p *peer) {
	if p.seat == "" {
		return
	}
	all := g.seats[p.seat]
	for i, o := range all {
		if o == p {
			all = append(all[:i], all[i+1:]...)
			break
		}
	}
	if g.seats[p.seat] = all; len(all) == 0 {
		delete(g.seats, p.seat)
	}
	p.seat = ""
}

// Close ends the connection.
func (p *peer) Close() error {
	p.once.Do(func() {
		p.gate.mu.Lock()
		p.gate.known(p)
		p.gate.unseat(p)
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
