package main

import (
	"context"
	"fmt"
	"os"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/tui"
	"wayout/lessons"
)

func main() {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	src, _ := lessons.Files.ReadFile("help.toml")
	d, err := helpline.Read(src)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	if err := tui.Run(context.Background(), tui.Options{Course: c, Help: d, Country: "GB", Motion: true, Seed: 1, Env: os.Environ()}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}
