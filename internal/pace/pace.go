package pace

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// after is how long a program without messages keeps its rate. A few looks are enough: the frame
// of the last message is painted by the first one that comes after it.
const after = 250 * time.Millisecond

// rest is how often a program without messages looks at its screen.
const rest = time.Second

// Pace is the rate of one program. Its methods may be called by several goroutines.
type Pace struct {
	busy time.Duration

	mu      sync.Mutex
	ticker  *time.Ticker // Nil until the library has made it.
	timer   *time.Timer  // Slows down; nil before the first message.
	last    time.Time    // When the last message came.
	resting bool
	stopped bool
}

// New returns the pace of a program that looks at its screen perSecond times a second, 1 to 120,
// while messages come. The program needs tea.WithFPS of the same number.
func New(perSecond int) *Pace { return &Pace{busy: time.Second / time.Duration(perSecond)} }

// Message brings the program to its rate. It is called for every message, from the program's filter
// (tea.WithFilter): that is after the library has made its ticker. Where the library paints, it is
// called again once the view is made ([Pace.Seen]), because a message may take longer than a program
// keeps its rate.
func (p *Pace) Message(program *tea.Program) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ticker == nil {
		p.ticker = tickerOf(program)
	}
	if p.ticker == nil || p.stopped {
		return
	}
	p.last = time.Now()
	if p.resting {
		p.resting = false
		p.ticker.Reset(p.busy)
	}
	if p.timer == nil {
		p.timer = time.AfterFunc(after, p.slowDown)
	} else {
		p.timer.Reset(after)
	}
}

// Seen returns a program that keeps its rate after each view that it has made.
func (p *Pace) Seen(model tea.Model, program **tea.Program) tea.Model { return seen{model, p, program} }

// seen is a model of which each view is followed by the time for painting it.
type seen struct {
	tea.Model
	pace    *Pace
	program **tea.Program
}

// Update passes the message on.
func (s seen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	s.Model, cmd = s.Model.Update(msg)
	return s, cmd
}

// View makes the view.
func (s seen) View() tea.View {
	v := s.Model.View()
	if *s.program != nil {
		s.pace.Message(*s.program)
	}
	return v
}

// slowDown lets the program rest, unless a message has come while the timer ended.
func (p *Pace) slowDown() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.stopped && time.Since(p.last) >= after {
		p.resting = true
		p.ticker.Reset(rest)
	}
}

// Stop ends the pace, after the program has ended.
func (p *Pace) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	if p.timer != nil {
		p.timer.Stop()
	}
}

// tickerOf returns the ticker from which the library looks at the screen, or nil if this version
// of it has none by that name.
func tickerOf(program *tea.Program) *time.Ticker {
	if program == nil {
		return nil
	}
	field := reflect.ValueOf(program).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() || field.IsNil() {
		return nil
	}
	ticker, _ := reflect.NewAt(reflect.TypeFor[time.Ticker](), field.UnsafePointer()).Interface().(*time.Ticker)
	return ticker
}
