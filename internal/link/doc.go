// Package link joins the windows of one talk on one machine: the room's view, which the
// projector shows, and the desk with the facilitator's notes.
//
// The first window listens on the loopback interface and writes its address and a random
// key to a private file; the others read the file and connect. All windows hold the same
// state, and the later state wins, so that any window may be closed and started again:
// nothing is lost while one of them runs.
//
// Each end must prove that it knows the key before it is told anything. If two windows
// change the state at the same moment, one change wins, and the other window is told that
// its change was lost.
package link
