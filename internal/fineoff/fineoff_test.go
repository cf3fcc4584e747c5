package fineoff

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shipped returns the chats of the program and the file that they are in.
func shipped(t testing.TB) (Set, string) {
	t.Helper()
	src, err := os.ReadFile("../../lessons/en/" + File)
	if err != nil {
		t.Fatal(err)
	}
	s, found := Read("lessons/en/"+File, src)
	for _, d := range found {
		t.Error(d)
	}
	if t.Failed() {
		t.FailNow()
	}
	return s, string(src)
}

// all returns every chat of a set.
func (s Set) all() []Chat {
	var all []Chat
	for _, p := range s.pairs {
		all = append(all, p.fine, p.off)
	}
	return all
}

// twins returns the id of each chat's twin, by id.
func (s Set) twins() map[string]string {
	of := make(map[string]string)
	for _, p := range s.pairs {
		of[p.fine.ID], of[p.off.ID] = p.off.ID, p.fine.ID
	}
	return of
}

// TestShippedChats checks that there are at least 60 chats, half of them fine, so that whoever
// always says the same is right half of the time.
func TestShippedChats(t *testing.T) {
	s, _ := shipped(t)
	all := s.all()
	if len(all) < 60 {
		t.Errorf("%d chats, at least 60 are needed", len(all))
	}
	for _, always := range []Answer{Fine, Off} {
		right := 0
		for _, c := range all {
			if c.Judge(always) == Right {
				right++
			}
		}
		if 2*right != len(all) {
			t.Errorf("always %d is right of %d chats in %d", always, right, len(all))
		}
	}
}

// TestRounds checks rounds from random seeds: half of the chats are fine and about a third
// early, so that always giving the same answer doesn't pay; no chat is repeated before all
// rounds were dealt, and twins are never in the same round.
func TestRounds(t *testing.T) {
	s, _ := shipped(t)
	twin := s.twins()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		from := s.Rounds() * rapid.IntRange(0, 3).Draw(t, "time")
		seen := make(map[string]int)
		orders := make(map[string]bool)
		for n := from; n < from+s.Rounds(); n++ {
			r := s.Deal(seed, n)
			early, order := 0, ""
			for a := r; !a.Over(); a = a.Answer(Off) {
				c := a.Chat()
				order += fmt.Sprint(c.Off)
				if c.Early {
					early++
				}
				if _, again := seen[c.ID]; again {
					t.Fatalf("%s comes twice", c.ID)
				}
				seen[c.ID] = n
			}
			orders[order] = true
			for _, always := range []Answer{Fine, Off} {
				right := 0
				for a := r; !a.Over(); a = a.Answer(always) {
					if a.Chat().Judge(always) == Right {
						right++
					}
				}
				if r.Len() != RoundLen || right != RoundLen/2 {
					t.Fatalf("always %d is right in %d of %d", always, right, r.Len())
				}
			}
			if early < 2 || early > 3 {
				t.Fatalf("%d of %d are early", early, r.Len())
			}
		}
		if len(seen) != len(twin) {
			t.Fatalf("%d of %d chats were dealt", len(seen), len(twin))
		}
		if len(orders) == 1 {
			t.Fatal("the fine ones stand at the same places in every round")
		}
		for id, n := range seen {
			if seen[twin[id]] == n {
				t.Fatalf("%s and its twin are in one round", id)
			}
		}
	})
}

// TestSameSeedSameRound checks that equal seeds deal equal rounds, and other seeds other rounds.
func TestSameSeedSameRound(t *testing.T) {
	s, _ := shipped(t)
	ids := func(r Round) string {
		var all []string
		for _, c := range r.chats {
			all = append(all, c.ID)
		}
		return strings.Join(all, " ")
	}
	first, again := ids(s.Deal(7, 2)), ids(s.Deal(7, 2))
	if first != again {
		t.Error("one seed deals two rounds")
	}
	different := make(map[string]bool)
	for seed := range uint64(20) {
		different[ids(s.Deal(seed, 0))] = true
	}
	if len(different) != 20 {
		t.Errorf("20 seeds deal %d rounds", len(different))
	}
}

