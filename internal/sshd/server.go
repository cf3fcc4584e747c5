package sshd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2"
	wishtea "charm.land/wish/v2/bubbletea"
	"github.com/charmbracelet/colorprofile"
	gossh "golang.org/x/crypto/ssh"

	"wayout/internal/codes"
	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/input"
	"wayout/internal/limits"
	"wayout/internal/live"
	"wayout/internal/pace"
	"wayout/internal/plain"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/settings"
	"wayout/internal/tui"
)

// Options say how the terminals of a class are served.
type Options struct {
	Course   *course.Course
	Help     *helpline.Directory
	Settings settings.Settings
	Rules    []string
	HostKey  []byte       // PEM; see [HostKey].
	Log      *slog.Logger // For faults, never about people; nil for none.
	Proxies  []netip.Prefix
}

// Server serves the seats of a registry to terminals over SSH. It runs no command and opens no
// file. The join code lets a client in; the user name and the keys that it offers are ignored.
type Server struct {
	registry   *live.Registry
	o          Options
	wrongCodes *limits.GuessLimiter
	ssh        *ssh.Server
	conns      *limits.Listener
	faults     atomic.Int64
	keys       *tui.Keys
}

// How long a connection may take.
const (
	GreetWithin  = 10 * time.Second // For a client to send more than its version.
	shakeWithin  = 2 * time.Minute  // To compare the fingerprint and to type the code.
	idleFor      = 15 * time.Minute
	longest      = 3 * time.Hour
	seatsPerLine = 1  // Sessions in one connection.
	ticks        = 10 // How many times a second the library sends its queries, while messages come.
)

// lineKey is the context key of a connection's state.
type lineKey struct{}

// line is the state of one connection.
type line struct {
	mu    sync.Mutex
	room  *live.Room
	token string // The secret of a seat that was taken before, or "".
	code  string // The join code, to take a new seat.
	open  int
}

// New returns a server for a registry.
func New(h *live.Registry, o Options) (*Server, error) {
	s := &Server{registry: h, o: o, wrongCodes: limits.NewGuessLimiter(func() {
		h.Guessed(1)
	}), conns: limits.NewListener(o.Proxies), keys: tui.NewKeys(o.Course)}
	s.o.Log = cmp.Or(s.o.Log, slog.New(slog.DiscardHandler))
	var err error
	s.ssh, err = wish.NewServer(
		wish.WithHostKeyPEM(o.HostKey),
		wish.WithVersion("wayout"),
		wish.WithKeyboardInteractiveAuth(s.ask),
		wish.WithIdleTimeout(idleFor),
		wish.WithMaxTimeout(longest),
		wish.WithMiddleware(wishtea.MiddlewareWithProgramHandler(s.program), s.seated),
	)
	if err != nil {
		return nil, err
	}
	s.ssh.HandshakeTimeout = shakeWithin
	s.ssh.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig {
		return &gossh.ServerConfig{MaxAuthTries: limits.MaxWrongCodes}
	}
	// A client's version has 255 bytes at most (RFC 4253, 4.2), and a key exchange is longer.
	// A client whose user is reading the fingerprint has sent both.
	s.conns.MinBytes, s.conns.ProxyHeaders = 256, true
	s.ssh.ConnCallback = func(ctx ssh.Context, c net.Conn) net.Conn {
		ctx.SetValue(lineKey{}, &line{})
		if p, ok := c.(*limits.Conn); ok {
			ctx.SetValue(connKey{}, p)
			time.AfterFunc(GreetWithin, p.CloseIfSilent)
			p.ClientAddr()
		}
		return c
	}
	s.ssh.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.session}
	s.ssh.RequestHandlers = map[string]ssh.RequestHandler{}
	s.ssh.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
	return s, nil
}

// Serve serves a listener until the server is closed.
func (s *Server) Serve(l net.Listener) error {
	if err := s.ssh.Serve(s.conns.Wrap(l)); !errors.Is(err, ssh.ErrServerClosed) {
		return err
	}
	return nil
}

