package course

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"wayout/internal/fineoff"
	"wayout/internal/lesson"
)

// HasFineOrOff reports whether there are chats for "Fine or off?".
func (c *Course) HasFineOrOff() bool { return c.decks.hasFineOrOff() }

func (f files) hasFineOrOff() bool {
	_, err := fs.Stat(f.shipped, fineoff.File)
	return err == nil
}

// FineOrOff returns the chats of "Fine or off?". The error says what is wrong with the file.
func (c *Course) FineOrOff() (fineoff.Set, error) { return c.decks.fineOrOff() }

func (f files) fineOrOff() (fineoff.Set, error) {
	src, err := f.File(fineoff.File)
	if err != nil {
		return fineoff.Set{}, fmt.Errorf("read %s: %w", fineoff.File, err)
	}
	s, found := fineoff.Read(fineoff.File, src)
	if len(found) > 0 {
		return fineoff.Set{}, errors.New(found[0].String())
	}
	return s, nil
}

// answers are the ids of the words for each [fineoff.Answer], in order.
var answers = []string{"fineoff.fine", "fineoff.off", "fineoff.unsure"}

// FineOrOffChat returns the present chat of a round as a lesson: the chat with one choice for
// each [fineoff.Answer], in order, and a scene with feedback for each answer. From there the only
// way leads out of the lesson.
func (c *Course) FineOrOffChat(r fineoff.Round) *lesson.Lesson {
	chat := r.Chat()
	l := &lesson.Lesson{Session: lesson.FineOrOff, Head: lesson.Head{ID: string(lesson.FineOrOff),
		Title: c.words.T("fineoff.title"), Focus: c.writer(chat.Own)}}
	told := []lesson.Block{{Kind: lesson.Moment, Text: paras(chat.Setting)}}
	for _, line := range chat.Lines {
		b := lesson.Block{Kind: lesson.Message, Who: c.writer(line.Who), Text: paras(line.Text)}
		if line.Voice != "" {
			b.Event = c.words.T("fineoff.voice", "Length", line.Voice)
		}
		told = append(told, b)
	}
	told = append(told, lesson.Block{Text: paras(c.words.T("fineoff.asks"))})
	ask := lesson.Scene{ID: chat.ID, Told: told}
	next := c.words.T("fineoff.next")
	if r.At() == r.Len()-1 {
		next = c.words.T("fineoff.last")
	}
	l.Scenes = []lesson.Scene{ask}
	for i, id := range answers {
		l.Scenes[0].Choices = append(l.Scenes[0].Choices, lesson.Choice{Text: spans(c.words.T(id)), To: i + 1})
		l.Scenes = append(l.Scenes, c.told(chat, fineoff.Answer(i), next))
	}
	l.Scenes = append(l.Scenes, lesson.Scene{ID: "next"})
	number(l)
	return l
}

// fineOrOffRound returns a round as one lesson, which a class goes through together: each chat is
// a question, and the feedback on its answer leads to the next chat.
func (c *Course) fineOrOffRound(id string, r fineoff.Round) *lesson.Lesson {
	l := &lesson.Lesson{Session: lesson.FineOrOff, Head: lesson.Head{ID: id, Title: c.words.T("fineoff.title"),
		Goal: c.words.T("fineoff.classgoal"), Note: c.words.T("fineoff.note"), Minutes: 10, Fine: true}}
	for !r.Over() {
		title, next := c.words.T("fineoff.at", "At", r.At()+1, "Of", r.Len()), c.words.T("fineoff.next")
		if r.At() == r.Len()-1 {
			next = c.words.T("fineoff.classlast")
		}
		at := len(l.Scenes)
		for _, s := range c.FineOrOffChat(r).Scenes[:1+len(answers)] {
			s.Title, s.Phone = title, c.writer(r.Chat().Own)
			if s.Onward != nil {
				s.Onward = &lesson.Choice{Text: spans(next), To: at + 1 + len(answers)}
			}
			s.Choices = slices.Clone(s.Choices)
			for i := range s.Choices {
				s.Choices[i].To += at
			}
			l.Scenes = append(l.Scenes, s)
		}
		desk := "fineoff.deskfine"
		if r.Chat().Off {
			desk = "fineoff.deskoff"
		}
		l.Scenes[at].Notes = [][]lesson.Para{paras(c.words.T(desk, "Ask", r.Chat().Ask))}
		r = r.Answer(fineoff.CantTell)
	}
	l.Scenes = append(l.Scenes, lesson.Scene{ID: "end", Title: l.Title,
		Told: []lesson.Block{{Kind: lesson.Feedback, Alert: lesson.Important,
			Text: append(paras(c.words.T("fineoff.meaning")), paras(c.words.T("fineoff.made"))...)}}})
	number(l)
	return l
}

