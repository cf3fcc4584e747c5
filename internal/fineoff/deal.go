package fineoff

// Set is the chats of a language, in pairs of twins.
type Set struct{ pairs []pair }

// Chats returns the chats of a set, so that [Of] can restore it: for each pair the fine one, then the other.
func (s Set) Chats() []Chat {
	var all []Chat
	for _, p := range s.pairs {
		all = append(all, p.fine, p.off)
	}
	return all
}

// Of returns the set with these chats, which must be in the order of [Set.Chats].
func Of(chats []Chat) Set {
	var s Set
	for i := 1; i < len(chats); i += 2 {
		s.pairs = append(s.pairs, pair{fine: chats[i-1], off: chats[i]})
	}
	return s
}

// pair is a pair of twins.
type pair struct{ fine, off Chat }

// early returns 1 if a twin is early, and otherwise 0: the off twin if off is set, or else the fine one.
func (p pair) early(off bool) int {
	if p.fine.Early && !off || p.off.Early && off {
		return 1
	}
	return 0
}

// Rounds returns how many rounds are dealt before a chat is repeated.
func (s Set) Rounds() int { return 2 * s.half() }

// half returns how many rounds are dealt before the twin of a chat that was seen may come.
func (s Set) half() int { return len(s.pairs) / RoundLen }

// Deal deals round n, from 0, of the sequence of rounds that a seed gives. Half of its chats
// are fine and about a third are early. Twins are never in the same round, nor in the same
// half of the rounds, and no chat is repeated before all rounds were dealt.
func (s Set) Deal(seed uint64, n int) Round {
	turn := n % s.Rounds()
	stream := random(seed + uint64(n/s.Rounds())*0x9e3779b97f4a7c15)
	fine, off := s.split(&stream, turn/s.half() == 1)
	// The early chats come first in both lists, and are dealt to one round after the other. The
	// off list begins at the round where the early chats of the fine list ended.
	early, rounds, at := 0, s.half(), turn%s.half()
	for _, c := range fine {
		if c.Early {
			early++
		}
	}
	var chats []Chat
	for i := range RoundLen / 2 {
		chats = append(chats, fine[i*rounds+at], off[i*rounds+(at-early%rounds+rounds)%rounds])
	}
	stream += random(turn) // Each round has its own order.
	shuffle(&stream, chats)
	return Round{chats: chats}
}

// split returns the chats of one half of the rounds, the early ones first. It takes one twin
// of each pair for the first half, and the other for the second half.
func (s Set) split(r *random, second bool) (fine, off []Chat) {
	pairs := append([]pair(nil), s.pairs...)
	best := -1
	var order []pair
	for range triesToBalance { // Keep the order that divides the early chats most evenly.
		shuffle(r, pairs)
		if gap := unevenness(pairs[:s.half()*RoundLen]); best < 0 || gap < best {
			best, order = gap, append([]pair(nil), pairs[:s.half()*RoundLen]...)
		}
	}
	for i, p := range order {
		if (i < len(order)/2) != second {
			fine = append(fine, p.fine)
		} else {
			off = append(off, p.off)
		}
	}
	return earlyFirst(fine), earlyFirst(off)
}

// triesToBalance is how many random orders of the pairs split tries. Most orders are good.
const triesToBalance = 16

// unevenness returns by how much the numbers of early chats in the two halves of the rounds
// differ, if the first half of the pairs give their fine twin to the first half of the rounds.
func unevenness(pairs []pair) int {
	gap := 0
	for i, p := range pairs {
		first := i >= len(pairs)/2
		gap += p.early(first) - p.early(!first)
	}
	return max(gap, -gap)
}

func earlyFirst(chats []Chat) []Chat {
	var early, clear []Chat
	for _, c := range chats {
		if c.Early {
			early = append(early, c)
		} else {
			clear = append(clear, c)
		}
	}
	return append(early, clear...)
}

// random is a stream of numbers: SplitMix64 (Steele, Lea, Flood 2014).
type random uint64

func (r *random) below(n int) int {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

func shuffle[T any](r *random, all []T) {
	for i := len(all) - 1; i > 0; i-- {
		j := r.below(i + 1)
		all[i], all[j] = all[j], all[i]
	}
}
