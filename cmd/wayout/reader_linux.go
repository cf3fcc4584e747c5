package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// screenReader reports whether Orca, the screen reader of Linux desktops, runs for this user.
// Where there is no desktop there is none: readers of the console read whatever is printed, and
// their users know ACCESSIBLE.
func screenReader() bool {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	return runs("/proc", "orca", os.Getuid())
}

// runs reports whether a process with a name runs for a user, by a folder such as /proc.
func runs(proc, name string, uid int) bool {
	found, err := filepath.Glob(filepath.Join(proc, "[0-9]*", "comm"))
	if err != nil {
		return false
	}
	for _, path := range found {
		info, err := os.Stat(path)
		if err != nil {
			continue // It has ended.
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
