package lesson

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// keys are what the front matter may hold; the rest is an error.
var keys = []string{"goal", "risk", "role", "focus", "ages", "minutes", "note", "behind", "article", "sources", "facts", "allow"}

// required are the keys that no lesson goes without.
var required = []string{"goal", "risk", "role", "focus", "ages", "minutes", "note"}

// articlePoints are the points of the source article that a lesson may carry.
var articlePoints = []string{"disguise", "images", "blackmail", "price", "way-out", "usernames", "blocking",
	"slow-support", "bullying", "video-strangers", "choose-places", "protect"}

// roles are what a lesson may put the learner beside.
var roles = []string{"target", "bystander", "adult"}

// ArticlePoints returns the points of the source article, in its order.
func ArticlePoints() []string { return slices.Clone(articlePoints) }

// ReadHead reads the front matter and the title of a lesson and nothing below
// them, so that a list of lessons costs little. The source may end anywhere
// after the title. The file's name gives the id; see [Parse] for diagnostics.
func ReadHead(file string, src []byte) (Head, []Diagnostic) {
	r, clean := gate(file, src[:headEnd(src)])
	head, _ := r.head(clean)
	head.File = r.file
	SortDiagnostics(r.diags)
	return head, r.diags
}

// headEnd returns where the line of the title ends, or the end of the source.
func headEnd(src []byte) int {
	at := 0
	for i, fences := 0, 0; at < len(src) && at <= MaxFront+MaxLine; i++ {
		line := src[at:]
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		at += len(line)
		if bytes.Equal(bytes.TrimRight(line, "\r "), []byte("---")) && fences < 2 {
			fences++
		} else if fences == 2 && bytes.HasPrefix(line, []byte("# ")) {
			break
		}
		at = min(at+1, len(src))
	}
	return min(at, len(src))
}

// head reads the front matter and the title; it returns the offset at which the
// body begins.
func (r *report) head(src string) (Head, int) {
	h := Head{ID: idOf(r.file)}
	if !strings.HasPrefix(src, "---\n") {
		r.add(Pos{1, 1}, "format", "begin the file with --- and the keys "+strings.Join(required, ", "), "no front matter")
		return h, 0
	}
	end := strings.Index(src[4:], "\n---\n")
	if strings.HasPrefix(src[4:], "---\n") {
		end = -1
	}
	if end < 0 || end > MaxFront {
		r.add(Pos{1, 1}, "format", "close it with a line of --- within 8 KiB", "the front matter does not end")
		return h, 0
	}
	front, body := src[4:4+end], 4+end+5
	met := make(map[string]Pos)
	inFacts := false
	for i, line := range strings.Split(front, "\n") {
		at := Pos{i + 2, 1}
		if strings.TrimSpace(line) == "" {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		nested := strings.HasPrefix(line, " ")
		key = strings.TrimSpace(key)
		switch {
		case !ok:
			r.add(at, "format", "write key: value", "this line has no colon")
		case nested && !inFacts:
			r.add(at, "format", "only facts are nested", "nothing can stand under %q", key)
		case nested:
			r.fact(&h, key, value, at)
		default:
			if _, twice := met[key]; twice {
				r.add(at, "format", "keep one of them", "%q stands here twice", key)
			}
			met[key] = at
			inFacts = key == "facts"
			r.key(&h, key, value, at)
		}
	}
	for _, k := range required {
		if _, ok := met[k]; !ok {
			r.add(Pos{1, 1}, "format", "add a line "+k+": …", "the front matter has no %q", k)
		}
	}
	h.Title = title(src[body:])
	if h.Title == "" {
		r.add(r.pos(body), "format", "write the title as: # Title", "the lesson has no title")
	}
	return h, body
}

// title returns the text of the first line that opens with "# ".
func title(body string) string {
	for line := range strings.Lines(body) {
		if t, ok := strings.CutPrefix(line, "# "); ok {
			return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(t), "#"))
		}
	}
	return ""
}

func (r *report) key(h *Head, key, value string, at Pos) {
	if value != "" && (strings.Contains(value, ": ") || strings.ContainsRune("[]{}&*!|>'\"%@`#,", rune(value[0]))) {
		r.add(at, "format", "use other signs: a viewer reads the front matter as YAML", "the value of %q breaks in a viewer", key)
	}
	if value == "" && key != "facts" {
		r.add(at, "format", "write it or take the line out", "%q is empty", key)
		return
	}
	switch key {
	case "goal":
		h.Goal = value
	case "risk":
		h.Risk = value
	case "role":
		if h.Role = value; !slices.Contains(roles, value) {
			r.add(at, "format", "it is one of "+strings.Join(roles, ", "), "unknown role %q", value)
		}
	case "focus":
		h.Focus = value
	case "ages":
		h.Ages = value
	case "minutes":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 60 {
			r.add(at, "format", "write a number from 1 to 60", "minutes %q", value)
		}
		h.Minutes = n
	case "note":
		h.Note = value
	case "behind":
		h.Behind = value
	case "article":
		h.Article = list(value)
		for _, p := range h.Article {
			if !slices.Contains(articlePoints, p) {
				r.add(at, "format", "the points are "+strings.Join(articlePoints, ", "), "unknown point of the article %q", p)
			}
		}
	case "sources":
		h.Sources = list(value)
	case "facts":
		if value != "" {
			r.add(at, "format", "put each fact on a line of its own below, indented by two spaces", "facts stand on lines of their own")
		}
	case "allow":
		r.allow(h, value, at)
	default:
		mend := "the keys are " + strings.Join(keys, ", ")
		if n := nearest(key, keys); n != "" {
			mend = "did you mean " + n + "? " + mend
		}
		r.add(at, "format", mend, "unknown key %q", key)
	}
}

func (r *report) fact(h *Head, name, means string, at Pos) {
	at.Col = 3
	switch {
	case Slug(name) != name || name == "":
		r.add(at, "format", "use lower case letters, digits and hyphens", "%q is no name for a fact", name)
	case means == "":
		r.add(at, "format", "say in a sentence what it means", "fact %q has no meaning", name)
	case slices.ContainsFunc(h.Facts, func(f Fact) bool { return f.Name == name }):
		r.add(at, "format", "keep one of them", "fact %q stands here twice", name)
	case len(h.Facts) == MaxFacts:
		r.add(at, "limit", "use fewer", "more than %d facts", MaxFacts)
	default:
		h.Facts = append(h.Facts, Fact{Name: name, Means: means, Pos: at})
	}
}

// allow reads "rule (reason), rule (reason)".
func (r *report) allow(h *Head, value string, at Pos) {
	for rest := value; rest != ""; {
		rule, after, ok := strings.Cut(rest, "(")
		reason, next, closed := strings.Cut(after, ")")
		rule, reason = strings.TrimSpace(rule), strings.TrimSpace(reason)
		if !ok || !closed || rule == "" || reason == "" {
			r.add(at, "format", "write: allow: rule (reason)", "an allowance without a reason")
			return
		}
		h.Allow = append(h.Allow, Allow{Rule: rule, Reason: reason, Pos: at})
		rest = strings.TrimLeft(next, ", ")
	}
}

func list(value string) []string {
	var all []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// idOf returns a file's name without folders and ending.
func idOf(file string) string {
	file = file[strings.LastIndexAny(file, `/\`)+1:]
	return strings.TrimSuffix(file, ".md")
}
