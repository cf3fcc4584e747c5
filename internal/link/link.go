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

// The bounds of the link.
const (
	maxFrame     = 1 << 20                // Bytes of a state.
	maxPeers     = 4                      // Views and desks at a time.
	maxStrangers = 8                      // Connections that have not shown yet that they know the key.
	maxHello     = 256                    // Bytes of a line before the key is known.
	handshake    = time.Second            // For both ends to show that they know the key.
	writeWithin  = time.Second            // For a peer that does not read.
	retry        = 100 * time.Millisecond // Between two tries to meet.
	maxWindows   = 16                     // Windows that a state remembers the orders of.
)

// Link joins the programs of one talk on one machine.
type Link struct {
	path   string
	id     string // Decides between two states of the same number.
	arrive chan Arrival
	done   chan struct{}

	mu        sync.Mutex // Guards what follows.
	frame     frame      // The latest state.
	peers     map[net.Conn]chan frame
	strangers []net.Conn // The oldest first.
	host      net.Listener
	mine      uint64 // How many states this window has shared.
	told      uint64 // The last of them that this window was told is lost.
}

// Arrival is news from the link.
type Arrival struct {
	State []byte // The state that counts now, or nil where only the peers changed.
	Peers int    // How many programs are joined besides this one.
	Lost  bool   // Another window was faster: what was shared here last does not count.
}

// frame is a state on the wire.
type frame struct {
	Rev   uint64          `json:"rev"`
	From  string          `json:"from"`
	Holds []shared        `json:"holds,omitempty"` // What it rests on, of every window; the latest last.
	State json.RawMessage `json:"state,omitempty"`
}

// shared is how many of a window's states a state rests on.
type shared struct {
	From string `json:"from"`
	N    uint64 `json:"n"`
}

// holds returns how many states of a window this one rests on.
func (f frame) holds(from string) uint64 {
	for _, s := range f.Holds {
		if s.From == from {
			return s.N
		}
	}
	return 0
}

// newer reports whether a state counts instead of another.
func (f frame) newer(g frame) bool { return f.Rev > g.Rev || f.Rev == g.Rev && f.From > g.From }

// Join opens the link that a file stands for, and keeps it open until it is
// closed. The folder of the file is made; its programs find each other by it.
func Join(path string) (*Link, error) {
	if err := privatedir.Make(filepath.Dir(path)); err != nil {
		return nil, err
	}
	l := &Link{path: path, id: codes.Secret(), arrive: make(chan Arrival, 1), done: make(chan struct{}),
		peers: make(map[net.Conn]chan frame)}
	if err := l.meet(); err != nil {
		return nil, err
	}
	return l, nil
}

// Arrivals is where news comes. News that nobody has taken is replaced by later
// news.
func (l *Link) Arrivals() <-chan Arrival { return l.arrive }

// Share makes a state the one that counts, and hands it to the others.
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

// put puts a state into the box of a peer, in the place of one that has not been sent:
// one that does not read must not hold up the rest, and is sent what counts last. The
// lock must be held.
func put(box chan frame, f frame) {
	select {
	case <-box:
	default:
	}
	box <- f
}

// Close leaves the link. The others go on.
func (l *Link) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.done:
		return
	default:
		close(l.done)
	}
	if l.host != nil {
		_ = l.host.Close()
		_ = os.Remove(l.path) // Whoever is left writes it anew.
	}
	for peer := range l.peers {
		_ = peer.Close()
	}
	for _, peer := range l.strangers {
		_ = peer.Close()
	}
}

// meet joins the program that listens, or listens where none does. Two that
// start at the same time take turns.
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
				if r, err := greet(peer, key); err == nil && l.add(peer, r) {
					return nil
				}
				_ = peer.Close() // A window that is gone, or somebody else at its port.
			}
		}
	}
	return l.listen()
}

// loopback reports whether an address is on this machine: the file is ours, and
// still nobody is to be led elsewhere by it.
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

// accept lets peers in that know the key. A stranger can cost a short line and a
// second, and no more of them are held than a few: the one that came first makes place
// for the next, so that whoever opens many keeps nobody out for long.
func (l *Link) accept(host net.Listener, key string) {
	for {
		peer, err := host.Accept()
		if err != nil {
			return // The link was closed.
		}
		l.mu.Lock()
		if len(l.strangers) == maxStrangers {
			_ = l.strangers[0].Close()
			l.strangers = slices.Delete(l.strangers, 0, 1)
		}
		l.strangers = append(l.strangers, peer)
		l.mu.Unlock()
		go func() {
			r, err := welcome(peer, key)
			l.mu.Lock()
			l.strangers = slices.DeleteFunc(l.strangers, func(c net.Conn) bool { return c == peer })
			l.mu.Unlock()
			if err != nil || !l.add(peer, r) {
				_ = peer.Close()
			}
		}()
	}
}

var errStranger = errors.New("the other end does not know the key")

// greet shows a window that listens that we know the key, and has it show the same: a
// port whose window is gone may be somebody else's by now. The key itself is not sent.
func greet(peer net.Conn, key string) (*bufio.Reader, error) {
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

// welcome is the other end of greet.
func welcome(peer net.Conn, key string) (*bufio.Reader, error) {
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

// shortLine reads a line of a stranger, which fits into the reader or is refused.
func shortLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n')
	return strings.TrimSpace(string(line)), err
}

// proofOf shows that one knows a key, for one meeting and one end of it only.
func proofOf(key, end, guest, host string) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = io.WriteString(mac, end+" "+guest+" "+host) // It never fails.
	return hex.EncodeToString(mac.Sum(nil))
}

func proves(proof, key, end, guest, host string) bool {
	return hmac.Equal([]byte(proof), []byte(proofOf(key, end, guest, host)))
}

// add joins a peer: each tells the other what it has, and the later state counts.
func (l *Link) add(peer net.Conn, r *bufio.Reader) bool {
	l.mu.Lock()
	select {
	case <-l.done:
		l.mu.Unlock()
		return false
	default:
	}
	if len(l.peers) == maxPeers {
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

// sends sends a peer what is put into its box, until it is gone.
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
				_ = peer.Close() // Its reader notices, and meets again.
				return
			}
		}
	}
}

// listenTo takes what a peer sends until it is gone, and then meets anew where it
// was the one that listened.
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
		select {
		case <-l.done:
			return
		default:
		}
		if l.meet() == nil {
			return
		}
		time.Sleep(retry) // The other is just starting, or the file system is slow.
	}
}

// take takes a state where it is newer, and hands it on.
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

// tell hands news to the program, in the place of what it has not taken.
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
