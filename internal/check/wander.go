package check

import (
	"fmt"
	"math"
	"slices"
)

// The number of random runs for a median, and the number of scenes after which a run in a
// cycle is given up.
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

// wander makes random runs that take each way on with the same probability, and calls each
// with the edges of a run. The runs are the same every time.
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

// medianSeconds returns how long the median random run takes. Repeated states add nothing.
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

// lengthMedian checks that the stated minutes differ from the median run by at most a quarter.
func (f *finder) lengthMedian() {
	minutes := f.g.medianSeconds() / 60
	if stated := float64(f.l.Minutes); math.Abs(stated-minutes) > minutes/4 {
		takes := max(int(math.Round(minutes)), 1)
		f.add(f.l.Place("minutes"), nil, fmt.Sprintf("type minutes: %d", takes),
			"it takes about %s, and the page says %d", plural(takes, "minute"), f.l.Minutes)
	}
}
