//go:build unix

package main

import (
	"testing"
)

// TestKeysInHaste presses keys before the screens that they are for are there,
// as somebody does who knows the way.
func TestKeysInHaste(t *testing.T) {
	for range 10 {
		c := newConsole(t, "--no-motion")
		c.waitFor("There is a way out")
		c.press("\r\r\r", "wrong and better")
		c.press("\x18", "")
		<-c.done
	}
}
