// Package view decides what each person is shown, as data: a closed list of items that a
// renderer draws in order. The renderers are packages tui, plain and web. A renderer
// looks at the phase of a class or the role of a screen only for its keys, its frame and its
// ways in and out (the lobby of a desk, the way back into a class), never to choose what of the
// story or the answers is shown. What may be shown is decided here, once ([View.Class]
// for a class, [View.Session] for a talk, [View.Turn], [View.Debrief] and others for a
// learner alone), and a property test checks it over every lesson, scene, role and phase.
//
// The design is that of a display list: drawing operations as data, with several outlets.
// A new kind of item needs a type in item.go, its place in kinds.go and walk.go, code in this
// package that makes it, and one case in each renderer. A renderer without that case fails the
// exhaustiveness test of its own package.
//
// # Who is shown what
//
//   - A learner alone sees the story so far, what can be done now and, at the
//     end, the debrief.
//   - A room is shown whom the story is about before its first scene, and who was really
//     typing only after the ending. A learner alone sees both, too.
//   - A participant sees what the facilitator shows and, of all answers, only
//     their own, until a result is shown to everyone.
//   - The projector sees what the participants see, except the content note, that anyone may
//     pass, and anyone's own answer; while people go on at their own pace, it keeps the slide. It
//     also sees how many have answered the open question, and in the lobby how many are in and,
//     in a browser, how to join.
//   - The facilitator sees how the class stands, then what the projector sees, and then
//     what only adults see: where each choice leads, its rating, and the notes.
//     While the screens of the room are blank, the facilitator still sees the slide.
//
// A young person learns the rating of a choice only after making it, when looking back,
// and never sees the notes or the card for a disclosure. In a room, where the choices are
// made by everyone together, ratings aren't shown at all.
//
// A scene that is reached only by typing a line about danger is shown to a room only after the
// facilitator has confirmed it: [View.Jumps] says which scenes these are.
//
// # What this package must not know
//
// Screens, terminals, HTML, clocks, files and the network. It doesn't do layout: widths,
// colours, keys and line breaks belong to the renderers.
package view
