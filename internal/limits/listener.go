package limits

import (
	"container/list"
	"maps"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	proxyproto "github.com/pires/go-proxyproto"
	"golang.org/x/time/rate"
)

// The limits on connections. A newcomer isn't refused: a connection without a seat is closed
// instead, one that has said nothing before one that has, and of each kind the one that has
// been quiet for longest. So a flood keeps out no client that knows what to say, and 96 idle
// connections don't keep out the class behind the same address. A connection with a seat isn't
// closed for a newcomer. Only when a seat has more connections than a browser opens, those
// waiting for another request are closed.
const (
	maxUnseated     = 512
	MaxUnseatedEach = 96 // By address: a class behind one address is a burst of forty browsers.
	mostOfSeat      = 16 // Connections of one seat that may stay open; a browser opens six at most.
	asksEach        = 40 // Requests a second on one connection; a form without our script takes two.
	asksAtOnce      = 80
	mostUnread      = 32 << 10
)

// Listener is a [net.Listener] that bounds the connections of clients without a seat.
type Listener struct {
	net.Listener
	trusted      []netip.Prefix // Proxies, behind which all clients have the same address.
	ProxyHeaders bool           // The proxies may start a connection with a PROXY header.
	MinBytes     int            // How many bytes a client without a seat has to send to count as having said something.

	mu     sync.Mutex
	silent *list.List // Of *Conn: clients without a seat that have said nothing, oldest first.
	spoken *list.List // Of *Conn: clients without a seat that have said something, the quietest first.
	each   map[netip.Addr]int
	seats  map[string][]*Conn // By seat: its connections, the least recently used first.
	peers  map[*Conn]bool
	closed bool
}

// NewListener returns a listener to put in front of another one; see [Listener.Wrap]. Trusted
// are the proxies, behind which all clients have the same address.
func NewListener(trusted []netip.Prefix) *Listener {
	return &Listener{trusted: trusted, MinBytes: 1, silent: list.New(), spoken: list.New(),
		each: make(map[netip.Addr]int), seats: make(map[string][]*Conn), peers: make(map[*Conn]bool)}
}

// Wrap puts g in front of another listener, and returns g. If g is closed already, it closes
// the other one too.
func (g *Listener) Wrap(l net.Listener) *Listener {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.Listener = l
	if g.closed {
		_ = l.Close()
	}
	return g
}

// Conn is a connection that a [Listener] has admitted.
type Conn struct {
	net.Conn
	listener *Listener
	asks     *rate.Limiter
	once     sync.Once

	// Guarded by the listener's lock.
	addr  netip.Addr
	list  *list.List    // The list of clients without a seat that holds it; nil for a connection with a seat.
	place *list.Element // Its place in that list.
	said  int           // Bytes it has sent as a client without a seat.
	seat  string        // The seat it belongs to; "" for a client without a seat, and behind a proxy.
	idle  bool          // It is waiting for another request.
}

// AddrOf returns the address at the other end, without its zone and port.
func AddrOf(a net.Addr) netip.Addr {
	p, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return netip.Addr{}
	}
	return p.Addr().Unmap().WithZone("")
}

// Trusts reports whether an address is in one of the ranges.
func Trusts(all []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(all, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Accept waits for a connection.
func (g *Listener) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if p := g.Admit(c); p != nil {
			return p, nil
		}
		_ = c.Close()
	}
}

// headerWithin is how long a proxy may take to send its PROXY header. A client that waits for
// our greeting waits as long, if its proxy sends no header.
const headerWithin = 2 * time.Second

// Admit adds a connection to the clients without a seat; nil where the listener is closed.
func (g *Listener) Admit(c net.Conn) *Conn {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetKeepAlivePeriod(15 * time.Second)
		dropSilent(t)
		_ = t.SetWriteBuffer(mostUnread) // What a client that reads nothing costs the system.
	}
	p := &Conn{Conn: c, listener: g, addr: AddrOf(c.RemoteAddr()), asks: rate.NewLimiter(asksEach, asksAtOnce)}
	if g.ProxyHeaders && Trusts(g.trusted, p.addr) {
		p.Conn = proxyproto.NewConn(c, proxyproto.WithPolicy(proxyproto.USE),
			proxyproto.SetReadHeaderTimeout(headerWithin))
	}
	admitted := p
	g.closeOne(func() *Conn {
		if g.closed {
			admitted = nil
			return nil
		}
		g.tally(p.addr, 1)
		p.list, p.place = g.silent, g.silent.PushBack(p)
		g.peers[p] = true
		return g.crowded(p)
	})
	return admitted
}

// closeOne closes the connection that f returns, if any. The lock is held while f runs, and no
// longer: closing a connection takes it.
func (g *Listener) closeOne(f func() *Conn) {
	g.mu.Lock()
	gone := f()
	g.mu.Unlock()
	if gone != nil {
		_ = gone.Close()
	}
}

