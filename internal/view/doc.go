// Package view decides what each person is shown, as data: a closed list of items that a
// renderer draws in order. The renderers are packages tui, plain and web. For what is
// shown, none of them asks which phase a class is in or whose screen it draws; the keys
// and the frame round it do ask. What may be shown is decided here, once ([View.Class]
// for a class, [View.Session] for a talk, [View.Turn], [View.Debrief] and others for a
// learner alone), and a property test holds it over every lesson, scene, role and phase.
//
// It works like a display list: drawing operations as data, with several outlets. A new
// kind of thing that can be shown is a type in item.go, the place here that makes it, and
// one case in each renderer. A renderer that forgets it fails the exhaustiveness test of
// its own package.
//
// # Who is shown what
//
//   - A learner alone sees the story so far, what can be done now and, at the
//     end, the debrief.
//   - A room is shown whom the story is about before its first scene, and what stood behind
//     it only after its ending. A learner alone has both, too.
//   - A participant sees what the facilitator shows and, of all answers, only
//     their own, until a result is shown to everyone.
//   - The projector sees what the participants see, but for the content note and the
//     answer of a seat. It also sees how to join, how many are in, and how many have
//     answered the open question.
//   - The facilitator sees how the class stands, then what the projector sees, and then
//     what only adults see: what each choice leads to and how it is rated, and the notes.
//     While the screens of the room are blank, the facilitator still sees the slide.
//
// A young person learns the rating of a choice only after making it, when looking back,
// and never sees the notes or the card for a disclosure. In a room, whose choices are
// everyone's, ratings aren't shown at all.
//
// A scene that only a line about danger leads to is shown to a room after a second yes from the
// facilitator, and never by the way: [View.Jumps] says which scenes these are.
//
// # What this package must not know
//
// Screens, terminals, HTML, clocks, files and the network. It doesn't do layout: widths,
// colours, keys and line breaks belong to the renderers.
package view
