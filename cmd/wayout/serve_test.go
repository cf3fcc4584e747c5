//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"wayout/internal/classtest"
	"wayout/internal/coursetest"
	"wayout/internal/desk"
	"wayout/internal/lesson"
	"wayout/internal/room"
)

// staffKey is the staff key of the service under test.
const staffKey = "0123456789abcdef0123456789abcdef"

// cluster starts three NATS servers, which keep three copies of everything, in memory.
func cluster(t *testing.T) (all []*server.Server) {
	t.Helper()
	var routes []string
	var ports []int
	for range 3 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(l.Addr().String())
		routes = append(routes, "nats-route://127.0.0.1:"+port)
		n := 0
		_, _ = fmt.Sscan(port, &n)
		ports = append(ports, n)
		_ = l.Close()
	}
	for i, port := range ports {
		s, err := server.NewServer(&server.Options{ServerName: fmt.Sprint("n", i), Host: "127.0.0.1", Port: -1,
			NoLog: true, NoSigs: true,
			JetStream: true, StoreDir: t.TempDir(), JetStreamMaxMemory: 256 << 20, JetStreamMaxStore: 1,
			Cluster: server.ClusterOpts{Name: "wayout", Host: "127.0.0.1", Port: port, NoAdvertise: true},
			Routes:  server.RoutesFromStr(strings.Join(routes, ","))})
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		all = append(all, s)
	}
	for _, s := range all {
		if !s.ReadyForConnections(20 * time.Second) {
			t.Fatal("NATS does not start")
		}
	}
	within(t, 20*time.Second, "a NATS cluster", func() bool {
		for _, s := range all {
			if s.JetStreamIsLeader() {
				return len(s.JetStreamClusterPeers()) == 3
			}
		}
		return false
	})
	return all
}

// within waits for a condition.
func within(t *testing.T, long time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(long); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", long, what)
		}
	}
}

// cable is a proxy that can be cut like a pulled plug, without either end being told.
type cable struct {
	l     net.Listener
	to    string
	mu    sync.Mutex
	cut   bool
	ended []net.Conn
}

func newCable(t *testing.T, to string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	k := &cable{l: l, to: to}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go k.carry(c)
		}
	}()
	return k
}

func (k *cable) carry(c net.Conn) {
	defer c.Close()
	far, err := net.Dial("tcp", k.to)
	if err != nil {
		return
	}
	defer far.Close()
	k.mu.Lock()
	k.ended = append(k.ended, c, far)
	k.mu.Unlock()
	done := make(chan struct{}, 2)
	for _, way := range [][2]net.Conn{{c, far}, {far, c}} {
		go func() {
			defer func() { done <- struct{}{} }()
			buf := make([]byte, 32<<10)
			for {
				n, err := way[0].Read(buf)
				if err != nil {
					return
				}
				k.mu.Lock()
				cut := k.cut
				k.mu.Unlock()
				if cut {
					continue // The connection is gone.
				}
				if _, err := way[1].Write(buf[:n]); err != nil {
					return
				}
			}
		}()
	}
	<-done
}

// pull cuts the cable; open connections are lost. Plug connects it again.
func (k *cable) pull() { k.mu.Lock(); k.cut = true; k.mu.Unlock() }

func (k *cable) plug() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cut = false
	for _, c := range k.ended {
		_ = c.Close()
	}
	k.ended = nil
}

// replica is one machine of a service: the program, as a process.
type replica struct {
	t      *testing.T
	args   []string
	cmd    *exec.Cmd
	at     atomic.Value // A string, which changes with each start.
	ssh    string       // Host and port for terminals, if they are served.
	cables []*cable

	home string    // Everything that it can write to is below; "" for a new folder.
	log  io.Writer // What it logs; nil for the test's own.
}

// page returns the address of the replica's pages.
func (r *replica) page() string { at, _ := r.at.Load().(string); return at }

