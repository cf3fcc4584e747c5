//go:build !windows

package main

import "runtime"

// fixedPolicy reads the policy that no variable can lead away from, where only an administrator
// can write.
func fixedPolicy() (string, []byte, error) {
	if runtime.GOOS == "darwin" {
		return policyIn("/Library/Application Support")
	}
	return policyIn("/etc/xdg")
}
