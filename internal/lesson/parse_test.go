package lesson

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"wayout/internal/text"
)

func sample(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("testdata/pay-or-else.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text.Lines(src)) // As it may be checked out.
}

func TestParse(t *testing.T) {
	l, diags := Parse("lessons/en/pay-or-else.md", []byte(sample(t)))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if l.ID != "pay-or-else" || l.Title != "Pay or else" || l.Minutes != 12 || l.Focus != "Kai" ||
		len(l.Article) != 3 || l.Facts[0].Name != "told" {
		t.Errorf("the head is %+v", l.Head)
	}
	first := l.Scenes[0]
	kinds := []Kind{Moment, Message, Message, Typing, Message, Message, Narration}
	for i, b := range first.Told {
		if b.Kind != kinds[i] {
			t.Errorf("block %d is of kind %d, want %d", i, b.Kind, kinds[i])
		}
	}
	if m := first.Told[4]; m.Who != "Sam" || l.Signs[m.Signs[0]].Kind != "threat" || m.Pos != (Pos{30, 1}) {
		t.Errorf("the threat is %+v", m)
	}
	ratings := []Rating{Harmful, Risky, Safe}
	for i, c := range first.Choices {
		if c.Rating != ratings[i] {
			t.Errorf("choice %d is %s, want %s", i, c.Rating, ratings[i])
		}
	}
	if r := first.Choices[1].Reaction; len(r) != 2 || r[1].Text[0].String() != "then hurry up" {
		t.Errorf("the reaction is %+v", r)
	}
	if q, i := first.Question(); i != 6 || q.Text[0].String() != "What could Kai do?" {
		t.Errorf("the question is %+v", q)
	}
	if n := first.Notes; len(n) != 1 || !strings.HasPrefix(n[0][0].String(), "Ask:") {
		t.Errorf("the notes are %+v", n)
	}
	say := l.Scenes[l.Scene("say-it")].Rehearsal
	weak := func(move string) bool {
		return slices.ContainsFunc(say.Moves, func(m Move) bool { return m.Name == move && m.Weak })
	}
	if say.Who != "Kai" || len(say.Models) != 1 || !weak("bargain") || weak("decline") {
		t.Errorf("the rehearsal is %+v", say)
	}
	if cues := say.Moves[0].Cues; strings.Join(cues, "|") != "no|nope|not doing that" {
		t.Errorf("the cues are %q", cues)
	}
	check := l.Scenes[l.Scene("a-question")].Check
	if !check.Options[0].Right || check.Options[1].Right ||
		check.Options[1].Why[0].String() != "Waiting leaves a friend alone with it." {
		t.Errorf("the check is %+v", check)
	}
	who := l.Scenes[l.Scene("who-to-tell")]
	if c := who.Told[0].Text[0].If[0]; c.Scene != "pay-once" || c.Not {
		t.Errorf("the condition is %+v", c)
	}
	if c := who.Choices[1].If[0]; c.Fact != "told" || !c.Not {
		t.Errorf("the choice's condition is %+v", c)
	}
	told := l.Scenes[l.Scene("told-her")].Told[0]
	if told.Text[0].Sets[0] != "told" ||
		told.Text[0].String() != "His aunt listens. She thanks him for telling her. Kai is not alone." {
		t.Errorf("the telling is %+v", told)
	}
	if !l.Scenes[len(l.Scenes)-1].Ending() {
		t.Error("the last scene is no ending")
	}
}

// TestDiagnostics changes one thing in the sample, and expects one diagnostic.
// Each file of a txtar is "old text", a line of ---, "new text"; the expected
// diagnostic follows its name.
func TestDiagnostics(t *testing.T) {
	src, err := os.ReadFile("testdata/diagnostics.txtar")
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(text.Lines(src))
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			change, want, ok := strings.Cut(string(f.Data), "\n===\n")
			from, to, ok2 := strings.Cut(change, "\n---\n")
			if !ok || !ok2 {
				t.Fatal("no --- and ===")
			}
			src := sample(t)
			if strings.Count(src, from) == 0 {
				t.Fatalf("the sample has no %q", from)
			}
			l, diags := Parse("a.md", []byte(strings.Replace(src, from, to, 1)))
			var got []string
			for _, d := range diags {
				got = append(got, fmt.Sprintf("%d:%d: %s: %s", d.Line, d.Col, d.Rule, d.Message))
				if d.Fix == "" {
					t.Errorf("%s does not say how to fix it", d)
				}
			}
			if g := strings.Join(got, "\n"); g != strings.TrimSpace(want) {
				t.Errorf("got\n%s\nwant\n%s", g, want)
			}
			if l != nil && len(diags) > 0 {
				t.Error("a lesson and diagnostics")
			}
		})
	}
}

