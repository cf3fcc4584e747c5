//go:build !windows

package main

import (
	"path/filepath"
	"runtime"

	"wayout/internal/settings"
)

// fixedPolicyDir is where a school puts its policy: only an administrator can write there.
func fixedPolicyDir() string {
	if runtime.GOOS == "darwin" {
		return "/Library/Application Support"
	}
	return "/etc/xdg"
}

// fixedPolicy reads the policy that no variable can lead away from.
func fixedPolicy() (string, []byte, error) {
	path := filepath.Join(fixedPolicyDir(), folderName, settings.PolicyName)
	src, err := readRegular(path)
	if src == nil && err == nil {
		path = ""
	}
	return path, src, err
}
