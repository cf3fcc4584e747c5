package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"

	"charm.land/fang/v2"
	"github.com/charmbracelet/x/term"

	"wayout/internal/course"
	"wayout/internal/text"
	"wayout/lessons"
)

func main() {
	// The first collection would come in the middle of the first frame. With this
	// it comes at 16 MiB, which a learner's program hardly ever has.
	debug.SetGCPercent(400)
	code := run(os.Args[1:], os.Stdout, os.Stderr)
	// A network disk says only now that it had no room.
	if err := os.Stdout.Close(); err != nil && code == 0 && !hungUp(err) {
		code = report(os.Stderr, unwritten(err))
	}
	os.Exit(code)
}

// run runs one command and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetErr(stderr)
	if slices.Contains(args, "--version") || slices.Contains(args, "-v") {
		root.SetVersionTemplate("wayout {{.Version}}\n" + review())
	}
	if term.IsTerminal(os.Stdout.Fd()) && wantsPage(args) {
		// Fang's styled help costs a few milliseconds and asks the terminal for
		// its colours, so that only a page that is read pays for it.
		return report(stderr, fang.Execute(context.Background(), root, fang.WithVersion(version), fang.WithoutManpage(),
			fang.WithErrorHandler(func(io.Writer, fang.Styles, error) {})))
	}
	ctx, stop := context.WithCancelCause(context.Background())
	defer stop(nil)
	out := &output{w: stdout, stop: stop}
	root.SetOut(out)
	err := root.ExecuteContext(ctx)
	lost := out.failed()
	switch {
	case lost == nil:
		return report(stderr, err)
	case hungUp(lost):
		return exitEnvironment
	case err != nil && !errors.Is(err, lost) && err != errFindings:
		report(stderr, err) // It is another one, and says more.
	}
	return report(stderr, unwritten(lost))
}

// review is what an adult who asks for the version is told: who has reviewed the
// lessons. Nothing else needs the lessons for it.
func review() string {
	c, err := course.Open(lessons.Files, "en", nil)
	if err != nil {
		return "" // A test holds the shipped files.
	}
	return c.Review() + "\n"
}

// wantsPage reports whether the arguments ask for a page of help.
func wantsPage(args []string) bool {
	return slices.ContainsFunc([]string{"-h", "--help", "help", "man", "completion"},
		func(page string) bool { return slices.Contains(args, page) })
}

// exitError is an error with the code to exit with and a hint for the person.
type exitError struct {
	code int
	hint string
	err  error
}

// The exit codes.
const (
	exitFindings    = 1
	exitUse         = 2
	exitEnvironment = 3
)

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// errFindings ends a check that found something; what it found was printed.
var errFindings = &exitError{code: exitFindings, err: errors.New("there are findings")}

func wrongUse(hint string, err error) error { return &exitError{exitUse, hint, err} }

func environment(hint string, err error) error {
	if err == nil {
		return nil
	}
	return &exitError{exitEnvironment, hint, err}
}

// report prints an error and returns the exit code. An error without a code is
// one of cobra's, about flags and arguments.
func report(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	e := &exitError{code: exitUse, hint: "wayout --help lists the commands", err: err}
	errors.As(err, &e)
	if e == errFindings {
		return e.code
	}
	fmt.Fprintln(w, "wayout:", text.Line(err.Error(), 2000))
	if e.hint != "" {
		fmt.Fprintln(w, "wayout:", e.hint)
	}
	return e.code
}