func TestReadHead(t *testing.T) {
	src := sample(t)
	h, diags := ReadHead("lessons/en/pay-or-else.md", []byte(src))
	if len(diags) > 0 || h.Title != "Pay or else" || h.ID != "pay-or-else" {
		t.Fatalf("%+v %v", h, diags)
	}
	cut := strings.Index(src, "# Pay or else") + len("# Pay or else\n")
	short, diags := ReadHead("pay-or-else.md", []byte(src[:cut]))
	if len(diags) > 0 || short.Goal != h.Goal {
		t.Errorf("the head alone gives %+v %v", short, diags)
	}
	// ReadHead ignores what is wrong below the title.
	if _, diags := ReadHead("a.md", []byte(src+"\x1b[2J")); len(diags) > 0 {
		t.Error(diags)
	}
	for _, bad := range []string{"", "---", "---\n", "---\n---\n", "x", "---\ngoal: a\n---\n# T",
		strings.Repeat("---\n", 5000)} {
		if _, diags := ReadHead("a.md", []byte(bad)); len(diags) == 0 {
			t.Errorf("%.20q has a head", bad)
		}
	}
}

func TestSlug(t *testing.T) {
	for heading, want := range map[string]string{
		"Pay once":              "pay-once",
		"What's next?":          "whats-next",
		"A - B":                 "a---b",
		"under_score":           "under_score",
		"Ünïcode Straße":        "ünïcode-straße",
		"Что дальше":            "что-дальше",
		"次は 何":                  "次は-何",
		"  trim  ":              "trim",
		"C++ & Go!":             "c--go",
		"हिन्दी शब्द":           "हिन्दी-शब्द",
		"Emoji 😀 here":          "emoji--here",
		"50 bucks, 20 min":      "50-bucks-20-min",
		"“Quoted” – and dashed": "quoted--and-dashed",
	} {
		if got := Slug(heading); got != want {
			t.Errorf("Slug(%q) = %q, want %q", heading, got, want)
		}
	}
}

func TestMarkdownGivesWhatWasAccepted(t *testing.T) {
	l, diags := Parse("a.md", []byte(strings.Replace(sample(t), "Kai is 15.",
		`Kai is \*15\* & *no* **more**, \[x\](y) &lt;b&gt;.`, 1)))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	got := Markdown(l.Cover[0].Text)
	if want := `Kai is \*15\* & *no* **more**, \[x\]\(y\) \<b\>\. Three weeks ago`; !strings.HasPrefix(got, want) {
		t.Errorf("%q", got)
	}
}

