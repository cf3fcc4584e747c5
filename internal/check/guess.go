package check

import (
	"math"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// Guess is how well safe choices can be guessed from their words, by a model that has seen the
// choices of all other lessons but not of this one.
type Guess struct {
	Lists  int     // Choice lists with a safe choice and another one.
	Right  float64 // The share of lists in which the guess was safe, in per cent.
	Chance float64 // The share for a random guess, in per cent.
}

// The limits on a guess: how many points it may be better than chance, and the smallest numbers
// of lessons and lists for which it counts: with fewer, a lucky guess weighs too much.
const (
	mostGuess    = 15
	leastGuessed = 3
	leastLists   = 30
)

// bag counts the words of safe and of other options.
type bag struct {
	words [2]map[string]int
	all   [2]int
}

func (b *bag) add(words []string, safe, times int) {
	for _, w := range words {
		b.words[safe][w] += times
		b.all[safe] += times
	}
}

// leans returns a number over 0 for words that are more likely in safe options: the logarithm
// of the ratio, as in naive Bayes with one added to each count (Laplace), but independent
// of the number of words.
func (b *bag) leans(words []string, vocabulary int) float64 {
	var sum float64
	for _, w := range words {
		p := float64(b.words[1][w]+1) / float64(b.all[1]+vocabulary)
		q := float64(b.words[0][w]+1) / float64(b.all[0]+vocabulary)
		sum += math.Log(p / q)
	}
	if len(words) > 0 {
		sum /= float64(len(words))
	}
	return sum
}

// optionWords returns the words of an option, and a quotation mark if it is a reply.
func optionWords(c *lesson.Choice) []string {
	words := strings.Fields(text.Fold(c.String()))
	if c.Reply != nil {
		words = append(words, `"`)
	}
	return words
}

// GuessOf does the following for each lesson: it trains a bag of words on the choices of all
// other lessons, and lets it pick the choice that looks safest in each list of this one.
func GuessOf(ls []*lesson.Lesson) Guess {
	whole := bag{words: [2]map[string]int{{}, {}}}
	vocabulary := make(map[string]bool)
	each := func(l *lesson.Lesson, do func(c *lesson.Choice, safe int)) {
		for i := range l.Scenes {
			for k := range l.Scenes[i].Choices {
				c := &l.Scenes[i].Choices[k]
				do(c, one(c.Rating == lesson.Safe))
			}
		}
	}
	for _, l := range ls {
		each(l, func(c *lesson.Choice, safe int) {
			words := optionWords(c)
			whole.add(words, safe, 1)
			for _, w := range words {
				vocabulary[w] = true
			}
		})
	}
	var g Guess
	for _, l := range ls {
		each(l, func(c *lesson.Choice, safe int) { whole.add(optionWords(c), safe, -1) })
		for i := range l.Scenes {
			choices := l.Scenes[i].Choices
			best, safe := 0, 0
			lean := math.Inf(-1)
			for k := range choices {
				safe += one(choices[k].Rating == lesson.Safe)
				if n := whole.leans(optionWords(&choices[k]), len(vocabulary)); n > lean {
					best, lean = k, n
				}
			}
			if safe == 0 || safe == len(choices) {
				continue
			}
			g.Lists++
			g.Chance += 100 * float64(safe) / float64(len(choices))
			g.Right += 100 * float64(one(choices[best].Rating == lesson.Safe))
		}
		each(l, func(c *lesson.Choice, safe int) { whole.add(optionWords(c), safe, 1) })
	}
	if g.Lists > 0 {
		g.Right, g.Chance = g.Right/float64(g.Lists), g.Chance/float64(g.Lists)
	}
	return g
}
