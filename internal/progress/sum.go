package progress

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// sum returns the SHA-256 of data, as defined by FIPS 180-4. It is used in a browser, because
// crypto/sha256 brings its whole certified module along, a twenty-fifth of what a device loads
// before the first story. Elsewhere the library is used; a test holds that both agree.
func sum(data []byte) [32]byte {
	state, key := constants()
	padded := append(append([]byte(nil), data...), 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.BigEndian.AppendUint64(padded, uint64(len(data))*8)
	for ; len(padded) > 0; padded = padded[64:] {
		state = block(state, key, padded[:64])
	}
	var out [32]byte
	for i, word := range state {
		binary.BigEndian.PutUint32(out[4*i:], word)
	}
	return out
}

// constants returns the initial words of a sum and those of its rounds: the first 32 bits of
// the fractional parts of the square roots and of the cube roots of the first primes.
func constants() (state [8]uint32, key [64]uint32) {
	fraction := func(root float64) uint32 {
		_, part := math.Modf(root)
		return uint32(part * (1 << 32))
	}
	n := 0
	for p := 2; n < len(key); p++ {
		prime := true
		for d := 2; d*d <= p; d++ {
			prime = prime && p%d != 0
		}
		if !prime {
			continue
		}
		if n < len(state) {
			state[n] = fraction(math.Sqrt(float64(p)))
		}
		key[n] = fraction(math.Cbrt(float64(p)))
		n++
	}
	return state, key
}

// block adds 64 bytes to a sum, and returns its new state.
func block(state [8]uint32, key [64]uint32, src []byte) [8]uint32 {
	turn := func(x uint32, by int) uint32 { return bits.RotateLeft32(x, -by) }
	var w [64]uint32
	for i := range w {
		if i < 16 {
			w[i] = binary.BigEndian.Uint32(src[4*i:])
			continue
		}
		a, b := w[i-15], w[i-2]
		w[i] = w[i-16] + (turn(a, 7) ^ turn(a, 18) ^ a>>3) + w[i-7] + (turn(b, 17) ^ turn(b, 19) ^ b>>10)
	}
	s := state
	for i := range w {
		a, e := s[0], s[4]
		t := s[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e&s[5] ^ ^e&s[6]) + key[i] + w[i]
		u := (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a&s[1] ^ a&s[2] ^ s[1]&s[2])
		s = [8]uint32{t + u, a, s[1], s[2], s[3] + t, e, s[5], s[6]}
	}
	for i := range s {
		s[i] += state[i]
	}
	return s
}
