package lesson

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wayout/internal/text"
)

// frontKey is a key of the front matter, and its description for authors.
type frontKey struct {
	name, takes string
	required    bool
}

// frontKeys are the keys of the front matter; any other key is an error.
var frontKeys = []frontKey{
	{"goal", "one thing that the learner will do, such as: Stop, save the chat, tell someone", true},
	{"risk", "the kind of pressure in a word or two, such as blackmail, meeting or picture-request", true},
	{"role", "target, bystander or adult: who the learner helps", true},
	{"focus", "the name of the person the learner helps, as it is in the messages", true},
	{"place", "where the story happens, such as Hamilton, Ontario; with it, the lesson is in version 2 of the format",
		false},
	{"ages", "such as 13-18", true},
	{"minutes", "how long it takes, from 1 to 60", true},
	{"note", "what happens in it, for anyone who'd rather not read that", true},
	{"behind", "who was really typing", false},
	{"article", "points of the article, separated by commas", false},
	{"sources", "keys of sources.toml, separated by commas", false},
	{"outcome", "fine, if the other person turns out to be who they say", false},
	{"facts", "nothing after the colon; below it, one line for each fact, such as:   told: Kai has told someone",
		false},
	{"leaks", "nothing after the colon; below it, one line for each thing the other person may find out, such as:   " +
		"team: which team Kai plays for", false},
	{"about",
		"nothing after the colon; below it, for a fact or a leak, who mentions it and in which words, such as:   " +
			"team: Sam says wildcats, your team", false},
	{"allow", "a rule and the reason for breaking it: words (a poem)", false},
}

// otherKeys are keys of other programs that teachers know, and what to do instead.
var otherKeys = map[string]string{
	"title": "take the line out; the title goes below the front matter: # Title",
	"name":  "take the line out; the title goes below the front matter: # Title",
	"id":    "take the line out; the file's name is the id",
	"sign": "take the line out; a warning sign is a mark in a message, [^urgency], and a line at the end: " +
		"[^urgency]: why",
	"signs": "take the line out; a warning sign is a mark in a message, [^urgency], and a line at the end: " +
		"[^urgency]: why",
	"time": "type minutes instead",
	"hero": "type focus instead",
}

func keyNames() []string {
	var all []string
	for _, k := range frontKeys {
		all = append(all, k.name)
	}
	return all
}

// Labels returns the keys of the front matter for the help of authors, one line
// each, as "key: what it takes".
func Labels() []string {
	var all []string
	for _, k := range frontKeys {
		must := ""
		if !k.required {
			must = " (optional)"
		}
		all = append(all, k.name+": "+k.takes+must)
	}
	return all
}

// articlePoints are the points of the source article that a lesson may cover.
var articlePoints = []string{"disguise", "images", "blackmail", "price", "way-out", "usernames", "blocking",
	"slow-support", "bullying", "video-strangers", "choose-places", "protect"}

// roles are the roles of the person whom the learner helps.
var roles = []string{"target", "bystander", "adult"}

// ArticlePoints returns the points of the source article, in its order.
func ArticlePoints() []string { return slices.Clone(articlePoints) }

// ReadHead reads only the front matter and the title of a lesson, so that listing
// lessons is cheap. It accepts every head that [Parse] accepts, because both use
// the same code. The source may end anywhere after the title. The file's name
// gives the id; see [Parse] for diagnostics.
func ReadHead(file string, src []byte) (Head, []Diagnostic) {
	end := headEnd(src)
	if len(src) > MaxFile {
		end = len(src) // The gate reports that the file is too large.
	}
	r, clean := gate(file, src[:end])
	if len(r.diags) > 0 {
		return Head{}, r.diags
	}
	head, _ := r.head(clean)
	head.File = r.file
	SortDiagnostics(r.diags)
	return head, r.diags
}

// headEnd returns the offset at which the line of the title ends, or the end of the
// source. It knows only the usual line ends; with any other it returns more than is
// needed, which does no harm.
func headEnd(src []byte) int {
	fences := 0
	for at := 0; at < len(src); at++ {
		line := src[at:]
		if n := bytes.IndexAny(line, "\r\n"); n >= 0 {
			line = line[:n]
		}
		at += len(line)
		if bytes.Equal(bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff"))), []byte("---")) && fences < 2 {
			fences++
		} else if fences == 2 && bytes.HasPrefix(line, []byte("# ")) {
			return at
		}
	}
	return len(src)
}

// frontMatter is the lines of the front matter, from first (from 1), and the
// line below it.
type frontMatter struct {
	lines       []string
	first, body int
}

