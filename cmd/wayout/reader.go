package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"wayout/internal/course"
)

// offersLines tells a learner whose screen reader is running that there is a way line by line,
// before the screen is filled, and reports whether they take it. The end of the input is a yes:
// what is read line by line can be left by every program that reads.
func offersLines(in io.Reader, out io.Writer, words *course.Words) bool {
	fmt.Fprintln(out, words.T("chosen.offer"))
	line, err := bufio.NewReader(io.LimitReader(oneByte{in}, maxReply)).ReadString('\n')
	return err != nil || !strings.EqualFold(strings.TrimSpace(line), "f")
}

// maxReply bounds the answer, in bytes.
const maxReply = 1 << 10

// oneByte reads no byte more than is asked for: the rest of the input is for the screen.
type oneByte struct{ io.Reader }

func (r oneByte) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return r.Reader.Read(p[:1])
}

// whyPlain returns the words for why the line-by-line renderer is the one that fits, or "" where
// the other one does: it was asked for, input or output is no terminal, the terminal can't move
// its cursor, or the environment asks for it.
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
