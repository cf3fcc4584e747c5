package coursetest

import "testing"

// typed are lines by the move that they are heard as, in every situation that has the move.
var typed = map[string]string{
	"say-what": "someone is threatening me", "say-worst": "i sent someone a picture of me", "ask": "i need help",
	"hint":     "something weird",
	"downplay": "never mind", "someone-else": "a friend of mine", "danger": "i want to die",
	"unclear": "purple",
	"decline": "no, i won't", "boundary": "i don't send pictures to anyone", "name-it": "this is blackmail",
	"leave": "bye, i'm logging off", "block": "i'm blocking you", "tell": "i'm telling my teacher",
	"agree": "ok fine, i'll do it", "excuse": "my camera is broken",
	"stop-it": "take it down", "stand-with": "i'm with you", "check-in": "are you ok", "get-help": "i told the teacher",
	"wont-share": "i'm not passing it on", "join-in": "haha nice", "blame": "why did you send it",
	"attack": "you're disgusting", "bargain": "only if you send one first", "feed": "how old are you",
	"promise-secret": "i won't tell anyone", "pry": "who was it",
}

// Line returns a line to type that is heard as a move.
func Line(t testing.TB, move string) string {
	t.Helper()
	words, ok := typed[move]
	if !ok {
		t.Fatalf("no line for %q", move)
	}
	return words
}