// TestVerdicts checks the verdict on every answer to every kind of chat, and the tally.
func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		chat Chat
		want [3]Verdict // The verdicts on Fine, Off and CantTell.
	}{
		{Chat{}, [3]Verdict{Right, Suspicious, Asked}},
		{Chat{Off: true}, [3]Verdict{Trusting, Right, Asked}},
		{Chat{Early: true}, [3]Verdict{Right, Suspicious, Wise}},
		{Chat{Off: true, Early: true}, [3]Verdict{Trusting, Right, Wise}},
	} {
		for a, want := range c.want {
			if got := c.chat.Judge(Answer(a)); got != want {
				t.Errorf("%+v, answer %d: %d, want %d", c.chat, a, got, want)
			}
			tally := Round{chats: []Chat{c.chat}}.Answer(Answer(a)).Tally()
			counted := map[Verdict]Tally{Suspicious: {Suspicious: 1}, Trusting: {Trusting: 1}, Wise: {Unsure: 1},
				Asked: {Unsure: 1}}[want]
			if tally != counted {
				t.Errorf("%+v, answer %d: counted %+v", c.chat, a, tally)
			}
		}
	}
	over := Round{chats: []Chat{{}}}.Answer(Off)
	if again := over.Answer(Off); !over.Over() || again.At() != 1 || again.Tally() != over.Tally() {
		t.Error("a round that is over took an answer")
	}
}

// TestWordsDontGiveItAway trains a model on the single words and word pairs of half of the
// pairs of chats. On the other half it may be right at most 60 times of 100.
func TestWordsDontGiveItAway(t *testing.T) {
	s, _ := shipped(t)
	bags := make(map[string][]string)
	for _, c := range s.all() {
		said := c.Setting
		for _, l := range c.Lines {
			said += " " + l.Text
		}
		words := regexp.MustCompile(`[\pL\pN]+(?:['’][\pL\pN]+)*|\)\)`).FindAllString(strings.ToLower(said), -1)
		bag := slices.Clone(words)
		for i := range max(len(words)-1, 0) {
			bag = append(bag, words[i]+" "+words[i+1])
		}
		bags[c.ID] = bag
	}
	r := rand.New(rand.NewPCG(17, 17))
	pairs, right, tried := slices.Clone(s.pairs), 0, 0
	for range 100 {
		r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		model := learn(pairs[:len(pairs)/2], bags)
		for _, p := range pairs[len(pairs)/2:] {
			tried += 2
			if !model.off(bags[p.fine.ID]) {
				right++
			}
			if model.off(bags[p.off.ID]) {
				right++
			}
		}
	}
	share := float64(right) / float64(tried)
	t.Logf("right in %.1f %% of %d", 100*share, tried)
	if share > 0.60 {
		t.Errorf("a model of the words is right in %.1f %%, at most 60 %% is allowed", 100*share)
	}
	// The model does learn: if one word gives chats away, it finds that word.
	for _, p := range s.pairs {
		bags[p.off.ID] = append(bags[p.off.ID], "givesitaway")
	}
	model := learn(s.pairs[:16], bags)
	for _, p := range s.pairs[16:] {
		if !model.off(append(slices.Clone(bags[p.fine.ID]), "givesitaway", "givesitaway", "givesitaway")) {
			t.Fatal("the model learns nothing, so what it can't tell means nothing")
		}
	}
}

// bayes is a naive Bayes model of the words in fine chats and in others.
type bayes struct {
	count [2]map[string]int // Fine, off.
	size  [2]int
	all   map[string]bool
}

func learn(pairs []pair, bags map[string][]string) bayes {
	b := bayes{count: [2]map[string]int{{}, {}}, all: map[string]bool{}}
	for _, p := range pairs {
		for kind, c := range []Chat{p.fine, p.off} {
			for _, w := range bags[c.ID] {
				b.count[kind][w]++
				b.size[kind]++
				b.all[w] = true
			}
		}
	}
	return b
}

// off reports whether the words are more likely those of a chat that is off.
func (b bayes) off(bag []string) bool {
	var score float64
	for _, w := range bag {
		if b.all[w] {
			of := func(kind int) float64 {
				return math.Log(float64(b.count[kind][w]+1) / float64(b.size[kind]+len(b.all)))
			}
			score += of(1) - of(0)
		}
	}
	return score > 0
}

