package serve

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are those of a code: Crockford's base 32, without look-alikes, so that
// a code can be read off a wall and said across a room.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Lengths of what is typed to come in.
const (
	codeLength = 6 // 2^30 codes (trust.md 1.4).
	backLength = 8 // 2^40 ways back to a seat.
)

// newCode returns a random code of n letters.
func newCode(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // It never fails.
	for i := range b {
		b[i] = letters[b[i]&31]
	}
	return string(b)
}

// ParseCode reads a code as someone types it or pastes it: in any case and any width,
// with spaces, dashes and punctuation of any kind, an O for a zero and an I or an L for
// a one, and letters of other scripts that look the same. It returns "" for what is no
// code. Every face reads codes with it.
func ParseCode(typed string) string {
	if len(typed) > mostTyped {
		return ""
	}
	var b strings.Builder
	for _, r := range strings.ToUpper(norm.NFKC.String(typed)) {
		if unicode.IsSpace(r) || unicode.In(r, unicode.P, unicode.Z, unicode.Cf, unicode.Cc, unicode.Mn) || r == minus {
			continue
		}
		if r = letterOf(r); !strings.ContainsRune(letters, r) {
			return ""
		}
		b.WriteRune(r)
	}
	if n := b.Len(); n != codeLength && n != backLength {
		return ""
	}
	return b.String()
}

// Spaced returns a code as it is shown, in two halves.
func Spaced(code string) string { return code[:len(code)/2] + " " + code[len(code)/2:] }

// hashed turns a secret into a name that does not give it away. A room is found by
// the name of its code, so that no comparison of codes can be timed.
func hashed(kind, secret string) string {
	sum := sha256.Sum256([]byte("wayout " + kind + " " + secret))
	return hex.EncodeToString(sum[:16])
}

// The limits on guessing (trust.md 1.4): at sixty a minute an hour tries 3,600 of
// a thousand million codes.
const (
	wrongEach = 10 // A minute, by address.
	wrongAll  = 60 // A minute, in total.
	wrongConn = 5  // In one connection.
	forgetIn  = time.Minute
)

// guard counts wrong codes. It keeps addresses for a minute, in memory.
type guard struct {
	mu    sync.Mutex
	since time.Time
	each  map[netip.Addr]int
	all   int
	now   func() time.Time
}

func newGuard() *guard { return &guard{each: make(map[netip.Addr]int), now: time.Now} }

// open reports whether an address may try a code at all.
func (g *guard) open(from netip.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn()
	return g.each[from] < wrongEach && g.all < wrongAll
}

// wrong counts a wrong code.
func (g *guard) wrong(from netip.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.turn()
	g.each[from]++
	g.all++
}

func (g *guard) turn() {
	if now := g.now(); now.Sub(g.since) >= forgetIn {
		g.since, g.all = now, 0
		clear(g.each)
	}
}