// hostileFiles returns 300 files that are built to be slow, large or deep, each
// inside a lesson that is otherwise right.
func hostileFiles(t testing.TB) map[string]string {
	src := sample(t)
	bodies := map[string]func(n int) string{
		"quotes":      func(n int) string { return strings.Repeat("> ", n) + "x" },
		"quotelines":  func(n int) string { return strings.Repeat(strings.Repeat(">", 100)+"\n", n/100+1) },
		"lists":       func(n int) string { return strings.Repeat("- ", n) + "x" },
		"nested":      func(n int) string { return nestedList(n / 20) },
		"links":       func(n int) string { return strings.Repeat("[a](b", n) },
		"brackets":    func(n int) string { return strings.Repeat("[", n) },
		"emphasis":    func(n int) string { return strings.Repeat("*a_ ", n) },
		"stars":       func(n int) string { return strings.Repeat("*", n) },
		"footnotes":   func(n int) string { return strings.Repeat("[^a]", n) + "\n\n[^a]: x" },
		"definitions": func(n int) string { return strings.Repeat("[a]: b\n", n) },
		"backticks":   func(n int) string { return strings.Repeat("`", n) },
		"headings":    func(n int) string { return strings.Repeat("## x\n\n", n) },
		"setext":      func(n int) string { return strings.Repeat("x\n=\n", n) },
		"tables": func(n int) string {
			return strings.Repeat("a|", n) + "\n" + strings.Repeat("-|", n) + "\n" + strings.Repeat("a\n", n)
		},
		"html":          func(n int) string { return strings.Repeat("<b>", n) },
		"entities":      func(n int) string { return strings.Repeat("&#27;", n) },
		"escapes":       func(n int) string { return strings.Repeat("\x1b[31m", n) },
		"marks":         func(n int) string { return "z" + strings.Repeat("\u0335", n) },
		"paragraphs":    func(n int) string { return strings.Repeat("a\n\n", n) },
		"longline":      func(n int) string { return strings.Repeat("word ", n) },
		"tasks":         func(n int) string { return strings.Repeat("- [ ] a\n", n) },
		"choices":       func(n int) string { return strings.Repeat("- [a](#end)\n", n) },
		"nul":           func(n int) string { return strings.Repeat("\x00", n) },
		"invalid":       func(n int) string { return strings.Repeat("\xff", n) },
		"slip links":    func(n int) string { return strings.Repeat("[a](#b c) ", n) },
		"slip lines":    func(n int) string { return strings.Repeat("- [a](#b c d)\n\n", n) },
		"slip headings": func(n int) string { return strings.Repeat("##a b\n\n", n) },
		"slip names":    func(n int) string { return strings.Repeat("> Sam: a\n\n", n) },
		"slip bold":     func(n int) string { return strings.Repeat("> **Sam a\n\n", n) },
		"slip bullets":  func(n int) string { return strings.Repeat("• [a] (#b)\n\n", n) },
		"slip escapes":  func(n int) string { return strings.Repeat("\\# \\[a\\](\\#b)\n\n", n) },
		"slip labels":   func(n int) string { return strings.Repeat("[^a]: b [^c\n\n", n) },
		"slip across":   func(n int) string { return strings.Repeat("a\n---\n\n", n) },
		"slip chips":    func(n int) string { return strings.Repeat("“+told” a\n\n", n) },
		"slip alerts":   func(n int) string { return strings.Repeat("> Note:\n\n", n) },
		"slip wiki":     func(n int) string { return strings.Repeat("- [[a|b]]\n\n", n) },
		"slip refs":     func(n int) string { return strings.Repeat("- [a][b] (c)\n\n", n) },
		"slip open":     func(n int) string { return strings.Repeat("- [a](#b\n\n", n) },
		"slip italic":   func(n int) string { return strings.Repeat("> *Sam:* a\n\n", n) },
		"slip boxes":    func(n int) string { return strings.Repeat("- [✓] a\n\n", n) },
		"messages":      func(n int) string { return strings.Repeat("> **Sam:** a [^b]\n\n", n) },
		"quoted":        func(n int) string { return strings.Repeat("> a (b) **c** [d] _e\n\n", n) },
		"links right":   func(n int) string { return strings.Repeat("[a](#end) [^a]: \n\n", n) },
		"wide":          func(n int) string { return strings.Repeat("a\x00", n) },
		"tabs":          func(n int) string { return strings.Repeat("\t<b>", n) },
		"separators":    func(n int) string { return strings.Repeat("a\u2028", n) },
		"returns":       func(n int) string { return strings.Repeat("\r", n) },
		"chips":         func(n int) string { return strings.Repeat("`?told` ", n) },
	}
	files := make(map[string]string)
	for name, body := range bodies {
		for _, n := range []int{10, 100, 500, 1000, 2000, 4000, 8000, 12000, 16000, 20000, 30000, 60000} {
			b := body(n)
			if len(b) > 256<<10 {
				b = b[:256<<10]
			}
			files[fmt.Sprintf("%s-%d", name, n)] = strings.Replace(src, "Who?", b+"\n\nWho?", 1)
		}
	}
	return files
}

