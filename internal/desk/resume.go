package desk

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"wayout/internal/lesson"
	"wayout/internal/room"
)

// Credentials let another window lead a room. They are saved only in files that only their owner
// can read.
type Credentials struct {
	At     string `json:"at"`               // The address of the room.
	Key    string `json:"key"`              // The key of the desk.
	Socket string `json:"socket,omitempty"` // The Unix socket, if the room is in another program of this computer.
}

// Credentials returns the credentials for another window to lead the same room at a service.
func (d *Remote) Credentials() Credentials { return Credentials{At: d.at, Key: d.key} }

// ErrGone is the error of resuming a class that doesn't exist any more.
var ErrGone = errors.New("this class is over, or its program was ended")

// Resume returns the desk of an existing room. The error is [ErrGone] if the room doesn't exist
// any more, or says why it can't be reached.
func Resume(ctx context.Context, t Credentials, l *lesson.Lesson) (*Remote, error) {
	s := service{t.At, t.Key, &http.Client{}}
	if t.Socket != "" {
		s.http.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", t.Socket)
		}}
	}
	try, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	var r room.Report
	err := s.call(try, "/report", nil, nil, &r)
	var said *statusError
	switch {
	case errors.Is(err, room.ErrNotOver):
		return openRemote(ctx, s, l), nil
	case err == nil, errors.As(err, &said) && said.status == http.StatusForbidden, err != nil && t.Socket != "":
		err = ErrGone
	}
	return nil, err
}
