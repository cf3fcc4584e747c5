// Package room is a lesson in front of a room, as a pure state machine: what is
// shown now, what comes next, where to go back to, and the hands that were
// counted.
//
// A [Talk] is a value: every command returns a new one. A room is shown less at a
// time than a learner alone, so that it can be read from the last row: at most two
// messages and what can be done, a [Slide]. A script is a talk written down, so that
// it plays the same each time.
//
// # What nobody can learn from a class
//
// A [Class] is a talk that many take part in. Whoever leads it and everybody in it may
// put together all that they are ever shown: the desk, here or over the network, the
// projector, their own seats, every result and the report, in any order and as often as
// they like. They may know the lesson, the code of this program, who came, left and
// answered when, and how far each has come; they may change their own answers, come and
// go. A [View] and a [Report] are all that leaves this package, so that this is a
// property of these two and not of the screens.
//
// Held, and tried out exhaustively in class_test.go and privacy_test.go: nobody who
// knows the answers of four people, and of every seat beyond the number of people, can
// tell what another one has answered to any question. It rests on this:
//
//   - Only seats that are present are counted, and as many as are counted are shown as
//     "in". A seat that leaves takes its answers with it.
//   - A question is counted once, when it is closed, and shown once, for good. It is not
//     asked again with other options. Until it is shown nothing depends on any answer:
//     how many have answered is told in steps of five, and only while the question is
//     open.
//   - A result shows no more than [Suppress] lets through, for one question on its own.
//     Results of several questions can't be held against each other, because whatever is
//     answered to one, everything can be answered to the others. Where that isn't so, at
//     one's own pace, a question that not everybody passes is left out; see
//     [Class.Report].
//   - There is one report, made at the end of the class, with the same rows for the same
//     lesson whatever was answered.
//
// One person can open several seats, and no program can tell that from here: a school
// has one address, and another browser is another seat. Somebody in the room can. So the
// facilitator counts the people who have the class on a screen ([SetHeadcount]), and every
// seat beyond that number may be one whose answer somebody knows: with six people and
// fifteen more seats a number has to stand for twenty. Before the number is said nothing
// is shown, and nothing of the answers is kept.
//
// What this can't do: it believes the facilitator. One who says that there are more
// people than there are, or counts people who have no seat, while somebody has seats of
// their own to fill the gap, is shown too much. Everybody in the class is therefore
// shown the number that was said. Nor can it help where more than four people tell one
// another what they have answered, or where somebody looks at another one's screen.
//
// # What this package must not know
//
// Screens, clocks, files, the network, and who is in the room.
package room
