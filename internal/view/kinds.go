package view

// Kinds returns an item of each kind, empty. A renderer's test goes through them, so
// that it draws every kind there is.
func Kinds() []Item {
	return []Item{Title{}, Intro{}, Lobby{}, Rules{}, Covered{}, Calm{}, Over{}, OwnPace{}, Headcount{},
		Message{}, Event{}, AppLine{}, Speech{}, Typing{}, Moment{}, Narration{}, Feedback{}, Chosen{}, Answered{}, Practised{},
		Question{}, Onward{}, Rehearsal{}, Models{}, Explanation{}, End{},
		Standing{}, Place{}, Ahead{}, Notes{},
		KeyMessage{}, Reached{}, Knew{}, Path{}, Signs{}, SixMoves{}, Rehearsed{}, Behind{}, StepOut{}}
}

// ForAdults reports whether an item is for the facilitator alone.
func ForAdults(it Item) bool {
	switch it.(type) {
	case Standing, Place, Ahead, Notes:
		return true
	}
	return false
}
