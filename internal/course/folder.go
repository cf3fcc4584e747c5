package course

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"wayout/internal/lesson"
	"wayout/internal/text"
)

// Folder is what a folder of lessons holds. Every file is in one of its lists, except
// those that belong beside lessons (README, *.toml, *.script) and those that an
// operating system leaves behind.
type Folder struct {
	Lessons  []string            // Files whose names are those of lessons, in order.
	Decks    []string            // Files of short stories; see [lesson.IsDeck].
	Problems []lesson.Diagnostic // About files that were meant as lessons and can't be read.
	Notes    []lesson.Diagnostic // About other files and folders, which are ignored.
}

// Look returns what a folder holds. It reads names, and only the beginning of a file, to
// tell a lesson whose name ends in .txt from a shopping list.
func Look(dir fs.FS) Folder {
	var f Folder
	files, err := fs.ReadDir(dir, ".")
	if err != nil {
		f.Problems = append(f.Problems, refusal(".", "format", text.Line(err.Error(), 200), "make the folder readable"))
		return f
	}
	seen := 0
	var left []string
	for _, e := range files {
		if dropping(e.Name()) {
			continue
		}
		if seen++; seen > mostSeen {
			f.Problems = append(f.Problems, refusal(e.Name(), "limit",
				fmt.Sprintf("more than %d files in a folder", mostSeen), "keep lessons in a folder of their own"))
			break
		}
		if f.sort(dir, e) {
			left = append(left, e.Name())
		}
	}
	f.left(left)
	f.Lessons = f.apart(f.Lessons)
	if over := max(len(f.Lessons)-maxFiles, 0); over > 0 {
		f.Problems = append(f.Problems, refusal(f.Lessons[maxFiles], "limit",
			fmt.Sprintf("more than %d lessons in a folder", maxFiles), "make a second folder"))
		f.Lessons = f.Lessons[:maxFiles]
	}
	if over := max(len(f.Decks)-maxFiles, 0); over > 0 {
		f.Problems = append(f.Problems, refusal(f.Decks[maxFiles], "limit",
			fmt.Sprintf("more than %d files of short stories in a folder", maxFiles), "make a second folder"))
		f.Decks = f.Decks[:maxFiles]
	}
	if len(f.Lessons)+len(f.Decks)+len(f.Problems) == 0 {
		what := "the folder is empty"
		if seen > 0 {
			what = "there are no lessons in this folder"
		}
		f.Problems = append(f.Problems, refusal(".", "format", what,
			"put lessons in it: text files whose names end in .md"))
	}
	return f
}

// apart leaves out files whose names look the same as another's, because one is in composed
// Unicode and the other decomposed.
func (f *Folder) apart(names []string) []string {
	met := make(map[string]bool)
	return slices.DeleteFunc(names, func(name string) bool {
		id := text.Line(name, maxName)
		if met[id] {
			f.Problems = append(f.Problems, refusal(name, "format",
				"two files in this folder have names that look the same", "rename one of them"))
			return true
		}
		met[id] = true
		return false
	})
}

// The limits of [Look]: how many files of a folder and of a folder below it are looked at,
// and how many bytes of one.
const (
	mostSeen  = 5000
	mostBelow = 200
	mostPeek  = 4 << 10
)

// sort puts a file into one of the lists, or reports that it is one that no one would
// take for a lesson.
func (f *Folder) sort(dir fs.FS, e fs.DirEntry) (other bool) {
	name := e.Name()
	problem := NameProblem(name)
	switch {
	case beside(name):
	case problem != nil && e.Type().IsRegular():
		f.Problems = append(f.Problems, *problem)
	case e.IsDir() && strings.HasSuffix(strings.ToLower(name), ".md"):
		f.Problems = append(f.Problems, refusal(name, "format", "a folder, not a file",
			"put the lesson itself here"))
	case e.IsDir():
		f.below(dir, name)
	case !strings.HasSuffix(name, ".md"):
		return f.other(dir, e)
	case !e.Type().IsRegular():
		f.Problems = append(f.Problems, refusal(name, "format", "not a regular file",
			"put the file itself here, not a link to it"))
	case lesson.IsDeck(name):
		f.Decks = append(f.Decks, name)
	default:
		f.Lessons = append(f.Lessons, name)
	}
	return false
}

// endings are the endings of Markdown files, as other programs name them.
var endings = []string{".markdown", ".mdown", ".markdn", ".mkdn", ".mkd", ".mdwn", ".mdtext", ".mdtxt", ".mdx", ".md"}

// NameProblem says why a file that was meant as a lesson isn't read as one because of its
// name, and what to call it. It is nil if the name is right, or isn't like a lesson's.
func NameProblem(name string) *lesson.Diagnostic {
	bad := func(what, fix string) *lesson.Diagnostic {
		d := refusal(name, "format", what, fix)
		return &d
	}
	low := strings.ToLower(strings.TrimSpace(name))
	stem, ending := "", ""
	for _, e := range endings {
		if s, ok := strings.CutSuffix(low, e); ok {
			stem, ending = s, e
			break
		}
	}
	if at := strings.LastIndex(low, ".md."); ending == "" && at > 0 ||
		ending == ".md" && strings.HasSuffix(stem, ".md") {
		at = strings.Index(low, ".md")
		return bad(fmt.Sprintf("the name ends in %q, not in \".md\"", text.Line(low[at+1:], 40)),
			"rename it to "+goodName(low[:at])+" (the system may hide the end of a name)")
	}
	if ending == "" {
		return nil
	}
	fix := "rename it to " + goodName(stem)
	shown := norm.NFC.String(name)
	switch {
	case strings.HasPrefix(name, "."):
		return bad("the name begins with a dot: files like that are hidden, and aren't read", fix)
	case strings.HasPrefix(name, "-"):
		return bad("the name begins with a hyphen, so it looks like an option", fix)
	case len(name) > maxName:
		return bad(fmt.Sprintf("the file's name is over %d bytes", maxName), "give it a shorter name")
	case strings.Join(strings.Fields(shown), " ") != shown:
		return bad("the name has a space at one end, or two in a row", fix)
	case text.Line(name, maxName) != shown:
		return bad("the file's name has characters that can't be shown", fix)
	case strings.ContainsAny(name, `\:*?"<>|`):
		return bad("the file's name has characters that other computers don't allow", fix)
	case !strings.HasSuffix(name, ".md"):
		return bad(fmt.Sprintf("the name ends in %q, not in \".md\"", name[len(name)-len(ending):]), fix)
	case stem == "":
		return bad("the name has nothing before .md", "give it a name, such as my-lesson.md")
	}
	return nil
}

