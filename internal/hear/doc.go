// Package hear recognises what a typed line does: whether it refuses, tells
// someone, stands by a friend, or listens, and which moves it makes on the way.
//
// It is small and can be read: named patterns ([Frames], a file a counsellor can
// edit), and over them a linear layer ([Model]) whose every weight is a line of
// text in the repository. It uses no network and keeps nothing: a line goes in, a
// [Heard] comes out.
//
// # How a line is heard
//
//  1. The words are normalised: case, accents, drawn-out letters, chat spellings,
//     emoji with a meaning, and typing slips (spell.go). Names become one word (people.go).
//  2. Frames are looked for. A frame is a named pattern over words with its scope:
//     who does it, what is negated, what is only quoted (frame.go). If a frame that is
//     marked certain is the whole line, such as "maybe later", it decides, whatever the
//     weights say; some such frames make no move, such as "do you think im stupid". A frame
//     may also rule out moves, or any praise: "cant wait to wear it" is no refusal.
//  3. Danger comes first. A line about wanting to die, self-harm, not being safe or
//     someone on the way is heard as danger in every situation, by frames or by weights.
//     Weights count only if they rest on words with content, and not on "tell her" alone.
//     Words that a frame marks as harmless, such as "put it in your pocket", are left out
//     before the weights are asked, unless a frame of danger is found. A question about
//     someone else's danger is heard as that question, or the learner is asked what it means
//     (question.go).
//  4. The weights turn frames, words and kinds of words (words.go) into a score for each
//     move, for the line and for each of its clauses, since a line that refuses may give in
//     after "but". From those scores come one for the whole line, and one for danger; two
//     thresholds separate heard, unsure and not heard (model.go).
//
// Wrong praise does harm, so a line that may give in is never called protective. Where
// that costs recall, the line is unclear, and the learner is asked.
//
// # Why it is linear
//
// A school reviews what a child is told. A linear layer over named patterns can be
// reviewed line by line, runs in microseconds on a ten-year-old laptop and in a
// browser, and its errors can be traced to weights. Its accuracy is measured on writers
// it wasn't trained on: go run ./internal/hear/train prints it. The thresholds, too, are
// chosen on left-out writers, within the limits in learn.go.
//
// The program carries weights.txt and frames.toml packed (pack.go), and none of the training
// lines. The lines of plain.txt and lesser.txt are used for training and never for measuring,
// because they were written after seeing what was heard wrongly.
//
// # What this package must not know
//
// Files, clocks, the network, stories, and who is typing.
package hear
