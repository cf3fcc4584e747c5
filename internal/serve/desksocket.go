package serve

import (
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"wayout/internal/desk"
	"wayout/internal/live"
	"wayout/internal/privatedir"
)

// deskSocket is the Unix socket for desks in other windows of the same person.
type deskSocket struct {
	http *http.Server
	path string

	mu    sync.Mutex
	desks int       // Desks that are connected.
	last  time.Time // When desks last changed.
}

// OpenDeskSocket lets other windows of the same person lead the classes of this program, over
// a Unix socket in a private folder. It opens no port.
func (s *Service) OpenDeskSocket(path string) error {
	if err := privatedir.Make(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err // A socket that a killed program has left must go first.
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	s.pages.deskRoutes(mux)
	d := &deskSocket{path: path}
	d.http = &http.Server{Handler: d.counted(mux), ReadHeaderTimeout: 5 * time.Second, MaxHeaderBytes: mostHeader}
	s.socket = d
	s.served.Go(func() { _ = d.http.Serve(l) }) // It returns when d.http is closed.
	return nil
}

// counted counts the connected desks, by their streams.
func (d *deskSocket) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/live") {
			d.count(1)
			defer d.count(-1)
		}
		next.ServeHTTP(w, r)
	})
}

func (d *deskSocket) count(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.desks += n
	d.last = time.Now()
}

// Desks returns how many desks in other windows are connected, and since when.
func (s *Service) Desks() (int, time.Time) {
	if s.socket == nil {
		return 0, time.Time{}
	}
	s.socket.mu.Lock()
	defer s.socket.mu.Unlock()
	return s.socket.desks, s.socket.last
}

// DeskCredentials returns what another window needs to lead a class of this program, given the
// key that the room was made with.
func (s *Service) DeskCredentials(rm *live.Room, key string) desk.Credentials {
	t := desk.Credentials{At: "http://desk/staff/rooms/" + rm.ID(), Key: key}
	if s.socket != nil {
		t.Socket = s.socket.path
	}
	return t
}
