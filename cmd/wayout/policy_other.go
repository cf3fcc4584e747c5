//go:build !windows

package main

import "runtime"

// fixedPolicy reads the policy in a fixed place, which doesn't depend on the environment and where
// only an administrator can write.
func fixedPolicy() (string, []byte, error) {
	if runtime.GOOS == "darwin" {
		return policyIn("/Library/Application Support")
	}
	return policyIn("/etc/xdg")
}
