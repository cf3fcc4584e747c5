package main

import (
	"fmt"
	"os"
)

// benches are what can be measured.
var benches = map[string]func() error{"start": start, "key": key, "class": class, "hear": heard}

func main() {
	if len(os.Args) != 2 || benches[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/bench start|key|class|hear")
		os.Exit(2)
	}
	if err := benches[os.Args[1]](); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(3)
	}
}
