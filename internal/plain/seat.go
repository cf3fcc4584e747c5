package plain

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"wayout/internal/lesson"
	"wayout/internal/room"
	"wayout/internal/text"
	"wayout/internal/view"
)

// SeatOptions connect a seat in a class to its room.
type SeatOptions struct {
	News   func() (room.View, bool) // Waits for news; false when there will be none.
	Answer func(scene string, pick int) error
	Rules  []string // The school's own ground rules; nil takes the shipped ones.
}

// Sit takes part in a class: each slide of the facilitator is told once, and a question is
// answered by the number of an option. It returns nil at the end of the class and when the
// learner leaves, [ErrEnded], or an error of writing.
func Sit(in io.Reader, out io.Writer, l *lesson.Lesson, o Options, s SeatOptions) error {
	keys := newFeed(in)
	defer keys.close()
	o.Rules = s.Rules
	p, err := newPlayer(in, out, io.Discard, o)
	if err != nil {
		return err
	}
	p.next, p.uncalled = keys.next, keys.uncalled
	// Until there is news, show a class that hasn't begun.
	c := &seat{player: p, s: s, l: l, keys: keys, view: room.View{Class: room.NewClass(room.NewTalk(l, room.Seed))}}
	return errors.Join(p.left(c.follow()), p.flush())
}

// errCalled interrupts a run at the learner's own pace when the facilitator goes on with the class.
var errCalled = errors.New("the facilitator goes on")

// seat is a seat in this renderer.
type seat struct {
	*player
	s      SeatOptions
	l      *lesson.Lesson
	keys   *feed
	view   room.View
	heard  bool   // There has been news.
	told   string // The last page, so that it isn't told twice.
	helped bool   // The line before asked who helps.
}

// feed delivers the typed lines on a channel, so that a seat can wait for a line and for news
// at the same time.
type feed struct {
	lines chan typed
	over  chan struct{} // Closed when the seat stops reading.
	stop  chan struct{} // Closed when the class calls the learner back; nil if none can.
}

// typed is a line, or why there will be no more.
type typed struct {
	line []byte
	err  error
}

func newFeed(in io.Reader) *feed {
	f := &feed{lines: make(chan typed), over: make(chan struct{})}
	from := newLines(in)
	go func() { // It ends with the input, or when over is closed.
		for {
			line, err := from.next()
			if err != nil && !errors.Is(err, errGone) {
				err = io.EOF // Whatever the error, the input is over.
			}
			select {
			case f.lines <- typed{line, err}:
			case <-f.over:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return f
}

func (f *feed) close() { close(f.over) }

// next waits for a line. When the class calls the learner back, it returns errCalled, and later
// lines go to the class.
func (f *feed) next() ([]byte, error) {
	select {
	case <-f.stop:
		return nil, errCalled
	default:
	}
	select {
	case t := <-f.lines:
		return t.line, t.err
	case <-f.stop:
		return nil, errCalled
	}
}

// uncalled waits for a line, even when the class calls the learner back.
func (f *feed) uncalled() ([]byte, error) {
	t := <-f.lines
	return t.line, t.err
}

// follow tells what the facilitator shows, and takes lines, until the class is over.
func (c *seat) follow() error {
	news := make(chan room.View)
	done := make(chan struct{})
	defer close(done)
	go func() {
		defer close(news)
		for {
			v, ok := c.s.News()
			if !ok {
				return
			}
			select {
			case news <- v:
			case <-done:
				return
			}
		}
	}()
	c.say(c.l.Title)
	c.say(c.t("class.pass"))
	c.say(c.t("plain.seat"))
	for {
		if err := c.flush(); err != nil {
			return err
		}
		select {
		case v, ok := <-news:
			if !ok {
				c.say(c.t("class.bye"))
				return nil
			}
			c.view, c.heard = v, true
			if v.Class.Phase() != room.Ended {
				c.show()
			}
		case t := <-c.keys.lines:
			if errors.Is(t.err, io.EOF) {
				return ErrEnded
			} else if t.err != nil {
				return t.err
			}
			if err := c.hear(strings.ToLower(text.Line(string(t.line), maxLine)), news); err != nil {
				return err
			}
		}
		if c.view.Class.Phase() == room.Ended {
			c.show()
			return nil
		}
	}
}

// hear carries out a typed line.
func (c *seat) hear(line string, news <-chan room.View) error {
	again := c.helped && line == "h" // As two keys in the full screen.
	if c.helped = line == "h" && !again; again {
		line = "hh"
	}
	switch line {
	case "q":
		return errLeave
	case "h":
		c.help()
		return nil
	case "hh", "h h":
		if err := c.now(); err != nil {
			return err
		}
		c.showAgain()
		return nil
	case "?":
		c.say(c.t("plain.seat"))
		c.showAgain()
		return nil
	}
	v := c.view
	if !c.heard {
		c.say(c.t("class.waiting"))
		return nil
	}
	if v.Class.OwnPace() && !v.Class.Talk().Blank() {
		return c.alone(news)
	}
	q, open := c.open()
	if !open {
		return nil
	}
	n, ok := number(line, len(q.Options))
	if !ok {
		c.say(c.t("plain.again", "Count", len(q.Options)))
		return nil
	}
	if err := c.s.Answer(q.Scene, q.Options[n].Pick); err != nil {
		c.say(c.t("class.notnow"))
		return nil
	}
	c.say(c.t("class.yours", "Answer", q.Options[n].Words))
	c.say(c.t("class.taken"))
	return nil
}

// open returns the question that can be answered now.
func (c *seat) open() (view.Question, bool) {
	for _, it := range c.player.view.Class(c.view, view.Participant) {
		if q, ok := it.(view.Question); ok && q.IsOpen() {
			return q, true
		}
	}
	return view.Question{}, false
}

// alone plays the lesson at the learner's own pace, until it is over or the facilitator
// calls the room together.
func (c *seat) alone(news <-chan room.View) error {
	run := c.view.Seat.Run(c.l)
	done, last := make(chan struct{}), make(chan room.View, 1)
	c.keys.stop = make(chan struct{})
	go func(v room.View, stop chan struct{}) { // Slides aren't shown while the seat goes alone.
		defer func() { last <- v }()
		for {
			select {
			case next, ok := <-news:
				if ok {
					v = next
				}
				if !ok || !v.Class.OwnPace() || v.Class.Phase() == room.Ended {
					close(stop)
					return
				}
			case <-done:
				return
			}
		}
	}(c.view, c.keys.stop)
	c.rewound(run)
	err := c.loop(run)
	close(done)
	c.view = <-last
	c.keys.stop = nil
	if err != nil && !errors.Is(err, errCalled) {
		return err
	}
	if c.told = ""; c.view.Class.Phase() != room.Ended {
		c.show()
	}
	return nil
}

// showAgain tells the present page again.
func (c *seat) showAgain() {
	if c.told = ""; c.heard {
		c.show()
	}
}

// show tells the present page, unless it was the last one told.
func (c *seat) show() {
	v := c.view
	var b strings.Builder
	out := c.out
	c.out = bufio.NewWriter(&b)
	for _, it := range c.player.view.Class(v, view.Participant) {
		c.render(it)
	}
	_ = c.out.Flush() // It writes to memory and can't fail.
	c.out = out
	if page := b.String(); page != c.told {
		c.told = page
		c.say(strings.TrimRight(page, "\n"))
	}
}
