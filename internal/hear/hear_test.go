package hear

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// langs returns the folders with frames.
func langs(t testing.TB) []string {
	t.Helper()
	dirs, err := filepath.Glob("../../lessons/*/hear")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no frames", err)
	}
	return dirs
}

func read(t testing.TB, parts ...string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func frames(t testing.TB, dir string) *Frames {
	t.Helper()
	f, err := ReadFrames(read(t, dir, "frames.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func words(ts []token) string {
	var all []string
	for _, t := range ts {
		all = append(all, t.word)
	}
	return strings.Join(all, " ")
}

func TestSpelling(t *testing.T) {
	s := New(frames(t, "../../lessons/en/hear"), NewModel()).spelling
	s.learn([]string{"sending", "send", "tell", "telling", "scared", "picture", "block", "blocked", "leave", "no",
		"stop", "so"})
	for line, want := range map[string]string{
		"No. I don’t":               "no . i dont",
		"do not send":               "dont send",
		"I, don't, want to":         "i , dont , wanna",
		"nooooooo":                  "no",
		"sooo scareddd":             "so scared",
		"im gna tel my mom":         "im gonna tell my mum",
		"ur not getting a pic":      "your not getting a picture",
		"BLOKED":                    "blocked",
		"teh":                       "teh",
		"stpo":                      "stop",
		"ÇA VÀ":                     "ca va",
		"no🙅‍♀️":                    "no emono",
		"idk tbh":                   "dont know honestly",
		"im going to tell":          "im gonna tell",
		"":                          "",
		"?!?":                       "",
		"what?!":                    "what ?",
		"i am not sending":          "im not sending",
		"he said \"send it\" to me": "he said send it to me",
	} {
		if got := words(s.tokens(line)); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}

func TestQuotes(t *testing.T) {
	s := New(frames(t, "../../lessons/en/hear"), NewModel()).spelling
	for line, want := range map[string]string{
		`he said "send it" to me`: "send it",
		"she said “ok” lol":       "ok",
		`an inch is " long`:       "",
	} {
		var got []string
		for _, tok := range s.tokens(line) {
			if tok.quoted {
				got = append(got, tok.word)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q quotes %q, want %q", line, got, want)
		}
	}
}

func TestPatterns(t *testing.T) {
	classes := map[string]string{"kin": "mum|dad|big (brother|sister)", "i": "i|im"}
	s := newSpelling(nil, nil)
	s.learn([]string{"mum", "dad"}) // Otherwise these unknown words would be names.
	comp := &compiler{classes, s, make(map[string]step)}
	for _, c := range []struct {
		pattern, line string
		want          bool
	}{
		{"tell my {kin}", "i will tell my mum", true},
		{"tell my {kin}", "i will tell my big sister now", true},
		{"tell my {kin}", "i will tell my big dog", false},
		{"tell [your|my] {kin}", "tell mum", true},
		{"tell * {kin}", "tell the whole of mum", true},
		{"tell * {kin}", "tell the whole of your mum", false},
		{"tell * {kin}", "tell. mum", false},
		{"tell * {kin}", "tell, mum", true},
		{"^ no $", "ok. no. fine", true},
		{"^ no $", "i said no", false},
		{"^ no", "no thanks", true},
		{"stop~", "stopping", true},
		{"stop", "stopping", false},
		{"(a|b c) d", "b c d", true},
		{"(a|b c) d", "b d", false},
		{"(my)? (mum|dad)", "dad", true},
	} {
		p, err := comp.pattern(c.pattern, 0)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		ts := s.tokens(c.line)
		got := slices.ContainsFunc(slices.Collect(func(yield func(int) bool) {
			for i := range ts {
				if !yield(p.match(ts, i)) {
					return
				}
			}
		}), func(end int) bool { return end >= 0 })
		if got != c.want {
			t.Errorf("%q in %q: %v", c.pattern, c.line, got)
		}
	}
	for _, bad := range []string{"", "(a", "a)", "{nobody}", "[a|]", "a|b"} {
		if _, err := comp.pattern(bad, 0); err == nil {
			t.Errorf("pattern %q is taken", bad)
		}
	}
}

// TestFrames checks that every frame is found in its examples and not in its exceptions.
func TestFrames(t *testing.T) {
	for _, dir := range langs(t) {
		f := frames(t, dir)
		r := New(f, NewModel())
		for _, fr := range f.Frame {
			found := func(line string) bool {
				words := r.spelling.tokens(line)
				_, _, ok := fr.find(words)
				return ok || fr.Certain && fr.Move != Danger && fr.isAll(unmarked(words))
			}
			if len(fr.Examples) == 0 {
				t.Errorf("%s: frame %s has no example", dir, fr.Name)
			}
			for _, line := range fr.Examples {
				if !found(line) {
					t.Errorf("%s: frame %s isn't found in %q (%s)", dir, fr.Name, line, words(r.spelling.tokens(line)))
				}
			}
			for _, line := range fr.Exceptions {
				if found(line) {
					t.Errorf("%s: frame %s is found in %q (%s)", dir, fr.Name, line, words(r.spelling.tokens(line)))
				}
			}
		}
	}
}

func TestModelIsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &Model{Words: Words{"nah": "0001", "nope": "0001", "send": "01100"}}
		for i := range m.layers {
			if rapid.Bool().Draw(t, "has") {
				continue
			}
			l := &Layer{Weights: make(map[string][]Weight)}
			names := []string{Danger}
			if i != ofDanger {
				names = Heads(Situation(i))
			}
			for _, name := range names {
				l.Heads = append(l.Heads, drawHead(t, name))
			}
			w := &Whole{Head: *drawHead(t, anyProtective)}
			for range l.size() {
				w.Weights = append(w.Weights, thousandths(t))
			}
			l.Wholes = append(l.Wholes, w)
			for _, f := range rapid.SliceOfN(rapid.StringMatching(`[wfnp]:[a-z]+( [a-z]+)?`), 0, 5).Draw(t, "features") {
				l.Weights[f] = []Weight{{rapid.IntRange(0, len(names)-1).Draw(t, "head"),
					rapid.IntRange(-99, 99).Draw(t, "steps")}}
			}
			m.layers[i] = l
		}
		text := m.Encode()
		for _, src := range [][]byte{text, Pack(text)} {
			back, err := DecodeModel(src)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(back.Encode(), text) {
				t.Fatalf("%s\nis read as\n%s", text, back.Encode())
			}
		}
	})
}

func drawHead(t *rapid.T, name string) *Head {
	return &Head{Name: name, Bias: thousandths(t), Heard: thousandths(t), Unsure: thousandths(t)}
}

func thousandths(t *rapid.T) float64 { return float64(rapid.IntRange(-9000, 9000).Draw(t, "n")) / 1000 }

// TestBadModelsSayWhere checks that every kind of mistake in a file of weights gives an error
// that names the line, or the score.
func TestBadModelsSayWhere(t *testing.T) {
	for src, want := range map[string]string{
		"w:no":                                       "line 1",
		"[sing]":                                     "line 1",
		"[words]\nnah nope":                          "line 2",
		"[refuse]\nb decline 1 1 1":                  "line 2",
		"[refuse]\na decline 1 x 1":                  "line 2",
		"[refuse]\na decline 1 1 1\nb3 w:no":         "line 3",
		"[refuse]\na decline 1 1 1\na w:no":          "line 3",
		"[refuse]\na decline 1 1 1\n+ weak 1 1":      "line 3",
		"[refuse]\na decline 1 1 1\n+ weak 1 1 1 1":  "refuse: 1 scores",
		"[danger]\na danger 1 1 1\n+ danger 1 1 1 1": "danger danger",
		squeezed + "no":                              "read the weights",
	} {
		if _, err := DecodeModel([]byte(src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want one that says %q", src, err, want)
		}
	}
}

// TestPackedWeightsAreTheText checks that the packed weights are those of the text, and that
// they aren't too large.
func TestPackedWeightsAreTheText(t *testing.T) {
	for _, dir := range langs(t) {
		packed := read(t, dir, "weights.packed")
		m, err := DecodeModel(packed)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(m.Encode(), read(t, dir, "weights.txt")) {
			t.Errorf("%s: weights.packed isn't weights.txt: run go run ./internal/hear/train", dir)
		}
		frames := read(t, dir, "frames.toml.gz")
		f, err := ReadFrames(read(t, dir, "frames.toml"))
		if err != nil {
			t.Fatal(err)
		}
		if p, err := f.Packed(); err != nil || !bytes.Equal(p, frames) {
			t.Errorf("%s: frames.toml.gz isn't frames.toml: run go run ./internal/hear/train (%v)", dir, err)
		}
		again, err := ReadFrames(frames)
		if err != nil || len(again.Frame) != len(f.Frame) || len(f.Frame) < 50 {
			t.Fatalf("%s: packed frames are read as %d: %v", dir, len(again.Frame), err)
		}
		for i, want := range f.Frame {
			want.Examples, want.Exceptions = nil, nil // Only for readers.
			if got := again.Frame[i]; !sameFrame(got, want) {
				t.Errorf("%s: packed frames have %+v as %+v", dir, want, got)
			}
		}
		if size := len(packed) + len(frames); size > 400_000 {
			t.Errorf("%s: frames and weights are %d bytes in the program", dir, size)
		}
		words, err := ReadWords(read(t, dir, "words.txt"))
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(words, m.Words) {
			t.Errorf("%s: the weights were learned with other words than words.txt has", dir)
		}
	}
}

// sameFrame compares what a file says of two frames.
func sameFrame(a, b *Frame) bool {
	va, vb := reflect.ValueOf(*a), reflect.ValueOf(*b)
	for i := range va.NumField() {
		if !va.Type().Field(i).IsExported() {
			continue
		}
		x, y := va.Field(i), vb.Field(i)
		if x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(x.Interface(), y.Interface()) {
			return false
		}
	}
	return true
}

func TestLines(t *testing.T) {
	got,
		err := ReadLines(
		[]byte("# Two teens in Leeds.\r\n\r\nrefuse | protective | decline, leave | no | bye\r\ntell|unclear|-|hi"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Text != "no | bye" || !slices.Equal(got[0].Moves, []string{"decline", "leave"}) ||
		got[1].Moves != nil {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{
		"refuse | protective | decline", "refuses | protective | decline | no", "refuse | good | decline | no",
		"refuse | protective | thank | no", "refuse | protective | ~agree | ok", "refuse | weak | - | ok",
		"refuse | mixed | decline | no", "refuse | unclear | decline | no", "refuse | danger | decline | no",
		"refuse | weak | ~agree |",
	} {
		if _, err := ReadLines([]byte("\n" + bad)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestLearningIsDeterministic checks that the same lines give the same model twice.
func TestLearningIsDeterministic(t *testing.T) {
	f := frames(t, "../../lessons/en/hear")
	var lines []Line
	for i := range 30 {
		lines = append(lines,
			Line{Refuse, Protective, []string{"decline"}, []string{"no", "no way", "not sending that", "nope"}[i%4]},
			Line{Refuse, Weak, []string{"~agree"}, []string{"ok", "fine ill send it", "ok just one", "sure"}[i%4]},
			Line{Refuse, Unclear, nil, []string{"whats up", "lol", "my dog is here", "hm"}[i%4]},
			Line{Tell, InDanger, nil, []string{"i want to die", "hes outside", "whats the point",
				"id rather be dead"}[i%4]})
	}
	words := Words{"nope": "0001", "nah": "0001", "sure": "11"}
	m, _ := Learn(f, words, [][]Line{lines}, nil, nil)
	again, _ := Learn(f, words, [][]Line{lines}, nil, nil)
	if !bytes.Equal(m.Encode(), again.Encode()) {
		t.Fatal("two runs give two models")
	}
	one, without := Learn(f, words, [][]Line{lines[:60], lines[60:]}, nil, nil)
	if len(without) != 2 || bytes.Equal(without[0].Encode(), one.Encode()) {
		t.Error("a model without a writer is the same as with them")
	}
	r := New(f, m)
	for line, want := range map[string]Outcome{"NO": Protective, "ok fine": Weak, "i want to die": InDanger,
		"whats up": Unclear} {
		if got := r.Hear(Refuse, line); got.Outcome != want {
			t.Errorf("%q is heard as %s %v", line, got.Outcome, got)
		}
	}
}

func FuzzHear(f *testing.F) {
	fr := frames(f, "../../lessons/en/hear")
	m, _ := Learn(fr, nil, [][]Line{{{Refuse, Protective, []string{"decline"}, "no"},
		{Refuse, Weak, []string{"~agree"}, "ok"}}}, nil, nil)
	r := New(fr, m)
	for _, seed := range []string{"no", "\"", "💀💀", "a,,,,b", strings.Repeat("no ", 500), "\xff\xfe", "i|m"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, s := range Situations {
			h := r.Hear(s, line)
			for _, b := range h.Because {
				if !strings.Contains(line, b.Words) {
					t.Errorf("%q doesn't hold %q", line, b.Words)
				}
			}
		}
	})
}

// TestNoFrameIsPassedOver checks that the index of frames misses none that is found in a line of any
// writer.
func TestNoFrameIsPassedOver(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, path := range files {
			if !strings.HasPrefix(filepath.Base(path), "writer-") {
				continue
			}
			lines, err := ReadLines(read(t, dir, filepath.Base(path)))
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i < len(lines); i += 3 {
				words := r.spelling.tokens(lines[i].Text)
				may := r.possible(words)
				for k, f := range r.frames {
					if _, _, ok := f.find(words); ok {
						found++
						if !may[k] {
							t.Errorf("%s is in %q, and passed over", f.Name, lines[i].Text)
						}
					}
				}
			}
		}
		if found < 1000 {
			t.Errorf("%d frames were found", found)
		}
	}
}

// TestQuotationsMakeSense checks that the words quoted for a move make sense by themselves: neither
// "might" alone, nor "somebody online has".
func TestQuotationsMakeSense(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for line, want := range map[string]string{
			"so um. funny story. i might be famous by tomorrow":                "i might be famous by tomorrow",
			"mom somebody online has a picture of me and theyre gonna send it": "",
			"dad there is this man on the game who has a lot of my pictures":   "",
			"ok i'm in your car but where are you taking me":                   "i'm in your car",
		} {
			h := r.Hear(Tell, line)
			said := slices.Concat(h.Because, h.Perhaps)
			if len(said) == 0 {
				t.Errorf("%q: nothing is heard", line)
			}
			met := want == ""
			for _, reason := range said {
				words := strings.Fields(reason.Words)
				last := words[len(words)-1]
				if unfinished[last] || last == "and" || last == "but" || last == "might" {
					t.Errorf("%q: %s rests on %q", line, reason.Move, reason.Words)
				}
				met = met || reason.Words == want
			}
			if !met {
				t.Errorf("%q: nothing rests on %q but %v", line, want, said)
			}
		}
	}
}

// TestALineInQuotes checks that a line in quotation marks is heard as one without them: it is what its
// writer would say. A quotation in a line stays someone else's words.
func TestALineInQuotes(t *testing.T) {
	for _, dir := range langs(t) {
		r, err := Read(read(t, dir, "frames.toml"), read(t, dir, "weights.packed"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"no, i won't send it", "come stand by the heater", "i want to die", "ok, fine"} {
			for _, in := range Situations {
				want := r.Hear(in, line)
				for _, marked := range []string{`"` + line + `"`, " “" + line + "” ", "«" + line + "»"} {
					if got := r.Hear(in, marked); got.Outcome != want.Outcome || !slices.Equal(got.Moves, want.Moves) {
						t.Errorf("%s: %s is heard as %s %v, not %s %v", in, marked, got.Outcome, got.Moves,
							want.Outcome, want.Moves)
					}
				}
			}
		}
		if h := r.Hear(Refuse, `my friend said "i won't send it"`); slices.Contains(h.Moves, "decline") {
			t.Errorf("a quotation is heard as %v", h.Because)
		}
	}
}
