package main

import (
	"fmt"
	"os"

	"wayout/internal/site"
)

func main() {
	e, err := site.Compile(".")
	if err == nil {
		err = e.Save(".")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
