package room

// View is what one seat is to be shown, or the desk: the class as the lead has it,
// and what this seat did. It holds nothing of any other seat.
type View struct {
	Class     Class
	Rev       uint64 // Another one for each order of the lead.
	Mark      Mark
	In        int  // How many learners are in.
	Answered  int  // How many have answered the question here, in steps of five.
	Everybody bool // All who are in have.
	Late      bool // What this seat did last is on its way still.
}

// Pick returns what the seat has answered to a scene's question.
func (v View) Pick(scene string) (int, bool) {
	pick, ok := v.Mark.Picks[scene]
	return pick, ok
}
