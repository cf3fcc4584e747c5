// Package room models two things as pure state machines: a lesson presented to a room, and
// a class in which many people take a lesson at the same time.
//
// A [Talk] is what a facilitator presents: what is shown now, what comes next, where to go
// back to, and the show of hands. It is a value, and every command returns a new one. A
// room is shown less at a time than a learner alone, so that it can be read from the last
// row: a [Slide] holds what fits on a small screen (fit.go), or what can be done. The opening
// comes before the first scene, and the look back after the ending (lookback.go). In front of
// a room nobody types the line of a rehearsal: the story goes on from its model answers
// ([play.Run.Model]), so that nobody is told off for a line that was never said. A script is a
// talk written down as commands, so that it runs the same way each time.
//
// A [Class] is a talk with participants, each with a screen of their own: it has phases, an
// open question, and results. The seats and their answers are a [Ballot]. A [View] is what
// a seat, the projector or the desk may learn about a class. A [Report] is what may be kept.
//
// # Why a result is hidden under ten answers
//
// A number about one to four people is a number about someone in particular, so no number
// may stand for fewer than five (Ofqual, which regulates exams in England, draws the same
// line). A result with a single bar would say what everyone thinks, so it needs two bars.
// Two bars of five are ten answers: with fewer, nothing may be shown. [Suppress] is the
// rule with its exact conditions.
//
// # What no one can learn from a class
//
// Assume that the facilitator and every participant combine everything that they are ever
// shown: the desk, here or over the network, the projector, their own seats, every result
// and the report, in any order and as often as they like. They may know the lesson, the
// code of this program, who came, left and answered when, and how far each person has
// come. They may change their own answers, leave, and come back. Only a [View] and a [Report]
// of a class ever reach a screen, so the property is one of these two types.
//
// The property: someone who knows the answers of four people, and of every seat beyond the
// number of people, can't tell what any other person answered to any question.
// class_test.go and privacy_test.go try every count of answers for small classes, and random
// histories beyond that. It rests on four rules:
//
//   - Only seats that are present are counted, and the same seats are shown as "in". A
//     seat that leaves takes its answers with it.
//   - A question is counted once, when it is closed, and its result is shown once, for good.
//     It isn't asked again with other options. Before that, only the number of answers is
//     shown, in steps of five and only while the question is open. The one exception is that
//     everyone present has answered: that gives the exact number, but it is the number of
//     those present, which is shown anyway, and it doesn't say what anyone answered.
//   - A result shows no more than [Suppress] allows, for each question on its own.
//     Comparing the results of several questions tells nothing more, because any answer to
//     one can go with any answer to the others. This doesn't hold at people's own pace, so
//     there a question that not everyone passes is left out; see [Class.Report].
//   - There is one report, made when the class ends. A lesson always has the same rows,
//     whatever was answered.
//
// One person can open several seats, and the program can't notice: a whole school may have
// one address, and a second browser is simply a second seat. A person in the room can
// notice. So the facilitator counts the people who have the class on a screen (the
// headcount, [SetHeadcount]), and every seat beyond that number is treated as one whose
// answer someone knows. With six people and fifteen more seats, a number has to stand for
// twenty. Without a headcount no result is shown, and none is kept.
//
// This has limits. It trusts the facilitator: if the headcount is too high, or includes
// people without a seat, and someone fills the gap with seats of their own, too much is
// shown. That's why everyone in the class is shown the headcount. It doesn't help either if
// more than four people tell one another their answers, or if someone looks at another
// person's screen.
//
// # What this package must not know
//
// Screens, clocks, files, the network, and who is in the room.
package room
