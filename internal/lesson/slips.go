//go:build !js

package lesson

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"wayout/internal/text"
)

// slips looks through the lines of a lesson for marks that are nearly right: what a
// word processor makes of Markdown, and typical mistakes of people who write Markdown
// for the first time. The Markdown parser takes such lines for plain words, so its
// errors would be far from the line to change. Each slip is one diagnostic, and is
// corrected in lines, so that the rest of the file is read as its author meant it.
type slips struct {
	*report
	re    patterns
	lines []string // The lines of the whole file.
	first int      // Index of the first line of the body.
	deck  bool

	scenes []heading
	names  []string // Names of speakers, from the lines that are right.
	facts  []string
	typed  map[int]int // By index of a diagnostic, the index of the line that its fix corrects.
	left   int         // How many more slips to look for, at most.
}

// longestName is the longest name of a speaker that a slip may have, in bytes.
const longestName = 40

// mostSlips limits the work for a hostile file; no other file has so many slips.
const mostSlips = 200

// heading is the heading of a scene, before the file is parsed.
type heading struct {
	id, title string
	line      int
}

// patterns are the patterns that find slips.
type patterns struct {
	says, explains, link, open, wiki, reference, chip, mark, bold, plain, italic pattern
}

// pattern is a regular expression, and the letters that a line must have, in this
// order, for it to match. Most lines don't have them, and looking for them is much
// cheaper than matching: a file of 2,000 such lines took 113 MiB in a race build, whose
// sync.Pool, where package regexp keeps its memory, drops things at random.
type pattern struct {
	begins string // What every matching line begins with, or "".
	needs  []string
	re     *regexp.Regexp
}

func (p pattern) find(line string) []string {
	if !p.mayMatch(line) {
		return nil
	}
	return p.re.FindStringSubmatch(line)
}

func (p pattern) findAll(line string) [][]string {
	if !p.mayMatch(line) {
		return nil
	}
	return p.re.FindAllStringSubmatch(line, -1)
}

func (p pattern) mayMatch(line string) bool {
	if !strings.HasPrefix(line, p.begins) {
		return false
	}
	for _, needed := range p.needs {
		_, rest, ok := strings.Cut(line, needed)
		if !ok {
			return false
		}
		line = rest
	}
	return true
}

// slipPatterns compiles the patterns once, when the first lesson is read.
var slipPatterns = sync.OnceValue(func() patterns {
	re := func(expr string, needs ...string) pattern { return pattern{"", needs, regexp.MustCompile(expr)} }
	begins := func(begins, expr string, needs ...string) pattern {
		return pattern{begins, needs, regexp.MustCompile(expr)}
	}
	return patterns{
		says:      re("^(?:> ?)?(?:`[^`]*` ?)*\\*\\*([^*:]+):?\\*\\*", "**", "**"),
		explains:  begins("[^", `^\[\^([^\]\s]+)\]:`, "]:"),
		link:      re(`\[([^\[\]]*)\](\s*)\(([^()]*)\)`, "[", "]", "(", ")"),
		open:      re(`\[([^\[\]]+)\]\(\s*#([^()\s]+)\s*$`, "[", "](", "#"),
		wiki:      re(`\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]`, "[[", "]]"),
		reference: re(`\[([^\[\]]+)\]\[#?([^\[\]^][^\[\]]*)\]`, "[", "][", "]"),
		chip:      re("[‘’'\"“”´]([+?!])([a-z0-9:-]+)[‘’'\"“”´`]|`([+?!])([a-z0-9:-]+)[‘’'\"“”´]"),
		mark:      re(`\[\^([^\[\]\s]+)\]`, "[^", "]"),
		bold:      begins("**", `^\*\*\s*([^*:：]+?)\s*([:：]?)\s*\*\*\s*([:：]?)\s*(\S.*)$`, "**", "**"),
		plain:     re(`^([^\s:：*_\[<>“"!?.,;&#(][^:：*_\[<>“"!?,;&#(]*)[:：]\s+(\S.*)$`),
		italic:    re(`^[*_]([^\s*_:：][^*_:：]*)[:：]?[*_][:：]?\s+(\S.*)$`),
	}
})

