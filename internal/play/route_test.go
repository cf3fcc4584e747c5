package play_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wayout/internal/lesson"
	"wayout/internal/play"
)

// branching returns the scenes with a rehearsal that branches, from every lesson of the course,
// the drafts, and practise.md.
func branching(t *testing.T) (all []scene) {
	t.Helper()
	files, err := filepath.Glob("../../lessons/drafts/en/*.md")
	if err != nil {
		t.Fatal("no drafts", err)
	}
	lessons := append(append(lessons(t), example(t)), practised(t)...)
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, ".boosters.md") {
			continue
		}
		l, diags := lesson.Parse(file, src)
		if l == nil {
			t.Fatal(diags)
		}
		lessons = append(lessons, l)
	}
	for _, l := range lessons {
		for i := range l.Scenes {
			if r := l.Scenes[i].Rehearsal; r != nil && r.Branches() {
				all = append(all, scene{l, i})
			}
		}
	}
	if len(all) < 30 {
		t.Fatalf("%d lines are answered", len(all))
	}
	return all
}

// scene is a scene of a lesson with a rehearsal.
type scene struct {
	l  *lesson.Lesson
	at int
}

// TestNoIsNeverTakenForYes checks for every set of moves that a line can make that the story's
// answer never assumes something that the line doesn't say.
func TestNoIsNeverTakenForYes(t *testing.T) {
	sets := 0
	for _, s := range branching(t) {
		moves := movesOf(play.SituationOf(s.l, s.l.Scenes[s.at].Rehearsal).String())
		for bits := 1; bits < 1<<len(moves); bits++ {
			var said []string
			for i, m := range moves {
				if bits>>i&1 == 1 {
					said = append(said, m)
				}
			}
			sets++
			if wrong := s.misheard(said); wrong != "" {
				t.Errorf("%s, %s, %v: %s", s.l.ID, s.l.Scenes[s.at].ID, said, wrong)
			}
		}
	}
	t.Logf("%d sets of moves", sets)
}

// TestAnyLineIsAnsweredAsItself is TestNoIsNeverTakenForYes for random rehearsals.
func TestAnyLineIsAnsweredAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SampledFrom([]string{"refuse", "tell", "stand-by", "listen"}).Draw(t, "in")
		page, moves := drawn(t, in), movesOf(in)
		l, diags := lesson.Parse("drawn.md", []byte(page))
		if l == nil {
			t.Fatal(diags, page)
		}
		said := rapid.SliceOfNDistinct(rapid.SampledFrom(moves), 1, len(moves), rapid.ID[string]).Draw(t, "said")
		if wrong := (scene{l, 0}).misheard(said); wrong != "" {
			t.Fatalf("%v: %s in\n%s", said, wrong, page)
		}
	})
}

// head and rest surround the items of a rehearsal. In the scene Sent something is sent, Hurt
// is harmful, By is neither, and Waits leads on to Sent.
const (
	head = "---\ngoal: Say no.\nrisk: images\nrole: target\nfocus: Kai\nplace: Leeds\nages: 13-18\nminutes: 5\n" +
		"note: Nothing explicit is shown.\nbehind: A man of forty.\narticle: images\nsources: nca-24\n---\n\n" +
		"# No\n\nKai plays a game.\n\n## The line\n\n> **Sam:** just one\n\n> **Kai:** ________\n\n"
	rest = "> **Kai:** no\n\n[On](#on)\n\n## On\n\n> [!TIP]\n> A no is enough.\n\n" +
		"## Sent\n\n> **Kai:** *photo*\n\n> [!WARNING]\n> It's out.\n\n[On](#on)\n\n" +
		"## Hurt\n\n> **Sam:** good\n\n> [!CAUTION]\n> It's out.\n\n[On](#on)\n\n" +
		"## Waits\n\n> **Sam:** i'm waiting\n\n[On](#by)\n\n## By\n\n> [!WARNING]\n> He waits.\n\n[On](#on)\n"
)

