package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"wayout/internal/course"
	"wayout/internal/helpline"
	"wayout/internal/lesson"
	"wayout/internal/live"
	"wayout/internal/settings"
	"wayout/internal/sshd"
	"wayout/internal/store"
	"wayout/internal/web"
)

// ServiceOptions say what is served, and where.
type ServiceOptions struct {
	Store    store.Options
	Course   *course.Course
	Help     *helpline.Directory
	Settings settings.Settings
	Rules    []string // The school's own ground rules, or nil.

	Bind    string // The address to listen on, such as "127.0.0.1".
	Port    int    // For the pages; 0 takes any free one.
	SSHPort int    // For terminals; 0 takes any free one, a negative one opens none.
	HostKey []byte // PEM; see [sshd.HostKey].
	Cert    string // Files for TLS, or "".
	Key     string

	PageOptions // Bind is added to Hosts. Set Secure if a proxy in front of us does TLS.
}

// Service puts the classes of this machine on the network.
type Service struct {
	Registry  *live.Registry
	store     store.Store
	pages     *PageServer
	terminals *sshd.Server // Nil if terminals aren't served.
	socket    *deskSocket  // Nil if there is no socket for desks.
	o         ServiceOptions

	Page string // The address for browsers.
	SSH  string // The host and port for terminals, or "".

	served sync.WaitGroup
	once   sync.Once
}

// PortError says that a port can't be listened on.
type PortError struct {
	Port int
	Err  error
}

// Error names the port and says why.
func (e *PortError) Error() string { return fmt.Sprintf("listen on port %d: %v", e.Port, e.Err) }

// Unwrap returns the reason.
func (e *PortError) Unwrap() error { return e.Err }

// OpenService opens the ports that o names, and no others, and serves them. The error is a
// [PortError] if a port can't be opened.
func OpenService(ctx context.Context, o ServiceOptions) (*Service, error) {
	s := &Service{o: o}
	if err := s.start(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Service) start(ctx context.Context) (err error) {
	pages, err := web.NewClass(s.o.Course, s.o.Help, s.o.Settings.Country, s.o.Rules)
	if err != nil {
		return err
	}
	var opened []net.Listener
	defer func() {
		for _, l := range opened {
			if err != nil {
				_ = l.Close() // One that is served is closed already; err matters more.
			}
		}
	}()
	// Open the ports first: a port in use is the most likely problem.
	l, err := s.listen(s.o.Port)
	if err != nil {
		return err
	}
	opened = append(opened, l)
	var terminals net.Listener
	if s.o.SSHPort >= 0 {
		if terminals, err = s.listen(s.o.SSHPort); err != nil {
			return err
		}
		opened = append(opened, terminals)
	}
	if s.store, err = store.Open(ctx, s.o.Store); err != nil {
		return err
	}
	if s.Registry, err = live.Open(ctx, live.Options{Store: s.store, Lessons: s.lesson, Log: s.o.Log}); err != nil {
		return err
	}
	scheme := "http"
	var secure *tls.Config
	s.o.Hosts = append([]string{s.o.Bind}, s.o.Hosts...)
	if s.o.Cert != "" {
		pair, err := tls.LoadX509KeyPair(s.o.Cert, s.o.Key)
		if err != nil {
			return fmt.Errorf("read the certificate: %w", err)
		}
		scheme, s.o.Secure = "https", true
		secure = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	s.pages = NewPageServer(s.Registry, pages, s.o.PageOptions)
	s.pages.tls = secure
	s.Page = scheme + "://" + s.at(l)
	s.served.Go(func() { _ = s.pages.Serve(l) }) // It returns when s.pages is closed.
	if terminals != nil {
		if s.terminals, err = sshd.New(s.Registry,
			sshd.Options{Course: s.o.Course, Help: s.o.Help, Settings: s.o.Settings, Rules: s.o.Rules,
				HostKey: s.o.HostKey, Proxies: s.o.Proxies, Log: s.o.Log}); err != nil {
			return err
		}
		s.SSH = s.at(terminals)
		s.served.Go(func() { _ = s.terminals.Serve(terminals) })
	}
	return nil
}

func (s *Service) listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(s.o.Bind, strconv.Itoa(port)))
	if err != nil {
		return nil, &PortError{port, err}
	}
	return l, nil
}

// at returns the host that we were told to listen on, with the port that a listener has.
func (s *Service) at(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String()) // A TCP address always has a port.
	return net.JoinHostPort(s.o.Bind, port)
}

func (s *Service) lesson(id string) (*lesson.Lesson, error) {
	l, _, err := s.o.Course.Led(id)
	if err == nil && l == nil {
		err = errors.New("the lesson's file is not right")
	}
	return l, err
}

// Faults returns how many terminal sessions have failed.
func (s *Service) Faults() int {
	if s.terminals == nil {
		return 0
	}
	return s.terminals.Faults()
}

// drain is how long Close waits, so that clients receive the last screen.
const drain = 300 * time.Millisecond

// Close closes the service within five seconds, however many participants there are.
func (s *Service) Close() {
	s.once.Do(func() {
		time.Sleep(drain)
		var all sync.WaitGroup
		if s.pages != nil {
			all.Go(s.pages.Close)
		}
		if s.terminals != nil {
			all.Go(s.terminals.Close)
		}
		if s.socket != nil {
			all.Go(func() { _ = s.socket.http.Close() })
		}
		all.Wait()
		s.served.Wait()
		if s.Registry != nil {
			s.Registry.Close()
		}
		if s.store != nil {
			s.store.Close()
		}
	})
}