// mend returns the source with the slips in the body corrected, and reports them. The
// number of lines doesn't change.
func (r *report) mend(src string, body int, head Head, deck bool) string {
	s := &slips{report: r, re: slipPatterns(), lines: strings.Split(src, "\n"), first: r.pos(body).Line - 1, deck: deck,
		left: mostSlips, typed: make(map[int]int)}
	if head.Focus != "" {
		s.names = append(s.names, head.Focus)
	}
	for _, f := range head.Remembered() {
		s.facts = append(s.facts, f.Name)
	}
	titled := false
	for i := s.first; i < len(s.lines) && s.left > 0; i++ {
		s.escapes(i)
		titled = s.heading(i, titled)
	}
	for i := s.first; i < len(s.lines); i++ {
		begin := strings.TrimLeft(s.lines[i], "> ")
		if strings.HasPrefix(begin, "**") || strings.HasPrefix(begin, "`") {
			if m := s.re.says.find(s.lines[i]); m != nil {
				s.names = append(s.names, m[1])
			}
		}
		if m := s.re.explains.find(s.lines[i]); m != nil {
			if slices.Contains(s.labels, m[1]) && s.left > 0 { // Only one of them is read.
				s.left--
				s.add(s.start(i), "format", "keep one of them", "the sign %q is explained twice", m[1])
			}
			s.labels = append(s.labels, m[1])
		}
	}
	comment := false
	for i := s.first; i < len(s.lines) && s.left > 0; i++ {
		s.bullet(i)
		s.box(i)
		s.links(i)
		s.chip(i)
		s.behind(i)
		s.footnote(i)
		comment = s.quote(i, comment)
	}
	for n, i := range s.typed { // If a line has two slips, each fix gives the line with both corrected.
		if strings.HasPrefix(s.diags[n].Fix, "type: ") {
			s.diags[n].Fix = "type: " + text.Line(s.lines[i], 120)
		}
	}
	s.unmarked()
	return strings.Join(s.lines, "\n")
}

// put reports a slip in line i and replaces the line by what was meant.
func (s *slips) put(i int, meant, format string, args ...any) {
	n := len(s.diags)
	if s.add(s.start(i), "format", "type: "+text.Line(meant, 120), format, args...); len(s.diags) > n {
		s.typed[n] = i
	}
	s.lines[i] = meant
	s.mended[i+1] = true
	s.left--
}

// start returns the position at which the words of a line begin.
func (s *slips) start(i int) Pos {
	l := s.lines[i]
	if s.mended[i+1] || i >= len(s.report.lines) {
		return Pos{i + 1, 1}
	}
	return s.pos(s.report.lines[i] + len(l) - len(strings.TrimLeft(l, " ")))
}

// above returns the line above, or "" if there is none.
func (s *slips) above(i int) string {
	if i <= s.first {
		return ""
	}
	return strings.TrimSpace(s.lines[i-1])
}

