package room

// View is what one seat, or the desk, may know about a class: the class as the facilitator has
// led it, and what this seat did. It holds nothing about any other single seat. Every screen of
// a class is made from a View or from [Class.Report], and from nothing else.
type View struct {
	Class       Class
	Rev         uint64 // The revision of the class; each order has another.
	Seat        Seat
	In          int  // How many participants are present.
	Answered    int  // How many of them have answered the open question, in steps of five.
	AllAnswered bool // All of them have answered it, so that the exact number is In.
	Guesses     int  // Wrong join codes at this service in the last ten minutes, in steps; for the desk only.
	Late        bool // The last action of this seat hasn't been stored yet.

	Seats int // For the desk: how many seats there are.
	Taken int // For the desk: how many of them are taken.
	Idle  int // For the desk: how many of those taken are absent.
}

// NewView returns what a seat may know; the seat of the desk is "". It reports false for a seat
// that isn't taken or was given up. How many have answered is set only while a question is
// open: afterwards it would still change as participants leave and come back, one at a time.
func NewView(c Class, b *Ballot, seat string) (View, bool) {
	v := View{Class: c}
	var ok bool
	if v.Seat, _, ok = b.Seat(seat); seat != "" && (!ok || v.Seat.Gone) {
		return v, false
	}
	if seat == "" || v.Seat.Projector { // Participants aren't shown how fast the others are.
		v.In = b.In()
		if q := QuestionOf(c.talk.Run()); c.Open() != "" && q.Scene == c.Open() {
			v.Answered, v.AllAnswered = Steps(b.Answered(q)), b.AllAnswered(q)
		}
	}
	return v, true
}

// ExtraSeats returns how many more seats there are than people, or 0 without a headcount.
func (v View) ExtraSeats() int {
	if v.Class.kept.Headcount == 0 {
		return 0
	}
	return max(v.In-v.Class.kept.Headcount, 0)
}

// TooFew reports whether so few are present that no result could be shown, whatever the
// headcount and the answers.
func (v View) TooFew() bool { return v.In < fewest }

// Pick returns the seat's answer to a scene's question.
func (v View) Pick(scene string) (int, bool) {
	pick, ok := v.Seat.Picks[scene]
	return pick, ok
}
