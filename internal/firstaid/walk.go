package firstaid

import (
	"cmp"
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
}

// stop is one screen, and what was said on the way to it: going back takes that back.
type stop struct {
	kind  Kind
	which int  // Which of the services, where each has a screen.
	aside bool // It was asked for: from it the way leads back to where it was asked.
	again bool // They are asked if they are safe once more, and the number stands there.
	said  answers
}

// answers are which of the options were taken.
type answers struct {
	unsafe  Kind   // Danger, Hurt or Unsure, picked or typed; "" for someone who hasn't said that.
	safer   bool   // They were asked again after that, and said that they are safer now.
	to, how string // Who could be with them, and how they'd tell them; "" while that isn't said.
}

// Start returns the first screen, with the help of a country; "" where that isn't known.
func Start(g *Guide, help *helpline.Directory, country string) Walk {
	help = cmp.Or(help, &helpline.Directory{})
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

// Number is the emergency number of the country, or what stands for it.
func (w Walk) Number() string {
	number, _ := w.help.Urgent(w.country)
	return cmp.Or(number, w.guide.NoNumber)
}

// First reports whether there is no screen before this one.
func (w Walk) First() bool { return len(w.been) == 0 }

// Last reports whether there is no screen after this one.
func (w Walk) Last() bool { return w.at.kind == End }

// Next goes on, whatever the screen asks: nothing has to be answered. Not to answer is never
// to be safe.
func (w Walk) Next() Walk {
	switch {
	case w.at.aside && w.at.kind == Unsure: // Nobody knows what the words were: they are asked.
		said := w.at.said
		said.unsafe, said.safer = cmp.Or(said.unsafe, Unsure), false
		return w.moved(stop{kind: Safer, said: said})
	case w.at.aside:
		return w.Back()
	}
	if w.Last() {
		return w
	}
	return w.moved(w.after(w.at))
}

// after returns the screen that follows on another one.
func (w Walk) after(s stop) stop {
	to := func(k Kind) stop { return stop{kind: k, said: s.said} }
	waits := s.said.unsafe != "" && !s.said.safer // What happened online does, until they are safer.
	switch s.kind {
	case Safe: // As if "not sure" had been picked.
		return stop{kind: Unsure, said: answers{unsafe: Unsure}}
	case Danger, Hurt:
		return to(Who)
	case Unsure:
		if s.said.unsafe != "" {
			return to(Who)
		}
		return to(Breathe)
	case Trouble:
		if s.said.unsafe != "" { // They have been asked who could be with them.
			return to(App)
		}
	case Who:
		if s.said.to == "" { // No one has come to mind, so that those who help come next.
			return to(People)
		}
	case Sentence:
		if waits {
			return to(People)
		}
		return to(App)
	case Remove:
		if next := to(Remove); s.which+1 < len(w.removal()) {
			next.which = s.which + 1
			return next
		}
		return to(People)
	case People:
		return to(w.afterPeople(waits))
	case Safer: // It may be another danger now than before, so they are asked which.
		return stop{kind: Safe, again: true}
	}
	all := order()
	return to(all[slices.Index(all, s.kind)+1])
}

// afterPeople returns what follows on those who help now, who come at the end and also
// where someone can't think of anyone to be with.
func (w Walk) afterPeople(waits bool) Kind {
	switch {
	case waits:
		return Safer
	case w.fromWho():
		return App
	}
	return End
}

// fromWho reports whether the screen before asked who could be with them.
func (w Walk) fromWho() bool { return len(w.been) > 0 && w.been[len(w.been)-1].kind == Who }

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
	return w.moved(stop{kind: People, aside: true, said: w.at.said})
}

// Take takes one of the options of the screen, and goes on. An option that isn't there
// changes nothing.
func (w Walk) Take(i int) Walk {
	ids := w.guide.step(w.at.kind).ids()
	if i < 0 || i >= len(ids) {
		return w
	}
	from, id := w.at, ids[i]
	switch from.kind {
	case Safe:
		next := stop{kind: Kind(id)}
		if next.kind != Breathe {
			next.said.unsafe = next.kind
		}
		return w.moved(next)
	case Safer:
		k := Kind(id)
		if n := len(w.been); k == Breathe && n > 1 && w.been[n-1].aside {
			return w.Back().Back() // To where the words were typed.
		}
		if k == Breathe || k == End {
			from.said.safer = true
			return w.moved(stop{kind: k, said: from.said})
		}
	case Who:
		if from.said.to = id; id == noOne {
			from.said.to = ""
		}
	case How:
		from.said.how = id
	}
	return w.moved(w.after(from))
}

