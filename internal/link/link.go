package link

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"wayout/internal/atomicfile"
	"wayout/internal/codes"
	"wayout/internal/privatedir"
)

// The limits of the link.
const (
	maxFrame    = 1 << 20                // Bytes of a state.
	maxPeers    = 4                      // Connected windows at a time.
	maxUnproven = 8                      // Connections that haven't proved yet that they know the key.
	maxHello    = 256                    // Bytes of a line before the key is proved.
	handshake   = time.Second            // How long both ends have to prove the key.
	writeWithin = time.Second            // How long a peer may not read before it's dropped.
	retry       = 100 * time.Millisecond // Between two attempts to connect or listen.
	maxWindows  = 16                     // Windows whose changes a state remembers.
)

// Link joins the programs of one talk on one machine.
type Link struct {
	path   string
	id     string // Decides between two states with the same revision.
	arrive chan Arrival

	mu       sync.Mutex // Guards what follows.
	closed   bool
	frame    frame // The latest state.
	peers    map[net.Conn]chan frame
	unproven []net.Conn // The oldest first.
	host     net.Listener
	mine     uint64 // How many states this window has shared.
	told     uint64 // The last of them that this window knows to be lost.
}

// Arrival is news from the link.
type Arrival struct {
	State []byte // The current state, or nil if only the peers changed.
	Peers int    // How many programs are joined besides this one.
	Lost  bool   // Another window was faster, and the last state shared here is lost.
}

// frame is a state on the wire.
type frame struct {
	Rev   uint64          `json:"rev"`
	From  string          `json:"from"`
	Holds []shared        `json:"holds,omitempty"` // How many changes of each window it includes; the latest last.
	State json.RawMessage `json:"state,omitempty"`
}

// shared is how many of a window's states a state includes.
type shared struct {
	From string `json:"from"`
	N    uint64 `json:"n"`
}

// holds returns how many states of a window this one includes.
func (f frame) holds(from string) uint64 {
	for _, s := range f.Holds {
		if s.From == from {
			return s.N
		}
	}
	return 0
}

// newer reports whether a state wins against another.
func (f frame) newer(g frame) bool { return f.Rev > g.Rev || f.Rev == g.Rev && f.From > g.From }

// Join joins the link of the windows that use the same file, and keeps it open until it is
// closed. It makes the folder of the file if needed.
func Join(path string) (*Link, error) {
	if err := privatedir.Make(filepath.Dir(path)); err != nil {
		return nil, err
	}
	l := &Link{path: path, id: codes.Secret(), arrive: make(chan Arrival, 1), peers: make(map[net.Conn]chan frame)}
	if err := l.meet(); err != nil {
		return nil, err
	}
	return l, nil
}

// Arrivals returns the channel of news. Later news replaces news that hasn't been read.
func (l *Link) Arrivals() <-chan Arrival { return l.arrive }

// Share makes a state the current one, and sends it to the other windows.
func (l *Link) Share(state []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mine++
	holds := []shared{{l.id, l.mine}}
	for _, s := range slices.Backward(l.frame.Holds) {
		if s.From != l.id && len(holds) < maxWindows {
			holds = append(holds, s)
		}
	}
	slices.Reverse(holds)
	l.frame = frame{Rev: l.frame.Rev + 1, From: l.id, Holds: holds, State: state}
	for _, box := range l.peers {
		put(box, l.frame)
	}
}

// put puts a state into the box of a peer, in place of one that hasn't been sent: a peer that
// doesn't read must not hold up the others, and gets the latest state. The lock must be held.
func put(box chan frame, f frame) {
	select {
	case <-box:
	default:
	}
	box <- f
}

// Close closes this window's end of the link. The other windows go on.
func (l *Link) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.closed = true
	if l.host != nil {
		_ = l.host.Close()
		_ = os.Remove(l.path) // One of the other windows writes it again.
	}
	for peer := range l.peers {
		_ = peer.Close()
	}
	for _, peer := range l.unproven {
		_ = peer.Close()
	}
}

// meet connects to the window that listens, or listens itself if none does. A file lock makes
// windows that start at the same time take turns.
func (l *Link) meet() error {
	lock := flock.New(l.path+".lock", flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if ok, err := lock.TryLockContext(ctx, 5*time.Millisecond); !ok {
		return errors.Join(errors.New("another window is starting"), err)
	}
	defer lock.Close()
	if src, err := os.ReadFile(l.path); err == nil {
		if addr, key, ok := strings.Cut(strings.TrimSpace(string(src)), " "); ok && loopback(addr) {
			if peer, err := net.DialTimeout("tcp", addr, handshake); err == nil {
				if r, err := proveToHost(peer, key); err == nil && l.add(peer, r) {
					return nil
				}
				_ = peer.Close() // The window is gone, and another program has its port now.
			}
		}
	}
	return l.listen()
}

// loopback reports whether an address is on this machine. The file is ours, but it must not
// lead anyone elsewhere.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	return err == nil && net.ParseIP(host).IsLoopback()
}

func (l *Link) listen() error {
	host, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	key := codes.Secret()
	if err := atomicfile.Write(l.path, []byte(host.Addr().String()+" "+key+"\n"), 0o600); err != nil {
		return errors.Join(err, host.Close())
	}
	l.mu.Lock()
	l.host = host
	l.mu.Unlock()
	go l.accept(host, key)
	return nil
}

