// Package sshd serves the seats of a class to terminals over SSH. It runs no command,
// forwards nothing and opens no file; whoever has the join code is in, and the name and
// the keys that a client offers are not looked at.
//
// A [Server] asks for the code (server.go), bounds what the client may send and has to
// read (channel.go), and runs the screens of package tui, which it draws itself
// (painter.go), or package plain where there is no terminal.
package sshd
