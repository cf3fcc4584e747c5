package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"wayout/internal/course"
)

// offersLines offers the line-by-line renderer to a learner whose screen reader is running, before
// the screen is filled, and reports whether they take it. The end of the input counts as yes,
// because that renderer also works without a person at the terminal.
func offersLines(in io.Reader, out io.Writer, words *course.Words) bool {
	fmt.Fprintln(out, words.T("chosen.offer"))
	line, err := bufio.NewReader(io.LimitReader(oneByte{in}, maxReply)).ReadString('\n')
	return err != nil || !strings.EqualFold(strings.TrimSpace(line), "f")
}

// maxReply is the most bytes that are read as the answer.
const maxReply = 1 << 10

// oneByte reads at most one byte at a time, so that the rest of the input is left for the screen.
type oneByte struct{ io.Reader }

func (r oneByte) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return r.Reader.Read(p[:1])
}

// whyPlain returns the id of the words for why the line-by-line renderer is used: a flag or the
// environment asks for it, input or output isn't a terminal, or the terminal can't move its
// cursor. It returns "" if the full-screen renderer is used.
func whyPlain(asked bool, getenv func(string) string, terminal bool) string {
	t := getenv("TERM")
	switch {
	case asked:
		return "chosen.flag"
	case getenv("ACCESSIBLE") != "":
		return "chosen.accessible"
	case !terminal:
		return "chosen.pipe"
	case t == "dumb" || t == "" && !windows:
		return "chosen.dumb"
	}
	return ""
}
