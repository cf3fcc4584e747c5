package check

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wayout/internal/lesson"
)

// Set checks the lessons of a course together by the rule "set", by language: some
// lesson covers each point of the article, targets and bystanders have lessons,
// every role and risk of one language is in the others, and a lesson has the same
// graph, facts, signs and ratings in each.
//
// Whether a person is a stranger, and of which gender they are, can't be in the file
// without giving it away to everybody who opens it. The people who review the course
// check the balance of these.
func Set(languages map[string][]*lesson.Lesson) []lesson.Diagnostic {
	var found []lesson.Diagnostic
	add := func(file, fix, format string, args ...any) {
		found = append(found, lesson.Diagnostic{File: file, Line: 1, Col: 1, Rule: "set",
			Message: fmt.Sprintf(format, args...), Fix: fix})
	}
	names := slices.Sorted(maps.Keys(languages))
	for _, lang := range names {
		for _, point := range lesson.ArticlePoints() {
			if !slices.ContainsFunc(languages[lang], func(l *lesson.Lesson) bool {
				return slices.Contains(l.Article, point)
			}) {
				add(lang, "name it under article: in the lesson that covers it",
					"no lesson covers the article's point %q", point)
			}
		}
		for _, role := range []string{"target", "bystander"} {
			if !slices.ContainsFunc(languages[lang], func(l *lesson.Lesson) bool { return l.Role == role }) {
				add(lang, "write one", "no lesson has role: %s", role)
			}
		}
	}
	for _, lang := range names {
		secondSet(languages[lang], func(file, fix, format string, args ...any) {
			add(cmp.Or(file, lang), fix, format, args...)
		})
	}
	if len(names) < 2 {
		return found
	}
	first := languages[names[0]]
	for _, lang := range names[1:] {
		for _, l := range first {
			i := slices.IndexFunc(languages[lang], func(o *lesson.Lesson) bool { return o.ID == l.ID })
			if i < 0 {
				add(lang, "translate it", "the lesson %q is missing", l.ID)
				continue
			}
			o := languages[lang][i]
			if a, b := shape(l), shape(o); a != b {
				add(o.File, "make it match "+l.File, "the lesson differs from %s: %s", l.File, difference(a, b))
			}
		}
	}
	slices.SortStableFunc(found, func(a, b lesson.Diagnostic) int { return cmp.Compare(a.File, b.File) })
	return found
}

// shape returns what must be the same in every language, one line for each scene.
func shape(l *lesson.Lesson) string {
	var b strings.Builder
	fmt.Fprintf(&b, "front matter: %s %s %d", l.Role, l.Risk, l.Minutes)
	for _, f := range l.Facts {
		b.WriteString(" " + f.Name)
	}
	b.WriteString("\n")
	for i, s := range l.Scenes {
		fmt.Fprintf(&b, "scene %d: %d", i+1, s.Alert())
		for _, t := range s.Told {
			fmt.Fprintf(&b, " %d", t.Kind)
			for _, sign := range t.Signs {
				b.WriteString(l.Signs[sign].Label)
			}
			for _, p := range t.Text {
				fmt.Fprintf(&b, "%v", p.Sets)
			}
		}
		for _, c := range s.Choices {
			fmt.Fprintf(&b, " to %d %s", c.To, c.Rating)
		}
		if s.Onward != nil {
			fmt.Fprintf(&b, " on %d", s.Onward.To)
		}
		if s.Check != nil {
			for _, o := range s.Check.Options {
				fmt.Fprintf(&b, " %t", o.Right)
			}
		}
		if s.Rehearsal != nil {
			for _, m := range s.Rehearsal.Moves {
				b.WriteString(" " + m.Name)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// difference describes the first line in which two shapes differ.
func difference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		switch {
		case i >= len(as) || i >= len(bs):
			return "a different number of scenes"
		case as[i] != bs[i]:
			what, _, _ := strings.Cut(as[i], ":")
			return what
		}
	}
	return ""
}
