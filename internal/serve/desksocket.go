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

// deskSocket lets other windows of the same person lead the classes of this program.
type deskSocket struct {
	http *http.Server
	path string

	mu    sync.Mutex
	desks int       // Desks that are connected.
	last  time.Time // When the last one was closed.
}

// OpenDeskSocket lets other windows of the same person lead the classes of this program, over
// a socket in a private folder. It opens no port.
func (s *Service) OpenDeskSocket(path string) error {
	if err := privatedir.Make(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err // A socket left by a program that was killed is of no use.
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
	s.served.Go(func() { _ = d.http.Serve(l) }) // It ends when it is closed.
	return nil
}

// counted counts the desks that are connected.
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

// Desks returns how many other windows lead a class of this program, and since when it has
// been that many.
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
