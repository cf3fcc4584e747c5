package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux counts a process's time; it is 10 ms on every
// machine that Go runs on.
const tick = 10 * time.Millisecond

// memory returns the memory of some processes, in KiB. What several of them share is
// counted once (PSS), so that a hundred processes aren't charged for their program a
// hundred times.
func memory(pids []int) (int, error) {
	sum := 0
	for _, pid := range pids {
		src, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			return 0, fmt.Errorf("the memory of a process can be read on Linux only: %w", err)
		}
		for line := range strings.Lines(string(src)) {
			if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
				n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
				if err != nil {
					return 0, err
				}
				sum += n
			}
		}
	}
	return sum, nil
}

// cpu returns the processor time of some processes: of all threads, in the program
// and in the system.
func cpu(pids []int) (time.Duration, error) {
	var sum time.Duration
	for _, pid := range pids {
		src, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, err
		}
		fields := strings.Fields(string(src[bytes.LastIndexByte(src, ')')+1:])) // The name before it may hold anything.
		for _, f := range fields[11:13] {
			n, err := strconv.Atoi(f)
			if err != nil {
				return 0, err
			}
			sum += time.Duration(n) * tick
		}
	}
	return sum, nil
}
