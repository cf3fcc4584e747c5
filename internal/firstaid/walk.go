package firstaid

import (
	"slices"
	"strings"

	"wayout/internal/helpline"
)

// Walk is where someone is on the way, as a value: each move returns another one.
type Walk struct {
	guide   *Guide
	help    *helpline.Directory
	country string // Its code, or "" where it isn't known.
	at      stop
	been    []stop // The way here.
	to, how string // Who could be with them, and how they'd tell them; "" while that isn't said.
}

// stop is one screen.
type stop struct {
	kind  Kind
	which int  // Which of the services, where each has a screen.
	aside bool // It was asked for: from it the way leads back to where it was asked.
	then  Kind // Where the way goes on, other than in the order; "" for the order.
}

// Start returns the first screen, with the help of a country; "" where that isn't known.
func Start(g *Guide, help *helpline.Directory, country string) Walk {
	if help == nil {
		help = &helpline.Directory{}
	}
	return Walk{guide: g, help: help, at: stop{kind: Safe}}.In(country)
}

// In returns the same screen with the help of another country.
func (w Walk) In(country string) Walk {
	if w.country = ""; country != helpline.World {
		if c, ok := w.help.Find(country); ok {
			w.country = c.Code
		}
	}
	if w.at.kind == Remove {
		w.at.which = min(w.at.which, max(len(w.removal())-1, 0))
	}
	return w
}

// Country returns the code of the country whose help is shown, or "".
func (w Walk) Country() string { return w.country }

// First reports whether there is no screen before this one.
func (w Walk) First() bool { return len(w.been) == 0 }

// Last reports whether there is no screen after this one.
func (w Walk) Last() bool { return w.at.kind == End }

// Next goes on, whatever the screen asks: nothing has to be answered.
func (w Walk) Next() Walk {
	if w.at.aside {
		return w.Back()
	}
	if w.Last() {
		return w
	}
	return w.moved(w.after(w.at))
}

// after returns the screen that follows on another one.
func (w Walk) after(s stop) stop {
	if s.then != "" {
		return stop{kind: s.then}
	}
	switch s.kind {
	case Safe:
		return stop{kind: Breathe}
	case Who:
		if w.to == "" { // No one has come to mind, so that those who help come next.
			return stop{kind: People, then: App}
		}
	case Report:
		return stop{kind: Remove}
	case Remove:
		if s.which+1 < len(w.removal()) {
			return stop{kind: Remove, which: s.which + 1}
		}
	}
	all := order()
	return stop{kind: all[slices.Index(all, s.kind)+1]}
}

func (w Walk) moved(next stop) Walk {
	w.been = append(w.been[:len(w.been):len(w.been)], w.at)
	w.at = next
	return w
}

// Back goes back to the screen before. At the first one it stays.
func (w Walk) Back() Walk {
	if n := len(w.been); n > 0 {
		w.at, w.been = w.been[n-1], w.been[:n-1]
	}
	return w
}

// People goes to who helps now; from there the way leads back here.
func (w Walk) People() Walk {
	if w.at.kind == People {
		return w
	}
	return w.moved(stop{kind: People, aside: true})
}

// Take takes one of the options of the screen, and goes on. An option that isn't there
// changes nothing.
func (w Walk) Take(i int) Walk {
	ids := w.guide.step(w.at.kind).ids()
	if i < 0 || i >= len(ids) {
		return w
	}
	switch w.at.kind {
	case Safe:
		if ids[i] == string(Danger) {
			return w.moved(stop{kind: Danger})
		}
	case Who:
		w.to = ids[i]
	case How:
		w.how = ids[i]
	}
	return w.Next()
}

// Screen is what is shown.
type Screen struct {
	Kind     Kind
	Head     string
	Text     []string           // Paragraphs.
	Options  []string           // What can be taken.
	Sentence string             // A sentence to say or to send.
	Services []helpline.Service // Who can be turned to here.
	Limits   string             // What they can't do.
	Hopeless string             // Where to turn if it feels hopeless.
}

