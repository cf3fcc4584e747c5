package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"charm.land/log/v2"
	"github.com/spf13/cobra"

	"wayout/internal/serve"
	"wayout/internal/sshd"
	"wayout/internal/store"
	"wayout/internal/text"
)

// serveFlags are the flags of a school's service.
type serveFlags struct {
	serverFlags
	address string
	staff   string
	hosts   []string
	proxies []string
	nats    string
	creds   string
	hostKey string
	behind  bool
}

// shortestKey is the least length of a staff key: 128 bits in base64, the densest
// encoding that people use.
const shortestKey = 22

func newServe(s *globalFlags) *cobra.Command {
	t := &serveFlags{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run classes for a whole school, on one machine or several",
		Long: "For a school's IT: run classes for the whole school. Staff who have the key start a class with\n" +
			"wayout class LESSON --at URL --key-file FILE and lead it from their own computer.\n\n" +
			"Classes are kept in memory: in this process, or with --nats in a NATS cluster, so that\n" +
			"several machines serve the same classes and one of them can die in the middle of a lesson.\n" +
			"GET /healthz answers 200 if this machine can serve seats, and 503 if it can't.",
		Example: "  wayout serve --staff-key-file staff.key --address 10.20.0.5\n" +
			"  wayout serve --staff-key-file staff.key --host wayout.example.org \\\n" +
			"    --proxy 10.20.0.0/24 --behind-tls \\\n" +
			"    --nats nats://10.20.0.11,nats://10.20.0.12,nats://10.20.0.13 --host-key ssh.key",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.serve(cmd, t) },
	}
	f := cmd.Flags()
	f.StringVar(&t.address, "address", loopback, "the address to listen on; 0.0.0.0 for all of them")
	t.add(f)
	f.StringVar(&t.staff, "staff-key-file", "", "the file with the staff key, which starts classes")
	f.StringSliceVar(&t.hosts, "host", nil,
		"a name people type to reach it, with the port if theirs is different; other names are refused")
	f.StringSliceVar(&t.proxies, "proxy", nil,
		"the proxy in front, such as 10.20.0.0/24: its X-Forwarded-For is trusted, and over SSH its PROXY header")
	f.StringVar(&t.nats, "nats", "", "the NATS cluster that keeps the classes; otherwise this process does")
	f.StringVar(&t.creds, "nats-creds", "", "the file with the NATS credentials")
	f.StringVar(&t.hostKey, "host-key", "",
		"the SSH host key, the same on every machine; made if it isn't there")
	f.BoolVar(&t.behind, "behind-tls", false, "the proxy in front speaks TLS")
	return cmd
}

// options turns the flags into the options of a service.
func (t *serveFlags) options() (serve.ServiceOptions, error) {
	var o serve.ServiceOptions
	if t.staff == "" {
		return o, wrongUse("make one with: (umask 077; openssl rand -hex 32 > staff.key)",
			errors.New("--staff-key-file is needed: staff start classes with that key"))
	}
	src, err := secret(t.staff)
	if err != nil {
		return o, err
	}
	key := strings.TrimSpace(string(src))
	if len(key) < shortestKey {
		return o, environment("make one with: (umask 077; openssl rand -hex 32 > staff.key)",
			fmt.Errorf("the key in %q is shorter than %d characters", text.Line(t.staff, 200), shortestKey))
	}
	for _, path := range []string{t.creds, t.hostKey} {
		if err := held(path, ownerOnly); err != nil {
			return o, err
		}
	}
	if err := t.check(); err != nil {
		return o, err
	}
	bind, err := netip.ParseAddr(t.address)
	if err != nil {
		return o, wrongUse("--address takes an address such as 10.20.0.5",
			fmt.Errorf("%q isn't an address", text.Line(t.address, 60)))
	}
	if bind.IsUnspecified() && len(t.hosts) == 0 {
		return o, wrongUse("name it: --host wayout.example.org",
			errors.New("listening on every address needs the name people reach it by"))
	}
	for i, h := range t.hosts {
		if t.hosts[i], err = serve.ParseHost(h); err != nil {
			return o, wrongUse("--host takes the name people type, such as wayout.example.org or "+
				"wayout.example.org:8443", err)
		}
	}
	o = serve.ServiceOptions{Rules: groundRules(), Bind: bind.String(), Port: t.port, SSHPort: t.sshPort(),
		Cert: t.cert, Key: t.key, Store: store.Options{URL: t.nats, Creds: t.creds},
		PageOptions: serve.PageOptions{Hosts: t.hosts, Staff: key, AwayTo: t.awayTo, Secure: t.behind}}
	if o.Proxies, err = readRanges(t.proxies); err != nil {
		return o, err
	}
	o.HostKey, _, err = sshd.HostKey(t.hostKey)
	return o, environment("--host-key takes a file that can be read or created", err)
}

// readRanges reads addresses or ranges of addresses of proxies.
func readRanges(given []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, p := range given {
		prefix, err := netip.ParsePrefix(p)
		if a, one := netip.ParseAddr(p); err != nil && one == nil {
			prefix, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, wrongUse("--proxy takes an address or a range such as 10.20.0.0/24",
				fmt.Errorf("%q isn't an address or a range", text.Line(p, 60)))
		}
		all = append(all, prefix)
	}
	return all, nil
}

// serve serves until it is told to stop. It prints the addresses on standard output, one on each
// line, so that a script can wait for them.
func (s *globalFlags) serve(cmd *cobra.Command, t *serveFlags) error {
	if err := s.mayServe(); err != nil {
		return err
	}
	o, err := t.options()
	if err != nil {
		return err
	}
	c, d, set, err := s.all(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	serverMemory()
	log.SetOutput(io.Discard) // What a library says about a session may contain a participant's words.
	ctx, stop := signal.NotifyContext(context.WithoutCancel(cmd.Context()), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	o.Course, o.Help, o.Settings = c, d, set
	o.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	service, err := serve.OpenService(ctx, o)
	if err != nil {
		return notOpened(err)
	}
	defer service.Close()
	fmt.Fprintln(cmd.OutOrStdout(), "pages", service.Page)
	if service.SSH != "" {
		fmt.Fprintln(cmd.OutOrStdout(), "ssh", service.SSH)
	}
	select {
	case <-ctx.Done():
	case <-cmd.Context().Done(): // No one reads standard output any more.
	}
	return nil
}

// serverMemory collects garbage more often than main sets for a learner's program, which
// serves one person for a few minutes.
func serverMemory() { debug.SetGCPercent(100) }