// Close ends every session. The library would wait for its sessions for ever, so their
// connections are cut (charmbracelet/wish#484).
func (s *Server) Close() {
	_ = s.ssh.Close()
	s.conns.CloseAll()
}

// Connections returns how many connections are open.
func (s *Server) Connections() int { return s.conns.Open() }

// Guesses returns the limiter that delays the answers to wrong codes.
func (s *Server) Guesses() *limits.GuessLimiter { return s.wrongCodes }

// ServeConn serves one connection.
func (s *Server) ServeConn(c net.Conn) { s.ssh.HandleConn(s.conns.Admit(c)) }

// Faults returns how many sessions have failed.
func (s *Server) Faults() int { return int(s.faults.Load()) }

// ask asks for the code. The user name is ignored.
func (s *Server) ask(ctx ssh.Context, challenge gossh.KeyboardInteractiveChallenge) bool {
	l, ok := ctx.Value(lineKey{}).(*line)
	if !ok {
		return false
	}
	say := func(id string) bool {
		_, _ = challenge("", s.o.Course.Words().T(id), nil, nil) // The connection is refused even if this fails.
		return false
	}
	typed, err := challenge("", "", []string{s.o.Course.Words().T("class.typecode")}, []bool{true})
	if err != nil || len(typed) != 1 {
		return false
	}
	code := codes.Parse(typed[0])
	if rm, ok := s.registry.FindReturn(code); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.room, l.token = rm, code
		return true
	}
	rm, err := s.registry.Find(ctx, code)
	if err != nil {
		s.wrongCodes.Wrong(ctx, limits.AddrOf(ctx.RemoteAddr()))
		return say("class.wrongcode")
	}
	if v, ok := rm.View(""); !ok || v.Class.Locked() {
		return say("class.locked")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.room, l.token, l.code = rm, "", code
	return true
}

// session allows a connection one session, within the limits.
func (s *Server) session(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	l, ok := ctx.Value(lineKey{}).(*line)
	if !ok {
		_ = asked.Reject(gossh.Prohibited, "not now")
		return
	}
	l.mu.Lock()
	l.open++
	many := l.open > seatsPerLine
	l.mu.Unlock()
	if many {
		_ = asked.Reject(gossh.ResourceShortage, "one session in a connection")
		return
	}
	go listens(ctx.Done(), conn)
	ssh.DefaultSessionHandler(srv, conn, boundedNewChannel{NewChannel: asked, cut: func() { _ = conn.Close() }}, ctx)
}

// How often a client is asked whether it still listens, and how long it may take to answer. A
// client that has gone is disconnected within ten seconds, even if there is little to send.
const (
	callEvery    = 2 * time.Second
	answerWithin = 5 * time.Second
)

// listens cuts a connection whose client no longer answers.
func listens(gone <-chan struct{}, conn *gossh.ServerConn) {
	tick := time.NewTicker(callEvery)
	defer tick.Stop()
	for {
		select {
		case <-gone:
			return
		case <-tick.C:
		}
		late := time.AfterFunc(answerWithin, func() { _ = conn.Close() })
		_, _, err := conn.SendRequest("keepalive@openssh.com", true, nil) // Any answer will do.
		late.Stop()
		if err != nil {
			return
		}
	}
}

// connKey is the context key of a session's connection.
type connKey struct{}

// session is the seat of an SSH session, kept in its context.
type session struct {
	rm     *live.Room
	seat   string
	token  string
	viewer *live.Viewer
	done   <-chan struct{} // Closed when there won't be any news.
	over   <-chan struct{} // Closed when the connection is cut.
	keys   *input.Reader   // Nil without a terminal, and so is screen.
	screen *painter
}

type sessionKey struct{}

