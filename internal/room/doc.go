// Package room is a lesson in front of a room, and a class that many take at once, as
// pure state machines.
//
// A [Talk] is what a facilitator presents: what is shown now, what comes next, where to go
// back to, and the show of hands. It is a value, and every command returns a new one. A
// room is shown less at a time than a learner alone, so that it can be read from the last
// row: a [Slide] holds what fits on a small screen (fit.go), or what can be done. Before the first
// scene stands the opening, and behind the ending what is looked back on (lookback.go). Where a
// line could be typed nobody types: the story goes on from its model answers ([play.Run.Model]),
// so that nobody is told off for what was never said. A script is a talk written down as
// commands, so that it runs the same way each time.
//
// A [Class] is a talk with participants, each at a screen of their own: it has phases, an
// open question, and results. The seats and their answers are a [Ballot]. What a seat, the
// projector or the desk may be told of a class is a [View], and what may be kept of it is
// a [Report].
//
// # Why a result is hidden under ten answers
//
// A number about one to four people is a number about someone in particular, so no number
// may stand for fewer than five (Ofqual, which regulates exams in England, draws the same
// line). A result with a single bar would say what everyone thinks, so it needs two bars.
// Two bars of five are ten answers: below that there is nothing that may be shown. The
// rule and its exact conditions are [Suppress].
//
// # What no one can learn from a class
//
// Assume that the facilitator and every participant put together all that they are ever
// shown: the desk, here or over the network, the projector, their own seats, every result
// and the report, in any order and as often as they like. They may know the lesson, the
// code of this program, who came, left and answered when, and how far each person has
// come. They may change their own answers, leave, and come back. A [View] and a [Report]
// are all of a class that reaches a screen, so the property belongs to these two and not to any
// screen.
//
// The property: someone who knows the answers of four people, and of every seat beyond the
// number of people, can't tell what any other person answered to any question.
// class_test.go and privacy_test.go try every count of answers for small classes, and random
// histories beyond that. It rests on four rules:
//
//   - Only seats that are present are counted, and the same seats are shown as "in". A
//     seat that leaves takes its answers with it.
//   - A question is counted once, when it is closed, and shown once, for good. It isn't
//     asked again with other options. Until it is shown nothing depends on any answer
//     except how many there are, which is told in steps of five and only while the
//     question is open. The exception is that everyone present has answered: that gives the
//     exact number, which is the number of those present and is shown anyway. It says that
//     each of them has answered, and nothing of what.
//   - A result shows no more than [Suppress] lets through, for one question on its own.
//     Results of several questions can't be held against each other, because any answer
//     to one goes with any answer to the others. At one's own pace that isn't so: there a
//     question that not everyone passes is left out; see [Class.Report].
//   - There is one report, made when the class ends, with the same rows for the same
//     lesson whatever was answered.
//
// One person can open several seats, and the program can't notice: a whole school may have
// one address, and a second browser is simply a second seat. A person in the room can
// notice. So the facilitator counts the people who have the class on a screen (the
// headcount, [SetHeadcount]), and every seat beyond that number may be one whose answer
// someone knows. With six people and fifteen more seats, a number has to stand for
// twenty. Before there is a headcount nothing is shown, and nothing of the answers is
// kept.
//
// The limits of this: it believes the facilitator. If the headcount is too high, or
// includes people without a seat, while someone fills the gap with seats of their own, too
// much is shown. That's why everyone in the class is shown the headcount. Nor does it help
// where more than four people tell one another their answers, or someone looks at another
// person's screen.
//
// # What this package must not know
//
// Screens, clocks, files, the network, and who is in the room.
package room