// front finds the front matter, and reports false if there is none. It accepts and
// reports fences ("---") that a word processor has changed.
func (r *report) front(src string) (frontMatter, bool) {
	lines := strings.Split(src, "\n")
	at := 0
	for at < len(lines)-1 && strings.TrimSpace(lines[at]) == "" {
		at++
	}
	var f frontMatter
	switch first := strings.TrimSpace(lines[at]); {
	case first == "---":
		at++
	case likeFence(first):
		r.add(Pos{at + 1, 1}, "format", "type three hyphens instead, nothing else: ---",
			"the front matter opens with %q", first)
		at++
	case strings.HasPrefix(first, "```") || strings.HasPrefix(first, "~~~"):
		r.add(Pos{at + 1, 1}, "format", "take out this line, and the one that closes it at the end",
			"the lesson is inside a code block")
		return f, false
	case isKey(first):
		r.add(Pos{at + 1, 1}, "format", "put a line of three hyphens above this line: ---",
			"the front matter has no --- above it")
	default:
		r.add(Pos{1, 1}, "format", "begin the file with a line of ---, then these lines, then another line of ---: "+
			neededLines()+". What each takes: wayout check --help",
			"the front matter is missing: the lines about the lesson, at the top")
		return f, false
	}
	f.first = at + 1
	size := 0
	for ; at < len(lines); at++ {
		l := strings.TrimSpace(lines[at])
		size += len(lines[at]) + 1
		switch {
		case size > MaxFront:
			r.add(Pos{f.first, 1}, "format", "close it with a line of three hyphens within 8 KiB: ---",
				"the front matter has no --- below it")
			return f, false
		case l == "---":
			f.body = at + 1
			return f, true
		case likeFence(l):
			r.add(Pos{at + 1, 1}, "format", "type three hyphens instead, nothing else: ---",
				"the front matter closes with %q", l)
			f.body = at + 1
			return f, true
		case strings.HasPrefix(l, "#") && !strings.HasPrefix(lines[at], " ") || strings.HasPrefix(l, ">"):
			r.add(Pos{at + 1, 1}, "format", "put a line of three hyphens above this line: ---",
				"the front matter has no --- below it")
			f.body = at
			return f, true
		}
		f.lines = append(f.lines, lines[at])
	}
	r.add(Pos{f.first, 1}, "format", "put a line of three hyphens below the last of its keys: ---",
		"the front matter has no --- below it")
	return f, false
}

func neededLines() string {
	var all []string
	for _, k := range frontKeys {
		if k.required {
			all = append(all, k.name+": …")
		}
	}
	return strings.Join(all, " / ")
}

// likeFence reports whether a line is what a word processor makes of three hyphens,
// or what other programs use around front matter.
func likeFence(l string) bool {
	bare := strings.NewReplacer("\\", "", " ", "").Replace(l)
	if bare == "" || strings.Trim(bare, "-‐‑‒–—―−_*=~+") != "" {
		return false
	}
	n := len([]rune(bare))
	return n <= 80 && (n >= 3 || strings.ContainsAny(bare, "‒–—―") || bare == "--")
}

// isKey reports whether a line is a key of the front matter with its value.
func isKey(l string) bool {
	key, _, ok := strings.Cut(l, ":")
	return ok && slices.Contains(keyNames(), bareKey(key))
}

// bareKey returns a key in lower case, without list marks, emphasis or quotation
// marks around it.
func bareKey(key string) string {
	return strings.ToLower(strings.Trim(key, " -*_•\"'`“”‘’"))
}

// head reads the front matter and the title; it returns the offset at which the
// body begins.
func (r *report) head(src string) (Head, int) {
	h := Head{ID: idOf(r.file)}
	f, ok := r.front(src)
	if !ok {
		return h, 0
	}
	body := len(src)
	if f.body < len(r.lines) {
		body = r.lines[f.body]
	}
	met := make(map[string]bool)
	under := "" // The key whose lines follow it: facts, leaks, or none.
	for i, line := range f.lines {
		if strings.TrimSpace(line) != "" {
			under = r.frontLine(&h, line, Pos{f.first + i, 1}, met, under)
		}
	}
	for _, k := range frontKeys {
		if k.required && !met[k.name] {
			r.add(Pos{max(f.body, 1), 1}, "format", "add a line above this one: "+k.name+": "+k.takes,
				"the front matter has no %q", k.name)
		}
	}
	r.aboutFacts(&h)
	h.Title = r.title(src, body)
	return h, body
}

