package view

import "reflect"

// Kinds returns an empty item of each kind. The test of a renderer draws each of them, so
// a renderer can't miss a kind.
func Kinds() []Item {
	return []Item{Title{}, Intro{}, Opening{}, Moved{}, Lobby{}, Rules{}, Blanked{}, Calm{}, Over{}, OwnPace{},
		Headcount{},
		Message{}, Event{}, AppLine{}, Speech{}, Typing{}, Moment{}, Narration{}, Feedback{}, Chosen{}, Answered{},
		Practised{},
		Question{}, Onward{}, Rehearsal{}, Heard{}, Meant{}, HelpFirst{}, RightNow{}, Models{}, Explanation{}, End{},
		Standing{}, Place{}, Ahead{}, Notes{}, Prepare{},
		KeyMessage{}, Reached{}, Knew{}, Path{}, Signs{}, SixMoves{}, Rehearsed{}, Behind{}, StepOut{}}
}

// ForAdults reports whether an item is for the facilitator alone.
func ForAdults(it Item) bool {
	switch it.(type) {
	case Standing, Place, Ahead, Notes, Prepare:
		return true
	}
	return false
}

// Filled returns an item of the same kind as it, in which every text is the mark and every
// list has one entry. Tests of renderers look for the mark in what is drawn.
func Filled(it Item, mark string) Item {
	v := reflect.New(reflect.TypeOf(it)).Elem()
	fill(v, mark)
	return v.Interface().(Item)
}

func fill(v reflect.Value, mark string) {
	if !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(mark)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), mark)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), mark)
	}
}