// Heard returns where a typed line leads that is none of the options, and whether it leads anywhere.
// One that speaks of danger leads to the numbers. Someone who answers the question if they are safe
// with a "no" in their own words isn't asked to say it another way. Elsewhere words that weren't
// understood may be of danger: they lead to the numbers, and stay there if more words come; from
// there to whether they are safe, and only then back. A slip of a finger or two leads nowhere.
func (w Walk) Heard(line string, danger bool) (Walk, bool) {
	switch {
	case danger, w.at.kind == Safe: // Whatever it was, it wasn't "I'm safe".
		return w.alarmed(), true
	case w.at.kind == Safer:
		return w.Next(), true
	case strings.Count(line, "")-1 < leastWord:
		return w, false
	case w.at.kind == Unsure: // The number stays in sight. Words that answer its question are taken for a yes.
		w.at.said.unsafe = cmp.Or(w.at.said.unsafe, Unsure)
		return w, false
	case w.at.kind == Danger, w.at.kind == Hurt: // The number stays in sight, and who could be with them comes next.
		return w, false
	}
	return w.moved(stop{kind: Unsure, aside: true, said: w.at.said}), true
}

// alarmed returns the screen for someone who has typed that they, or somebody else, may be in
// danger: the numbers and the lines, then who could be with them. What happened online waits until
// they are safer.
//
// What they have picked before says more than a line whose danger isn't known, and stands: someone who might
// hurt themselves gets the words for that, whatever they type.
func (w Walk) alarmed() Walk {
	kind := Unsure
	if was := w.at.said; was.unsafe != "" && !was.safer {
		kind = was.unsafe
	}
	if w.at.kind == kind && kind != Unsure {
		return w
	}
	return w.moved(stop{kind: kind, said: answers{unsafe: kind}})
}

// leastWord is from how many letters on a line is taken for a word, such as "hit".
const leastWord = 3

// Screen is what is shown.
type Screen struct {
	Kind     Kind
	Country  string // The name of the country whose numbers these are, or "".
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
	if c, ok := w.help.Find(w.country); ok && w.country != "" {
		out.Country = c.Name
	}
	switch w.at.kind {
	case Sentence:
		out.Sentence = w.guide.sentence(w.at.said)
	case Report:
		out.Services = w.some(func(s helpline.Service) bool { return s.Reports }, mostReports)
	case Remove:
		if all := w.removal(); w.at.which < len(all) {
			out.Services, out.Limits = all[w.at.which:w.at.which+1], all[w.at.which].Limits
		}
	case Danger:
		if number == "" && len(listen) == 0 { // Then whoever answers at any hour is all that is known.
			out.Services = w.people(listen)
		}
	case Hurt, Unsure:
		out.Services = nowOpen(listen)
	case People:
		out.Services = w.people(listen)
	}
	served := len(out.Services) > 0
	if w.at.kind == People {
		served = number != "" && len(listen)+len(w.help.School()) > 0 // Who only takes reports doesn't listen.
	}
	out.Text = w.text(words, number, served)
	for _, o := range words.Option {
		out.Options = append(out.Options, o.Text)
	}
	return out
}

// text returns the paragraphs of a screen, in a country with an emergency number or "", and
// with someone to turn to on the screen or not.
func (w Walk) text(words step, number string, served bool) []string {
	said := words.Text
	switch words.ID {
	case Safe:
		if w.at.again {
			said = words.Again
		}
	case Danger, Hurt, Unsure:
		if number == "" {
			said = words.Otherwise
		}
	case Report, People:
		if !served {
			said = words.Otherwise
		}
	}
	if instead, ok := words.Instead[w.country]; ok {
		said = instead
	}
	said = strings.TrimSpace(said)
	if served && words.Turn != "" {
		said += " " + words.Turn
	}
	var all []string
	for part := range strings.SplitSeq(said, "\n\n") {
		part = strings.ReplaceAll(part, "{{.Number}}", cmp.Or(number, w.guide.NoNumber))
		all = append(all, strings.Join(strings.Fields(part), " "))
	}
	return all
}