// frontLine reads one line of the front matter; it returns the key whose lines may
// follow below it, or "".
func (r *report) frontLine(h *Head, line string, at Pos, met map[string]bool, under string) string {
	key, value, ok := strings.Cut(line, ":")
	if wide, after, found := strings.Cut(line, "："); !ok && found {
		r.add(at, "format", "type a plain colon: "+strings.TrimSpace(wide)+": "+strings.TrimSpace(after),
			"the colon in this line isn't a plain one")
		key, value, ok = wide, after, true
	}
	value = strings.TrimSpace(value)
	nested := strings.HasPrefix(line, " ") || under != "" && strings.HasPrefix(line, "-")
	key = strings.TrimSpace(key)
	switch {
	case !ok:
		r.add(at, "format", "write key: value, or join it to the line above", "this line has no colon")
	case nested && under == "" && slices.Contains(keyNames(), bareKey(key)):
		r.add(at, "format", "take out the spaces in front of "+bareKey(key),
			"this key isn't at the beginning of its line")
		met[bareKey(key)] = true
	case nested && under == "":
		r.add(at, "format", "take it out, or put a line above it: facts:",
			"only facts, leaks and about can have lines below them")
	case nested && under == "about":
		r.about(h, key, value, at)
		return under
	case nested:
		r.fact(h, under, key, value, at)
		return under
	default:
		if bare := bareKey(key); bare != key && slices.Contains(keyNames(), bare) {
			value = strings.TrimLeft(value, "* ")
			r.add(at, "format", "type "+bare+": "+value, "the key %q is spelled differently", key)
			key = bare
		}
		if met[key] {
			r.add(at, "format", "keep one of them", "%q is here twice", key)
		}
		met[key] = true
		h.places = append(h.places, keyPlace{key, at})
		r.key(h, key, value, at, met, under)
		if nests(key) {
			return key
		}
		return ""
	}
	return under
}

// title returns the title, and reports a lesson without one.
func (r *report) title(src string, body int) string {
	if t := title(src[body:]); t != "" {
		return t
	}
	at, fix := r.pos(body), "write the title below the front matter: # Title"
	for i, line := range strings.Split(src[body:], "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		at = Pos{r.pos(body).Line + i, 1}
		if bare := strings.TrimLeft(line, "#＃\\ "); bare != line && bare != "" && !strings.HasPrefix(line, "## ") {
			fix = "put # and a space in front of the title: # " + bare
		} else if strings.HasPrefix(line, "##") {
			fix = "put the title above this line: # Title"
		} else {
			fix = "put the title above this line: # Title; or make it the title: # " +
				text.Line(strings.Trim(line, "*_ "), 60)
		}
		break
	}
	r.add(at, "format", fix, "the lesson has no title")
	return ""
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

// yamlFix says how to write a value that a YAML parser, such as that of a Markdown
// viewer, would read as something else. It returns "" if the value is fine.
func yamlFix(key, value string) string {
	if value == "" {
		return ""
	}
	bare := strings.Trim(value, "\"'")
	switch {
	case bare != value && value[0] == value[len(value)-1]:
		return "take out the quotation marks: " + key + ": " + bare
	case strings.ContainsRune("[]{}&*!|>'\"%@`#,", rune(value[0])):
		return fmt.Sprintf("begin the value with a letter or a digit, not with %q", value[:1])
	case strings.Contains(value, ": "):
		return "type a comma or a dash instead of the second colon: " + key + ": " +
			strings.ReplaceAll(value, ": ", " – ")
	}
	return ""
}

func (r *report) key(h *Head, key, value string, at Pos, met map[string]bool, under string) {
	if fix := yamlFix(key, value); fix != "" {
		r.add(at, "format", fix, "a viewer that reads the front matter as YAML can't read this value of %q", key)
	}
	if value == "" && !nests(key) {
		if i := slices.IndexFunc(frontKeys, func(k frontKey) bool { return k.name == key }); i >= 0 {
			r.add(at, "format", "write "+key+": "+frontKeys[i].takes+"; or take the line out", "%q is empty", key)
			return
		}
	}
	switch key {
	case "goal":
		h.Goal = value
	case "risk":
		h.Risk = value
	case "role":
		if h.Role = value; !slices.Contains(roles, value) {
			r.add(at, "format", "type one of "+strings.Join(roles, ", "), "unknown role %q", value)
		}
	case "focus":
		h.Focus = value
	case "place":
		h.Setting = value
	case "outcome":
		if h.Fine = value == "fine"; !h.Fine {
			r.add(at, "format", "type outcome: fine, or take the line out", "unknown outcome %q", value)
		}
	case "ages":
		h.Ages = value
	case "minutes":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 60 {
			r.add(at, "format", "write a number from 1 to 60 and nothing else: minutes: 12", "minutes can't be %q",
				value)
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
				r.add(at, "format", didYouMean(nearest(p, articlePoints))+"the points are "+
					strings.Join(articlePoints, ", "), "unknown point of the article %q", p)
			}
		}
	case "sources":
		h.Sources = list(value)
	case "facts", "leaks", "about":
		if n := nested[key]; value != "" {
			r.add(at, "format", "leave nothing after "+key+": and put "+n.each+
				" on a line below it, after two spaces:   "+n.such, "%s", n.alone)
		}
	case "allow":
		r.allow(h, value, at)
	default:
		r.unknownKey(key, at, met, under)
	}
}