// escapes removes the backslashes that an export from Google Docs or pandoc puts in
// front of marks.
func (s *slips) escapes(i int) {
	l := s.lines[i]
	bare := strings.TrimLeft(l, " ")
	begins := strings.HasPrefix(bare, `\#`) || strings.HasPrefix(bare, `\> `) || strings.HasPrefix(bare, `\>\`) ||
		strings.HasPrefix(bare, `\- [`) || strings.HasPrefix(bare, `\- \[`) || strings.HasPrefix(bare, `\* [`) ||
		strings.HasPrefix(bare, `\* \[`)
	if !begins && !strings.Contains(l, `\](#`) && !strings.Contains(l, `](\#`) && !strings.Contains(l, `\[!`) &&
		!strings.Contains(l, `\[^`) && !strings.Contains(l, `[\^`) {
		return
	}
	meant := l
	for _, mark := range "#>-*[]()!^_`+" {
		meant = strings.ReplaceAll(meant, `\`+string(mark), string(mark))
	}
	s.put(i, meant, "a backslash turns a mark into plain text")
}

// heading looks at headings: a space that is missing, the wrong number of marks, a
// line below the words.
func (s *slips) heading(i int, titled bool) bool {
	l := s.lines[i]
	if !strings.HasPrefix(l, "#") && !strings.HasPrefix(l, "＃") {
		s.underlined(i, titled)
		return titled
	}
	flat := strings.ReplaceAll(strings.ReplaceAll(l, "＃", "#"), "\u00a0", " ")
	marks := len(flat) - len(strings.TrimLeft(flat, "#"))
	words := strings.TrimSpace(flat[marks:])
	spaced := strings.HasPrefix(flat[marks:], " ")
	switch {
	case words == "":
	case marks == 1 && !spaced:
		return titled // The title, or a hashtag in a chat. A missing title is reported elsewhere.
	case marks == 1 && titled && !s.deck:
		s.put(i, "## "+words, "there's a second title; a scene's heading has two marks")
	case marks == 1:
		titled = true
	case marks > 2:
		s.put(i, "## "+words, "a heading can't have %d marks; a scene's heading has two", marks)
	case !spaced:
		s.put(i, "## "+words, "there's no space between ## and the heading")
	case flat != l:
		s.put(i, flat, "the space after ## isn't one that Markdown recognises")
	}
	if bare, anchor, ok := strings.Cut(s.lines[i], " {#"); ok &&
		strings.HasSuffix(strings.TrimSpace(anchor), "}") {
		s.put(i, bare, "{#…} at the end of a heading isn't Markdown")
	}
	if h, ok := strings.CutPrefix(s.lines[i], "## "); ok && len(s.scenes) < MaxScenes {
		title := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(h), "#"))
		s.scenes = append(s.scenes, heading{Slug(title), title, i + 1})
	}
	return titled
}

// underlined looks for a line of --- or === below words, which makes a heading of
// them.
func (s *slips) underlined(i int, titled bool) {
	l, above := strings.TrimSpace(s.lines[i]), s.above(i)
	if len(l) < 2 || strings.Trim(l, "-") != "" && strings.Trim(l, "=") != "" || above == "" ||
		strings.ContainsRune("#>-*+[0123456789`", rune(above[0])) {
		return
	}
	s.put(i, "", "a line of --- or === below words turns them into a heading")
	d := &s.diags[len(s.diags)-1]
	d.Fix = "take it out; if the line above is the heading of a scene, type: ## " + text.Line(above, 80)
	if i < 2 || s.above(i-1) == "" && len(above) <= 60 {
		marks := "## "
		if l[0] == '=' && !titled {
			marks = "# "
		}
		s.lines[i-1] = marks + above
		s.mended[i] = true
		s.scenes = append(s.scenes, heading{Slug(above), above, i})
	}
}

// bullet looks for the bullets of word processors, and marks without their space.
func (s *slips) bullet(i int) {
	l := s.lines[i]
	at := strings.TrimLeft(l, " >")
	before := l[:len(l)-len(at)]
	for _, b := range []string{"•", "·", "●", "○", "◦", "▪", "▫", "■", "‣", "⁃", "∙", "➢", "➔", "–", "—", "−",
		"-\u00a0", "*\u00a0"} {
		rest, ok := strings.CutPrefix(at, b)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " \u00a0")
		if strings.ContainsAny(b, "–—−") && !strings.HasPrefix(rest, "[") {
			return // A dash in front of words is how some people write speech.
		}
		s.put(i, before+"- "+rest, "in Markdown a list can't begin with %q", strings.TrimRight(b, "\u00a0"))
		return
	}
	for _, b := range []string{"-[", "*[", "+["} {
		if rest, ok := strings.CutPrefix(at, b); ok {
			s.put(i, before+"- ["+rest, "there's no space after the list mark")
			return
		}
	}
	for n := range min(len(at), 2) { // 1.[words](#scene)
		if at[n] < '0' || at[n] > '9' {
			break
		}
		for _, b := range []string{".[", ")["} {
			if rest, ok := strings.CutPrefix(at[n+1:], b); ok {
				s.put(i, before+at[:n+1]+b[:1]+" ["+rest, "there's no space after the number")
				return
			}
		}
	}
}

// box looks for tick boxes with wrong marks.
func (s *slips) box(i int) {
	l := s.lines[i]
	at := strings.TrimLeft(l, " ")
	before, item := l[:len(l)-len(at)], at
	for _, m := range []string{"- ", "* ", "+ "} {
		item = strings.TrimPrefix(item, m)
	}
	listed := item != at
	for _, b := range []struct{ is, meant string }{{"[]", "[ ]"}, {"[  ]", "[ ]"}, {"[ x]", "[x]"}, {"[x ]", "[x]"},
		{"[ x ]", "[x]"}, {"[X ]", "[x]"}, {"[ X]", "[x]"}, {"[✓]", "[x]"}, {"[✔]", "[x]"}, {"[*]", "[x]"},
		{"☐", "[ ]"}, {"☑", "[x]"}, {"☒", "[x]"}, {"✅", "[x]"}, {"[ ]", "[ ]"}, {"[x]", "[x]"}, {"[X]", "[x]"}} {
		rest, ok := strings.CutPrefix(item, b.is)
		if !ok || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "[") || strings.TrimSpace(rest) == "" {
			continue
		}
		right := b.is == b.meant || b.is == "[X]"
		if right && listed && strings.HasPrefix(rest, " ") {
			return
		}
		s.put(i, before+"- "+b.meant+" "+strings.TrimSpace(rest),
			"an answer to a question begins with a hyphen and a box")
		return
	}
}

// links looks for links that the parser doesn't recognise.
func (s *slips) links(i int) {
	l := s.lines[i]
	if !strings.Contains(l, "[") {
		return
	}
	if m := s.re.open.find(l); m != nil {
		s.put(i, strings.TrimRight(l, " ")+")", "the link has no closing bracket")
	}
	if m := s.re.wiki.find(l); m != nil {
		s.put(i, strings.Replace(l, m[0], "["+cmp.Or(m[2], m[1])+"](#"+s.slug(m[1])+")", 1),
			"double brackets don't make a link")
	} else if m := s.re.reference.find(l); m != nil {
		s.put(i, strings.Replace(l, m[0], "["+m[1]+"](#"+s.slug(m[2])+")", 1),
			"a link needs round brackets around the scene")
	}
	for _, m := range s.re.link.findAll(s.lines[i]) {
		if s.left <= 0 {
			return
		}
		s.link(i, m)
	}
}

// link looks at one link. M is the match: the whole link, its words, what is between them
// and its scene, and its scene.
func (s *slips) link(i int, m []string) {
	words, gap, dest := m[1], m[2], strings.TrimSpace(m[3])
	if dest == "" || words == "x" || words == " " || strings.HasPrefix(words, "^") ||
		!strings.HasPrefix(strings.TrimLeft(dest, `\`), "#") && !strings.HasPrefix(dest, "＃") {
		return
	}
	target, title := dest, ""
	if at := strings.LastIndexAny(strings.TrimRight(dest, "\"'”’“‘"), "\"'“”‘’„"); at > 0 &&
		strings.HasSuffix(strings.TrimRight(dest[:at], "\"“”‘’„'"), " ") {
		quote := strings.Trim(dest[at:], "\"'“”‘’„ ")
		target, title = strings.TrimRight(dest[:at], " \"'“”‘’„"), ` "`+quote+`"`
	}
	id := strings.TrimLeft(target, "#＃ ")
	switch {
	case gap != "":
		s.put(i, strings.Replace(s.lines[i], m[0], "["+words+"](#"+s.slug(id)+title+")", 1),
			"there's a space between the link's words and its scene")
	case strings.ContainsAny(id, " \u00a0") || strings.HasPrefix(target, "＃") || strings.HasPrefix(target, "# ") ||
		strings.HasPrefix(target, "##"):
		s.put(i, strings.Replace(s.lines[i], m[0], "["+words+"](#"+s.slug(id)+title+")", 1),
			"a link can't have spaces: use hyphens")
	case title != "" && strings.ContainsAny(dest, "“”‘’„"):
		s.put(i, strings.Replace(s.lines[i], m[0], "["+words+"]("+target+title+")", 1),
			"a rating takes straight quotation marks")
	}
}

// slug returns the id of the scene that a link seems to mean, or else the slug of its words.
func (s *slips) slug(meant string) string {
	if h, ok := meantScene(meant, s.scenes); ok {
		return h.id
	}
	return Slug(strings.TrimSpace(meant))
}

// behind looks for a message whose > comes after a condition. Markdown would read it as
// narration.
func (s *slips) behind(i int) {
	line := strings.TrimLeft(s.lines[i], " ")
	front, said, ok := strings.Cut(line, "` >")
	said = strings.TrimLeft(said, " ")
	if !ok || !strings.HasPrefix(line, "`") || !strings.HasPrefix(said, "**") && !strings.HasPrefix(said, "`") &&
		!strings.HasPrefix(said, "*") {
		return
	}
	indent := s.lines[i][:len(s.lines[i])-len(line)]
	s.put(i, indent+"> "+front+"` "+said, "a message begins with >, and its condition comes after that")
}

// chip looks for a fact between quotation marks instead of backticks.
func (s *slips) chip(i int) {
	l := s.lines[i]
	if !strings.ContainsAny(l, "+?!") {
		return
	}
	m := s.re.chip.re.FindStringSubmatchIndex(l)
	if m == nil {
		return
	}
	group := func(k int) string {
		if m[2*k] < 0 {
			return ""
		}
		return l[m[2*k]:m[2*k+1]]
	}
	sign, name := group(1)+group(3), group(2)+group(4)
	front := strings.Trim(l[:m[0]], " >-*0123456789.") == ""
	if !slices.Contains(s.facts, name) && !strings.HasPrefix(name, "scene:") && !(front && sign == "+") {
		return
	}
	s.put(i, l[:m[0]]+"`"+sign+name+"`"+l[m[1]:],
		"a fact goes between backticks, the key above Tab or beside Backspace")
}

// footnote looks for a footnote without its colon, or with a space in its mark.
func (s *slips) footnote(i int) {
	l := strings.TrimLeft(s.lines[i], " ")
	for _, begin := range []string{"[ ^", "[^ "} {
		if rest, ok := strings.CutPrefix(l, begin); ok {
			s.put(i, "[^"+rest, "a sign's mark can't have a space in it")
			return
		}
	}
	label, rest, ok := strings.Cut(strings.TrimPrefix(l, "[^"), "]")
	if !ok || !strings.HasPrefix(l, "[^") || slices.Contains(s.labels, label) {
		return
	}
	if words := strings.TrimLeft(rest, " :："); words != "" && !strings.HasPrefix(rest, ":") {
		s.put(i, "[^"+label+"]: "+words, "a sign's explanation begins with its label and a colon")
		s.labels = append(s.labels, label)
	}
}

// unmarked reports footnotes whose mark is in no message.
func (s *slips) unmarked() {
	for _, l := range s.lines[s.first:] {
		for _, m := range s.re.mark.findAll(l) {
			if !slices.Contains(s.labels, m[1]) {
				return // A label is misspelt, and the mark is reported elsewhere.
			}
		}
	}
	for i := s.first; i < len(s.lines); i++ {
		m := s.re.explains.find(s.lines[i])
		if m == nil {
			continue
		}
		marked := 0
		for _, l := range s.lines[s.first:] {
			marked += strings.Count(l, "[^"+m[1]+"]")
		}
		if marked < 2 && !s.deck {
			s.add(s.start(i), "signs", "put [^"+m[1]+"] at the end of the message that shows it, or take this line out",
				"no message is marked with the sign %q", m[1])
		}
	}
}

// quote looks at a line of a message or an alert. It returns whether the quote is an
// alert so far.
func (s *slips) quote(i int, comment bool) bool {
	l := strings.TrimLeft(s.lines[i], " ")
	before := s.lines[i][:len(s.lines[i])-len(l)]
	rest, ok := strings.CutPrefix(l, ">")
	if !ok {
		return false
	}
	words := strings.TrimSpace(rest)
	opens := !strings.HasPrefix(s.above(i), ">") || strings.Trim(s.above(i), "> ") == "" && !comment
	if kind, _, closed := strings.Cut(strings.TrimPrefix(words, "[!"), "]"); closed && strings.HasPrefix(words, "[!") &&
		strings.TrimSpace(kind) == kind {
		if !opens {
			s.add(s.start(i), "format", "put an empty line above this line",
				"this panel begins in the middle of a quote")
		}
		return true
	}
	kind := strings.ToUpper(strings.Trim(words, `[]*_!:. \`))
	if _, ok := alerts[kind]; ok && opens {
		s.put(i, before+"> [!"+kind+"]",
			"a panel opens with its kind in square brackets and an exclamation mark")
		return true
	}
	if comment && !opens {
		return true
	}
	s.message(i, before, words, opens)
	return false
}

// message looks at a line of a message whose name isn't written as **Name:**.
func (s *slips) message(i int, before, words string, opens bool) {
	says := func(name, said string) {
		if len(name) > longestName {
			return
		}
		s.put(i, before+"> **"+strings.TrimSpace(name)+":** "+strings.TrimSpace(said),
			"a message begins with a name between ** and **, with the colon inside")
	}
	known := func(name string) bool { return slices.Contains(s.names, strings.TrimSpace(name)) }
	if m := s.re.bold.find(words); m != nil {
		tight := strings.HasPrefix(words, "**"+m[1]+":**") || strings.HasPrefix(words, "**"+m[1]+"**:")
		switch {
		case tight:
		case m[2]+m[3] == "" && !(opens && (known(m[1]) || len(strings.Fields(m[1])) <= 2)):
		default:
			says(m[1], m[4])
		}
		return
	}
	if !strings.ContainsAny(words, ":：") {
		return
	}
	if m := s.re.italic.find(words); m != nil && opens &&
		strings.ContainsAny(words[:len(words)-len(m[2])], ":：") {
		says(m[1], m[2])
		return
	}
	if m := s.re.plain.find(words); m != nil && (opens && len(strings.Fields(m[1])) <= 3 || known(m[1])) {
		says(m[1], m[2])
	}
}

// meantScene returns the scene that a link or a condition seems to mean: the heading with
// the same words, or else one that begins with or holds them, or else the most similar.
func meantScene(asked string, scenes []heading) (heading, bool) {
	id := Slug(strings.TrimLeft(strings.NewReplacer("%20", " ", "_", " ", "–", "-", "—", "-").Replace(unescape(asked)),
		"# "))
	var words []string
	for w := range strings.FieldsFuncSeq(id, func(r rune) bool { return r == '-' }) {
		if bare := strings.TrimRight(w, "0123456789"); bare != "" && bare != w { // scene2
			words = append(words, bare, w[len(bare):])
		} else {
			words = append(words, w)
		}
	}
	best, score := heading{}, 0.0
	for _, h := range scenes {
		theirs := strings.FieldsFunc(h.id, func(r rune) bool { return r == '-' || r == '_' })
		like := similarity(id, h.id) * 0.9
		if len(words) > 0 && len(theirs) > 0 {
			common := 0
			for _, w := range words {
				if slices.Contains(theirs, w) {
					common++
				}
			}
			if share := float64(common) / float64(len(words)); share > 0 {
				like = max(like, share*0.95-0.01*float64(len(theirs)-common)/float64(len(theirs)))
			}
			if strings.Join(words, "-") == strings.Join(theirs, "-") {
				like = 1
			}
			if differ(words, theirs) {
				like *= 0.5
			}
		}
		if like > score {
			best, score = h, like
		}
	}
	return best, score > 0.5
}

// differ reports whether both headings have numbers and none in common: "scene 1" never
// means "scene 2".
func differ(a, b []string) bool {
	number := func(w string) bool { return strings.Trim(w, "0123456789") == "" && w != "" }
	has := false
	for _, w := range a {
		if number(w) {
			if slices.Contains(b, w) {
				return false
			}
			has = true
		}
	}
	return has && slices.ContainsFunc(b, number)
}

// sceneFix returns a fix: which scene a link may mean, how to write that, and which exist.
func sceneFix(asked string, scenes []heading, written string) string {
	const most = 20
	var ids []string
	for _, h := range scenes[:min(len(scenes), most)] {
		ids = append(ids, "#"+h.id)
	}
	list := "the scenes are " + strings.Join(ids, ", ")
	if more := len(scenes) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	if len(scenes) == 0 {
		return "write the scene: ## Heading"
	}
	if h, ok := meantScene(asked, scenes); ok {
		return fmt.Sprintf("type %s for %q (line %d), or write the scene you mean; %s", fmt.Sprintf(written, h.id),
			text.Line(h.title, 60), h.line, list)
	}
	return "use one of these, or write the scene you mean; " + list
}