// mostReports, mostPeople and mostLines are how many services stand on one screen: more
// would have to be chosen from.
const mostReports, mostPeople, mostLines = 2, 3, 2

// some returns the first of a country's services of a kind.
func (w Walk) some(is func(helpline.Service) bool, most int) []helpline.Service {
	all := helpline.Only(w.help.Local(w.country), is)
	return all[:min(len(all), most)]
}

// removal returns who can help to get a picture down: the country's own, then those that
// work from anywhere.
func (w Walk) removal() []helpline.Service {
	return helpline.Only(append(w.help.Local(w.country), w.help.Local(helpline.World)...),
		func(s helpline.Service) bool { return s.Removes })
}

// people returns those who help now: the school's own, then the services that listen in the country. Where
// none is known that listens, any service there that takes calls stands in, and one that takes reports if it
// answers at any hour.
func (w Walk) people(listen []helpline.Service) []helpline.Service {
	all := append(w.help.School(), listen...)
	if len(listen) == 0 {
		takesCalls := func(s helpline.Service) bool {
			anyHour := s.Hours != "" && s.AlwaysOpen()
			return !s.Removes && s.Call != "" && (!s.Reports || anyHour)
		}
		all = append(all, w.some(takesCalls, mostPeople)...)
	}
	return all[:min(len(all), mostPeople)]
}

// hopeless returns where to turn if it feels hopeless, and what to do to get there: a line
// of the country that is open at any hour, as far as that is known, or else any that there
// is, with the emergency number for when it's closed.
func (w Walk) hopeless(number string, listen []helpline.Service) string {
	words := w.guide.Hopeless
	open := nowOpen(listen)
	switch {
	case len(open) == 0 && number != "":
		return strings.ReplaceAll(words.Number, "{{.Number}}", number)
	case len(open) == 0:
		return words.Near
	}
	who := words.reach(open[0])
	if len(open) > 1 {
		who = strings.NewReplacer("{{.Who}}", who, "{{.Other}}", words.reach(open[1])).Replace(words.Or)
	}
	switch {
	case !open[0].AlwaysOpen():
		who += " (" + open[0].UsualHours() + ")" // The rest stands with who helps.
	case open[0].Hours != "" && len(open) == 1:
		who += ", " + words.Hours
	}
	said := strings.ReplaceAll(words.Line, "{{.Who}}", who)
	if !open[0].AlwaysOpen() && number != "" {
		said += " " + strings.ReplaceAll(words.Closed, "{{.Number}}", strings.TrimSuffix(number, ","))
	}
	return said
}

// nowOpen returns the first of those that are open at any hour, as far as that is known, or
// else of all.
func nowOpen(listen []helpline.Service) []helpline.Service {
	open := helpline.Only(listen, helpline.Service.AlwaysOpen)
	if len(open) == 0 {
		open = listen
	}
	return open[:min(len(open), mostLines)]
}

// reach returns what to do to reach a service, by the quickest ways that it has.
func (h hopeless) reach(s helpline.Service) string {
	say := func(words, where string) string { return strings.ReplaceAll(words, "{{.Where}}", where) }
	call := s.Name + ", " + s.Call
	switch {
	case strings.HasPrefix(s.Name, s.Call): // The name of some is their number.
		call = s.Call
	case strings.HasSuffix(s.Name, s.Call):
		call = s.Name
	}
	text := strings.TrimPrefix(s.Text, "send ") // As in "send START to 12345".
	switch {
	case s.Call != "" && s.Call == s.Text:
		return say(h.Either, call)
	case s.Call != "" && s.Text != "":
		return strings.NewReplacer("{{.Who}}", say(h.Call, call), "{{.Other}}", say(h.Text, text)).Replace(h.Or)
	case s.Call != "":
		return say(h.Call, call)
	case s.Text != "":
		return say(h.Text, text)
	case s.Chat != "":
		return say(h.Page, s.Chat)
	}
	return say(h.Page, s.Web)
}

// Held and Cleared are what is said about the clipboard: once it holds the sentence, with
// the key that clears it, and once it was asked to forget it.
func (w Walk) Held(key string) string {
	return strings.ReplaceAll(w.guide.Clipboard.Held, "{{.Key}}", key)
}

// Cleared is said once the clipboard was asked to forget the sentence.
func (w Walk) Cleared() string { return w.guide.Clipboard.Cleared }
