package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"charm.land/log/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wayout/internal/codes"
	"wayout/internal/course"
	"wayout/internal/desk"
	"wayout/internal/doctor"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/serve"
	"wayout/internal/settings"
	"wayout/internal/sshd"
	"wayout/internal/text"
	"wayout/internal/tui"
	"wayout/internal/web"
)

// classFlags are the flags of a class.
type classFlags struct {
	serverFlags
	lan     bool
	address string
	seats   int
	people  int
	report  string
	script  string
	at      string
	keyFile string
	staff   string // The content of the key file.
	fresh   bool
}

func newClass(s *globalFlags) *cobra.Command {
	t := &classFlags{}
	cmd := &cobra.Command{
		Use:   "class LESSON",
		Short: "Run a lesson with a class, everyone on their own screen",
		Long: "Run a lesson, or the game fine-or-off, with a class: anyone with the code joins in a browser\n" +
			"or over SSH, with no account and no name. You lead from here, or let everyone go at their own\n" +
			"pace. You see what the room thinks, never who thinks it. When the class ends, nothing is kept.\n" +
			"It says then when to come back for ten minutes of short stories, and how.\n\n" +
			"Without --lan only this computer can join. With --lan every device on your network can.\n\n" +
			"ctrl+x, ctrl+c and q q q clear your window at once, and the class goes on. To come back,\n" +
			"press enter and type: back. If the window closes, the class goes on for a minute: run the\n" +
			"same command in another window and lead it from there, with the same code. Only e ends a\n" +
			"class, and it asks first.",
		Example: "  wayout class anonymous-heron --lan\n  wayout class anonymous-heron --lan --report .\n" +
			"  wayout class fine-or-off --lan\n  wayout class booster anonymous-heron --round 1 --lan\n" +
			"  wayout class anonymous-heron --at https://wayout.example.org --key-file staff.key\n  wayout doctor",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return s.class(cmd, t, args[0]) },
	}
	t.addAll(cmd.Flags())
	cmd.AddCommand(newClassBooster(s))
	return cmd
}

// addAll adds the flags of every command that starts a class.
func (t *classFlags) addAll(f *pflag.FlagSet) {
	f.BoolVar(&t.lan, "lan", false, "let devices on your network join")
	f.StringVar(&t.address, "address", "", "which of this computer's addresses to use, if it has several")
	t.add(f)
	f.IntVar(&t.seats, "seats", live.DefaultSeats, "how many can join")
	f.IntVar(&t.people, "people", 0,
		"how many people are taking part; otherwise you're asked before any numbers are shown")
	f.StringVar(&t.report, "report", "",
		"where to write the report, if you ask for one; otherwise the current folder")
	f.StringVar(&t.script, "script", "", "follow a script")
	f.StringVar(&t.at, "at", "", "start the class at your school's service instead of here")
	f.BoolVar(&t.fresh, "new", false, "start a new class, even if one with this lesson is still running")
	f.StringVar(&t.keyFile, "key-file", "", "the file with the staff key, for --at")
}

// class opens a class for a lesson and runs its desk.
func (s *globalFlags) class(cmd *cobra.Command, t *classFlags, id string) error {
	if err := s.mayServe(); err != nil {
		return err
	}
	m, err := s.openLed(cmd, id)
	if err != nil {
		return err
	}
	doubted(cmd, m.course, m.lesson)
	script, err := readScript(cmd.ErrOrStderr(), t.script, m.lesson)
	if err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	if !onTerminal() {
		return wrongUse("run it in a terminal window: the desk needs one",
			errors.New("a class has to be led from a terminal"))
	}
	serverMemory()
	session := &classSession{material: m, t: t, patience: waitFor,
		boosters: sync.OnceValue(func() []course.ClassBooster { return m.course.ClassBoosters(m.lesson, time.Now()) })}
	there, err := session.takeUp(cmd.Context())
	switch {
	case err != nil || there:
	case t.at != "":
		err = session.makeRoom(cmd.Context(), script)
	default:
		err = session.open(cmd.Context(), script)
	}
	if err != nil {
		return err
	}
	defer session.close()
	if t.people > 0 {
		if err := session.desk.Order(room.Command{Verb: room.SetHeadcount, Number: t.people}); err != nil {
			return environment("", err)
		}
	}
	return session.run(cmd)
}

