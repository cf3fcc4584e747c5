// Package firstaid guides someone to whom it is happening right now through the first
// minutes: one thing on each screen, in the order of psychological first aid (safety,
// calm, practical help, people, and where to turn next).
//
// The package decides the order and what is on each screen. The words are data, in
// now.toml, and the numbers come only from the help directory. A [Walk] is a value: it can
// go on and back at every screen, the people who help are one step away from each, and
// each has the line for when it feels hopeless.
//
// A Walk remembers only the answers that change what comes next, such as whom to tell
// and how. It can't be stored: its fields are unexported, and it takes no text from
// anyone.
package firstaid
