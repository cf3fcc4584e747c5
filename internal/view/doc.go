// Package view decides what each person is shown, as data: a closed list of
// items that a renderer draws in order. The terminal, the line-by-line face and
// the HTML pages are such renderers. None of them asks in which phase a class
// is, whose screen it draws, or what may be shown there: that is decided here,
// once, and held by a property test over every lesson, scene, role and phase.
//
// The idea is that of a display list: drawing operations as data, with many
// outlets. A new kind of thing that can be shown is a type in item.go, the place
// here that makes it, and one case in each renderer; a renderer that forgets it
// doesn't pass the exhaustiveness test of its own package.
//
// # Who is shown what
//
//   - A learner alone sees the story so far, what can be done now and, at the
//     end, the debrief.
//   - A participant sees what the facilitator shows, and of all answers only
//     their own, until a result is shown to everyone.
//   - The projector sees what the participants see, nobody's answer, and how to
//     join.
//   - The facilitator sees what the projector sees and, after it, what only
//     adults see: how the class stands, what each choice leads to and how it is
//     rated, and the notes.
//
// Ratings of choices reach a young person only after the choice was made, when
// looking back. Notes and the card for a disclosure never do.
//
// # What this package must not know
//
// Screens, terminals, HTML, clocks, files and the network. It lays out nothing:
// widths, colours, keys and line breaks belong to the renderers.
package view