// check checks the values of the flags, and that they go together.
func (t *classFlags) check() error {
	if err := t.serverFlags.check(); err != nil {
		return err
	}
	switch {
	case t.seats < 1 || t.seats > live.MaxSeats:
		return wrongUse(fmt.Sprintf("--seats takes 1 to %d", live.MaxSeats), fmt.Errorf("--seats can't be %d", t.seats))
	case t.people < 0 || t.people > live.MaxSeats:
		return wrongUse(fmt.Sprintf("--people takes 1 to %d: count everyone who'll have the class on a screen",
			live.MaxSeats), fmt.Errorf("--people can't be %d", t.people))
	case t.at != "" && t.keyFile == "":
		return wrongUse("use the key your school's IT gave you: --key-file FILE",
			errors.New("--at needs the staff key"))
	case t.at != "" && t.lan:
		return wrongUse("with --at the class runs on your school's service, so leave --lan out",
			errors.New("--at and --lan don't go together"))
	case t.at != "":
		if err := t.readElsewhere(); err != nil {
			return err
		}
	}
	if t.report == "" {
		return nil
	}
	if info, err := os.Stat(t.report); err != nil || !info.IsDir() {
		return environment("--report takes a folder that exists",
			fmt.Errorf("there's no folder %q", text.Line(t.report, 200)))
	}
	return nil
}

// readElsewhere checks the address of a service, and reads its key.
func (t *classFlags) readElsewhere() error {
	if err := desk.CheckAddress(t.at); err != nil {
		return wrongUse("use the address your school's IT gave you, such as https://wayout.example.org", err)
	}
	src, err := secret(t.keyFile)
	t.staff = strings.TrimSpace(string(src))
	return err
}

// classSession is a class that this process leads.
type classSession struct {
	material
	t       *classFlags
	service *serve.Service // Nil if the room is at a service.
	desk    desk.Desk
	coming  tui.JoinInfo

	credentials desk.Credentials // What lets another window lead the class.
	kept        string           // The file with the credentials, or "".
	socket      string           // Where other windows reach a class on this computer.
	guest       bool             // The class runs in another program on this computer.
	lost        bool             // An earlier class of this lesson is gone, although no one ended it.
	goesOn      bool             // The class goes on without this window.

	patience time.Duration                // How long to wait for another window.
	boosters func() []course.ClassBooster // When the class comes back, counted from the first call.
}

// open opens a class on this computer.
func (k *classSession) open(ctx context.Context, script []room.Command) error {
	bind, warnings, err := k.t.bind()
	if err != nil {
		return err
	}
	key, fingerprint, err := sshd.HostKey(hostKeyPath(k.set.Private))
	if err != nil { // A class runs even if the key can't be saved.
		if key, fingerprint, err = sshd.HostKey(""); err != nil {
			return environment("", err)
		}
	}
	o := serve.ServiceOptions{Course: k.course, Help: k.help, Settings: k.set, Rules: groundRules(), Bind: bind,
		Port: k.t.port, SSHPort: k.t.sshPort(), HostKey: key, Cert: k.t.cert, Key: k.t.key,
		PageOptions: serve.PageOptions{AwayTo: k.t.awayTo}}
	opened := "desk.lan"
	if bind == loopback {
		o.Hosts, opened = []string{"localhost"}, "desk.local"
	}
	if k.service, err = serve.OpenService(ctx, o); err != nil {
		return notOpened(err)
	}
	made, code, deskKey, err := k.service.Registry.Make(ctx, k.lesson, k.t.seats, script)
	if err != nil {
		k.service.Close()
		return environment("", err)
	}
	k.desk = desk.NewLocal(context.WithoutCancel(ctx), made)
	if k.socket != "" && k.service.OpenDeskSocket(k.socket) != nil {
		k.kept = "" // The path is too long, or the system has no sockets: only this window leads it.
	}
	k.credentials = k.service.DeskCredentials(made, deskKey)
	k.coming = tui.JoinInfo{Pages: []string{k.service.Page}, Code: codes.Spaced(code),
		Scan: strings.ToUpper(k.service.Page + "/" + code), Fingerprint: fingerprint, Warnings: warnings}
	if host, err := netip.ParseAddrPort(k.service.SSH); err == nil { // SSH is "" if terminals aren't served.
		k.coming.SSH = fmt.Sprintf("ssh -p %d join@%s", host.Port(), host.Addr())
	}
	k.coming.Opened = k.course.Words().T(opened, "Ports", k.ports())
	k.keepOrNot()
	return nil
}