// goodName returns a name for a lesson's file that works on every system.
func goodName(stem string) string {
	good := strings.Trim(lesson.Slug(strings.Join(strings.Fields(text.Line(stem, 60)), " ")), "-")
	return cmp.Or(good, "my-lesson") + ".md"
}

// beside reports whether a file belongs in a folder of lessons without being a lesson.
func beside(name string) bool {
	low := strings.ToLower(name)
	return strings.HasPrefix(low, "readme") || strings.HasPrefix(low, "license") || path.Ext(low) == ".toml" ||
		path.Ext(low) == ".script"
}

// dropping reports whether an operating system, an editor or git has left a file.
func dropping(name string) bool {
	low := strings.ToLower(name)
	return slices.Contains([]string{".ds_store", ".localized", ".trashes", "thumbs.db", "desktop.ini", "__macosx",
		".gitignore", ".gitattributes", ".git", ".editorconfig"}, low) ||
		strings.HasPrefix(low, "._") || strings.HasPrefix(low, "~$") || strings.HasPrefix(low, ".~lock.") ||
		strings.HasSuffix(low, "~") || path.Ext(low) == ".swp"
}

// documents are the endings of files that word processors and browsers write.
var documents = []string{".docx", ".doc", ".odt", ".fodt", ".rtf", ".rtfd", ".pages", ".gdoc", ".pdf", ".html", ".htm",
	".wps", ".epub"}

// other looks at a file whose name isn't like a lesson's. It reports whether the file needs
// no problem or note of its own.
func (f *Folder) other(dir fs.FS, e fs.DirEntry) bool {
	name := e.Name()
	ext := strings.ToLower(path.Ext(name))
	switch {
	case (ext == ".txt" || ext == ".text" || ext == "") && likeLesson(dir, name):
		f.Problems = append(f.Problems, refusal(name, "format",
			"this looks like a lesson, but its name doesn't end in .md",
			"rename it to "+goodName(strings.TrimSuffix(name, path.Ext(name)))))
	case slices.Contains(documents, ext):
		f.Notes = append(f.Notes, refusal(name, "note", fmt.Sprintf("a %s file isn't read as a lesson", ext),
			"if it's a lesson, save it as plain text with a name that ends in .md"))
	default:
		return true
	}
	return false
}

// likeLesson reports whether a text file begins as lessons do.
func likeLesson(dir fs.FS, name string) bool {
	src, err := readSome(dir, name, mostPeek)
	if err != nil {
		return false
	}
	if what, _ := text.Foreign(src); what != "" {
		return false
	}
	head, _ := text.Clean(src, text.Policy{})
	head = strings.TrimSpace(head)
	return strings.HasPrefix(head, "---") || strings.Contains(head, "\n> **") || strings.HasPrefix(head, "goal:")
}

// stray reports whether a page that can't be read as a lesson was never meant as one, such as
// the notes of a meeting or a to-do list. The command check still says how a lesson begins; a
// learner who plays another lesson isn't told.
func stray(dir fs.FS, name string, src []byte) bool {
	what, _ := text.Foreign(src)
	return what == "" && len(src) > 0 && !likeLesson(dir, name)
}

// below adds a note if a folder in the folder holds lessons, which aren't read.
func (f *Folder) below(dir fs.FS, name string) {
	lessons, seen := 0, 0
	_ = fs.WalkDir(dir, name, func(at string, e fs.DirEntry, err error) error { // Unreadable isn't a lesson.
		if seen++; err != nil || seen > mostBelow || strings.Count(at, "/") > 3 {
			return fs.SkipDir
		}
		if low := strings.ToLower(e.Name()); !e.IsDir() && !beside(low) &&
			slices.ContainsFunc(endings, func(end string) bool {
				return strings.HasSuffix(low, end)
			}) {
			lessons++
		}
		return nil
	})
	if lessons > 0 {
		f.Problems = append(f.Problems, refusal(name, "format",
			fmt.Sprintf("this folder has lessons in it (%d), and they aren't read from here", lessons),
			"move them up, or give this folder to --lessons or to check"))
	}
}

// left adds one note about all the files that no one would take for lessons.
func (f *Folder) left(names []string) {
	const most = 3
	if len(names) == 0 {
		return
	}
	shown := text.Line(strings.Join(names[:min(len(names), most)], ", "), 3*maxName)
	if more := len(names) - most; more > 0 {
		shown += fmt.Sprintf(" and %d more", more)
	}
	f.Notes = append(f.Notes, refusal(".", "note", "left out, because their names don't end in .md: "+shown,
		"nothing, if they aren't lessons"))
}

// refusal returns a diagnostic about a file as a whole.
func refusal(name, rule, what, fix string) lesson.Diagnostic {
	return lesson.Diagnostic{File: text.Line(name, maxName), Line: 1, Col: 1, Rule: rule, Message: what, Fix: fix}
}
