//go:build !manual

package main

import "github.com/spf13/cobra"

// forPackagers returns the commands that only those need who make packages of the program:
// none, without the tag of the manual.
func forPackagers() []*cobra.Command { return nil }