// keepOrNot keeps the class for another window, if it can. A class runs without that, too.
func (k *classSession) keepOrNot() {
	if k.keep() != nil {
		k.kept = ""
	}
}

// ports returns the ports that are open, as words.
func (k *classSession) ports() string {
	var all []string
	for _, at := range []string{strings.TrimPrefix(strings.TrimPrefix(k.service.Page, "http://"), "https://"),
		k.service.SSH} {
		if p, err := netip.ParseAddrPort(at); err == nil {
			all = append(all, fmt.Sprint(p.Port()))
		}
	}
	return strings.Join(all, ", ")
}

const loopback = "127.0.0.1"

// bind returns the address to listen on, and warnings about it.
func (t *classFlags) bind() (string, []string, error) {
	if t.address != "" {
		a, err := netip.ParseAddr(t.address)
		if err != nil {
			return "", nil,
				wrongUse("--address takes an address such as 192.168.1.20; wayout doctor lists this computer's",
					fmt.Errorf("%q isn't an address", text.Line(t.address, 60)))
		}
		return a.String(), nil, nil
	}
	if !t.lan {
		return loopback, nil, nil
	}
	ways, err := doctor.Addresses()
	if err != nil {
		return "", nil, environment("run wayout doctor to find out what's in the way", err)
	}
	if len(ways) == 0 {
		return "", nil, environment(doctor.Warnings(nil)[0], errors.New("this computer isn't on a network"))
	}
	return ways[0].Addr.String(), doctor.Warnings(ways), nil
}

// notOpened adds a hint to the error of a service that can't be opened, such as for a used port.
func notOpened(err error) error {
	_, port := errors.AsType[*serve.PortError](err)
	switch {
	case !port:
		return environment("", err)
	case doctor.Taken(err):
		return environment("another program is using it, maybe another class: choose a different --port or --ssh-port",
			err)
	case doctor.Reserved(err) && windows:
		return environment("Windows keeps this port to itself: choose a different --port or --ssh-port", err)
	case doctor.Reserved(err):
		return environment("ports below 1024 are reserved: choose a higher --port or --ssh-port", err)
	}
	return environment("run wayout doctor to find out what's in the way", err)
}

// hostKeyPath returns the file of this computer's SSH host key, or "" to keep none.
func hostKeyPath(private bool) string {
	if dir := stateDir(); dir != "" && !private {
		return filepath.Join(dir, hostKeyName)
	}
	return ""
}

// makeRoom makes the room at the school's service.
func (k *classSession) makeRoom(ctx context.Context, script []room.Command) error {
	remote, code, err := desk.Open(ctx, k.t.at, k.t.staff, k.lesson, k.t.seats, script)
	if err != nil {
		return environment("ask your school's IT whether the service is running, and whether the key is right", err)
	}
	k.desk = remote
	page := strings.TrimRight(k.t.at, "/")
	k.coming = tui.JoinInfo{Pages: []string{page}, Code: codes.Spaced(code), Scan: page + "/" + code,
		Opened: k.course.Words().T("desk.elsewhere")}
	k.credentials = remote.Credentials()
	k.keepOrNot()
	return nil
}

// newCode replaces the join code; wait returns how to join from then on.
func (k *classSession) newCode() (wait func() (tui.JoinInfo, error)) {
	replaced := k.desk.NewCode()
	return func() (tui.JoinInfo, error) {
		code, err := replaced()
		if err != nil {
			return k.coming, err
		}
		scan := k.coming.Pages[0] + "/" + code
		if k.service != nil {
			scan = strings.ToUpper(scan)
		}
		k.coming.Code, k.coming.Scan = codes.Spaced(code), scan
		k.keepOrNot()
		return k.coming, nil
	}
}