// crowded returns the client without a seat that is to be closed for a new one, or nil where
// there is room for all. The lock must be held.
func (g *Listener) crowded(p *Conn) *Conn {
	var gone *Conn
	switch {
	case g.each[networkOf(p.addr)] > MaxUnseatedEach && !Trusts(g.trusted, p.addr):
		gone = g.quietest(func(o *Conn) bool { return o != p && networkOf(o.addr) == networkOf(p.addr) })
	case g.silent.Len()+g.spoken.Len() > maxUnseated:
		if gone = g.quietest(func(o *Conn) bool { return o != p && !Trusts(g.trusted, o.addr) }); gone == nil {
			gone = g.quietest(func(o *Conn) bool { return o != p })
		}
	}
	if gone != nil {
		g.takeOff(gone)
	}
	return gone
}

// quietest returns the first client without a seat that fits, to be closed. The lock must be
// held.
func (g *Listener) quietest(fits func(*Conn) bool) *Conn {
	for _, l := range []*list.List{g.silent, g.spoken} {
		for e := l.Front(); e != nil; e = e.Next() {
			if p, ok := e.Value.(*Conn); ok && fits(p) {
				return p
			}
		}
	}
	return nil
}

// takeOff removes a connection from the clients without a seat. The lock must be held.
func (g *Listener) takeOff(p *Conn) {
	if p.list == nil {
		return
	}
	p.list.Remove(p.place)
	p.list, p.place = nil, nil
	g.tally(p.addr, -1)
}

// tally adds n to the count of clients without a seat at an address. The lock must be held.
func (g *Listener) tally(addr netip.Addr, n int) {
	key := networkOf(addr)
	if g.each[key] += n; g.each[key] <= 0 {
		delete(g.each, key)
	}
}

// Read reads, and notes that a client without a seat has said something.
func (p *Conn) Read(b []byte) (int, error) {
	n, err := p.Conn.Read(b)
	if n > 0 {
		p.listener.mu.Lock()
		defer p.listener.mu.Unlock()
		if p.list == nil {
			return n, err
		}
		if p.said += n; p.said >= p.listener.MinBytes {
			p.list.Remove(p.place)
			p.list, p.place = p.listener.spoken, p.listener.spoken.PushBack(p)
		}
	}
	return n, err
}

// ClientAddr returns the address of the client. Behind a proxy that sends PROXY headers it is
// unknown, and isn't counted, until the header has been read.
func (p *Conn) ClientAddr() netip.Addr {
	addr, g := AddrOf(p.RemoteAddr()), p.listener
	g.closeOne(func() *Conn {
		if addr == p.addr || p.list == nil {
			return nil
		}
		g.tally(p.addr, -1)
		g.tally(addr, 1)
		p.addr = addr
		return g.crowded(p)
	})
	return addr
}

// CloseIfSilent closes a client without a seat that has said nothing so far.
func (p *Conn) CloseIfSilent() {
	p.listener.mu.Lock()
	silent := p.list == p.listener.silent
	p.listener.mu.Unlock()
	if silent {
		_ = p.Close()
	}
}

// AssignSeat gives a connection to a seat, unless it is a proxy's, which many clients share.
func (p *Conn) AssignSeat(seat string) {
	g := p.listener
	g.closeOne(func() *Conn {
		g.takeOff(p)
		if Trusts(g.trusted, p.addr) {
			return nil
		}
		if g.unseat(p); !g.peers[p] {
			return nil
		}
		p.seat = seat
		g.seats[seat] = append(g.seats[seat], p)
		return g.spare(seat)
	})
}

// SetIdle notes whether a connection waits for another request.
func (p *Conn) SetIdle(idle bool) {
	p.listener.closeOne(func() *Conn {
		p.idle = idle
		return p.listener.spare(p.seat)
	})
}

// spare returns the idle connection of a seat to be closed because there are too many, or nil.
// One that is being answered stays. The lock must be held.
func (g *Listener) spare(seat string) *Conn {
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

// unseat takes a connection from its seat. The lock must be held.
func (g *Listener) unseat(p *Conn) {
	if p.seat == "" {
		return
	}
	all := slices.DeleteFunc(g.seats[p.seat], func(o *Conn) bool { return o == p })
	if g.seats[p.seat] = all; len(all) == 0 {
		delete(g.seats, p.seat)
	}
	p.seat = ""
}

// Close ends the connection.
func (p *Conn) Close() error {
	p.once.Do(func() {
		p.listener.mu.Lock()
		p.listener.takeOff(p)
		p.listener.unseat(p)
		delete(p.listener.peers, p)
		p.listener.mu.Unlock()
	})
	return p.Conn.Close()
}

// AllowRequest reports whether a connection may send one more request now. A proxy's
// always may, because many clients share it.
func (p *Conn) AllowRequest() bool { return p.asks.Allow() || Trusts(p.listener.trusted, p.addr) }

// Open returns how many connections are open.
func (g *Listener) Open() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.peers)
}

// UnseatedAt returns how many clients without a seat there are at an address.
func (g *Listener) UnseatedAt(addr netip.Addr) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.each[networkOf(addr)]
}

// CloseAll closes every connection, and accepts no more.
func (g *Listener) CloseAll() {
	g.mu.Lock()
	g.closed = true
	l := g.Listener
	g.mu.Unlock()
	if l != nil {
		_ = l.Close()
	}
	g.CutAll()
}

// CutAll closes every open connection.
func (g *Listener) CutAll() {
	g.mu.Lock()
	all := slices.Collect(maps.Keys(g.peers))
	g.mu.Unlock()
	for _, p := range all {
		_ = p.Close()
	}
}
