package pages

import (
	_ "embed" // The templates.
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/play"
	"wayout/internal/site/face"
	"wayout/internal/view"
)

//go:embed site.html
var templates string

// Compile compiles the templates. Items is the file with a template for each kind of item; see
// web.ItemTemplates.
func Compile(items string) (*face.Face, error) {
	names := []string{"document", "home", "alone", "practise", "help", "everyone", "rightnow", "about", "away",
		"launch"}
	for _, it := range view.Kinds() {
		if _, drawn := it.(view.Typing); !drawn && !view.ForAdults(it) {
			names = append(names, reflect.TypeOf(it).Name())
		}
	}
	var none *Pages // Compiling needs only the names of the functions.
	return face.Compile([]face.File{{Name: "now.html", Text: items}, {Name: "site.html", Text: templates}}, names,
		none.funcs())
}

// Pages draws pages in the words of a course.
type Pages struct {
	face  *face.Face
	words *course.Words
	view  *view.View
}

// New returns the pages of a course.
func New(f *face.Face, c *course.Course) *Pages { return &Pages{f, c.Words(), view.Solo(c)} }

// Draw draws the page with this name from its data.
func (p *Pages) Draw(name string, data any) (string, error) {
	return p.face.Draw(name, data, p.funcs())
}

func (p *Pages) funcs() face.Funcs {
	return face.Funcs{
		"t": func(args []any) (any, error) {
			id, _ := args[0].(string)
			return p.words.T(id, args[1:]...), nil
		},
		"cap":    of(capital),
		"item":   p.item,
		"pick":   of(pick),
		"alert":  of(alert),
		"reach":  of(func(s helpline.Service) []view.Contact { return p.view.Contacts(s) }),
		"listed": of(listed),
		"rating": of(func(r lesson.Rating) string { return p.words.T("plain." + r.String()) }),
		"share":  share,
		"file":   of(Escape), // The ID of a lesson, which a school may have chosen.
	}
}

// of makes a function with one argument into one that templates can call.
func of[From, To any](f func(From) To) func(args []any) (any, error) {
	return func(args []any) (any, error) {
		v, _ := args[0].(From)
		return f(v), nil
	}
}

// drawn is the data for an item's template: the item, and the page that it is on.
type drawn struct {
	It   view.Item
	Page any
}

func (p *Pages) item(args []any) (any, error) {
	it, ok := args[0].(view.Item)
	if !ok {
		return nil, fmt.Errorf("%T is no item", args[0])
	}
	html, err := p.Draw(reflect.TypeOf(it).Name(), drawn{it, args[1]})
	return face.HTML(html), err
}

// capital makes the words of a key into those of a button.
func capital(said string) string {
	r, n := utf8.DecodeRuneInString(said)
	return string(unicode.ToUpper(r)) + said[n:]
}

func pick(n int) string {
	if n != play.Unsure {
		return strconv.Itoa(n)
	}
	return "u"
}

// alert returns the CSS class of a piece of feedback.
func alert(f view.Feedback) string {
	return [...]string{"important", "tip", "warning", "caution", "important"}[f.Alert]
}

// listed reports whether the options of a question are listed. Bars have the words themselves.
func listed(q view.Question) bool { return q.Result == nil || len(q.Result.Bars) == 0 }

func share(args []any) (any, error) {
	n, _ := args[0].(int)
	most, _ := args[1].(int)
	return 100 * n / max(most, 1), nil
}

// Escape returns a name escaped for an address, exactly as encodeURIComponent does.
func Escape(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' ||
			strings.IndexByte("-_.!~*'()", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
