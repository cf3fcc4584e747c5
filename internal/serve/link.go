package serve

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// The bounds of the link.
const (
	maxFrame    = 1 << 20                // Bytes of a state.
	maxPeers    = 4                      // Views and desks at a time.
	handshake   = time.Second            // For the key to come.
	writeWithin = time.Second            // For a peer that does not read.
	retry       = 100 * time.Millisecond // Between two tries to meet.
)

// Link joins the programs of one talk on one machine.
type Link struct {
	path   string
	id     string // Decides between two states of the same number.
	arrive chan Arrival
	done   chan struct{}

	mu    sync.Mutex // Guards what follows.
	frame frame      // The latest state.
	peers map[net.Conn]bool
	host  net.Listener
}

// Arrival is news from the link.
type Arrival struct {
	State []byte // The state that counts now, or nil where only the peers changed.
	Peers int    // How many programs are joined besides this one.
}

// frame is a state on the wire.
type frame struct {
	Rev   uint64          `json:"rev"`
	From  string          `json:"from"`
	State json.RawMessage `json:"state,omitempty"`
}

// newer reports whether a state counts instead of another.
func (f frame) newer(g frame) bool { return f.Rev > g.Rev || f.Rev == g.Rev && f.From > g.From }

// Join opens the link that a file stands for, and keeps it open until it is
// closed. The folder of the file is made; its programs find each other by it.
func Join(path string) (*Link, error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	// A folder that others can write to may have been laid there by one of them.
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() || runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return nil, errors.Join(fmt.Errorf("%s is no folder of our own", dir), err)
	}
	l := &Link{path: path, id: token(), arrive: make(chan Arrival, 1), done: make(chan struct{}), peers: make(map[net.Conn]bool)}
	if err := l.meet(); err != nil {
		return nil, err
	}
	return l, nil
}

func token() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // It never fails.
	return hex.EncodeToString(b[:])
}

// Arrivals is where news comes. News that nobody has taken is replaced by later
// news.
func (l *Link) Arrivals() <-chan Arrival { return l.arrive }

// Share makes a state the one that counts, and hands it to the others.
func (l *Link) Share(state []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frame = frame{Rev: l.frame.Rev + 1, From: l.id, State: state}
	for peer := range l.peers {
		go send(peer, l.frame) // One that does not read must not hold up the rest.
	}
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
				if _, err := io.WriteString(peer, key+"\n"); err == nil && l.add(peer, bufio.NewReader(peer)) {
					return nil
				}
				_ = peer.Close()
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
	key := token()
	tmp := l.path + ".new"
	if err := os.WriteFile(tmp, []byte(host.Addr().String()+" "+key+"\n"), 0o600); err != nil {
		return errors.Join(err, host.Close())
	}
	if err := os.Rename(tmp, l.path); err != nil {
		return errors.Join(err, host.Close())
	}
	l.mu.Lock()
	l.host = host
	l.mu.Unlock()
	go l.accept(host, key)
	return nil
}

func (l *Link) accept(host net.Listener, key string) {
	for {
		peer, err := host.Accept()
		if err != nil {
			return // The link was closed.
		}
		go func() {
			_ = peer.SetReadDeadline(time.Now().Add(handshake))
			r := bufio.NewReader(peer)
			given, err := r.ReadString('\n')
			if err != nil || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(given)), []byte(key)) != 1 || !l.add(peer, r) {
				_ = peer.Close()
			}
		}()
	}
}

// add joins a peer: each tells the other what it has, and the later state counts.
func (l *Link) add(peer net.Conn, r *bufio.Reader) bool {
	l.mu.Lock()
	if len(l.peers) == maxPeers {
		l.mu.Unlock()
		return false
	}
	_ = peer.SetReadDeadline(time.Time{})
	l.peers[peer] = true
	now, n := l.frame, len(l.peers)
	l.mu.Unlock()
	go send(peer, now)
	l.tell(Arrival{Peers: n})
	go l.listenTo(peer, r)
	return true
}

func send(peer net.Conn, f frame) {
	data, err := json.Marshal(f)
	if err == nil {
		_ = peer.SetWriteDeadline(time.Now().Add(writeWithin))
		_, err = peer.Write(append(data, '\n'))
	}
	if err != nil {
		_ = peer.Close() // Its reader notices, and meets again.
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
	l.frame = f
	n := len(l.peers)
	for peer := range l.peers {
		if peer != from {
			go send(peer, f)
		}
	}
	l.mu.Unlock()
	l.tell(Arrival{State: f.State, Peers: n})
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
	default:
	}
	l.arrive <- a
}