// seated takes a seat before the program begins, answers commands with a line of help, and
// serves a client without a terminal line by line.
func (s *Server) seated(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		defer func() {
			if r := recover(); r != nil {
				s.faults.Add(1) // Other seats aren't affected.
				s.o.Log.Error("a terminal session failed", "kind", fmt.Sprintf("%T", r), "at", panicked())
				_ = sess.Exit(3)
			}
		}()
		w := s.o.Course.Words()
		refuse := func(code int, id string) {
			_, _ = io.WriteString(sess, w.T(id)+"\r\n") // The client may be gone.
			_ = sess.Exit(code)
		}
		if sess.RawCommand() != "" || sess.Subsystem() != "" {
			refuse(2, "class.nocommand")
			return
		}
		l, ok := sess.Context().Value(lineKey{}).(*line)
		if !ok || l.room == nil {
			refuse(3, "class.elsewhere")
			return
		}
		sit := &session{rm: l.room, token: l.token, done: sess.Context().Done(), over: sess.Context().Done()}
		if sit.token == "" {
			sit.token = codes.New(codes.ReturnLength)
			if err := l.room.Enter(sess.Context(), live.JoinRequest{Secret: sit.token, Code: l.code,
				From: limits.AddrOf(sess.RemoteAddr()), Ticket: true}); err != nil {
				refuse(notSeated(err))
				return
			}
		}
		if sit.seat, ok = sit.rm.Seat(sess.Context(), sit.token); !ok {
			refuse(3, "class.elsewhere")
			return
		}
		sit.viewer = sit.rm.Watch(sit.seat, false)
		defer sit.rm.Unwatch(sit.viewer)
		if p, ok := sess.Context().Value(connKey{}).(*limits.Conn); ok {
			p.AssignSeat(sit.seat)
			gone := make(chan struct{})
			defer close(gone)
			go closeWhenOver(p, sit.viewer, gone)
		}
		sess.Context().SetValue(sessionKey{}, sit)
		if _, _, ok := sess.Pty(); !ok {
			s.linewise(sess, sit)
		} else {
			next(sess)
			if sit.keys != nil {
				_ = sit.keys.Close() // It never returns an error.
			}
			if sit.screen != nil {
				sit.screen.close()
			}
		}
		sit.left()
	}
}

// closeWhenOver closes a connection whose viewer was replaced by newer ones of its seat.
func closeWhenOver(p *limits.Conn, v *live.Viewer, gone <-chan struct{}) {
	select {
	case <-v.Over:
		_ = p.Close()
	case <-gone:
	}
}

// panicked returns where a recovered panic came from, innermost first. The text of a panic may
// contain something a participant typed, and isn't logged.
func panicked() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var at []string
	for f, more := frames.Next(); len(at) < 6; f, more = frames.Next() {
		if !strings.HasPrefix(f.Function, "runtime.") {
			at = append(at, fmt.Sprintf("%s:%d", f.Function, f.Line))
		}
		if !more {
			break
		}
	}
	return strings.Join(at, " ")
}

// notSeated says why a client has no seat: an exit status and the id of the words.
func notSeated(err error) (code int, words string) {
	switch {
	case errors.Is(err, live.ErrNoRoom):
		return 1, "class.wrongcode"
	case errors.Is(err, live.ErrLocked):
		return 1, "class.locked"
	case errors.Is(err, live.ErrFull):
		return 1, "class.full"
	case errors.Is(err, live.ErrTooFast):
		return 1, "class.rush"
	}
	return 3, "class.elsewhere"
}

// droppedWithin is how long it may take to find out that a session has ended because its
// connection was cut.
const droppedWithin = 300 * time.Millisecond

// left gives up the seat if its participant has left. If the connection was cut, it keeps the
// seat, so that they can come back to it.
func (t *session) left() {
	dropped := time.NewTimer(droppedWithin)
	defer dropped.Stop()
	select {
	case <-t.over:
	case <-dropped.C:
		_ = t.rm.Leave(t.seat).Soon() // If that fails, the seat becomes idle.
	}
}

