package codes

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are the letters of a code: Crockford's base 32, which leaves out look-alikes, so that a
// code can be read off a screen and called across a room.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// The lengths of the codes that are typed. A right code is always accepted, however many wrong
// ones were typed at the same address (only the reply to a wrong one is delayed). So every request
// tests a guess, and only the number of possible codes keeps guessers out.
//
// The calculation: no limit slows a guesser, so the number of guesses is what the machine can
// answer. Two cores answer some ten thousand joins a second; say 20,000, which is 1.2 million
// a minute and 1.08e8 in a lesson of 90 minutes.
//
//	codes of 10 letters            32^10 = 2^50 = 1.13e15
//	one class, a whole lesson      1.08e8 / 1.13e15 = 1 in 10 million
//	a service with N classes open  N times that: with 100, 1 in 100,000
//	the same, 8 hours a day        5.8e8 tries: 1 in 19,500 a day
//
// With 6 letters, as there used to be, the first of these was 1 in 10; with 8 it is 1 in
// 10,000, which becomes 1 in 100 for a service with 100 classes. A guesser at this rate also
// overloads the machine, and shows up on every desk.
//
// Return codes are typed over SSH only, where each connection costs a key exchange and has
// five tries: say 5,000 a second, 2.7e7 in a lesson. Any seat of the service is good enough
// for a guesser: 32^12 = 2^60 over half a million seats (100 classes of 5,000) is one in
// 2.3e12, and the tries of a lesson find one with a chance of 1 in 85,000.
const (
	JoinLength   = 10 // The letters of a join code.
	ReturnLength = 12 // The letters of a return code.
)

// New returns a random code of n letters.
func New(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // It never fails.
	for i := range b {
		b[i] = letters[b[i]&31]
	}
	return string(b)
}

// Parse reads a code as people type or paste it: in upper or lower case and any width, with
// spaces, dashes and punctuation, with O for zero, I or L for one, and letters of other
// scripts that look the same. It returns "" for anything that isn't a code. Browsers, SSH and
// links all use it.
func Parse(typed string) string {
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
	if n := b.Len(); n != JoinLength && n != ReturnLength {
		return ""
	}
	return b.String()
}

// Spaced returns a code as it is shown, in three groups: "ABC DEFG HJK".
func Spaced(code string) string {
	first, last := len(code)/3, len(code)-len(code)/3
	return code[:first] + " " + code[first:last] + " " + code[last:]
}

// Hash turns a secret of a kind into a name that doesn't reveal it. A room is looked up by the
// hash of its code, so that the time of a comparison reveals nothing about the code.
func Hash(kind, secret string) string {
	sum := sha256.Sum256([]byte("wayout " + kind + " " + secret))
	return hex.EncodeToString(sum[:16])
}

// Secret returns a new secret: 128 random bits, as 32 hexadecimal digits.
func Secret() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // It never fails.
	return hex.EncodeToString(b[:])
}

// IsSecret reports whether a text has the form of a secret, or of a hash.
func IsSecret(id string) bool {
	return len(id) == 32 && strings.Trim(id, "0123456789abcdef") == ""
}
