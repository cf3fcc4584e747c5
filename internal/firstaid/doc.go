// Package firstaid is the way through the first minutes for someone to whom it is
// happening right now: one thing a screen, in the order of psychological first aid
// (safety, calm, practical help, people, and where to turn next).
//
// It decides the order and what belongs on each screen. The words are data, in now.toml,
// and the numbers come from the help directory alone. A [Walk] is a value: it can go on
// and back at every screen, who helps is one step away from each, and each holds the line
// for when it feels hopeless.
//
// A Walk remembers which of the offered people and ways was taken, so that the sentence
// fits, and nothing else. It can't be written down: nothing outside this package can see
// what is in it, and it takes no text from anyone.
package firstaid