// TestReadSaysWhatIsWrong breaks the shipped file in one place at a time: what is said
// names the line.
func TestReadSaysWhatIsWrong(t *testing.T) {
	_, src := shipped(t)
	const id = `id = "coach-lift"`
	cases := map[string]struct{ old, new, at, want string }{
		"no toml":        {id, `id = coach`, id, "expected"},
		"wrong type":     {id, `id = 4`, id, "incompatible types"},
		"unknown key":    {id, id + "\nmood = 1", id + "+1", `unknown key "mood"`},
		"id":             {id, `id = "Coach"`, id, `"Coach" can't be an id`},
		"twin":           {`twin = "coach-pool"`, `twin = "nobody"`, `twin = "coach-pool"`, "no twin"},
		"is":             {`is = "fine"`, `is = "ok"`, `is = "fine"`, "neither fine nor off"},
		"same kind":      {`is = "fine"`, `is = "off"`, `twin = "coach-pool"`, "no twin"},
		"early":          {"early = false\n", "", id + "-1", "whether it's early"},
		"setting":        {`setting = "Sunday`, `setting = "A b c d e f Sunday`, `setting = "Sunday`, "the limit is 14"},
		"nothing":        {`why = "It looked`, `why = "" # `, id + "-1", `no "why"`},
		"too much told":  {`then = "She`, `then = "` + strings.Repeat("a ", 30) + `She`, `then = "She`, "the limit is 30"},
		"too much asked": {`ask = "Can`, `ask = "` + strings.Repeat("a ", 16) + `Can`, `ask = "Can`, "the limit is 16"},
		"no one says it": {`"you: and thabo?"`, `"and thabo?"`, `"you: and thabo?"`, "no one says this"},
		"few words": {src[strings.Index(src, `"you: and thabo?"`):strings.Index(src, `"Bea: Then I'll ring`)],
			`"you: no", `, "chat = [", "have 24 words"},
		"many messages":  {`"you: and thabo?",`, `"you: a", "you: b", "you: c",`, "chat = [", "7 messages"},
		"nobody's":       {`early = false`, "early = false\nown = \"Zed\"", "chat = [+1", "isn't on anyone's phone"},
		"wide":           {`Durban.`, "Durban 👩‍👩‍👧.", `setting = "Sunday`, "how wide"},
		"control":        {`Durban.`, "Durban\u202e.", `setting = "Sunday`, "U+202E"},
		"twice":          {`id = "coach-pool"`, id, `id = "coach-pool"-1`, "two chats are called"},
		"not shared out": {src[strings.Index(src, "# 32"):], "", "", "whole rounds"},
		"none":           {src, "", "", "whole rounds"},
		"early ones":     {"", "", "", "about a third"},
	}
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		t.Run(name, func(t *testing.T) {
			c := cases[name]
			broken := strings.Replace(src, c.old, c.new, 1)
			if name == "early ones" {
				broken = strings.ReplaceAll(src, "early = true", "early = false")
			}
			_, found := Read("fine-or-off.toml", []byte(broken))
			line := 1
			if anchor, by := c.at, 0; anchor != "" {
				if at := regexp.MustCompile(`^(.*)([+-]1)$`).FindStringSubmatch(anchor); at != nil {
					anchor = at[1]
					fmt.Sscan(at[2], &by)
				}
				line = strings.Count(src[:strings.Index(src, anchor)], "\n") + 1 + by
			}
			var said []string
			for _, d := range found {
				said = append(said, d.String())
				if strings.HasPrefix(d.String(), fmt.Sprintf("fine-or-off.toml:%d:", line)) &&
					strings.Contains(d.Message, c.want) && d.Fix != "" {
					return
				}
			}
			t.Errorf("nothing at line %d says %q:\n%s", line, c.want, strings.Join(said, "\n"))
		})
	}
}

// TestReadAnything: whatever lines are lost, doubled or swapped, nothing panics, and a set
// that nothing was said about deals rounds.
func TestReadAnything(t *testing.T) {
	_, src := shipped(t)
	lines := strings.SplitAfter(src[:strings.Index(src, "# 9 ")], "\n")
	rapid.Check(t, func(t *rapid.T) {
		broken := slices.Clone(lines)
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			at := rapid.IntRange(0, len(broken)-2).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				broken = slices.Delete(broken, at, at+1)
			case 1:
				broken = slices.Insert(broken, at, broken[at])
			case 2:
				broken[at], broken[at+1] = broken[at+1], broken[at]
			case 3:
				broken[at] = broken[at][:rapid.IntRange(0, len(broken[at])).Draw(t, "cut")]
			}
		}
		s, found := Read("a.toml", []byte(strings.Join(broken, "")))
		if len(found) > 0 {
			return
		}
		for n := range s.Rounds() {
			if r := s.Deal(1, n); r.Len() != RoundLen {
				t.Fatalf("a round of %d", r.Len())
			}
		}
	})
}