// told returns the scene with the feedback on an answer to a chat.
func (c *Course) told(chat fineoff.Chat, a fineoff.Answer, next string) lesson.Scene {
	verdict := chat.Judge(a)
	alert := lesson.Important
	if verdict == fineoff.Right || verdict == fineoff.Wise {
		alert = lesson.Tip
	}
	led := func(words, then string) lesson.Para {
		return lesson.Para{Spans: []lesson.Span{{Text: words, Bold: true}, {Text: then}}}
	}
	return lesson.Scene{ID: fmt.Sprintf("%s-%d", chat.ID, a), Onward: &lesson.Choice{Text: spans(next), To: 4},
		Told: []lesson.Block{
			{Kind: lesson.Feedback, Alert: alert, Head: c.verdict(chat, verdict), Text: paras(chat.Why)},
			{Text: []lesson.Para{led(c.words.T("fineoff.then"), chat.Then),
				led(c.words.T("fineoff.question"), chat.Ask)}},
		}}
}

// verdict says whether a chat was fine or off, and whether the answer was right.
func (c *Course) verdict(chat fineoff.Chat, v fineoff.Verdict) string {
	which := func(fine, off string) string {
		if chat.Off {
			return c.words.T(off)
		}
		return c.words.T(fine)
	}
	switch {
	case v == fineoff.Wise:
		return which("fineoff.wisefine", "fineoff.wiseoff")
	case v == fineoff.Asked:
		return which("fineoff.askfine", "fineoff.askoff")
	case chat.Early:
		return which("fineoff.earlyfine", "fineoff.earlyoff")
	case v == fineoff.Right:
		return which("fineoff.yesfine", "fineoff.yesoff")
	}
	return which("fineoff.wasfine", "fineoff.wasoff")
}

// FineOrOffTally says in words how the learner read the chats of a round. There is no score.
func (c *Course) FineOrOffTally(t fineoff.Tally) []string {
	often := func(n int) string {
		switch n {
		case 1:
			return c.words.T("fineoff.once")
		case 2:
			return c.words.T("fineoff.twice")
		}
		return c.words.T("fineoff.often", "Count", n)
	}
	id := "fineoff.neither"
	switch {
	case t.Suspicious > 0 && t.Trusting > 0:
		id = "fineoff.both"
	case t.Suspicious > 0:
		id = "fineoff.suspicious"
	case t.Trusting > 0:
		id = "fineoff.trusting"
	}
	all := []string{c.words.T(id, "Fine", often(t.Suspicious), "Off", often(t.Trusting))}
	if t.Unsure > 0 {
		all = append(all, c.words.T("fineoff.unsures", "Often", often(t.Unsure)))
	}
	return append(all, c.words.T("fineoff.meaning"), c.words.T("fineoff.made"))
}

// writer returns the name that is shown for someone who writes.
func (c *Course) writer(who string) string {
	if who == fineoff.You {
		return c.words.T("fineoff.you")
	}
	return who
}

func paras(words string) []lesson.Para { return []lesson.Para{{Spans: spans(words)}} }

func spans(words string) []lesson.Span { return []lesson.Span{{Text: words}} }

// number gives every scene and block its own line number, by which a run identifies it.
func number(l *lesson.Lesson) {
	line := 0
	for i := range l.Scenes {
		line++
		l.Scenes[i].Pos.Line = line
		for k := range l.Scenes[i].Told {
			line++
			l.Scenes[i].Told[k].Pos.Line = line
		}
	}
}
