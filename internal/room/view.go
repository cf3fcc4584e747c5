package room

// View is what one seat is to be shown, or the desk: the class as the lead has it,
// and what this seat did. It holds nothing of any other seat. Every face draws it, and
// nothing of a class reaches a face in any other way but [Class.Report].
type View struct {
	Class       Class
	Rev         uint64 // Another one for each order of the lead.
	Seat        Seat
	In          int  // How many learners are present.
	Answered    int  // How many of them have answered the open question, in steps of five.
	AllAnswered bool // All of them have.
	Guesses     int  // Wrong codes of the last ten minutes at this service, in steps; for the desk only.
	Late        bool // What this seat did last is on its way still.

	Seats int // For the desk: how many there are.
	Taken int // For the desk: how many of them are taken.
	Idle  int // For the desk: in how many of those taken nobody is now.
}

// NewView returns what a seat is to be shown, or the desk, whose seat is "". It is false
// for a seat that is not taken, or was given up. How many have answered is told only
// while the lead has a question open: at any other time it could be the number of
// those who came past a question at their own pace.
func NewView(c Class, b *Ballot, seat string) (View, bool) {
	v := View{Class: c}
	var ok bool
	if v.Seat, _, ok = b.Seat(seat); seat != "" && (!ok || v.Seat.Gone) {
		return v, false
	}
	if seat == "" || v.Seat.Projector { // A learner is not shown how fast the others are.
		v.In = b.In()
		if q := QuestionOf(c.talk.Run()); c.Open() != "" && q.Scene == c.Open() {
			v.Answered, v.AllAnswered = Steps(b.Answered(q)), b.AllAnswered(q)
		}
	}
	return v, true
}

// ExtraSeats returns how many more seats there are than people, where it was said how
// many people there are.
func (v View) ExtraSeats() int {
	if v.Class.headcount == 0 {
		return 0
	}
	return max(v.In-v.Class.headcount, 0)
}

// Pick returns what the seat has answered to a scene's question.
func (v View) Pick(scene string) (int, bool) {
	pick, ok := v.Seat.Picks[scene]
	return pick, ok
}
