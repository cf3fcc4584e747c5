package firstaid_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"wayout/internal/check"
	"wayout/internal/firstaid"
	"wayout/internal/helpline"
	"wayout/lessons"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	src, err := lessons.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func shipped(t testing.TB) (*firstaid.Guide, *helpline.Directory) {
	t.Helper()
	g, err := firstaid.Read(read(t, "en/now.toml"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := helpline.Read(read(t, "help.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return g, d
}

// everywhere visits every screen that there is in a country, whatever is taken on the way.
func everywhere(w firstaid.Walk, visit func(w firstaid.Walk, s firstaid.Screen)) {
	met := make(map[string]bool)
	var from func(w firstaid.Walk)
	from = func(w firstaid.Walk) {
		s := w.Screen()
		key := fmt.Sprintf("%+v", s)
		if met[key] {
			return
		}
		met[key] = true
		visit(w, s)
		for i := range s.Options {
			from(w.Take(i))
		}
		from(w.Next())
	}
	from(w)
}

// kinds are the screens of a walk that goes on, taking what a table says at each that asks.
func kinds(w firstaid.Walk, takes map[firstaid.Kind]int) []firstaid.Kind {
	all := []firstaid.Kind{w.Screen().Kind}
	for !w.Last() {
		if i, ok := takes[w.Screen().Kind]; ok {
			w = w.Take(i)
		} else {
			w = w.Next()
		}
		all = append(all, w.Screen().Kind)
	}
	return all
}

// TestOrder holds the order of the screens, whatever is answered.
func TestOrder(t *testing.T) {
	g, d := shipped(t)
	begin := []firstaid.Kind{firstaid.Safe, firstaid.Breathe, firstaid.Stop, firstaid.Save, firstaid.Trouble,
		firstaid.Who}
	end := []firstaid.Kind{firstaid.App, firstaid.Report, firstaid.Remove, firstaid.People, firstaid.End}
	told := slices.Concat(begin, []firstaid.Kind{firstaid.How, firstaid.Sentence}, end)
	for name, test := range map[string]struct {
		country string
		takes   map[firstaid.Kind]int
		want    []firstaid.Kind
	}{
		"safe, and someone to tell": {"US", map[firstaid.Kind]int{firstaid.Safe: 0, firstaid.Who: 2, firstaid.How: 1},
			told},
		"not safe": {"US", map[firstaid.Kind]int{firstaid.Safe: 1, firstaid.Who: 0},
			slices.Insert(slices.Clone(told), 1, firstaid.Danger)},
		"nothing is answered": {"US", nil, slices.Concat(begin, []firstaid.Kind{firstaid.People}, end)},
		"two who remove": {"GB", map[firstaid.Kind]int{firstaid.Who: 3},
			slices.Insert(slices.Clone(told), len(told)-2, firstaid.Remove)},
		"no country": {"", map[firstaid.Kind]int{firstaid.Who: 3}, told},
	} {
		if got := kinds(firstaid.Start(g, d, test.country), test.takes); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// TestEveryScreen walks at random, forth and back and to who helps, in any country and from
// one to another: each screen holds the line for when it feels hopeless, who helps is one
// step away, the way back from there leads to where it was asked, and every step can be
// taken back.
func TestEveryScreen(t *testing.T) {
	g, d := shipped(t)
	codes := append(d.Codes(), "", "ZZ")
	rapid.Check(t, func(t *rapid.T) {
		w := firstaid.Start(g, d, rapid.SampledFrom(codes).Draw(t, "country"))
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			was := w.Screen()
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				w = w.Back()
			case 1:
				w = w.People()
			case 2:
				w = w.In(rapid.SampledFrom(codes).Draw(t, "to"))
			case 3:
				if n := len(was.Options); n > 0 {
					w = w.Take(rapid.IntRange(-1, n).Draw(t, "option"))
				}
			default:
				w = w.Next()
			}
			s := w.Screen()
			if !strings.HasPrefix(s.Hopeless, "If it feels hopeless") || strings.Contains(s.Hopeless, "{{") {
				t.Fatalf("%s %s: %q", w.Country(), s.Kind, s.Hopeless)
			}
			named := func(v helpline.Service) bool { return strings.Contains(s.Hopeless, v.Name) }
			if _, listen := d.Urgent(w.Country()); len(listen) > 0 && !slices.ContainsFunc(listen, named) {
				t.Fatalf("%s %s: %q has no line of the country", w.Country(), s.Kind, s.Hopeless)
			}
			people := w.People().Screen()
			if people.Kind != firstaid.People ||
				len(people.Services) == 0 && !strings.Contains(people.Text[0], "adult") {
				t.Fatalf("%s %s: who helps: %+v", w.Country(), s.Kind, people)
			}
			if s.Kind != firstaid.People {
				for _, back := range []firstaid.Walk{w.People().Next(), w.People().Back()} {
					if fmt.Sprint(back.Screen()) != fmt.Sprint(s) {
						t.Fatalf("from who helps to %s, and not to %s", back.Screen().Kind, s.Kind)
					}
				}
			}
			if next := w.Next(); !w.Last() && next.Screen().Kind != firstaid.People && s.Kind != firstaid.People &&
				fmt.Sprint(next.Back().Screen()) != fmt.Sprint(s) {
				t.Fatalf("%s and back is %s", next.Screen().Kind, next.Back().Screen().Kind)
			}
		}
	})
}

// mostWords and mostGrade bound a screen.
const mostWords, mostGrade = 40, 5.0

// pieces are what is read on a screen in our own words, but for the line that stands on each.
func pieces(s firstaid.Screen) []string {
	return append([]string{s.Head, s.Sentence, s.Limits}, slices.Concat(s.Text, s.Options)...)
}

// words counts what is read on a screen: our own words, and the names of the services.
func words(s firstaid.Screen) int {
	all := pieces(s)
	for _, v := range s.Services {
		all = append(all, v.Name)
	}
	return len(strings.Fields(strings.Join(all, " ")))
}

// grade is the Flesch-Kincaid grade of the pieces: 0.39 words a sentence + 11.8 syllables a
// word - 15.59.
func grade(pieces []string) float64 {
	var count, syllables, ends int
	for _, piece := range pieces {
		ending := func(r rune) bool { return strings.ContainsRune(".!?:", r) }
		for sentence := range strings.FieldsFuncSeq(piece, ending) {
			all := strings.FieldsFunc(sentence, func(r rune) bool {
				return r != '\'' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
			})
			if len(all) == 0 {
				continue
			}
			ends, count = ends+1, count+len(all)
			for _, w := range all {
				syllables += check.Syllables(w)
			}
		}
	}
	return 0.39*float64(count)/float64(ends) + 11.8*float64(syllables)/float64(count) - 15.59
}

// TestShortAndPlain: at most forty words a screen, in any country, reading grade five or
// lower; each sentence to say or send by itself, too.
func TestShortAndPlain(t *testing.T) {
	g, d := shipped(t)
	longest, hardest := 0, 0.0
	for _, code := range append(d.Codes(), "") {
		everywhere(firstaid.Start(g, d, code), func(_ firstaid.Walk, s firstaid.Screen) {
			n, at := words(s), grade(pieces(s))
			longest, hardest = max(longest, n), max(hardest, at)
			if n > mostWords {
				t.Errorf("%s %s: %d words on a screen, at most %d", code, s.Kind, n, mostWords)
			}
			if at > mostGrade {
				t.Errorf("%s %s: grade %.1f, at most %.1f: %q", code, s.Kind, at, mostGrade, s.Text)
			}
			if s.Sentence != "" && grade([]string{s.Sentence}) > mostGrade {
				t.Errorf("grade %.1f: %q", grade([]string{s.Sentence}), s.Sentence)
			}
			if s.Kind == firstaid.Sentence && s.Sentence == "" {
				t.Errorf("%s: no sentence", code)
			}
		})
	}
	w := firstaid.Start(g, d, "GB")
	for _, note := range []string{w.Held("c"), w.Cleared()} {
		if grade([]string{note}) > mostGrade {
			t.Errorf("grade %.1f: %q", grade([]string{note}), note)
		}
	}
	t.Logf("the longest screen has %d words, the hardest is grade %.1f", longest, hardest)
}

// TestEverySentence: four people, two ways, eight sentences that differ.
func TestEverySentence(t *testing.T) {
	g, d := shipped(t)
	met := make(map[string]bool)
	everywhere(firstaid.Start(g, d, "GB"), func(w firstaid.Walk, s firstaid.Screen) {
		if s.Kind == firstaid.Who && len(s.Options) != 4 {
			t.Errorf("%d people to choose from", len(s.Options))
		}
		if s.Sentence != "" {
			met[s.Sentence] = true
		}
	})
	// The walk visits each screen once, and takes each option of it: all sentences are met
	// only if each pair of answers has its own.
	who := firstaid.Start(g, d, "GB")
	for who.Screen().Kind != firstaid.Who {
		who = who.Next()
	}
	for i := range who.Screen().Options {
		for j := range who.Take(i).Screen().Options {
			met[who.Take(i).Take(j).Screen().Sentence] = true
		}
	}
	if len(met) != 8 {
		t.Errorf("%d sentences: %v", len(met), met)
	}
}

// TestAdviceByCountry: the emergency number and the order of the country, and no number that
// help.toml doesn't have.
func TestAdviceByCountry(t *testing.T) {
	g, d := shipped(t)
	danger := func(code string) string {
		return strings.Join(firstaid.Start(g, d, code).Take(1).Screen().Text, " ")
	}
	for code, want := range map[string]string{"GB": "Call 999 now.", "US": "Call 911 now.",
		"NO": "Call 113 for an ambulance, or 112 for the police, now.", "KE": "Can you call for help?",
		"": "Can you call for help?"} {
		if got := danger(code); !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
	help := string(read(t, "help.toml"))
	for _, c := range d.Countries {
		instead := false
		everywhere(firstaid.Start(g, d, c.Code), func(_ firstaid.Walk, s firstaid.Screen) {
			said := strings.Join(s.Text, " ")
			if s.Kind == firstaid.App {
				instead = strings.Contains(said, c.Name)
			}
			for _, number := range strings.FieldsFunc(strings.Join(pieces(s), " ")+" "+s.Hopeless, func(r rune) bool {
				return !unicode.IsDigit(r) && !strings.ContainsRune("- ", r)
			}) {
				number = strings.Trim(number, "- ")
				if number != "" && number != "18" && !strings.Contains(help, number) {
					t.Errorf("%s %s: %q isn't in help.toml", c.Code, s.Kind, number)
				}
			}
			if s.Kind == firstaid.Remove && (len(s.Services) != 1 || !strings.Contains(s.Limits, "can't reach")) {
				t.Errorf("%s: removal without what it can't do: %+v", c.Code, s)
			}
		})
		if instead != (c.Note != "") {
			t.Errorf("%s: its note is %q, and the advice about the app is its own: %v", c.Code, c.Note, instead)
		}
	}
}

// TestNeverSaid: no promise, no blame, no scare, nothing assumed about what was sent, no
// real app.
func TestNeverSaid(t *testing.T) {
	src := strings.ToLower(string(read(t, "en/now.toml")))
	for line := range strings.Lines(src) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, never := range []string{"promise", "nobody will", "no one will", "forever", "ruin", "your picture",
			"you sent", "why did you", "should have", "for sure", "always", "will stop", "it's over", "secret",
			"victim", "instagram", "snapchat", "whatsapp", "tiktok", "discord", "police come"} {
			if strings.Contains(line, never) {
				t.Errorf("%q in %q", never, line)
			}
		}
	}
}

// TestReadRefuses holds that a guide with a hole isn't read.
func TestReadRefuses(t *testing.T) {
	whole := string(read(t, "en/now.toml"))
	for name, change := range map[string][2]string{
		"a step is missing":       {"[[step]]\nid = \"breathe\"", "[[step]]\nid = \"breath\""},
		"a head is missing":       {"head = \"Save the words\"", "head = \"\""},
		"a sentence is missing":   {"to = \"school\"\nhow = \"send\"", "to = \"school\"\nhow = \"shout\""},
		"no line when hopeless":   {"near = \"If it feels", "near = \"\" # \"If it feels"},
		"no word for no number":   {"otherwise = \"You can tell the police", "# otherwise = \"You can tell the police"},
		"an unknown key":          {"[hopeless]", "[hopeless]\ncolour = \"red\""},
		"no way into danger":      {"id = \"danger\"\ntext", "id = \"unsafe\"\ntext"},
		"an escape":               {"One slow breath", "One slow \x1b[2J breath"},
		"nothing about clipboard": {"cleared = \"", "cleared = \"\" # \""},
	} {
		src := strings.Replace(whole, change[0], change[1], 1)
		if src == whole {
			t.Fatalf("%s: nothing is changed", name)
		}
		if _, err := firstaid.Read([]byte(src)); err == nil {
			t.Errorf("%s, and it is read", name)
		}
	}
}
