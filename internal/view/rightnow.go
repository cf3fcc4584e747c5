package view

import (
	"slices"

	"wayout/internal/firstaid"
	"wayout/internal/helpline"
)

// RightNow returns the screen that a walk through the first aid guide has come to.
func (v *View) RightNow(w firstaid.Walk) RightNow { return v.nowScreen(w.Screen()) }

// NowPage is one screen of the first aid guide, where all the screens are on one web page.
type NowPage struct {
	firstaid.Page
	Show RightNow
}

// NowPages returns all screens of the first aid guide in order, with the services of a
// country. It fails if the words of the guide can't be read.
func (v *View) NowPages(d *helpline.Directory, country string) ([]NowPage, error) {
	guide, err := v.course.FirstAid()
	if err != nil {
		return nil, err
	}
	var all []NowPage
	for _, p := range firstaid.Pages(guide, d, country) {
		all = append(all, NowPage{Page: p, Show: v.nowScreen(p.Screen)})
	}
	return all, nil
}

func (v *View) nowScreen(s firstaid.Screen) RightNow {
	out := RightNow{Head: s.Head, Text: s.Text, Options: s.Options, Sentence: s.Sentence, Limits: s.Limits,
		Hopeless: s.Hopeless, Country: s.Country,
		Urgent: slices.Contains([]firstaid.Kind{firstaid.Danger, firstaid.Hurt, firstaid.Unsure}, s.Kind)}
	for _, service := range s.Services {
		p := Person{Name: service.Name}
		ways := v.Contacts(service)
		toTalk := s.Kind != firstaid.Report && s.Kind != firstaid.Remove
		if written := service.Text+service.Chat != ""; toTalk && (written || service.In != "" || service.Web == "") {
			// A website has to be read first; writing to someone is quicker. Where nothing says that one
			// can, the website is left for those who can't speak aloud.
			ways = slices.DeleteFunc(ways, func(c Contact) bool { return c.How == v.words.T("help.web") })
		}
		// These screens hold more to take in, so each service has one way to reach it.
		short := slices.Contains([]firstaid.Kind{firstaid.Danger, firstaid.Hurt, firstaid.Unsure}, s.Kind)
		for _, c := range ways {
			if hours := c.How == v.words.T("help.hours"); hours && len(p.Ways) > 0 {
				if short && service.AlwaysOpen() {
					continue
				}
				if short {
					c.Where = service.UsualHours()
				}
				p.Ways[0] += ", " + c.Where
				continue
			}
			if short && len(p.Ways) > 0 {
				continue
			}
			p.Ways = append(p.Ways, v.words.T("plain.way", "How", c.How, "Where", c.Where))
		}
		out.People = append(out.People, p)
	}
	return out
}

// Helps reports whether the screen says whom to turn to, so that whose numbers these are matters on it.
func (r RightNow) Helps() bool { return r.Urgent || len(r.People) > 0 }
