package check

import (
	"fmt"
	"math"
	"slices"
)

// How many runs of chance are made for a median, and where one stops that goes
// round and round.
const (
	wanderers  = 999
	mostWander = 400
)

// chance is a stream of numbers: SplitMix64 (Steele, Lea, Flood 2014).
type chance uint64

func (c *chance) next() uint64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// wander makes runs that take each way on with the same chance, and calls each with
// the edges of a run. They are the same every time.
func (g *graph) wander(each func(path []int32)) {
	chance := chance(1)
	for range wanderers {
		var path []int32
		for i := int32(0); len(path) < mostWander-1 && len(g.out(int(i))) > 0; {
			e := g.first[i] + int32(chance.next()%uint64(len(g.out(int(i)))))
			path = append(path, e)
			i = g.edges[e].to
		}
		each(path)
	}
}

// medianSeconds is how long a run of chance takes. What is met again adds nothing.
func (g *graph) medianSeconds() float64 {
	seconds := g.seconds()
	var r reader
	var all []float64
	g.wander(func(path []int32) {
		met := make(map[int]bool, len(path))
		n := 0.0
		for at, i := range g.passed(path) {
			if met[i] {
				continue
			}
			met[i] = true
			n += seconds[g.view[i]]
			if at < len(path) {
				n += r.spent(g.reaction(path[at]))
			}
		}
		all = append(all, n)
	})
	slices.Sort(all)
	return all[len(all)/2]
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// lengthMedian: the stated minutes lie within a quarter of what the median path takes.
func (f *finder) lengthMedian() {
	minutes := f.g.medianSeconds() / 60
	if stated := float64(f.l.Minutes); math.Abs(stated-minutes) > minutes/4 {
		takes := max(int(math.Round(minutes)), 1)
		f.add(f.l.Place("minutes"), nil, fmt.Sprintf("type minutes: %d", takes),
			"it takes about %s, and the page says %d", plural(takes, "minute"), f.l.Minutes)
	}
}
