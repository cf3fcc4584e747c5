package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/live"
	"wayout/internal/privatedir"
	"wayout/internal/room"
)

// Ticket is what another window needs to lead a room. Whoever has it leads the class,
// so that it is kept in files that only their owner can read, or not at all.
type Ticket struct {
	At     string `json:"at"`               // The address of the room.
	Key    string `json:"key"`              // Of the desk.
	Socket string `json:"socket,omitempty"` // Where the room is in another program of this computer.
}

// door lets other windows of the same person lead the rooms of this program.
type door struct {
	http *http.Server
	path string

	mu    sync.Mutex
	desks int       // Lines that are open.
	last  time.Time // When the last one was closed.
}

// OpenDoor lets other windows of the same person lead the rooms of this program, over
// a socket in a folder of their own. No port is opened for it.
func (s *Service) OpenDoor(path string) error {
	if err := privatedir.Make(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err // What a program has left that was killed is of no use.
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	s.site.leads(mux)
	d := &door{path: path}
	d.http = &http.Server{Handler: d.counted(mux), ReadHeaderTimeout: 5 * time.Second, MaxHeaderBytes: mostHeader}
	s.door = d
	s.serve(func() { _ = d.http.Serve(l) }) // It ends when it is closed.
	return nil
}

// counted counts the desks that listen.
func (d *door) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/live") {
			d.count(1)
			defer d.count(-1)
		}
		next.ServeHTTP(w, r)
	})
}

func (d *door) count(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.desks += n
	d.last = time.Now()
}

// Desks returns how many other windows lead a room of this program, and since when it
// is as many.
func (s *Service) Desks() (int, time.Time) {
	if s.door == nil {
		return 0, time.Time{}
	}
	s.door.mu.Lock()
	defer s.door.mu.Unlock()
	return s.door.desks, s.door.last
}

// Ticket returns what another window needs to lead a room of this program, by the key
// that the room was made with.
func (s *Service) Ticket(rm *live.Room, key string) Ticket {
	t := Ticket{At: "http://desk/staff/rooms/" + rm.ID(), Key: key}
	if s.door != nil {
		t.Socket = s.door.path
	}
	return t
}

// Ticket returns what another window needs to lead the same room at a service.
func (d *Desk) Ticket() Ticket { return Ticket{At: d.at, Key: d.key} }

// Errors of taking a class up again.
var (
	ErrGone = errors.New("this class is over, or its program was ended")
)

// TakeUp returns the desk of a room that there is. The error is [ErrGone] where the
// room is not there any more, or says why it can't be reached.
func TakeUp(ctx context.Context, t Ticket, l *lesson.Lesson) (*Desk, error) {
	client := &http.Client{}
	if t.Socket != "" {
		client.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", t.Socket)
		}}
	}
	d := &Desk{at: t.At, key: t.Key, lesson: l, http: client, news: make(chan room.View, 1)}
	d.ctx, d.stop = context.WithCancel(ctx)
	try, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	var r room.Report
	err := call(try, client, http.MethodGet, d.at+"/report", d.key, nil, nil, &r)
	var said *statusError
	switch {
	case errors.Is(err, room.ErrNotOver):
		go d.listen()
		return d, nil
	case err == nil, errors.As(err, &said) && said.status == http.StatusForbidden, err != nil && t.Socket != "":
		err = ErrGone
	}
	d.stop()
	return nil, err
}
