//go:build unix

package main

import (
	"testing"
)

// TestKeysInHaste presses keys before their screens are drawn, as someone does who knows
// the program.
func TestKeysInHaste(t *testing.T) {
	for range 10 {
		c := newConsole(t, "--no-motion")
		c.waitFor("There is a way out")
		c.press("\r\r\r", "wrong and better")
		c.press("\x18", "")
		<-c.done
	}
}