func (r *report) unknownKey(key string, at Pos, met map[string]bool, under string) {
	fix := "the keys are " + strings.Join(keyNames(), ", ")
	n := nearest(bareKey(key), keyNames())
	switch {
	case otherKeys[bareKey(key)] != "":
		fix = otherKeys[bareKey(key)]
	case under != "" && n == "":
		fix = "if it belongs to " + under + ", put two spaces in front of it; " + fix
	case n != "":
		fix = didYouMean(n) + fix
		met[n] = true // Don't also report the key as missing.
	}
	r.add(at, "format", fix, "unknown key %q", key)
}

func didYouMean(s string) string {
	if s == "" {
		return ""
	}
	return "did you mean " + s + "? "
}

// nested are the keys that have lines below them, with the words for diagnostics about them.
var nested = map[string]struct{ each, such, alone string }{
	"facts": {"each fact", "told: Kai has told someone", "facts go on lines of their own"},
	"leaks": {"each", "team: which team Kai plays for", "leaks go on lines of their own"},
	"about": {"each", "team: Sam says wildcats", "what is said about a fact goes on lines of its own"},
}

// nests reports whether a key has lines below it.
func nests(key string) bool { return nested[key].each != "" }

// about reads a line below about: the name of a fact, who speaks of it, and the words.
func (r *report) about(h *Head, name, value string, at Pos) {
	at.Col = 3
	a := About{Fact: name, Pos: at}
	words := value
	if who, said, ok := strings.Cut(value, " says "); ok {
		a.Who, words = strings.TrimSpace(who), said
	}
	if a.Words = list(words); len(a.Words) == 0 {
		r.add(at, "format", "say who mentions it and in which words:   "+name+": Sam says wildcats, your team",
			"%q has no words to recognise it by", name)
		return
	}
	h.About = append(h.About, a)
}

// aboutFacts reports entries of about that name an undeclared fact.
func (r *report) aboutFacts(h *Head) {
	for _, a := range h.About {
		if !h.remembers(a.Fact) {
			r.add(a.Pos, "format", "declare it under facts: or leaks:, or use the name of one that's there",
				"there's no fact or leak %q", a.Fact)
		}
	}
}

// fact reads a line below facts or leaks.
func (r *report) fact(h *Head, under, name, means string, at Pos) {
	at.Col = 3
	bare := strings.Trim(name, "-*•` ")
	switch {
	case Slug(name) != name || name == "":
		fix := "use lower-case letters, digits and hyphens"
		if s := Slug(bare); s != "" {
			fix = "type two spaces and then " + s + ": " + means
		}
		r.add(at, "format", fix, "%q can't be the name of a "+strings.TrimSuffix(under, "s"), name)
	case means == "":
		r.add(at, "format", "say in a sentence what it means:   "+name+": Kai has told someone",
			"fact %q doesn't say what it means", name)
	case h.remembers(name):
		r.add(at, "format", "keep one of them", "fact %q is here twice", name)
	case under == "facts" && len(h.Facts) == MaxFacts:
		r.add(at, "limit", "use fewer", "more than %d facts", MaxFacts)
	case under == "leaks" && len(h.Leaks) == MaxLeaks:
		r.add(at, "limit", "use fewer", "more than %d leaks", MaxLeaks)
	case under == "leaks":
		h.Leaks = append(h.Leaks, Fact{Name: name, Means: means, Pos: at})
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
			r.add(at, "format", "write: allow: rule (reason)", "this allow: has no reason")
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

// idOf returns a file's name without folders and ".md".
func idOf(file string) string {
	file = file[strings.LastIndexAny(file, `/\`)+1:]
	return strings.TrimSuffix(file, ".md")
}

// Place returns the position of a key of the front matter, for a diagnostic about it,
// or the first line if the key is missing.
func (h *Head) Place(key string) Pos {
	for _, p := range h.places {
		if p.key == key {
			return p.pos
		}
	}
	return Pos{1, 1}
}
