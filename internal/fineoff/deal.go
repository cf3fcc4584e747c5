package fineoff

// Set is the chats of a language, by pairs: no more can be seen of it than its rounds.
type Set struct{ pairs []pair }

// Chats returns the chats of a set, to be packed: of each pair the fine one and then the other.
func (s Set) Chats() []Chat {
	var all []Chat
	for _, p := range s.pairs {
		all = append(all, p.fine, p.off)
	}
	return all
}

// Of returns the set whose [Set.Chats] these are.
func Of(chats []Chat) Set {
	var s Set
	for i := 1; i < len(chats); i += 2 {
		s.pairs = append(s.pairs, pair{fine: chats[i-1], off: chats[i]})
	}
	return s
}

// pair is two twins.
type pair struct{ fine, off Chat }

// early returns how many of the chats that are given to a half of the rounds are early.
func (p pair) early(off bool) int {
	if p.fine.Early && !off || p.off.Early && off {
		return 1
	}
	return 0
}

// Rounds returns how many rounds there are before a chat comes again.
func (s Set) Rounds() int { return 2 * s.half() }

// half is the number of rounds that are dealt before a twin comes of a chat that was seen.
func (s Set) half() int { return len(s.pairs) / RoundLen }

// Deal deals round n, from 0, of those that a seed stands for. Half of its chats are fine
// and about a third are early. Twins are never in one round, nor in one half of the rounds,
// and no chat comes again before all rounds were dealt.
func (s Set) Deal(seed uint64, n int) Round {
	turn := n % s.Rounds()
	stream := random(seed + uint64(n/s.Rounds())*0x9e3779b97f4a7c15)
	fine, off := s.split(&stream, turn/s.half() == 1)
	// The early ones come first in both lists, and are dealt one a round. The list of those
	// that are off begins where that of the fine ones has stopped.
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
	stream += random(turn) // Each round has an order of its own.
	shuffle(&stream, chats)
	return Round{chats: chats}
}

// split returns the chats of one half of the rounds, the early ones first: of each pair one
// twin, and the other is for the other half. Second asks for that one.
func (s Set) split(r *random, second bool) (fine, off []Chat) {
	pairs := append([]pair(nil), s.pairs...)
	best := -1
	var order []pair
	for range triesToBalance { // Which of many ways shares the early ones out best?
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

// triesToBalance is how many ways to share the pairs out are tried. Most are good ones.
const triesToBalance = 16

// unevenness returns by how much the early chats of the two halves differ, where the first
// half of the pairs give their fine twin to the first half of the rounds.
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
