package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"wayout/internal/course"
	"wayout/internal/settings"
	"wayout/internal/text"
)

// alwaysOpen are the commands that work even under a policy that can't be read: they help
// someone right now, show or erase what is kept, or find out what is wrong.
var alwaysOpen = []string{"now", "helplines", "erase", "show", "export", "doctor", "licences", "help", "man"}

// readPolicy reads the policy of this computer, before any command. An error in it ends the
// command, unless the command is in alwaysOpen.
func (s *globalFlags) readPolicy(cmd *cobra.Command, _ []string) error {
	path, src, err := findPolicy()
	if err == nil && path == "" {
		return nil
	}
	if err == nil {
		s.policy, err = settings.ReadPolicy(path, src)
	}
	if err == nil {
		return nil
	}
	s.policy = settings.Strictest(path)
	if slices.Contains(alwaysOpen, cmd.Name()) {
		fmt.Fprintln(cmd.ErrOrStderr(), "wayout:", text.Line(err.Error(), 400))
		return nil
	}
	return environment("this is for your school's IT; wayout now and wayout helplines work all the same", err)
}

// findPolicy returns the path and the content of this computer's policy; "" for none. The policy
// in a fixed place comes first, so that changing XDG_CONFIG_DIRS doesn't get around it.
func findPolicy() (string, []byte, error) {
	if path, src, err := fixedPolicy(); path != "" || err != nil {
		return path, src, err
	}
	for _, dir := range xdg.ConfigDirs {
		if path, src, err := policyIn(dir); path != "" {
			return path, src, err
		}
	}
	return "", nil, nil
}

// policyIn returns the path and the content of the policy in a folder of the system; "" for none.
// A policy that exists but can't be read is an error, because it must not be ignored.
func policyIn(dir string) (string, []byte, error) {
	path := filepath.Join(dir, folderName, settings.PolicyName)
	src, err := readRegular(path)
	if src == nil && err == nil {
		path = ""
	}
	return path, src, err
}

// underPolicy applies the policy to settings, and reports the flags that it overrules.
func (s *globalFlags) underPolicy(stderr io.Writer, set settings.Settings) settings.Settings {
	got := s.policy.Over(set)
	for _, l := range []struct {
		flag string
		held bool
	}{{"lang", got.Locked.Lang && got.Lang != set.Lang}, {"country", got.Locked.Country && got.Country != set.Country},
		{"private", got.Locked.Private && !set.Private}, {"cover", got.Locked.Cover && got.Cover != set.Cover}} {
		if l.held && s.flags(l.flag) {
			fmt.Fprintf(stderr, "wayout: --%s is set for this computer (%s)\n", l.flag, s.policy.At(l.flag))
		}
	}
	return got
}

// allowed removes all lessons but those that the policy names. It reports unknown names, which may
// be those of a folder that isn't open now.
func (s *globalFlags) allowed(stderr io.Writer, c *course.Course) error {
	if s.policy.Lessons == nil {
		return nil
	}
	unknown := c.Only(s.policy.Lessons)
	if len(c.Lessons) == 0 {
		return environment("wayout now and wayout helplines work all the same",
			fmt.Errorf("%s: there's no lesson %s", s.policy.At("lessons"), text.Line(strings.Join(unknown, ", "), 200)))
	}
	if len(unknown) > 0 && s.lessons == "" {
		fmt.Fprintf(stderr, "wayout: %s: there's no lesson %s\n", s.policy.At("lessons"),
			text.Line(strings.Join(unknown, ", "), 200))
	}
	return nil
}

// mayServe returns an error if the policy allows no classes.
func (s *globalFlags) mayServe() error {
	if !s.policy.NoClass {
		return nil
	}
	return environment("ask your school's IT, or show the lesson to the room: wayout present LESSON",
		fmt.Errorf("%s: there are no classes on this computer", s.policy.At("class")))
}
