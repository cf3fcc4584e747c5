package fineoff

import "slices"

// Answer is what a player says of a chat.
type Answer uint8

// The answers, in the order in which they are offered.
const (
	Fine Answer = iota
	Off
	CantTell // Nobody could tell yet.
)

// Verdict is how an answer is judged.
type Verdict uint8

// The verdicts.
const (
	Right      Verdict = iota
	Wise               // Nobody could tell yet, and the player said so: no answer is better.
	Asked              // One could tell, but the player would ask first, which isn't wrong.
	Suspicious         // Something fine was suspected.
	Trusting           // Something off was trusted.
)

// Judge returns the verdict on an answer to the chat.
func (c Chat) Judge(a Answer) Verdict {
	switch {
	case a == CantTell && c.Early:
		return Wise
	case a == CantTell:
		return Asked
	case c.Off == (a == Off):
		return Right
	case c.Off:
		return Trusting
	}
	return Suspicious
}

// RoundLen is the number of chats in a round, half of them fine.
const RoundLen = 8

// Round is one round, as a value.
type Round struct {
	chats []Chat
	given []Answer
}

// At returns how many chats have been answered; the next one is at this index.
func (r Round) At() int { return len(r.given) }

// Len returns the number of chats.
func (r Round) Len() int { return len(r.chats) }

// Over reports whether every chat has been answered.
func (r Round) Over() bool { return len(r.given) == len(r.chats) }

// Chat returns the next chat to answer, or the last one if the round is over.
func (r Round) Chat() Chat { return r.chats[min(len(r.given), len(r.chats)-1)] }

// Answer returns the round with an answer to the present chat. It returns a round that is
// over unchanged.
func (r Round) Answer(a Answer) Round {
	if !r.Over() {
		r.given = append(slices.Clip(r.given), a)
	}
	return r
}

// Tally is how often a player has judged chats in each of these ways.
type Tally struct {
	Suspicious int // Suspected something fine.
	Trusting   int // Trusted something off.
	Unsure     int // Couldn't tell yet, or would ask first.
}

// Tally returns the tally of the answers so far.
func (r Round) Tally() Tally {
	var t Tally
	for i, a := range r.given {
		switch r.chats[i].Judge(a) {
		case Suspicious:
			t.Suspicious++
		case Trusting:
			t.Trusting++
		case Wise, Asked:
			t.Unsure++
		}
	}
	return t
}