// accept lets in peers that know the key. Until a peer has proved that, it may send only a short
// line and take one second, and only a few such connections are kept: the oldest makes room for
// the next, so that opening many connections keeps no one out for long.
func (l *Link) accept(host net.Listener, key string) {
	for {
		peer, err := host.Accept()
		if err != nil {
			return // The link was closed.
		}
		l.mu.Lock()
		if len(l.unproven) == maxUnproven {
			_ = l.unproven[0].Close()
			l.unproven = slices.Delete(l.unproven, 0, 1)
		}
		l.unproven = append(l.unproven, peer)
		l.mu.Unlock()
		go func() {
			r, err := proveToGuest(peer, key)
			l.mu.Lock()
			l.unproven = slices.DeleteFunc(l.unproven, func(c net.Conn) bool { return c == peer })
			l.mu.Unlock()
			if err != nil || !l.add(peer, r) {
				_ = peer.Close()
			}
		}()
	}
}

var errStranger = errors.New("the other end does not know the key")

// proveToHost proves to the listening window that we know the key, and checks that it does, too,
// since another program may have its port by now. The key itself isn't sent.
func proveToHost(peer net.Conn, key string) (*bufio.Reader, error) {
	_ = peer.SetDeadline(time.Now().Add(handshake))
	r, mine := bufio.NewReaderSize(peer, maxHello), codes.Secret()
	if _, err := io.WriteString(peer, mine+"\n"); err != nil {
		return nil, err
	}
	hello, err := shortLine(r)
	if err != nil {
		return nil, err
	}
	theirs, proof, _ := strings.Cut(hello, " ")
	if !proves(proof, key, "host", mine, theirs) {
		return nil, errStranger
	}
	_, err = io.WriteString(peer, proofOf(key, "guest", mine, theirs)+"\n")
	return r, err
}

// proveToGuest is the other end of proveToHost.
func proveToGuest(peer net.Conn, key string) (*bufio.Reader, error) {
	_ = peer.SetDeadline(time.Now().Add(handshake))
	r, mine := bufio.NewReaderSize(peer, maxHello), codes.Secret()
	theirs, err := shortLine(r)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(peer, mine+" "+proofOf(key, "host", theirs, mine)+"\n"); err != nil {
		return nil, err
	}
	proof, err := shortLine(r)
	if err != nil {
		return nil, err
	}
	if !proves(proof, key, "guest", theirs, mine) {
		return nil, errStranger
	}
	return r, nil
}

// shortLine reads a line before the key is proved. A line over maxHello bytes is an error.
func shortLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n')
	return strings.TrimSpace(string(line)), err
}

// proofOf returns the proof that one end of a connection knows the key. It depends on the random
// values of both ends, so it can't be used again.
func proofOf(key, end, guest, host string) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(mac, end+" "+guest+" "+host) // A hash never returns an error.
	return hex.EncodeToString(mac.Sum(nil))
}

func proves(proof, key, end, guest, host string) bool {
	return hmac.Equal([]byte(proof), []byte(proofOf(key, end, guest, host)))
}

// add joins a peer: each sends the other its state, and the later one wins.
func (l *Link) add(peer net.Conn, r *bufio.Reader) bool {
	l.mu.Lock()
	if l.closed || len(l.peers) == maxPeers {
		l.mu.Unlock()
		return false
	}
	_ = peer.SetDeadline(time.Time{})
	box := make(chan frame, 1)
	box <- l.frame
	l.peers[peer] = box
	n := len(l.peers)
	l.mu.Unlock()
	gone := make(chan struct{})
	go sends(peer, box, gone)
	l.tell(Arrival{Peers: n})
	go func() {
		defer close(gone)
		l.listenTo(peer, r)
	}()
	return true
}

// sends sends a peer each state that is put into its box, until the peer is gone.
func sends(peer net.Conn, box <-chan frame, gone <-chan struct{}) {
	for {
		select {
		case <-gone:
			return
		case f := <-box:
			data, err := json.Marshal(f)
			if err == nil {
				_ = peer.SetWriteDeadline(time.Now().Add(writeWithin))
				_, err = peer.Write(append(data, '\n'))
			}
			if err != nil {
				_ = peer.Close() // listenTo notices that, and calls meet again.
				return
			}
		}
	}
}

// listenTo reads what a peer sends until it is gone. If the peer was the listening window, it
// then calls meet again.
func (l *Link) listenTo(peer net.Conn, r *bufio.Reader) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxFrame)
	for lines.Scan() {
		var f frame
		if json.Unmarshal(lines.Bytes(), &f) != nil {
			break
		}
		l.take(peer, f)
	}
	_ = peer.Close()
	l.mu.Lock()
	delete(l.peers, peer)
	n, guest := len(l.peers), l.host == nil
	l.mu.Unlock()
	l.tell(Arrival{Peers: n})
	for guest && n == 0 {
		l.mu.Lock()
		closed := l.closed
		l.mu.Unlock()
		if closed || l.meet() == nil {
			return
		}
		time.Sleep(retry) // The other window is just starting, or the file system is slow.
	}
}

// take takes a state if it is newer, and passes it on.
func (l *Link) take(from net.Conn, f frame) {
	l.mu.Lock()
	if len(f.State) == 0 || !f.newer(l.frame) {
		l.mu.Unlock()
		return
	}
	lost := l.mine > l.told && f.holds(l.id) < l.mine && (len(f.Holds) < maxWindows || f.holds(l.id) > 0)
	if lost {
		l.told = l.mine
	}
	l.frame = f
	n := len(l.peers)
	for peer, box := range l.peers {
		if peer != from {
			put(box, f)
		}
	}
	l.mu.Unlock()
	l.tell(Arrival{State: f.State, Peers: n, Lost: lost})
}

// tell sends news to the program, merged with news that it hasn't read.
func (l *Link) tell(a Arrival) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case old := <-l.arrive:
		if a.State == nil {
			a.State = old.State
		}
		a.Lost = a.Lost || old.Lost
	default:
	}
	l.arrive <- a
}
