//go:build !manual

package main

import "github.com/spf13/cobra"

// forPackagers returns the commands that are only for people who package the program: none
// without the build tag of the manual.
func forPackagers() []*cobra.Command { return nil }
