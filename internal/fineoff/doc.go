// Package fineoff is the game "Fine or off?": short chats, of which half are fine. For each
// chat a player says that it's fine, that it's off, or that nobody could tell yet, and is
// then told what it was, why, what came next, and what would be worth asking.
//
// The chats come in pairs of twins that say almost the same: one is fine and the other off.
// So no word gives the answer away, and a player who always says "off" is right half of the
// time. Games that only show manipulation make people distrust everything, even what is
// true; practising on both kinds with feedback corrects that (Leder and others, "Feedback
// exercises boost discernment of misinformation for gamified inoculation interventions",
// Journal of Experimental Psychology: General 153, 2024).
//
// [Read] reads the chats and reports what is wrong with a file, [Set.Deal] deals a [Round],
// and a Round takes answers. The result is a [Tally], which is told in words: how often
// something fine was suspected, and something off was trusted. There is no score, and
// nothing of a Round is ever stored.
//
// # What this package must not know
//
// The operating system, clocks, chance (a round comes from a seed), screens, and the words
// around the chats.
package fineoff
