// Package room is a lesson in front of a room, as a pure state machine: what is
// shown now, what comes next, where to go back to, and the hands that were
// counted.
//
// A [Talk] is a value: every command returns a new one. A room is shown less at a
// time than a learner alone: at most two messages and what can be done
// (teaching.md rule 39), a [Page]. [Script] is a talk written down, so that it
// plays the same each time.
//
// # What this package must not know
//
// Screens, clocks, files, the network, and who is in the room.
package room