func (r *replica) start() {
	r.t.Helper()
	self, err := os.Executable()
	if err != nil {
		r.t.Fatal(err)
	}
	name := filepath.Join(r.t.TempDir(), "wayout")
	if err := os.Symlink(self, name); err != nil {
		r.t.Fatal(err)
	}
	cmd := exec.Command(name, r.args...)
	cmd.Env = append(os.Environ(), "LANG=en_GB.UTF-8", "HOME="+r.t.TempDir(), "XDG_RUNTIME_DIR="+r.t.TempDir())
	if r.home != "" {
		cmd.Env = append(cmd.Env, "HOME="+r.home, "XDG_RUNTIME_DIR="+r.home, "XDG_STATE_HOME="+r.home, "TMPDIR="+r.home)
	}
	cmd.Stderr = os.Stderr
	if r.log != nil {
		cmd.Stderr = r.log
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.cmd = cmd
	r.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	said := bufio.NewReader(out)
	line, err := said.ReadString('\n')
	if err != nil {
		r.t.Fatal("a replica does not start", err)
	}
	r.at.Store(strings.TrimSpace(strings.TrimPrefix(line, "pages ")))
	if !slices.Contains(r.args, "--no-ssh") {
		line, err := said.ReadString('\n')
		if err != nil {
			r.t.Fatal("a replica serves no terminals", err)
		}
		r.ssh = strings.TrimSpace(strings.TrimPrefix(line, "ssh "))
	}
}

func (r *replica) signal(s os.Signal) {
	r.t.Helper()
	if err := r.cmd.Process.Signal(s); err != nil {
		r.t.Fatal(err)
	}
}

// front is the proxy in front of the replicas: it checks their health twice a second, and
// sends each request to the next healthy one.
type front struct {
	mu   sync.Mutex
	well []*url.URL
	next atomic.Uint64
}

func newFront(t *testing.T, all []*replica) (*front, string) {
	t.Helper()
	f := &front{}
	client := &http.Client{Timeout: time.Second}
	look := func() {
		var well []*url.URL
		for _, r := range all {
			resp, err := client.Get(r.page() + "/healthz")
			if err != nil {
				continue
			}
			_ = resp.Body.Close()
			if u, err := url.Parse(r.page()); err == nil && resp.StatusCode == http.StatusOK {
				well = append(well, u)
			}
		}
		f.mu.Lock()
		f.well = well
		f.mu.Unlock()
	}
	look()
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(500 * time.Millisecond):
				look()
			}
		}
	}()
	proxy := &httputil.ReverseProxy{FlushInterval: -1, ErrorLog: nil,
		Transport: &http.Transport{MaxIdleConnsPerHost: 50, ResponseHeaderTimeout: 3 * time.Second},
		Rewrite: func(p *httputil.ProxyRequest) {
			f.mu.Lock()
			defer f.mu.Unlock()
			p.Out.Host = p.In.Host
			p.SetXForwarded()
			if len(f.well) > 0 {
				p.Out.URL.Scheme, p.Out.URL.Host = "http", f.well[f.next.Add(1)%uint64(len(f.well))].Host
			}
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }}
	s := httptest.NewServer(proxy)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close(); close(stop); <-done })
	return f, s.URL
}

// school is a service of three replicas behind a proxy, with a NATS cluster.
type school struct {
	t        *testing.T
	nats     []*server.Server
	replicas []*replica
	at       string
	lesson   *lesson.Lesson
}

