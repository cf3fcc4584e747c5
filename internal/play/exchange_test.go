package play_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"wayout/internal/coursetest"
	answers "wayout/internal/exchange"
	"wayout/internal/hear"
	"wayout/internal/lesson"
	"wayout/internal/play"
)

// ears returns the recogniser of the shipped language.
func ears(t testing.TB) *hear.Recogniser {
	t.Helper()
	var files [2][]byte
	for i, name := range []string{"frames.toml", "weights.txt"} {
		src, err := os.ReadFile("../../lessons/en/hear/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = src
	}
	r, err := hear.Read(files[0], files[1])
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// exchange returns a lesson with a chain of rehearsals, each of which leads to the next.
func exchange(t testing.TB, lines int) *lesson.Lesson {
	t.Helper()
	var b strings.Builder
	b.WriteString(
		"---\ngoal: Say no.\nrisk: images\nrole: target\nfocus: Kai\nplace: Leeds\nages: 13-18\nminutes: 5\n" +
			"note: Nothing explicit is shown.\nbehind: A man of forty.\narticle: images\nsources: nca-24\n---\n\n" +
			"# No\n\nKai plays a game.\n\n")
	for i := range lines {
		fmt.Fprintf(&b, "## Turn %d\n\n> **Sam:** just one\n\n> **Kai:** ________\n\n- `decline` [On](#turn-%d)\n\n"+
			"  > **Sam:** wow ok\n\n"+
			"- `~agree` [On](#turn-%d)\n\n  > **Sam:** yay\n\n- `unclear`\n\n  > **Sam:** huh?\n\n> **Kai:** no\n\n"+
			"[On](#turn-%d)\n\n",
			i, i+1, i+1, i+1)
	}
	fmt.Fprintf(&b, "## Turn %d\n\n> [!TIP]\n> A no is enough.\n", lines)
	l, diags := lesson.Parse("no.md", []byte(b.String()))
	if l == nil {
		t.Fatal(diags)
	}
	return l
}

// TestHear checks what a typed line does to a run: a line that is understood leads on; danger,
// and a line that has to be asked about, leave the run unchanged.
func TestHear(t *testing.T) {
	with, ok := ears(t), must(t)
	r := play.Start(exchange(t, 2), 1)
	next, h, err := r.Hear(with, "no. im not sending you anything")
	if err != nil || len(h.Strong) == 0 || len(h.Weak) > 0 || next.Turn() != play.Go || next.Heard().Name != "decline" {
		t.Errorf("a no is heard as %+v, %v", h, err)
	}
	for _, q := range h.Strong {
		if !strings.Contains("no. im not sending you anything", q.Words) || q.Words == "" {
			t.Errorf("%s rests on %q", q.Move, q.Words)
		}
	}
	next, h, err = r.Hear(with, "ok fine just one but promise you delete it")
	if err != nil || len(h.Strong) > 0 || len(h.Weak) == 0 || next.Heard().Name != "agree" {
		t.Errorf("giving in is heard as %+v, %v", h, err)
	}
	for _, line := range []string{"i want to die", "id rather be dead than her see it", "hes outside",
		"i cut myself again"} {
		next, h, err = r.Hear(with, line)
		if err != nil || !h.Danger || len(h.Strong)+len(h.Weak)+len(h.Ask) > 0 || len(next.Actions()) > 0 ||
			next.Turn() != play.Say {
			t.Errorf("%q is heard as %+v, %v", line, h, err)
		}
	}
	// If the story has a scene of help, danger leads there.
	next, h, err = to(t, "the-kitchen-light").Hear(with, "i need help. i want to die")
	if err != nil || !h.Danger || next.Heard() == nil || next.Heard().Name != lesson.Danger {
		t.Errorf("%+v, %v", h, err)
	}
	for _, line := range []string{"im dead lol", "kms this homework"} {
		if _, h, _ = r.Hear(with, line); h.Danger || !h.Gentle {
			t.Errorf("%q is heard as %+v", line, h)
		}
	}
	// A language without frames and weights skips the line.
	if next, _, err := r.Hear(nil, "no"); err != nil || next.Turn() != play.Go {
		t.Errorf("unheard: %v", err)
	}
	// The learner says what the line was.
	meant, h, err := r.Meant("block")
	if err != nil || !h.Told || meant.Turn() != play.Go || meant.Heard().Name != "decline" {
		t.Errorf("meant: %+v, %v", h, err)
	}
	if none, _, err := r.Meant(""); err != nil || !none.Missed() || none.Turn() != play.Say {
		t.Errorf("meant nothing: %v", err)
	}
	if _, _, err := ok(r.Said([]string{"decline"})).Meant("agree"); err != nil {
		t.Error(err)
	}
}

// TestWhoIsNotUnderstoodStays checks that a learner who wasn't understood may try again, that an
// exchange ends after five lines even so, and that none of these lines is stored.
func TestWhoIsNotUnderstoodStays(t *testing.T) {
	ok := must(t)
	r := play.Start(exchange(t, 7), 1)
	for n := 1; n < play.MostTurns; n++ {
		if r = ok(r.Said(nil)); r.Turn() != play.Say || r.Scene().ID != "turn-0" || !r.Missed() {
			t.Fatalf("after %d lines: turn %d in %s", n, r.Turn(), r.Scene().ID)
		}
		if got := last(r, 1); got != "huh?" {
			t.Errorf("it is answered %q", got)
		}
	}
	if traces := r.Traces(); len(traces) > 0 {
		t.Errorf("written down: %+v", traces)
	}
	r = ok(r.Said(nil))
	for n := 0; r.Turn() != play.End; n++ {
		if r.Turn() == play.Say || n > 20 {
			t.Fatalf("a sixth line in %s", r.Scene().ID)
		}
		r = ok(r.Go())
	}
	if back, whole := play.Retrace(r.Lesson(), 1, r.Traces()); !whole || back.State() != r.State() {
		t.Errorf("retraced to %s", back.Scene().ID)
	}
	// Lines that are understood count towards the five, too.
	said := 0
	for r = play.Start(exchange(t, 7), 1); r.Turn() != play.End; {
		if r.Turn() == play.Say {
			said++
			r = ok(ok(r.Said([]string{"decline"})).Said([]string{"agree"})) // Saying it again isn't another turn.
		}
		r = ok(r.Go())
	}
	if said != play.MostTurns {
		t.Errorf("%d lines in an exchange", said)
	}
}

// TestTheNearestMoveLeads checks that a story without an answer to a move uses that of a similar
// move: a protective move never gets the answer to a weak one, nor the other way round.
func TestTheNearestMoveLeads(t *testing.T) {
	for _, l := range append(lessons(t), example(t), exchange(t, 2)) {
		for i := range l.Scenes {
			r := l.Scenes[i].Rehearsal
			if r == nil || !r.Branches() {
				continue
			}
			run, err := play.Start(l, 1).From(l.Scenes[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			in := play.SituationOf(l, r)
			for _, m := range hear.Moves[in] {
				name := strings.TrimPrefix(m, "~")
				next, err := run.Said([]string{name})
				if err != nil {
					t.Fatal(err)
				}
				heard := next.Heard()
				if heard == nil || heard.Name == lesson.Unclear {
					continue // The continue link, or another try.
				}
				if heard.Weak != lesson.Weakens(name) {
					t.Errorf("%s: %s is answered as %s", l.Scenes[i].ID, m, heard.Name)
				}
				if slices.ContainsFunc(r.Moves, func(o lesson.Move) bool {
					return o.Name == name
				}) && heard.Name != name {
					t.Errorf("%s: %s is answered as %s although it has an answer", l.Scenes[i].ID, m, heard.Name)
				}
			}
		}
	}
}

// TestCueWordsNeverPraise checks that a lesson's own cue words add to what is heard, but never
// turn a line that gives in into a no.
func TestCueWordsNeverPraise(t *testing.T) {
	with := ears(t)
	r := answers.Rehearsal{In: hear.Refuse, Items: []answers.Item{
		{Move: "boundary", Cues: []string{"i only draw dragons"}},
		{Move: "agree", Weak: true, Cues: []string{"purple"}}}}
	if h := r.Listen(with, "i only draw dragons"); len(h.Strong) == 0 &&
		(len(h.Ask) == 0 || h.Ask[0].Move != "boundary") {
		t.Errorf("a cue is heard as %+v", h)
	}
	if h := r.Listen(with, "ok fine ill send one. i only draw dragons"); len(h.Strong) > 0 {
		t.Errorf("giving in is praised: %+v", h)
	}
	if h := r.Listen(with, "i want to die. i only draw dragons"); !h.Danger {
		t.Errorf("danger is heard as %+v", h)
	}
}

// TestAPersonOfTheLessonIsSomeone checks that the recogniser knows the names of a lesson, and that
// someone who tells for a friend isn't told that they spoke of someone else.
func TestAPersonOfTheLessonIsSomeone(t *testing.T) {
	with := ears(t)
	marit := answers.Rehearsal{In: hear.Refuse, People: []string{"Marit", "Opa"}}
	for _, line := range []string{"no, i'll tell marit", "i'll tell marit", "no i'll tell opa"} {
		if h := marit.Listen(with, line); len(h.Strong) == 0 || len(h.Weak) > 0 {
			t.Errorf("%q is heard as %+v", line, h)
		}
	}
	line := "my friend is being blackmailed by her ex"
	for _, friend := range []bool{false, true} {
		h := answers.Rehearsal{In: hear.Tell, Friend: friend}.Listen(with, line)
		names := h.Names()
		if friend && (!slices.Contains(names, "say-what") || slices.Contains(names, "someone-else")) {
			t.Errorf("for a friend %q is heard as %v", line, names)
		}
	}
	l := *exchange(t, 2)
	l.Role = "bystander"
	r := play.NewRoutes(&l, &l.Scenes[0])
	if !r.Friend || !slices.Equal(r.People, []string{"Kai", "Sam"}) {
		t.Errorf("a rehearsal of a bystander is %+v", r)
	}
}

// TestModelsAndCuesAreHeard types the words of the lessons: each model line, and each sentence of
// one, is heard as protecting and gets the answer to that; a cue of a protective move is never
// heard as a weak move, nor the other way round.
func TestModelsAndCuesAreHeard(t *testing.T) {
	with := ears(t)
	typed := func(words string) string {
		return strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(words))
	}
	for _, l := range coursetest.ShippedLessons(t) {
		for i := range l.Scenes {
			s := &l.Scenes[i]
			if s.Rehearsal == nil {
				continue
			}
			r := play.NewRoutes(l, s)
			for _, model := range r.Models {
				for _, line := range []string{model, typed(model), strings.ToUpper(model)} {
					h := r.Listen(with, line)
					if at := r.Item(h.Names()); h.Danger || len(h.Strong) == 0 || len(h.Weak)+len(h.Ask) > 0 ||
						at >= 0 && (r.Items[at].Weak || r.Items[at].Move == answers.Unclear) {
						t.Errorf("%s, %s: the model line %q is heard as %+v", l.ID, s.ID, line, h)
					}
				}
			}
			for _, m := range r.Items {
				for _, cue := range m.Cues {
					h := r.Listen(with, cue)
					at := r.Item(h.Names())
					switch {
					case m.Move == hear.Danger || m.Move == answers.Unclear || h.Wordless || len(h.Names()) == 0:
					case h.Danger && !m.Weak: // "He was in my house" is the worst, and may be danger, too.
					case h.Danger || at >= 0 && r.Items[at].Weak != m.Weak:
						t.Errorf("%s, %s: the cue %q of %s is heard as %q", l.ID, s.ID, cue, m.Move, h.Names())
					}
				}
			}
		}
	}
}

// TestAsked checks what is heard after the question what a line was: a number is an answer and
// not a line, the story doesn't move before the answer, and when a line is said again its reply
// replaces the one before.
func TestAsked(t *testing.T) {
	with := ears(t)
	p := answers.Phrases{Nothing: make([]string, 4), Kindly: make([]string, 4), Besides: make([]string, 4),
		Either: "‹1› ‹2› ‹3›", Single: "‹1› ‹2›", Yes: "yes", Neither: "something else",
		Doing: map[string]string{"hint": "hinting", "downplay": "making it small"}}
	asked := []string{"hint", "downplay"}
	for line, want := range map[string]string{"1": "hint", "2.": "downplay", " 2 ": "downplay", "3": "", "3)": "",
		"Something else": "", "hinting": "hint"} {
		if move, ok := p.Picked(asked, line); !ok || move != want {
			t.Errorf("%q picks %q %v, not %q", line, move, ok, want)
		}
	}
	for _, line := range []string{"", "4", "0", "no", "1 2", "one picture", "yes"} {
		if move, ok := p.Picked(asked, line); ok {
			t.Errorf("%q picks %q", line, move)
		}
	}
	if move, ok := p.Picked([]string{"hint"}, "yes"); !ok || move != "hint" {
		t.Errorf("yes picks %q %v", move, ok)
	}
	if _, ok := p.Picked(nil, "1"); ok {
		t.Error("a number is an answer where nothing was asked")
	}
	r := answers.Rehearsal{In: hear.Tell, Items: []answers.Item{{Move: "hint", Weak: true, Reply: 0},
		{Move: "unclear", Reply: 1}}}
	if a := r.Answer(with, p, "2", asked); !a.Picked || a.Danger || a.Asked != nil {
		t.Errorf("a number is answered by %+v", a)
	}
	if a := r.Answer(with, p, "1", nil); a.Picked || a.Reply >= 0 || a.Told.Unsure != p.Nothing[r.In] {
		t.Errorf("a number alone is answered by %+v", a)
	}
	l := exchange(t, 3)
	start := play.Start(l, 1)
	for start.Turn() != play.Say {
		start = ok(start.Go())
	}
	for _, line := range []string{"1", "2", "...", "?", " ", "15", "1 2 3"} {
		next, h, err := start.Hear(with, line)
		if err != nil || !h.Wordless || next.Turn() != play.Say || len(next.Actions()) != len(start.Actions()) {
			t.Errorf("%q is heard as %+v %v", line, h, err)
		}
	}
	once := ok(start.Said([]string{"unclear"}))
	twice := ok(once.Said([]string{"unclear"}))
	told := func(r play.Run) (n int) {
		for _, b := range r.Beats() {
			if b.Block != nil {
				n++
			}
		}
		return n
	}
	if n := told(once); once.Before() != len(start.Beats()) || n == told(start) || told(twice) != n {
		t.Errorf("%d things told, %d after a line, %d after two", told(start), n, told(twice))
	}
}

func ok(r play.Run, err error) play.Run {
	if err != nil {
		panic(err)
	}
	return r
}

// TestSomeoneElsesDanger checks that a question about someone else's danger isn't heard as the
// learner's own, unless the learner then says that it is, and that reported danger stays danger.
func TestSomeoneElsesDanger(t *testing.T) {
	with := ears(t)
	for _, line := range []string{"is she gonna hurt herself?", "is dani gonna hurt herself",
		"do u think hes going to kill himself", "wait is she going to hurt herself", "what if she hurts herself",
		"did she cut herself?",
		"omg is he gonna die",
		"has she taken pills?", "does she want to die", "is my friend gonna kill herself?",
		"dani wants to hurt herself?",
		"will he hurt himself tonight", "how do we know she wont hurt herself"} {
		for _, in := range hear.Situations {
			h := answers.Rehearsal{In: in, People: []string{"Dani"}}.Listen(with, line)
			want := map[hear.Situation]string{hear.Listen: "ask-safe", hear.StandBy: "check-in"}[in]
			switch {
			case h.Danger:
				t.Errorf("%s: %q is heard as danger", in, line)
			case want != "" && !slices.Equal(h.Names(), []string{want}):
				t.Errorf("%s: %q is heard as %+v", in, line, h)
			case want == "" && (len(h.Ask) != 1 || h.Ask[0].Move != hear.Danger || !h.Gentle):
				t.Errorf("%s: %q is asked back as %+v", in, line, h)
			}
		}
	}
	for _, line := range []string{"am i gonna hurt myself?", "what if i kill myself", "is he gonna hurt me",
		"is he outside my house", "is she ok she took all the pills", "my friend wants to die what do i do",
		"dani wants to die", "she says shell kill herself",
		"is she gonna hurt herself? i want to die too", "do you care if i die", "would she care if i kill myself",
		"can you help me my friend wants to kill herself", "are you outside my house"} {
		for _, in := range []hear.Situation{hear.Tell, hear.Refuse} {
			if h := (answers.Rehearsal{In: in, People: []string{"Dani"}}).Listen(with, line); !h.Danger {
				t.Errorf("%s: %q is heard as %+v", in, line, h)
			}
		}
	}
	if h := answers.Means(hear.Tell, hear.Danger); !h.Danger {
		t.Errorf("who says it's about themselves is heard as %+v", h)
	}
}

// TestAPersonAloneHidesNobody checks that a line that only names a person isn't heard as speaking
// of someone else, whatever cues an author wrote.
func TestAPersonAloneHidesNobody(t *testing.T) {
	r := answers.Rehearsal{In: hear.Tell, Items: []answers.Item{
		{Move: "someone-else", Weak: true, Cues: []string{"my dad", "my cousin"}}, {Move: "unclear"}}}
	for _, line := range []string{"my dad", "with my cousin", "its my dad"} {
		if h := r.Listen(ears(t), line); len(h.Ask)+len(h.Weak) > 0 || h.Danger {
			t.Errorf("%q is heard as %+v", line, h)
		}
	}
}

// TestNotMeant checks that NotMeant goes back to the rehearsal after a line that was heard as
// danger, and undoes nothing else.
func TestNotMeant(t *testing.T) {
	l := *exchange(t, 3)
	s := *l.Scenes[0].Rehearsal
	s.Moves = append(slices.Clone(s.Moves), lesson.Move{Name: lesson.Danger})
	l.Scenes = slices.Clone(l.Scenes)
	l.Scenes[0].Rehearsal = &s
	start := play.Start(&l, 1)
	next, h, err := start.Hear(ears(t), "i want to die")
	if err != nil || !h.Danger || len(next.Actions()) != 1 {
		t.Fatalf("%+v %v", h, err)
	}
	back := next.NotMeant()
	if back.Turn() != play.Say || len(back.Actions()) != 0 || len(back.Beats()) != len(start.Beats()) {
		t.Errorf("%d actions, %d beats", len(back.Actions()), len(back.Beats()))
	}
	if said := ok(start.Said([]string{"decline"})); len(said.NotMeant().Actions()) != 1 {
		t.Error("another line is undone")
	}
}

func FuzzExchange(f *testing.F) {
	with := ears(f)
	l, ex := exchange(f, 3), example(f)
	for _, seed := range []string{"no", "ok fine", "i want to die", "purple", "\x00\xff", strings.Repeat("no ", 300),
		"“no” he said", ""} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, line string, first bool) {
		run := play.Start(l, 1)
		if !first {
			run, _ = play.Start(ex, 1).From("the-kitchen-light")
		}
		converse(t, with, run, func() string { return line })
	})
}

// converse types lines until the exchange is over and answers what is asked. It checks that
// the exchange ends within five lines, that nothing of a line is kept, and that a line about
// danger, or without a word, leaves the run unchanged or leads to help.
func converse(t testing.TB, with *hear.Recogniser, run play.Run, line func() string) {
	t.Helper()
	for said, typed := 0, 0; run.Turn() == play.Say || run.Turn() == play.Go && run.Scene().Rehearsal != nil; {
		if run.Turn() == play.Go {
			next, err := run.Go()
			if err != nil {
				t.Fatal(err)
			}
			run = next
			continue
		}
		words := line()
		next, h, err := run.Hear(with, words)
		if err != nil {
			t.Fatal(err)
		}
		if typed++; (h.Danger || h.Wordless) && len(next.Actions()) == len(run.Actions()) {
			if next.Turn() != play.Say || next.State() != run.State() {
				t.Fatalf("%q: the place is lost", words)
			}
			if next, err = next.Skip(); err != nil { // The learner goes on without help.
				t.Fatal(err)
			}
		}
		if len(h.Ask) > 0 {
			move := h.Ask[typed%len(h.Ask)].Move
			if typed%3 == 0 {
				move = ""
			}
			if next, h, err = run.Meant(move); err != nil {
				t.Fatal(err)
			}
		}
		if m := next.Heard(); m != nil && m.Weak && len(h.Strong) > 0 && len(h.Weak) == 0 {
			t.Fatalf("%q protects, and is answered as %s", words, m.Name)
		}
		if m := next.Heard(); m != nil && !m.Weak && m.Name != lesson.Unclear && m.Name != lesson.Danger &&
			len(h.Strong) == 0 {
			t.Fatalf("%q is answered as %s, and was heard as %+v", words, m.Name, h)
		}
		if !h.Danger && !h.Wordless { // Danger and a line without words aren't turns.
			said++
		}
		if said > play.MostTurns {
			t.Fatalf("%d lines", said)
		}
		run = next
	}
}

// TestExchangesEnd types a hundred thousand random and adversarial lines into the exchanges of
// all lessons.
func TestExchangesEnd(t *testing.T) {
	most := 100_000
	if testing.Short() {
		most = 2_000
	}
	with := ears(t)
	var starts []play.Run
	for _, l := range append(append(lessons(t), example(t), exchange(t, 3), exchange(t, 7)), practised(t)...) {
		for i := range l.Scenes {
			if l.Scenes[i].Rehearsal == nil {
				continue
			}
			run, err := play.Start(l, 1).From(l.Scenes[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			starts = append(starts, run)
		}
	}
	g := &lines{seed: 1}
	for n := 0; g.made < most; n++ {
		converse(t, with, starts[n%len(starts)], g.next)
	}
	t.Logf("%d lines through %d exchanges", g.made, len(starts))
}

// practised returns the rehearsals of practise.md, as one chain for each situation.
func practised(t testing.TB) []*lesson.Lesson {
	t.Helper()
	src, err := os.ReadFile("../../lessons/en/practise.md")
	if err != nil {
		t.Fatal(err)
	}
	deck, diags := lesson.ParseDeck(lesson.PractiseFile, src)
	if deck == nil {
		t.Fatal(diags)
	}
	var all []*lesson.Lesson
	for _, f := range deck.Forms {
		all = append(all, lesson.Chain(lesson.Head{}, lesson.Practise, f.Items, "on", lesson.Scene{ID: "end"}))
	}
	return all
}

// lines makes lines of words that the recogniser knows, in random order.
type lines struct {
	seed uint64
	made int
}

func (l *lines) draw(n int) int {
	l.seed = l.seed*6364136223846793005 + 1442695040888963407
	return int(l.seed>>33) % n
}

func (l *lines) next() string {
	l.made++
	words := strings.Fields(
		"no nope ok fine i im not dont wont you send sending pic one just maybe later if tell telling my mum dad " +
			"teacher police block blocking bye leave stop please sorry help die want dead outside scared nothing " +
			"someone he she lol haha why " +
			"what who never sure yes promise secret delete fault safe listen thank together call know picture money " +
			"pay ? . , ! “ ” \" 😂 💀 ❤ " +
			"nooooo iiii \u202e \u200b é ß 你好 999 kms")
	var line []string
	for range l.draw(12) {
		line = append(line, words[l.draw(len(words))])
	}
	switch l.draw(20) {
	case 0:
		return strings.Repeat(strings.Join(line, ""), 40)
	case 1:
		return string([]byte{byte(l.draw(256)), byte(l.draw(256)), byte(l.draw(256))})
	}
	return strings.Join(line, " ")
}