// drawn returns a random lesson whose rehearsal answers some of the moves, with various links.
func drawn(t *rapid.T, in string) string {
	var b strings.Builder
	b.WriteString(head)
	written := rapid.SliceOfNDistinct(rapid.SampledFrom(append(lesson.Moves(in), "unclear")), 1, -1,
		rapid.ID[string]).Draw(t, "written")
	if !slices.ContainsFunc(written, func(m string) bool { return m != "unclear" }) {
		written = append(written, lesson.Moves(in)[0])
	}
	for len(written) > 0 {
		n := min(rapid.IntRange(1, 2).Draw(t, "together"), len(written))
		fmt.Fprintf(&b, "- `%s`", strings.Join(written[:n], "`, `"))
		to := rapid.SampledFrom([]string{"", "on", "sent", "hurt", "waits", "by"}).Draw(t, "to")
		if to != "" {
			fmt.Fprintf(&b, " [On](#%s)", to)
		}
		fmt.Fprintf(&b, "\n\n  > **Sam:** to %s\n\n", written[0])
		if rapid.IntRange(0, 5).Draw(t, "sends") == 0 {
			b.WriteString("  > **Kai:** *photo*\n\n")
		}
		written = written[n:]
	}
	b.WriteString(rest)
	return b.String()
}

func movesOf(in string) []string {
	var bare []string
	for _, m := range lesson.Moves(in) {
		bare = append(bare, strings.TrimPrefix(m, "~"))
	}
	return bare
}

// misheard says what is wrong about how a line is answered, or "".
func (s scene) misheard(said []string) string {
	r := s.l.Scenes[s.at].Rehearsal
	run, err := play.Start(s.l, 1).From(s.l.Scenes[s.at].ID)
	if err != nil {
		return err.Error()
	}
	next, err := run.Said(said)
	if err != nil {
		return err.Error()
	}
	turned := slices.Clone(said)
	slices.Reverse(turned)
	if other, _ := run.Said(turned); other.Heard() != next.Heard() {
		return "it depends on which move was heard first"
	}
	strong := slices.ContainsFunc(said, func(m string) bool { return !lesson.Weakens(m) })
	agrees := slices.ContainsFunc(said, func(m string) bool { return m == "agree" || m == "join-in" || m == "look" })
	own := slices.ContainsFunc(r.Moves, func(m lesson.Move) bool { return slices.Contains(said, m.Name) })
	m := next.Heard()
	if m == nil || m.Name == lesson.Unclear {
		switch {
		case own && !strong:
			return "it isn't answered, and has an item of its own"
		case slices.ContainsFunc(r.Moves, func(m lesson.Move) bool {
			return strong && !m.Weak && m.Name != lesson.Unclear && m.Name != lesson.Danger
		}):
			return "it protects, and isn't answered"
		case next.Turn() != play.Say && m != nil && m.Onward == nil:
			return "the place is lost"
		}
		return ""
	}
	mine := slices.Contains(said, m.Name)
	switch {
	case !m.Weak && !strong:
		return "it weakens, and is answered as " + m.Name
	case m.Weak && strong && !mine:
		return "it protects, and is answered as " + m.Name
	case m.Weak && strong && r.Situation == "tell":
		return "it tells, and is answered as " + m.Name
	case m.Weak && (strong || !mine && !agrees) && s.happens(next, m):
		return "what was asked for happens by " + m.Name
	case !strong && !mine && own:
		return "it is answered as " + m.Name + ", and has an item of its own"
	}
	return ""
}

// happens reports whether what was asked for happens after an answer, as a learner sees it:
// something is sent, or the story goes where it goes after agreeing.
func (s scene) happens(run play.Run, m *lesson.Move) bool {
	if m.Name == "agree" || m.Name == "join-in" || m.Name == "look" {
		return true
	}
	from := len(run.Beats())
	for from > 0 && run.Beats()[from-1].Action == nil {
		from--
	}
	for run.Turn() == play.Go && run.Scene().Check == nil {
		next, err := run.Go()
		if err != nil {
			break
		}
		run = next
		if slices.Contains(s.given(), run.Scene().ID) {
			return true
		}
	}
	if o := m.Onward; o != nil && o.Rating == lesson.Harmful {
		return true
	}
	for _, b := range run.Beats()[from:] {
		if b.Block != nil && b.Block.Who == s.l.Scenes[s.at].Rehearsal.Who && b.Block.Event == "" ||
			b.Block != nil && b.Block.Kind == lesson.Feedback {
			return false
		}
		if b.Block != nil && b.Block.Event != "" && b.Block.Who == s.l.Scenes[s.at].Rehearsal.Who {
			return true
		}
	}
	return false
}