func nestedList(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
		if b.Len() > 1<<18 {
			break
		}
	}
	return b.String()
}

// TestHostileFiles checks that each file is parsed within bounds of time and memory.
// The bounds are two orders of magnitude above what a lesson takes, so that the test
// fails for a quadratic parser, but not on a busy machine.
func TestHostileFiles(t *testing.T) {
	files := hostileFiles(t)
	if len(files) < 300 {
		t.Fatalf("%d files", len(files))
	}
	var slowest time.Duration
	var largest uint64
	var before, after runtime.MemStats
	for name, src := range files {
		runtime.ReadMemStats(&before)
		begin := time.Now()
		l, diags := Parse(name+".md", []byte(src))
		took := time.Since(begin)
		runtime.ReadMemStats(&after)
		for range 3 { // Another process may have slowed it down, so the shortest run counts.
			if took > 150*time.Millisecond && !raceEnabled {
				begin = time.Now()
				Parse(name+".md", []byte(src))
				took = min(took, time.Since(begin))
			}
		}
		if l == nil && len(diags) == 0 || len(diags) > maxDiagnostics {
			t.Errorf("%s: %d diagnostics", name, len(diags))
		}
		for _, d := range diags {
			if strings.ContainsAny(d.String(), "\x00\x1b\u009b") {
				t.Errorf("%s: a diagnostic with control characters: %q", name, d)
			}
		}
		used := after.TotalAlloc - before.TotalAlloc
		if took > 150*time.Millisecond && !raceEnabled || used > 64<<20 {
			t.Errorf("%s: %v and %d MiB", name, took, used>>20)
		}
		slowest, largest = max(slowest, took), max(largest, used)
	}
	t.Logf("%d files, the slowest %v, the largest %d KiB", len(files), slowest, largest>>10)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample(f)))
	f.Add([]byte(example(f)))
	shipped, _ := shippedFiles()
	for _, path := range shipped {
		if src, err := os.ReadFile(path); err == nil {
			f.Add(src)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		l, diags := Parse("fuzz.md", src)
		if (l == nil) == (len(diags) == 0) {
			t.Fatalf("a lesson: %t, and %d diagnostics", l != nil, len(diags))
		}
		if _, head := ReadHead("fuzz.md", src); l != nil && len(head) > 0 {
			t.Fatalf("the list refuses what the parser takes: %v", head)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	src := []byte(sample(b))
	for b.Loop() {
		Parse("a.md", src)
	}
}

// shippedFiles returns the paths of the shipped lessons, without the decks.
func shippedFiles() ([]string, error) {
	files, err := filepath.Glob("../../lessons/en/*.md")
	return slices.DeleteFunc(files, func(f string) bool { return IsDeck(filepath.Base(f)) }), err
}

// cues matches the cue words after the moves of an item.
var cues = regexp.MustCompile("(?m)^(- (?:`[^`\\n?!+][^`\\n]*`(?:, )?)+)[^\\[\\n]*(\\[|$)")

// example returns a whole lesson in version 2 of the format, without its hundreds of cues, so that
// adding a cue doesn't change the tests.
func example(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("../../lessons/en/justice-for-greg.md")
	if err != nil {
		t.Fatal(err)
	}
	return cues.ReplaceAllStringFunc(string(src), func(item string) string {
		of := cues.FindStringSubmatch(item)
		return strings.TrimSpace(of[1] + " " + of[2])
	})
}

func TestParseVersion2(t *testing.T) {
	l, diags := Parse("lessons/en/justice-for-greg.md", []byte(example(t)))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if l.Format() != 2 || l.Setting != "Chillicothe, Ohio" || len(l.Facts) != 4 || len(l.Leaks) != 2 || l.Fine ||
		len(l.Scenes) != 46 {
		t.Errorf("the head is %+v, with %d scenes", l.Head, len(l.Scenes))
	}
}
