package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// screenReader reports whether Orca, the screen reader of Linux desktops, runs for this user.
// Without a desktop it reports false: console screen readers read everything that is printed, and
// their users know ACCESSIBLE.
func screenReader() bool {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	return runs("/proc", "orca", os.Getuid())
}

// runs reports whether a process with this name runs for a user. Proc is a folder such as /proc.
func runs(proc, name string, uid int) bool {
	found, err := filepath.Glob(filepath.Join(proc, "[0-9]*", "comm"))
	if err != nil {
		return false
	}
	for _, path := range found {
		info, err := os.Stat(path)
		if err != nil {
			continue // The process has ended.
		}
		if st, ok := info.Sys().(*syscall.Stat_t); !ok || int(st.Uid) != uid {
			continue
		}
		if comm, err := os.ReadFile(path); err == nil && strings.TrimSpace(string(comm)) == name {
			return true
		}
	}
	return false
}