// news waits for news of the class.
func (t *session) news() (room.View, bool) {
	select {
	case <-t.done:
		return room.View{}, false
	case <-t.viewer.C:
		return t.rm.View(t.seat)
	}
}

// settings returns the settings of a seat: nothing is kept, and the mouse is left to the terminal.
func (s *Server) settings() settings.Settings {
	set := s.o.Settings
	set.Private, set.Mouse = true, false
	return set
}

// program returns the terminal renderer for a seat.
func (s *Server) program(sess ssh.Session) *tea.Program {
	sit, ok := sess.Context().Value(sessionKey{}).(*session)
	if !ok {
		return nil
	}
	pty, _, _ := sess.Pty()
	env := append(sess.Environ(), "TERM="+pty.Term)
	set := s.settings()
	model := tui.New(tui.Options{Course: s.o.Course, Help: s.o.Help, Settings: set, Seed: room.Seed, Keys: s.keys,
		Color: settings.ColorOf(func(name string) string { return valueIn(env, name) }), Env: env,
		Width: pty.Window.Width, Height: pty.Window.Height,
		Seat: &tui.SeatOptions{Lesson: sit.rm.Lesson(), Rules: s.o.Rules, News: sit.news,
			Back: codes.Spaced(sit.token), Patience: idleFor,
			Projector: func() func() error { return sit.rm.MakeProjector(sit.seat, sit.viewer).Wait },
			Answer:    func(scene string, pick int) func() error { return sit.rm.Answer(sit.seat, scene, pick).Wait },
			Played:    func(run play.Run) func() error { return sit.rm.Keep(sit.seat, run).Wait }}})
	profile := colorprofile.Env(env)
	if valueIn(env, "NO_COLOR") != "" {
		profile = colorprofile.ASCII
	}
	sit.keys = input.New(sess)
	sit.screen = &painter{out: sess, colors: profile, w: pty.Window.Width, h: pty.Window.Height}
	var program *tea.Program
	rate := pace.New(ticks)
	context.AfterFunc(sess.Context(), rate.Stop)
	program = tea.NewProgram(painted{model, sit.screen}, tea.WithInput(sit.keys), tea.WithOutput(sess),
		tea.WithEnvironment(env), tea.WithColorProfile(profile), tea.WithoutRenderer(),
		tea.WithWindowSize(pty.Window.Width, pty.Window.Height), tea.WithFPS(ticks), tea.WithoutSignalHandler(),
		tea.WithContext(sess.Context()),
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			rate.Message(program)
			switch msg := msg.(type) {
			case tea.SuspendMsg:
				return tea.ResumeMsg{}
			case tea.WindowSizeMsg:
				msg.Width, msg.Height = min(max(msg.Width, 1), mostCols), min(max(msg.Height, 1), mostRows)
				return msg
			}
			return msg
		}))
	return program
}

func valueIn(env []string, name string) string {
	for _, kv := range env {
		if v, ok := strings.CutPrefix(kv, name+"="); ok {
			return v
		}
	}
	return ""
}

// linewise serves a seat that has no terminal, such as ssh -T, which is the way for screen
// readers.
func (s *Server) linewise(sess ssh.Session, sit *session) {
	ctx, cancel := context.WithCancel(sess.Context())
	defer cancel()
	sit.done = ctx.Done()
	err := plain.Sit(sess, sess, sit.rm.Lesson(), plain.Options{Course: s.o.Course, Help: s.o.Help,
		Settings: s.settings(), Seed: room.Seed, Served: true, Clears: true,
		Played: func(run play.Run) error { return sit.rm.Keep(sit.seat, run).Soon() }},
		plain.SeatOptions{News: sit.news, Rules: s.o.Rules, Answer: func(scene string, pick int) error {
			return sit.rm.Answer(sit.seat, scene, pick).Soon()
		}})
	if err != nil && !errors.Is(err, plain.ErrEnded) {
		_ = sess.Exit(3)
		return
	}
	_ = sess.Exit(0)
}
