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
		on := w.Next() // The same screen may lead elsewhere for someone who wasn't safe.
		key := fmt.Sprintf("%+v %s %s", s, on.Screen().Kind, on.Next().Screen().Kind)
		if met[key] {
			return
		}
		met[key] = true
		visit(w, s)
		for i := range s.Options { // The last first: "I'm safe" leads through all that is to be done online.
			from(w.Take(len(s.Options) - 1 - i))
		}
		from(w.Next())
	}
	from(w)
}

// kinds are the screens of a walk that goes on, taking what a table says at each that asks.
func kinds(w firstaid.Walk, takes map[firstaid.Kind]int) []firstaid.Kind {
	all := []firstaid.Kind{w.Screen().Kind}
	for !w.Last() && len(all) < 40 {
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
	type kindsOf = []firstaid.Kind
	online := kindsOf{firstaid.Breathe, firstaid.Stop, firstaid.Threat, firstaid.Save, firstaid.Trouble}
	told := kindsOf{firstaid.Who, firstaid.How, firstaid.Sentence}
	after := kindsOf{firstaid.App, firstaid.Report, firstaid.Remove, firstaid.People, firstaid.End}
	for name, test := range map[string]struct {
		country string
		takes   map[firstaid.Kind]int
		want    kindsOf
	}{
		"safe, and someone to tell": {"US", map[firstaid.Kind]int{firstaid.Safe: 3, firstaid.Who: 2, firstaid.How: 1},
			slices.Concat(kindsOf{firstaid.Safe}, online, told, after)},
		"in danger": {"US", map[firstaid.Kind]int{firstaid.Safe: 0, firstaid.Who: 0, firstaid.Safer: 1},
			slices.Concat(kindsOf{firstaid.Safe, firstaid.Danger}, told, kindsOf{firstaid.People, firstaid.Safer},
				online, after)},
		"might hurt themself, and stops there": {"US",
			map[firstaid.Kind]int{firstaid.Safe: 1, firstaid.Who: 0, firstaid.Safer: 2},
			slices.Concat(kindsOf{firstaid.Safe, firstaid.Hurt}, told,
				kindsOf{firstaid.People, firstaid.Safer, firstaid.End})},
		"might hurt themself, and has no one": {"", map[firstaid.Kind]int{firstaid.Safe: 1, firstaid.Who: 4,
			firstaid.Safer: 1}, slices.Concat(kindsOf{firstaid.Safe, firstaid.Hurt, firstaid.Who, firstaid.People,
			firstaid.Safer}, online, after)},
		"not sure, or someone else": {"US", map[firstaid.Kind]int{firstaid.Safe: 2, firstaid.Who: 0, firstaid.Safer: 1},
			slices.Concat(kindsOf{firstaid.Safe, firstaid.Unsure}, told, kindsOf{firstaid.People, firstaid.Safer},
				online, after)},
		// No answer isn't taken for being safe, and what happened online waits.
		"nothing is answered": {"US", nil, slices.Repeat(kindsOf{firstaid.Safe, firstaid.Unsure, firstaid.Who,
			firstaid.People, firstaid.Safer}, 8)},
		"two who remove": {"GB", map[firstaid.Kind]int{firstaid.Safe: 3, firstaid.Who: 3},
			slices.Concat(kindsOf{firstaid.Safe}, online, told,
				slices.Insert(slices.Clone(after), 3, firstaid.Remove))},
	} {
		if got := kinds(firstaid.Start(g, d, test.country), test.takes); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// TestPersonBeforeScreenshots takes anything anywhere after someone has said that they aren't
// safe, and goes back and changes countries: nothing to do about what happened online is on
// the screen before they were given the words to someone, or who helps, and then said that
// they are safer. Without an answer the question comes again.
func TestPersonBeforeScreenshots(t *testing.T) {
	g, d := shipped(t)
	waits := []firstaid.Kind{firstaid.Breathe, firstaid.Stop, firstaid.Threat, firstaid.Save, firstaid.Trouble,
		firstaid.App, firstaid.Report, firstaid.Remove, firstaid.End}
	rapid.Check(t, func(t *rapid.T) {
		w := firstaid.Start(g, d, rapid.SampledFrom(append(d.Codes(), "")).Draw(t, "country"))
		unsafe := rapid.IntRange(0, 2).Draw(t, "unsafe")
		w = w.Take(unsafe)
		way := w.Screen().Kind
		if want := []firstaid.Kind{firstaid.Danger, firstaid.Hurt, firstaid.Unsure}[unsafe]; way != want {
			t.Fatalf("%s, want %s", way, want)
		}
		person, safer := false, false
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			s := w.Screen()
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				if back := w.Back(); back.Screen().Kind != firstaid.Safe && s.Kind != firstaid.Safe {
					w = back
				}
			case 1:
				if n := len(s.Options); n > 0 {
					i := rapid.IntRange(0, n-1).Draw(t, "option")
					safer = safer || s.Kind == firstaid.Safer && i > 0 || s.Kind == firstaid.Safe && i == 3
					if w = w.Take(i); s.Kind == firstaid.Safe && !safer { // Asked again, they may say another thing.
						way = w.Screen().Kind
					}
				}
			default:
				w = w.Next()
				if asked := s.Kind == firstaid.Safer; asked && w.Screen().Kind != firstaid.Safe {
					t.Fatalf("no answer, and it goes on to %s", w.Screen().Kind)
				}
				if s.Kind == firstaid.Safe && !safer {
					way = firstaid.Unsure
				}
			}
			now := w.Screen().Kind
			person = person || now == firstaid.Sentence || now == firstaid.People
			if slices.Contains(waits, now) && !(person && safer) {
				t.Fatalf("%s with someone there: %v, and safer: %v", now, person, safer)
			}
			if text := strings.ToLower(strings.Join(w.Screen().Text, " ")); way == firstaid.Hurt && !safer &&
				(strings.Contains(text, "lock") || strings.Contains(text, "door")) {
				t.Fatalf("%s keeps people out: %q", now, text)
			}
			passedOn := map[firstaid.Kind]string{firstaid.Hurt: "hurt or kill myself", firstaid.Danger: "I'm not safe",
				firstaid.Unsure: "Someone could get hurt"}
			if now == firstaid.Sentence && !safer && !strings.Contains(w.Screen().Sentence, passedOn[way]) {
				t.Fatalf("the danger isn't passed on: %q", w.Screen().Sentence)
			}
		}
	})
}

// TestUnheardWordsLeadToTheNumbers: whatever was typed that isn't understood may be of danger, on
// every screen; from there they're asked if they are safe, and only a yes goes on where it was. A
// slip of a finger changes nothing.
func TestUnheardWordsLeadToTheNumbers(t *testing.T) {
	g, d := shipped(t)
	for w := firstaid.Start(g, d, "UK").Take(3); ; w = w.Next() {
		at := w.Screen()
		for _, line := range []string{"jump", "she has pills", "my dad is beating my mum", "quero morrer"} {
			there, ok := w.Heard(line, false)
			s := there.Screen()
			if !ok || s.Kind != firstaid.Unsure || !strings.Contains(strings.Join(s.Text, " "), "Call 999") {
				t.Errorf("%s: %q leads to %s", at.Kind, line, s.Kind)
			}
			if more, ok := there.Heard("yes help", false); ok || more.Screen().Kind != firstaid.Unsure ||
				more.Next().Screen().Kind != firstaid.Safer {
				t.Errorf("%s: more words lead to %s", at.Kind, more.Screen().Kind)
			}
			asked := there.Next()
			if k := asked.Screen().Kind; k != firstaid.Safer {
				t.Errorf("%s: after %q nobody asks if they're safe, but it's %s", at.Kind, line, k)
			}
			for name, to := range map[string]struct {
				w    firstaid.Walk
				kind firstaid.Kind
			}{"yes": {asked.Take(1), at.Kind}, "not yet": {asked.Take(0), firstaid.Safe},
				"stop here": {asked.Take(2), firstaid.End}, "no answer": {asked.Next(), firstaid.Safe},
				"not yet, and on":                {asked.Take(0).Next(), firstaid.Unsure},
				"not yet, and someone is coming": {asked.Take(0).Take(0), firstaid.Danger},
				"back":                           {asked.Back().Back(), at.Kind}} {
				if k := to.w.Screen().Kind; k != to.kind {
					t.Errorf("%s: after %q, %s leads to %s", at.Kind, line, name, k)
				}
			}
		}
		if _, ok := w.Heard("mm", false); ok {
			t.Errorf("%s: a slip leads away", at.Kind)
		}
		if w.Last() {
			return
		}
	}
}

// TestWordsNeverLowerTheDanger: whoever has picked that they might hurt themselves, or that someone could hurt
// them, is asked who could be with them, and gets the words for that, whatever they type on the way.
func TestWordsNeverLowerTheDanger(t *testing.T) {
	g, d := shipped(t)
	for i, kind := range []firstaid.Kind{firstaid.Danger, firstaid.Hurt} {
		passedOn := []string{"I'm not safe", "hurt or kill myself"}[i]
		for _, danger := range []bool{true, false} {
			w, _ := firstaid.Start(g, d, "UK").Take(i).Heard("no one cares", danger)
			if w.Screen().Kind != kind {
				t.Errorf("%s: after words it's %s", kind, w.Screen().Kind)
			}
			if w = w.Next(); w.Screen().Kind != firstaid.Who {
				t.Errorf("%s: after words, and on, it's %s", kind, w.Screen().Kind)
			}
			w, _ = w.Heard("i took pills", true)
			if w = w.Next().Take(0).Take(0); !strings.Contains(w.Screen().Sentence, passedOn) {
				t.Errorf("%s: the sentence is %q", kind, w.Screen().Sentence)
			}
		}
	}
}

// TestNotSafeYetHasANumber: someone who is asked again, and isn't safe yet, sees the number at once.
func TestNotSafeYetHasANumber(t *testing.T) {
	g, d := shipped(t)
	for _, code := range append(d.Codes(), "") {
		for i := range 3 {
			w := firstaid.Start(g, d, code).Take(i)
			for w.Screen().Kind != firstaid.Safer {
				w = w.Next()
			}
			for _, again := range []firstaid.Walk{w.Take(0), w.Next()} {
				s := again.Screen()
				said := strings.Join(s.Text, " ")
				if s.Kind != firstaid.Safe || !strings.Contains(said, "Call "+again.Number()) {
					t.Errorf("%s: not safe yet, and it says %q", code, said)
				}
			}
		}
	}
}

// TestSomeoneAnswers: no country that has a number of any kind for a young person leaves someone in danger without one.
func TestSomeoneAnswers(t *testing.T) {
	g, d := shipped(t)
	for _, code := range d.Codes() {
		at := firstaid.Start(g, d, code).Take(0)
		number, _ := d.Urgent(code)
		if s, people := at.Screen(), at.People().Screen(); number == "" && len(s.Services)+len(people.Services) == 0 &&
			code != helpline.World && len(d.Local(code)) > 0 {
			t.Errorf("%s: no number for someone in danger", code)
		}
	}
}

// TestNoAnswerIsNeverSafe: to pass the first question by, or to answer it with words, leads to
// the numbers and the lines, and to be safe comes last of what is offered.
func TestNoAnswerIsNeverSafe(t *testing.T) {
	g, d := shipped(t)
	for _, code := range append(d.Codes(), "") {
		w := firstaid.Start(g, d, code)
		unclear, ok := w.Heard("nope", false)
		if s := w.Next().Screen(); s.Kind != firstaid.Unsure || !ok || unclear.Screen().Kind != firstaid.Unsure {
			t.Errorf("%s: it goes on to %s", code, s.Kind)
		}
		if s := unclear.Next().Screen(); s.Kind != firstaid.Who { // Words that aren't "yes" are taken for a no.
			t.Errorf("%s: after words it goes on to %s", code, s.Kind)
		}
		number, listen := d.Urgent(code)
		for _, at := range []firstaid.Walk{w.Take(1), w.Next()} {
			s := at.Screen()
			said := strings.Join(s.Text, " ")
			if number != "" && !strings.Contains(said, "Call "+number) || (len(s.Services) > 0) != (len(listen) > 0) ||
				strings.HasSuffix(said, ":") != (len(listen) > 0) {
				t.Errorf("%s: %q with %d to turn to, %d are known", code, said, len(s.Services), len(listen))
			}
		}
	}
	options := firstaid.Start(g, d, "GB").Screen().Options
	if options[len(options)-1] != "I'm safe" {
		t.Errorf("to be safe isn't the last: %q", options)
	}
}

// TestHopelessSaysWhatToDo: the line on every screen has a verb, and the text number where
// there is one; where the only line closes, it says what else there is.
func TestHopelessSaysWhatToDo(t *testing.T) {
	g, d := shipped(t)
	for code, want := range map[string]string{
		"US": "call or text 988, or text THORN to 741741.",
		"FR": "call 3114, at any hour.",
		"ES": "call 024, at any hour.",
		"NZ": "call or text 1737, at any hour.",
		"CA": "call Kids Help Phone, 1-800-668-6868, or text CONNECT to 686868, at any hour.",
		"GB": "call Childline, 0800 1111, or call Samaritans, 116 123.",
		"PT": "call 112 now, or go to an adult you feel safe with.",
		"":   "go to an adult you feel safe with now. They can call for help.",
	} {
		if got := firstaid.Start(g, d, code).Screen().Hopeless; got != "If it feels hopeless: "+want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
	for _, code := range d.Codes() {
		said := strings.TrimPrefix(firstaid.Start(g, d, code).Screen().Hopeless, "If it feels hopeless: ")
		if verb, _, _ := strings.Cut(said, " "); !slices.Contains([]string{"call", "text", "go"}, verb) {
			t.Errorf("%s: %q says nothing to do", code, said)
		}
	}
	if got := firstaid.Start(g, d, "JP").Screen().Hopeless; !strings.Contains(got, "16 to 21, but not from 29 Dec") ||
		!strings.HasSuffix(got, "At other times call 119 for an ambulance, or 110 for the police.") {
		t.Errorf("the line closes: %q", got)
	}
}

// TestWords: what a child who is watched, hit, or awake at eleven has to be told.
func TestWords(t *testing.T) {
	g, d := shipped(t)
	all := make(map[firstaid.Kind]string)
	everywhere(firstaid.Start(g, d, "GB"), func(_ firstaid.Walk, s firstaid.Screen) {
		all[s.Kind] += strings.Join(append(s.Text, s.Limits), " ")
		if s.Country != "UK" {
			t.Errorf("%s: the numbers are those of %q", s.Kind, s.Country)
		}
	})
	for kind, want := range map[firstaid.Kind][]string{
		firstaid.Safe:     {"turn up", "killing yourself"},
		firstaid.Danger:   {"people you feel safe with", "Someone coming? Meeting planned? Don't go out."},
		firstaid.Hurt:     {"Stay with me.", "Hurt, taken something"},
		firstaid.Stop:     {"A bank or shop may help", "Don't meet them"},
		firstaid.Threat:   {"Often they don't. Sometimes they do."},
		firstaid.Save:     {"exact username", "write down", "Don't delete anything yet"},
		firstaid.Who:      {"It's OK to wake them"},
		firstaid.How:      {"someone else read this phone"},
		firstaid.Sentence: {"even at night", "Try the next person"},
		firstaid.App:      {"Can they see your phone", "helpline first"},
		firstaid.Trouble:  {"Making or sharing a fake is often a crime"},
		firstaid.Report:   {"Alone or with an adult", "the police", "don't send it"},
		firstaid.Remove:   {"on sites that take part"},
		firstaid.Safer:    {"can wait", "killing yourself"},
		firstaid.End:      {"If they try again", "Worse? Come back"},
	} {
		for _, words := range want {
			if !strings.Contains(all[kind], words) {
				t.Errorf("%s: no %q in %q", kind, words, all[kind])
			}
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
			if number, _ := d.Urgent(w.Country()); number != "" &&
				!strings.Contains(strings.Join(w.People().Screen().Text, " "), "Call "+number) {
				t.Fatalf("%s: who helps has no emergency number", w.Country())
			}
			named := func(v helpline.Service) bool {
				return strings.Contains(s.Hopeless, v.Name) || v.Call != "" && strings.Contains(s.Hopeless, v.Call)
			}
			if _, listen := d.Urgent(w.Country()); len(listen) > 0 && !slices.ContainsFunc(listen, named) {
				t.Fatalf("%s %s: %q has no line of the country", w.Country(), s.Kind, s.Hopeless)
			}
			people := w.People().Screen()
			if people.Kind != firstaid.People ||
				len(people.Services) == 0 && !strings.Contains(strings.Join(people.Text, " "), "adult") {
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

// sentences are the screens with a sentence that an answer to the first question leads to,
// whoever is picked, and whichever way to tell them.
func sentences(t *testing.T, w firstaid.Walk, take int) []firstaid.Screen {
	t.Helper()
	who := w.Take(take)
	for range 10 {
		if who.Screen().Kind != firstaid.Who {
			who = who.Next()
		}
	}
	people := who.Screen().Options
	if len(people) != 5 {
		t.Fatalf("answer %d: %s offers %q", take, who.Screen().Kind, people)
	}
	if who.Take(4).Screen().Kind != firstaid.People {
		t.Errorf("after no one it goes on to %s", who.Take(4).Screen().Kind)
	}
	var all []firstaid.Screen
	for i := range people[:4] {
		for j := range who.Take(i).Screen().Options {
			all = append(all, who.Take(i).Take(j).Screen())
		}
	}
	return all
}

// TestEverySentence: four people, two ways, eight sentences that differ; and six more of
// someone who isn't safe or isn't sure, the same to everyone. Not everything is online.
func TestEverySentence(t *testing.T) {
	g, d := shipped(t)
	for take, want := range []int{2, 2, 2, 8} {
		met := make(map[string]bool)
		for _, s := range sentences(t, firstaid.Start(g, d, "GB"), take) {
			met[s.Sentence] = true
			if n, at := words(s), grade([]string{s.Sentence}); n > mostWords || at > mostGrade {
				t.Errorf("%d words, at most %d, and grade %.1f, at most %.1f: %q",
					n, mostWords, at, mostGrade, s.Sentence)
			}
			if strings.Contains(s.Sentence, "online") {
				t.Errorf("it may not be online: %q", s.Sentence)
			}
		}
		if len(met) != want {
			t.Errorf("answer %d: %d sentences, want %d: %v", take, len(met), want, met)
		}
	}
}

// TestAdviceByCountry: the emergency number and the order of the country, and no number that
// help.toml doesn't have.
func TestAdviceByCountry(t *testing.T) {
	g, d := shipped(t)
	danger := func(code string) string {
		return strings.Join(firstaid.Start(g, d, code).Take(0).Screen().Text, " ")
	}
	for code, want := range map[string]string{"GB": "Call 999 now.", "US": "Call 911 now.",
		"NO": "Call 113 for an ambulance, or 112 for the police, now.",
		"KE": "Call the emergency number. Any adult or shop knows it.",
		"":   "Call the emergency number. Any adult or shop knows it."} {
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

// TestReadRefuses checks that a guide with a hole isn't read.
func TestReadRefuses(t *testing.T) {
	whole := string(read(t, "en/now.toml"))
	for name, change := range map[string][2]string{
		"a step is missing":       {"[[step]]\nid = \"breathe\"", "[[step]]\nid = \"breath\""},
		"a head is missing":       {"head = \"Save the messages\"", "head = \"\""},
		"a sentence is missing":   {"to = \"school\"\nhow = \"send\"", "to = \"school\"\nhow = \"shout\""},
		"no line when hopeless":   {"near = \"If it feels", "near = \"\" # \"If it feels"},
		"no word for no number":   {"otherwise = \"You can tell the police", "# otherwise = \"You can tell the police"},
		"an unknown key":          {"[hopeless]", "[hopeless]\ncolour = \"red\""},
		"no way into danger":      {"id = \"danger\"\ntext", "id = \"unsafe\"\ntext"},
		"no sentence in danger":   {"unsafe = \"danger\"\nhow = \"send\"", "unsafe = \"danger\"\nhow = \"shout\""},
		"no one isn't offered":    {"id = \"noone\"", "id = \"nobody\""},
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