// run shows the desk until the class is over.
func (k *classSession) run(cmd *cobra.Command) error {
	quiet, closed := silence(), false
	defer quiet()
	ctx, stop := signal.NotifyContext(context.WithoutCancel(cmd.Context()), syscall.SIGTERM)
	defer stop()
	window, unheard := signal.NotifyContext(ctx, syscall.SIGHUP)
	defer unheard()
	set := k.set
	set.Private = true // Nothing of the class is kept.
	teach := &tui.DeskOptions{Lesson: k.lesson, Rules: groundRules(), Order: k.desk.Give, News: k.desk.News,
		Report: func() ([]string, error) { return k.write(ctx) }, JoinInfo: k.coming,
		Boosters: k.boosters, Closed: func() { closed = true },
		Seats: &tui.Seats{More: k.desk.MoreSeats, Remove: k.desk.RemoveIdle, NewCode: k.newCode}}
	if k.service != nil {
		teach.Faults = k.service.Faults
	}
	if k.lost {
		teach.Notice = k.course.Words().T("desk.gone")
	}
	err := tui.Run(window, tui.Options{Course: k.course, Help: k.help, Settings: set, Seed: room.Seed,
		Color: settings.ColorOf(os.Getenv), Env: os.Environ(), Desk: teach})
	switch {
	case ctx.Err() != nil: // The computer is shutting down. A room at a service stays.
		k.goesOn = k.service == nil
		return nil
	case window.Err() != nil:
		k.wait(ctx)
		return nil
	case err != nil:
		k.goesOn = k.service == nil
		return environment("", err)
	case closed: // After leaving at once, the window stays clear.
		return k.comeBack(cmd.OutOrStdout())
	}
	return nil
}

// How long a class waits for another window.
const (
	waitFor   = time.Minute
	lookEvery = 200 * time.Millisecond
)

// wait waits, after the window was closed, for another window to lead the class. It returns when the
// class is over, when no window has led it for patience, or when another one leads a remote room.
func (k *classSession) wait(ctx context.Context) {
	if k.guest {
		k.goesOn = true // The program that runs the class waits.
		return
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for since := time.Now(); time.Since(since) < k.patience; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if k.service == nil && k.kept != "" && !k.holds() {
			k.goesOn = true
			return
		}
		if k.service == nil {
			continue
		}
		if n, last := k.service.Desks(); n > 0 {
			since = time.Now()
		} else if last.After(since) {
			since = last
		}
		if k.over(ctx) {
			return
		}
	}
}

// close ends the class for everyone and closes the service, unless the class goes on without
// this window.
func (k *classSession) close() {
	if k.goesOn {
		k.desk.Close()
		return
	}
	_ = k.desk.Order(room.Command{Verb: room.End}) // The class may be over already.
	k.forget()
	if k.service != nil { // Another window may still want the report.
		for until := time.Now().Add(k.patience); time.Now().Before(until); time.Sleep(lookEvery) {
			if n, _ := k.service.Desks(); n == 0 {
				break
			}
		}
	}
	k.desk.Close()
	if k.service != nil {
		k.service.Close()
	}
}

// write saves the report, which has no counts of fewer than five people, and returns its files.
func (k *classSession) write(ctx context.Context) ([]string, error) {
	r, err := k.desk.Report(ctx)
	if err != nil {
		return nil, err
	}
	pages, err := web.NewClass(k.course, k.help, k.set.Country, nil)
	if err != nil {
		return nil, err
	}
	back := k.boosters()
	parts := []savedPart{
		{".csv", func(w io.Writer) error { return pages.CSV(w, r) }},
		{".html", func(w io.Writer) error { return pages.Report(w, r, back) }},
	}
	if len(back) > 0 {
		parts = append(parts, savedPart{".ics",
			func(w io.Writer) error { return pages.Calendar(w, back) }})
	}
	return savePair(k.t.report, "class-"+k.lesson.ID, parts)
}

// silence keeps log messages of libraries off the desk's screen. The desk counts failed sessions,
// and a message could have a participant's words in it.
func silence() (back func()) {
	log.SetOutput(io.Discard)
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return func() {}
	}
	own := os.Stderr
	os.Stderr = null
	return func() {
		os.Stderr = own
		_ = null.Close()
	}
}
