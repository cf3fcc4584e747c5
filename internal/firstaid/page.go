package firstaid

import (
	"cmp"
	"fmt"
	"slices"

	"wayout/internal/helpline"
)

// Page is one screen in a form for which all screens are shown together: on paper, and in a
// browser, where the connection must not reveal how far someone has come. A page knows where
// it leads, so that nothing has to be remembered between two pages.
//
// Someone who isn't safe gets the sentences at once, and not after two questions; everyone
// else gets them on the page that asks who could be with them.
type Page struct {
	Screen
	ID       string   // Unique among the pages: letters, digits and hyphens.
	Lead     []string // Paragraphs before the starters, on saying it and on sending it.
	Starters []Starter
	Then     []string // Paragraphs after the starters: when, and what else to try.
	Ways     []Way    // The options, and where each leads.
	Next     string   // The ID of the next page; "" after the last, and if only Ways lead on.
	Back     string   // The ID of the page before; "" before the first.
	Again    bool     // An earlier page has the same words, but leads elsewhere.
}

// PeoplePage is the ID of the page of those who help now. It leads only back.
const PeoplePage = "people"

// Way is an option in words, and the ID of the page that it leads to.
type Way struct{ Words, To string }

// Starter is a person who could be told, with a first sentence for each way to tell them. For
// sentences to anyone, To is a heading instead.
type Starter struct {
	To    string
	Lines []Line
}

// Line is a first sentence, and words that say whether it is said or sent.
type Line struct{ How, Words string }

// Pages returns every screen that can be reached, each once, in the order of the steps. The
// pages with Again set come last. The first page is the first screen.
func Pages(g *Guide, help *helpline.Directory, country string) []Page {
	first := Start(g, help, country)
	aside := first.People()
	all := []Page{{Screen: aside.Screen(), ID: PeoplePage, Back: first.page(), Again: true}}
	from := map[string]string{first.page(): ""} // The page from which each page was reached first.
	for todo := []Walk{first}; len(todo) > 0; {
		w := todo[0]
		p, next := w.onPage()
		p.Back = from[p.ID]
		all = append(all, p)
		todo = todo[1:]
		for _, n := range next {
			if _, ok := from[n.page()]; !ok {
				from[n.page()] = p.ID
				todo = append(todo, n)
			}
		}
	}
	place := func(p Page) int {
		at := slices.Index(order(), p.Kind)
		if p.Again {
			at += len(order())
		}
		return at
	}
	slices.SortStableFunc(all, func(a, b Page) int { return cmp.Compare(place(a), place(b)) })
	return all
}

// page returns the ID of the page with this screen.
func (w Walk) page() string {
	switch k, unsafe := w.at.kind, w.at.said.unsafe; {
	case k == Remove:
		return fmt.Sprintf("%s-%d", k, w.at.which+1)
	case k == People && unsafe == "" && w.fromWho():
		return "people-alone"
	case k == People && unsafe == "":
		return "people-last"
	case k == Safe && w.at.again:
		return "safe-again"
	case k == People || k == Safer:
		return fmt.Sprintf("%s-%s", k, unsafe)
	}
	return string(w.at.kind)
}

// onPage returns the page with this screen, and the screens that it leads to.
func (w Walk) onPage() (Page, []Walk) {
	p := Page{Screen: w.Screen(), ID: w.page()}
	p.Again = p.Kind == Safer || p.Kind == People && p.ID != "people-last" || w.at.again
	var next []Walk
	leads := func(to Walk) string {
		if to.at.said.safer { // They are safe now, so they go on like everyone else.
			to.at.said = answers{}
		}
		next = append(next, to)
		return to.page()
	}
	take := func(i int) { p.Ways = append(p.Ways, Way{p.Options[i], leads(w.Take(i))}) }
	switch w.at.kind {
	case Safe, Safer:
		for i := range p.Options {
			take(i)
		}
	case Danger, Hurt, Unsure:
		p.Starters = w.guide.starters(w.at.said.unsafe)
		p.Then = append(w.words(Sentence), w.guide.step(Safer).Apart)
		p.Next = leads(w.Next().Next()) // Skip the question whom to tell: the sentences are for anyone.
	case Who:
		p.Lead, p.Starters, p.Then = w.words(How), w.guide.starters(""), w.words(Sentence)
		take(slices.Index(w.guide.step(Who).ids(), noOne))
		p.Next = leads(w.moved(w.after(stop{kind: Sentence})))
	case End:
	default:
		p.Next = leads(w.Next())
	}
	p.Options = nil
	return p, next
}

// words returns the paragraphs of a screen that has no page of its own.
func (w Walk) words(k Kind) []string { return w.text(w.guide.step(k), "", false) }

// starters returns the first sentences for each person who could be told, or, for someone who
// isn't safe, those to anyone.
func (g *Guide) starters(unsafe Kind) []Starter {
	to := g.step(Who).Option
	if unsafe != "" {
		to = []option{{Text: g.step(Sentence).Head}}
	}
	var all []Starter
	for _, to := range to {
		one := Starter{To: to.Text}
		for _, how := range g.step(How).Option {
			if words := g.sentence(answers{unsafe: unsafe, to: to.ID, how: how.ID}); words != "" {
				one.Lines = append(one.Lines, Line{how.Text, words})
			}
		}
		if len(one.Lines) > 0 {
			all = append(all, one)
		}
	}
	return all
}
