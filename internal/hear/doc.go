// Package hear recognises what a typed line does: whether it refuses, tells
// someone, stands by a friend, or listens, and which moves it makes on the way.
//
// It is small and can be read: named patterns ([Frames], a file a counsellor can
// edit), and over them a linear layer ([Model]) whose every weight is a line of
// text in the repository. There is no network and nothing is kept: a line goes in,
// a [Heard] comes out.
//
// # How a line is heard
//
//  1. The words are normalised: case, accents, drawn-out letters, chat spellings,
//     emoji that mean something, and slips of a finger (spell.go). Names become one word (people.go).
//  2. Frames are looked for. A frame is a named pattern over words with its scope:
//     who does it, what is negated, what is only quoted (frame.go). Some lines are one
//     thing and nothing else, such as "maybe later": a certain frame that is the whole
//     line decides, whatever the weights say, and some make no move at all, such as "do you
//     think im stupid". A frame may also rule moves out, or praise altogether: "cant wait to wear
//     it" is no refusal.
//  3. Danger comes first. A line that speaks of wanting to die, of self-harm, of not
//     being safe or of someone on the way is heard as that in every situation, by
//     frames and by weights, whichever fires; by weights only where words that say something
//     speak for it, and not on "tell her". Words that a frame says aren't of danger, such as
//     "put it in your pocket", are left out of what the weights are asked about, unless a frame
//     of danger is found. A question after someone else's danger is that question, or asked back
//     (question.go).
//  4. The weights turn frames, words and kinds of words (words.go) into a score for each
//     move, of the line and of each of its clauses, since a line that refuses may give in
//     behind its "but". Those scores make one for the whole line, and one for danger; two
//     thresholds part heard, unsure and not heard (model.go).
//
// Praise is dear: a line that may give in is never called protective. Where that
// costs recall, the line is unclear, and the learner is asked.
//
// # Why it is linear
//
// A school reviews what a child is told. Linear layers over named patterns can be
// reviewed line by line, runs in microseconds on a ten-year-old laptop and in a
// browser, and degrades in a way that can be seen. What it is worth is measured on
// writers it wasn't trained on: go run ./internal/hear/train prints it. The thresholds
// too are chosen on writers left out, at the bounds that stand in learn.go.
//
// The program carries weights.txt and frames.toml packed (pack.go), and nothing else of what was
// learned from. Lines of plain.txt and lesser.txt are learned from and never measured on: they
// were written after seeing what was heard wrongly.
//
// # What this package must not know
//
// Files, clocks, the network, stories, and who is typing.
package hear