// given returns the scenes that only doing what was asked for leads to.
func (s scene) given() (ids []string) {
	sc := &s.l.Scenes[s.at]
	for _, m := range sc.Rehearsal.Moves {
		if (m.Name == "agree" || m.Name == "join-in" || m.Name == "look") && m.Onward != nil &&
			(sc.Onward == nil || m.Onward.To != sc.Onward.To) {
			ids = append(ids, s.l.Scenes[m.Onward.To].ID)
		}
	}
	return ids
}

// TestWhereALineGoes checks the rules of exchange.Rehearsal one by one.
func TestWhereALineGoes(t *testing.T) {
	for _, c := range []struct{ items, said, want string }{
		// With few items, as newcomers write them, a no with an excuse was once taken for a yes.
		{"decline, ~agree>sent, ~bargain, unclear", "decline excuse", "decline"},
		{"boundary, ~agree>sent, unclear", "decline excuse", "boundary"},
		{"tell, ~agree>sent, unclear", "decline excuse", "tell"},
		{"~agree>sent, ~bargain, unclear", "decline", "unclear"},
		{"~agree>sent, ~bargain", "decline", ""},
		// The weak item of its move answers a mixed line, if what was asked for doesn't happen in it.
		{"decline, ~agree>sent, ~excuse", "decline excuse", "excuse"},
		{"decline, ~agree>sent, ~excuse>sent", "decline excuse", "decline"},
		{"decline, ~agree>by, ~bargain>by", "decline bargain", "decline"},
		{"decline, ~agree, ~bargain>hurt", "decline bargain", "decline"},
		{"decline, ~agree>sent", "decline agree", "decline"},
		{"decline, ~agree>sent", "agree", "agree"},
		// A weak line goes to the mildest weak item, and never to one that it doesn't say.
		{"decline, ~agree>sent, ~attack, ~feed, unclear", "excuse", "feed"},
		{"decline, ~agree>sent, ~bargain, unclear", "excuse", "bargain"},
		{"decline, ~agree>sent, unclear", "excuse", "unclear"},
		{"decline, ~agree>sent, unclear", "bargain", "unclear"},
		{"decline, ~agree, unclear", "bargain", "unclear"},
		{"decline, ~bargain>sent, unclear", "agree", "bargain"},
		{"decline, ~bargain, ~excuse, unclear", "agree", "bargain"},
		{"decline, ~excuse, unclear", "agree", "excuse"},
		// Someone was told: what happened has been said, so a weak part doesn't change that.
		{"say-what, ~hint, unclear", "hint ask", "say-what"},
		{"say-what, ~hint, unclear", "downplay", "hint"},
		{"stop-it, ~join-in>sent, unclear", "blame", "unclear"},
		{"stop-it, ~join-in>sent, ~pry, unclear", "blame stand-with", "stop-it"},
		{"thank, ~look, unclear", "interrogate", "unclear"},
		{"thank, ~blame, ~look, unclear", "ask-safe blame", "blame"},
		{"decline, ~agree, unclear", "unclear", "unclear"},
	} {
		var b strings.Builder
		b.WriteString(head)
		for item := range strings.SplitSeq(c.items, ", ") {
			name, to, links := strings.Cut(item, ">")
			fmt.Fprintf(&b, "- `%s`", name)
			if links {
				fmt.Fprintf(&b, " [On](#%s)", to)
			}
			b.WriteString("\n\n  > **Sam:** hm\n\n")
		}
		b.WriteString(rest)
		l, diags := lesson.Parse("no.md", []byte(b.String()))
		if l == nil {
			t.Fatal(diags)
		}
		run, err := play.Start(l, 1).Said(strings.Fields(c.said))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if m := run.Heard(); m != nil {
			got = m.Name
		}
		if got != c.want {
			t.Errorf("of %s, %q is answered by %q, want %q", c.items, c.said, got, c.want)
		}
	}
}
