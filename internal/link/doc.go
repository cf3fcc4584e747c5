// Package link joins the windows of one talk on one machine: the room's view, which a
// projector shows, and the desk with the notes of the adult.
//
// The window that was started first listens on the loopback interface and writes its
// address and a random key into a private file; the others read the file and connect.
// All of them hold the same state, and the later state wins, so that any window may be
// closed and started again: nothing is lost as long as one of them runs.
//
// Each end proves that it knows the key before it is told anything. Where two windows
// change the state at the same moment one change wins, and the window whose change was
// lost is told so.
package link