// Screen returns what is shown now.
func (w Walk) Screen() Screen {
	words := w.guide.step(w.at.kind)
	number, listen := w.help.Urgent(w.country)
	out := Screen{Kind: w.at.kind, Head: words.Head, Hopeless: w.hopeless(number, listen)}
	said := words.Text
	switch w.at.kind {
	case Danger:
		if number == "" {
			said = words.Otherwise
		}
		said = strings.ReplaceAll(said, "{{.Number}}", number)
	case Sentence:
		how := w.how
		if how == "" {
			how = w.guide.step(How).ids()[0]
		}
		out.Sentence = w.guide.sentence(w.to, how)
	case Report:
		out.Services = w.some(func(s helpline.Service) bool { return s.Reports }, mostReports)
	case Remove:
		if all := w.removal(); w.at.which < len(all) {
			out.Services, out.Limits = all[w.at.which:w.at.which+1], all[w.at.which].Limits
		}
	case People:
		out.Services = w.people(listen)
	}
	if (w.at.kind == Report || w.at.kind == People) && len(out.Services) == 0 {
		said = words.Otherwise
	}
	if instead, ok := words.Instead[w.country]; ok {
		said = instead
	}
	for part := range strings.SplitSeq(strings.TrimSpace(said), "\n\n") {
		out.Text = append(out.Text, strings.Join(strings.Fields(part), " "))
	}
	for _, o := range words.Option {
		out.Options = append(out.Options, o.Text)
	}
	return out
}

// mostReports, mostPeople and mostLines are how many services stand on one screen: more
// would have to be chosen from.
const mostReports, mostPeople, mostLines = 2, 3, 2

// some returns the first of a country's services of a kind.
func (w Walk) some(is func(helpline.Service) bool, most int) []helpline.Service {
	all := slices.DeleteFunc(w.help.Local(w.country), func(s helpline.Service) bool { return !is(s) })
	return all[:min(len(all), most)]
}

// removal returns who can help to get a picture down: the country's own, then those that
// work from anywhere.
func (w Walk) removal() []helpline.Service {
	var all []helpline.Service
	for _, s := range append(w.help.Local(w.country), w.help.Local(helpline.World)...) {
		if s.Removes {
			all = append(all, s)
		}
	}
	return all
}

// people returns who helps now: the school's own, then who listens in the country, and
// where no one is known who does, whoever takes a call there.
func (w Walk) people(listen []helpline.Service) []helpline.Service {
	all := append(w.help.School(), listen...)
	if len(listen) == 0 {
		all = append(all, w.some(func(s helpline.Service) bool { return !s.Removes && s.Call != "" }, mostPeople)...)
	}
	return all[:min(len(all), mostPeople)]
}

// hopeless returns where to turn if it feels hopeless: a line of the country that is open
// at any hour, as far as that is known, or else any that there is.
func (w Walk) hopeless(number string, listen []helpline.Service) string {
	words := w.guide.Hopeless
	open := slices.DeleteFunc(slices.Clone(listen), func(s helpline.Service) bool { return !alwaysOpen(s) })
	if len(open) == 0 {
		open = listen
	}
	var lines []string
	for _, s := range open[:min(len(open), mostLines)] {
		line := s.Name
		if way := reach(s); !strings.HasPrefix(line, way) { // The name of some is their number.
			line += ", " + way
		}
		if !alwaysOpen(s) {
			line += " (" + s.Hours + ")"
		}
		lines = append(lines, line)
	}
	switch {
	case len(lines) == 0 && number != "":
		return strings.ReplaceAll(words.Call, "{{.Number}}", number)
	case len(lines) == 0:
		return words.Near
	}
	who := lines[0]
	if len(lines) > 1 {
		who = strings.NewReplacer("{{.Who}}", lines[0], "{{.Other}}", lines[1]).Replace(words.Or)
	}
	return strings.ReplaceAll(words.Line, "{{.Who}}", who)
}

// alwaysOpen reports whether nothing says that a service is closed at times.
func alwaysOpen(s helpline.Service) bool {
	return s.Hours == "" || strings.HasPrefix(s.Hours, "at any hour")
}

// reach returns the quickest way to reach a service.
func reach(s helpline.Service) string {
	for _, way := range []string{s.Call, s.Text, s.Chat, s.Web} {
		if way != "" {
			return way
		}
	}
	return s.In
}

// Held and Cleared are what is said about the clipboard: once it holds the sentence, with
// the key that clears it, and once it was asked to forget it.
func (w Walk) Held(key string) string {
	return strings.ReplaceAll(w.guide.Clipboard.Held, "{{.Key}}", key)
}

// Cleared is said once the clipboard was asked to forget the sentence.
func (w Walk) Cleared() string { return w.guide.Clipboard.Cleared }
