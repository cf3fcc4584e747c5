package main

import (
	"fmt"
	"os"
)

// benches are the measurements, by name.
var benches = map[string]func(dir string) error{"start": start, "key": key, "class": class, "hear": heard}

func main() {
	if len(os.Args) != 2 || benches[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/bench start|key|class|hear")
		os.Exit(2)
	}
	if err := measured(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(3)
	}
}

// measured runs one of the benches, with our programs in a temporary folder.
func measured(what string) error {
	dir, err := os.MkdirTemp("", "wayout-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if what != "hear" {
		if err := buildOurs(dir); err != nil {
			return err
		}
	}
	return benches[what](dir)
}

// verdict says whether a goal was reached.
func verdict(holds bool) string {
	if holds {
		return "holds"
	}
	return "MISSED"
}
