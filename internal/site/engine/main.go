//go:build js

package main

import (
	"fmt"
	"syscall/js"

	"wayout/internal/course"
	"wayout/internal/hear"
	"wayout/internal/lesson"
	"wayout/internal/pack"
	"wayout/internal/play"
	"wayout/internal/progress"
	"wayout/internal/site/alone"
	"wayout/internal/site/pages"
)

// engine is the course of one learner, and what draws its pages.
type engine struct {
	player *alone.Player
	pages  *pages.Pages
	words  *course.Words
	book   *progress.Book

	keeps   bool // The learner wants the record kept.
	offline bool // The browser can store the pages for use without the internet.
}

// main adds the functions to the page. Each returns an object with the field html, the page to
// show, or error, what went wrong.
func main() {
	e := &engine{book: newBook()}
	funcs := make(map[string]any)
	for name, f := range map[string]func(args []js.Value) (string, any, error){
		"open": e.open, "hears": e.hears, "short": e.short, "play": e.play, "begin": e.begin,
		"act": e.act, "show": e.show, "keep": e.keep,
	} {
		funcs[name] = js.FuncOf(func(_ js.Value, args []js.Value) any {
			name, data, err := f(args)
			if err == nil && name != "" {
				var html string
				if html, err = e.pages.Draw(name, data); err == nil {
					return e.drawn(name, html)
				}
			}
			if err != nil {
				return map[string]any{"error": err.Error()}
			}
			return map[string]any{}
		})
	}
	funcs["record"] = js.FuncOf(func(js.Value, []js.Value) any {
		src, err := e.record()
		if err != nil {
			return nil
		}
		return src
	})
	js.Global().Set("wayout", funcs)
	js.Global().Call("wayoutReady")
	select {}
}

// drawn returns a page with what the script needs to know: whether the record is kept, which
// story is played, and whether it has ended.
func (e *engine) drawn(name, html string) map[string]any {
	out := map[string]any{"html": html, "keeps": e.keeps}
	if run, ok := e.player.Run(); ok && name == "alone" && run.Lesson().Session == "" {
		out["lesson"], out["ended"] = run.Lesson().ID, run.Turn() == play.End
	}
	return out
}

// open takes the bundle, the record that the browser has kept, or "", and whether the browser
// can store the pages. A record that can't be read is ignored.
func (e *engine) open(args []js.Value) (string, any, error) {
	var err error
	e.player, e.pages, e.words, err = pages.Open(bytesOf(args[0]), plural)
	if rec, wrong := progress.Decode([]byte(args[1].String())); wrong == nil {
		e.book.Take(rec)
		e.keeps = true
	}
	e.player.Book = e.book
	e.offline = args[2].Bool()
	return "", nil, err
}

// plural returns a number's plural form in a language, from the browser's Intl.
func plural(lang string, count any) string {
	return js.Global().Get("Intl").Get("PluralRules").New(lang).Call("select", fmt.Sprint(count)).String()
}

// hears takes the frames and the weights of the recogniser.
func (e *engine) hears(args []js.Value) (string, any, error) {
	ears, err := hear.Read(bytesOf(args[0]), bytesOf(args[1]))
	if err == nil {
		e.player.Ears = ears
	}
	return "", nil, err
}

// play begins a packed lesson. The seed orders the answers of its questions.
func (e *engine) play(args []js.Value) (string, any, error) {
	l := &lesson.Lesson{}
	if err := pack.Decode(bytesOf(args[0]), l); err != nil {
		return "", nil, err
	}
	seed := uint64(args[1].Int())
	e.story(play.Start(lesson.Kept(l), seed), seed)
	return e.page()
}

// short takes what is played without a lesson.
func (e *engine) short(args []js.Value) (string, any, error) {
	s := &course.Short{}
	err := pack.Decode(bytesOf(args[0]), s)
	if err == nil {
		e.player.Has(s)
	}
	return "", nil, err
}

// begin begins something that isn't a lesson: a round of the game, practice of a situation, or
// short stories about a lesson. Without a situation it shows the list of them.
func (e *engine) begin(args []js.Value) (string, any, error) {
	of, seed := args[1].String(), uint64(args[2].Int())
	var err error
	switch args[0].String() {
	case "fineoroff":
		err = e.player.FineOrOff(seed)
	case "booster":
		err = e.player.Booster(of, seed)
	case "practise":
		if of == "" {
			e.player.Stop()
			rows, err := e.player.Practising()
			return "practise", rows, err
		}
		err = e.player.Practise(of, seed)
	}
	if err != nil {
		return "", nil, err
	}
	return e.page()
}

func (e *engine) page() (string, any, error) {
	p, ok := e.player.Page()
	if !ok {
		return "home", e.home(""), nil
	}
	p.Keeps = e.keeps
	return "alone", p, nil
}

// act carries out a form of the page, given as pairs of names and values.
func (e *engine) act(args []js.Value) (string, any, error) {
	form := make(map[string]string)
	for i := range args[0].Length() {
		form[args[0].Index(i).Index(0).String()] = args[0].Index(i).Index(1).String()
	}
	e.player.Do(form)
	return e.page()
}

// show shows a page by its name, with the help of a country, or "" for the present one.
func (e *engine) show(args []js.Value) (string, any, error) {
	switch country := args[1].String(); args[0].String() {
	case "help":
		return "help", e.player.Help(country), nil
	case "now":
		now, err := e.player.Now(country)
		return "rightnow", now, err
	case "about":
		return "about", e.player.About(), nil
	case "back":
		return e.page()
	}
	e.player.Stop()
	return "home", e.home(""), nil
}

func bytesOf(array js.Value) []byte {
	b := make([]byte, array.Get("length").Int())
	js.CopyBytesToGo(b, array)
	return b
}
