package main

import (
	"fmt"
	"os"
	"strings"

	"wayout/internal/hear"
)

func main() {
	bad := 0
	for _, path := range os.Args[1:] {
		src, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, "lint:", err)
			os.Exit(3)
		}
		count := make(map[string]int)
		met := make(map[string]int)
		for i, row := range strings.Split(string(src), "\n") {
			lines, err := hear.ReadLines([]byte(row))
			if err != nil {
				fmt.Printf("%s:%d: %v\n", path, i+1, strings.TrimPrefix(err.Error(), "line 1: "))
				bad++
				continue
			}
			for _, l := range lines {
				count[l.Situation.String()+" "+l.Outcome.String()]++
				key := l.Situation.String() + l.Text
				if at, ok := met[key]; ok {
					fmt.Printf("%s:%d: this is the same as row %d\n", path, i+1, at)
					bad++
				}
				met[key] = i + 1
			}
		}
		for _, s := range hear.Situations {
			fmt.Printf("%s %-9s", path, s)
			for _, o := range []hear.Outcome{hear.Protective, hear.Weak, hear.Mixed, hear.Unclear, hear.InDanger} {
				fmt.Printf("  %s %d", o, count[s.String()+" "+o.String()])
			}
			fmt.Println()
		}
	}
	if bad > 0 {
		os.Exit(1)
	}
}