func newSchool(t *testing.T) *school {
	t.Helper()
	s := &school{t: t, nats: cluster(t)}
	key := filepath.Join(t.TempDir(), "staff.key")
	if err := os.WriteFile(key, []byte(staffKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		r := &replica{t: t}
		var urls []string
		for _, n := range s.nats {
			k := newCable(t, n.Addr().String())
			r.cables = append(r.cables, k)
			urls = append(urls, "nats://"+k.l.Addr().String())
		}
		r.args = []string{"serve", "--port", "0", "--no-ssh", "--staff-key-file", key, "--proxy", "127.0.0.1", "--nats",
			strings.Join(urls, ",")}
		r.start()
		s.replicas = append(s.replicas, r)
	}
	_, s.at = newFront(t, s.replicas)
	var err error
	if s.lesson, _, err = coursetest.Shipped(t).Lesson("hold-my-phone"); err != nil {
		t.Fatal(err)
	}
	return s
}

// pupil is a seat that keeps changing its answer.
type pupil struct {
	b       *classtest.Browser
	stop    chan struct{}
	longest time.Duration // The longest time without an accepted answer.
}

// answer keeps answering, each time with another option, until stopped; then it gives the
// last answer and checks that the page shows it.
func (p *pupil) answer(scene string, last int) error {
	taken := regexp.MustCompile(`id="status">[^<]*Your answer is in\.`)
	vote := func(pick int) bool {
		status, body, err := p.b.Post("/answer", url.Values{"scene": {scene}, "pick": {fmt.Sprint(pick)}})
		return err == nil && status == http.StatusOK &&
			strings.Contains(body, fmt.Sprintf(`value="%d" aria-pressed="true"`, pick)) && taken.MatchString(body)
	}
	was := time.Now()
	for i := 0; ; i++ {
		select {
		case <-p.stop:
			for end := time.Now().Add(20 * time.Second); !vote(last); time.Sleep(50 * time.Millisecond) {
				if time.Now().After(end) {
					return errors.New("the last answer is not taken")
				}
			}
			p.longest = max(p.longest, time.Since(was))
			return nil
		case <-time.After(20 * time.Millisecond):
		}
		if vote(i % 2) {
			p.longest = max(p.longest, time.Since(was))
			was = time.Now()
		}
	}
}

// class takes a class of twenty through a fault in the middle of a vote. Fault causes it,
// and heal ends it.
func (s *school) class(t *testing.T, fault, heal func()) {
	desk, code, err := desk.Open(context.Background(), s.at, staffKey, s.lesson, 64, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	order := func(verb room.Verb) {
		t.Helper()
		if err := desk.Order(room.Command{Verb: verb, Number: 1}); err != nil {
			t.Fatalf("%s: %v", verb, err)
		}
	}
	const many, first = 20, 7 // In the end seven choose the first option, thirteen the second.
	var all []*pupil
	for range many {
		p := &pupil{b: classtest.NewBrowser(s.at), stop: make(chan struct{})}
		p.b.HTTP.Timeout = 4 * time.Second
		if err := p.b.Join(code); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	order(room.Start)
	for err == nil { // Go on to the first question, where there is no next page.
		err = desk.Order(room.Command{Verb: room.Next, Number: 1})
	}
	if !errors.Is(err, room.ErrNothing) {
		t.Fatal(err)
	}
	scene := ""
	for scene == "" { // News may still be about earlier pages.
		v, ok := desk.News()
		if !ok {
			t.Fatal("the room is gone")
		}
		scene = v.Class.Question().Scene
	}
	order(room.Ask)
	// One replica may know the order before the others. A pupil who is too early
	// gets an error, and tries again.
	var answered sync.WaitGroup
	failed := make(chan error, many)
	for i, p := range all {
		last := 0
		if i >= first {
			last = 1
		}
		answered.Go(func() {
			if err := p.answer(scene, last); err != nil {
				failed <- err
			}
		})
	}
	time.Sleep(500 * time.Millisecond) // Long enough to be in the middle of the vote.
	fault()
	time.Sleep(7 * time.Second) // Longer than anyone takes to notice the fault.
	heal()
	healed := time.Now()
	for _, p := range all {
		close(p.stop)
	}
	answered.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if err := desk.Order(room.Command{Verb: room.SetHeadcount, Number: many}); err != nil {
		t.Fatal(err)
	}
	order(room.Show)
	s.totals(t, all, many-first, first)
	t.Logf("totals right %v after the heal", time.Since(healed).Round(time.Millisecond))
	if took := time.Since(healed); took > 5*time.Second {
		t.Errorf("the totals are right %v after the heal, not within 5 s", took)
	}
	var longest time.Duration
	for _, p := range all {
		longest = max(longest, p.longest)
	}
	t.Logf("no seat waited longer than %v", longest.Round(time.Millisecond))
	if longest > 10*time.Second {
		t.Errorf("a seat went on after %v, not within 10 s", longest)
	}
	order(room.End)
}

// totals waits until every replica shows every seat the same, correct totals.
func (s *school) totals(t *testing.T, all []*pupil, counts ...int) {
	t.Helper()
	for i, r := range s.replicas {
		for n, p := range all {
			at := &classtest.Browser{At: r.page(), HTTP: p.b.HTTP} // The cookie works at every replica.
			body := ""
			for end := time.Now().Add(10 * time.Second); !strings.Contains(body,
				`class="count"`); time.Sleep(10 * time.Millisecond) {
				var status int
				var err error
				if status, body, err = at.Get("/seat"); time.Now().After(end) {
					t.Fatalf("replica %d shows seat %d no totals, but %d, %v: %s", i, n, status, err, body)
				}
			}
			for _, n := range counts {
				if !strings.Contains(body, fmt.Sprintf(`<span class="count">%d</span>`, n)) {
					t.Fatalf("%d is not on %s", n, body)
				}
			}
		}
	}
}

// TestReplicas kills, stops and cuts off a replica in the middle of a vote, and kills a
// NATS server: seats go on within ten seconds, no vote is lost or counted twice, and the
// totals are correct within five seconds after the fault ends.
func TestReplicas(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	s := newSchool(t)
	t.Run("killed", func(t *testing.T) {
		s.class(t, func() {
			s.replicas[0].signal(syscall.SIGKILL)
			_ = s.replicas[0].cmd.Wait()
		}, func() {
			s.replicas[0].start()
		})
	})
	t.Run("stopped", func(t *testing.T) {
		s.class(t, func() { s.replicas[1].signal(syscall.SIGSTOP) }, func() { s.replicas[1].signal(syscall.SIGCONT) })
	})
	t.Run("cut off", func(t *testing.T) {
		s.class(t, func() {
			for _, k := range s.replicas[2].cables {
				k.pull()
			}
		}, func() {
			for _, k := range s.replicas[2].cables {
				k.plug()
			}
		})
	})
	t.Run("a NATS server dies", func(t *testing.T) {
		s.class(t, func() { s.nats[0].Shutdown() }, func() {})
	})
	for _, r := range s.replicas {
		begin := time.Now()
		r.signal(syscall.SIGTERM)
		if err := r.cmd.Wait(); err != nil || time.Since(begin) > 5*time.Second {
			t.Errorf("a replica stops with %v after %v", err, time.Since(begin))
		}
	}
}
