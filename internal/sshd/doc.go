// Package sshd serves the seats of a class to terminals over SSH. It runs no command,
// forwards nothing and opens no file. The join code lets a client in; the user name and
// the keys that it offers are ignored.
//
// A [Server] asks for the code (server.go), limits what a client may send and leave unread
// (channel.go), and runs the screens of package tui, which it draws itself (painter.go),
// or package plain if the client has no terminal.
package sshd
