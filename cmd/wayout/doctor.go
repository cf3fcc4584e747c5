package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"wayout/internal/doctor"
	"wayout/internal/text"
	"wayout/internal/web"
)

// doctorFlags are the flags of doctor.
type doctorFlags struct {
	address string
	port    int
	ssh     int
	student bool
	wait    time.Duration
	asJSON  bool
}

// doctorReport is the result, for scripts.
type doctorReport struct {
	Address  string           `json:"address"`
	Findings []doctor.Finding `json:"findings"`
	Ask      []string         `json:"ask"`
}

// holdOpen is how long the connection of a student's page must stay open: some network devices
// cut connections after a few quiet seconds.
const holdOpen = 8 * time.Second

func newDoctor(s *globalFlags) *cobra.Command {
	t := &doctorFlags{}
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Find what could keep a class from joining",
		Long: "Check the network, ports, firewall, proxy and terminal before a class, and say what to ask\n" +
			"IT for. --with-student also tries a student's device, which is the only way to find out\n" +
			"whether the Wi-Fi keeps devices apart. It changes nothing. The exit code is 1 if something\n" +
			"is wrong.",
		Example: "  wayout doctor\n  wayout doctor --with-student\n  wayout doctor --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.doctor(cmd, t) },
	}
	f := cmd.Flags()
	f.StringVar(&t.address, "address", "", "which address to check, if there are several")
	f.IntVar(&t.port, "port", pagePort, "the port for browsers")
	f.IntVar(&t.ssh, "ssh-port", sshPort, "the port for terminals; 0 to skip it")
	f.BoolVar(&t.student, "with-student", false, "also try it with a student's device")
	f.DurationVar(&t.wait, "wait", 2*time.Minute, "how long to wait for the student's device")
	f.BoolVar(&t.asJSON, "json", false, "as JSON, for scripts")
	return cmd
}

func (s *globalFlags) doctor(cmd *cobra.Command, t *doctorFlags) error {
	if err := checkPorts(1, t.port, t.ssh); err != nil {
		return err
	}
	ways, err := doctor.Addresses()
	if err != nil {
		return environment("", err)
	}
	got := doctorReport{Findings: doctor.Network(ways)}
	addr := netip.MustParseAddr(loopback)
	if t.address != "" {
		if addr, err = netip.ParseAddr(t.address); err != nil {
			return wrongUse("--address takes an address such as 192.168.1.20",
				fmt.Errorf("%q isn't an address", text.Line(t.address, 60)))
		}
	} else if len(ways) > 0 {
		addr = ways[0].Addr
	}
	got.Address = addr.String()
	ports := []int{t.port}
	page := doctor.Port(addr, t.port, "--port")
	got.Findings = append(got.Findings, page)
	if t.ssh > 0 {
		ports = append(ports, t.ssh)
		got.Findings = append(got.Findings, doctor.Port(addr, t.ssh, "--ssh-port"))
	}
	got.Findings = append(got.Findings, doctor.Firewall(cmd.Context(), ports...)...)
	got.Findings = append(got.Findings, doctor.Proxy(os.Getenv)...)
	got.Findings = append(got.Findings, doctor.Terminal(screen())...)
	if t.student && page.Level == doctor.Fine {
		found, err := s.withStudent(cmd, t, netip.AddrPortFrom(addr, uint16(t.port)))
		if err != nil {
			return err
		}
		got.Findings = append(got.Findings, found...)
	}
	got.Ask = doctor.Ask(got.Address, t.port, t.ssh)
	if t.asJSON {
		err = printJSON(cmd.OutOrStdout(), got)
	} else {
		got.print(cmd.OutOrStdout())
	}
	if err == nil && doctor.Worst(got.Findings) == doctor.Wrong {
		return errFindings
	}
	return err
}

// screen returns facts about the terminal, without sending it any query.
func screen() doctor.TerminalFacts {
	w, h, err := term.GetSize(os.Stdout.Fd())
	return doctor.TerminalFacts{Terminal: err == nil && term.IsTerminal(os.Stdin.Fd()), W: w, H: h,
		Term: os.Getenv("TERM"),
		UTF8: windows || doctor.IsUTF8(os.Getenv), Colors: colors(colorprofile.Detect(os.Stdout, os.Environ()))}
}

func colors(p colorprofile.Profile) string {
	switch p {
	case colorprofile.TrueColor:
		return "all colours"
	case colorprofile.ANSI256:
		return "256 colours"
	case colorprofile.ANSI:
		return "16 colours"
	}
	return "no colours"
}

// withStudent serves a page for a student's device to open, and returns what it finds.
func (s *globalFlags) withStudent(cmd *cobra.Command, t *doctorFlags, at netip.AddrPort) ([]doctor.Finding, error) {
	c, d, set, err := s.all(cmd.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	pages, err := web.NewClass(c, d, set.Country, nil)
	if err != nil {
		return nil, environment("", err)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "On a student's device, on the students' network, open http://%s and leave it "+
		"open for ten seconds.\nWaiting for %v; press ctrl+c to stop.\n", at, t.wait)
	ctx, stop := signal.NotifyContext(context.WithoutCancel(cmd.Context()), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, t.wait)
	defer cancel()
	r, err := doctor.Reach(ctx, at, pages, holdOpen)
	if err != nil && !errors.Is(err, context.Canceled) {
		return nil, environment("", err)
	}
	return r.Findings(), nil
}

// printHanging prints words on a line that has begun, and aligns the next lines with their
// beginning.
func printHanging(w io.Writer, indent int, words string) {
	for i, line := range text.Wrap(words, pageWidth-indent) {
		if i > 0 {
			fmt.Fprintf(w, "%*s", indent, "")
		}
		fmt.Fprintln(w, line)
	}
}

// print prints the findings, short enough for a teacher whose class begins in five minutes.
func (l doctorReport) print(w io.Writer) {
	sign := [...]string{"ok   ", "note ", "WRONG"}
	for _, f := range l.Findings {
		fmt.Fprintf(w, "%s  %-9s ", sign[f.Level], f.Check)
		printHanging(w, 17, f.Says)
		if f.Do != "" {
			fmt.Fprintf(w, "%17s", "")
			printHanging(w, 17, f.Do)
		}
	}
	fmt.Fprintln(w, "\nWhat to ask IT for, if the class can't join:")
	for _, line := range l.Ask {
		fmt.Fprint(w, "  - ")
		printHanging(w, 4, line)
	}
}
