package serve

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"wayout/internal/codes"
	"wayout/internal/desk"
	"wayout/internal/live"
	"wayout/internal/room"
)

// A ticket is a cookie of the join page: one browser is one seat, however often it
// sends the form, and what has never loaded the page gives way to what has. It is
// signed, so that a ticket is one of ours, and goes when the seat is taken: nothing of
// it says later that this browser was here.
const ticketName = "ticket"

// ticketKey returns the key that signs tickets: the same on every machine of a service.
func ticketKey(staff string) []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // It never fails.
	if staff != "" {
		sum := sha256.Sum256([]byte("wayout ticket " + staff))
		key = sum[:]
	}
	return key
}

func (s *PageServer) signed(secret string) string {
	m := hmac.New(sha256.New, s.tickets)
	m.Write([]byte(secret))
	return secret + "." + hex.EncodeToString(m.Sum(nil)[:16])
}

// giveTicket gives a ticket to a browser that has none, and returns the one it has now.
func (s *PageServer) giveTicket(w http.ResponseWriter, r *http.Request) string {
	if _, ok := s.ticket(r); ok {
		c, _ := r.Cookie(ticketName) // It was read a line ago.
		return c.Value
	}
	value := s.signed(codes.Secret())
	http.SetCookie(w, s.cookie(ticketName, value))
	return value
}

// ticket returns the secret of a request's ticket.
func (s *PageServer) ticket(r *http.Request) (string, bool) {
	c, err := r.Cookie(ticketName)
	if err != nil || len(c.Value) > 100 {
		return "", false
	}
	secret, _, _ := strings.Cut(c.Value, ".")
	return secret, hmac.Equal([]byte(s.signed(secret)), []byte(c.Value))
}

// cookie returns one that dies with the browser's session, and that no script sees.
func (s *PageServer) cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: s.o.Secure}
}

// takeSeat takes a seat for a browser and gives it the cookie that opens it. A browser
// that has a seat in this class, or had one, is given the same one; one in another
// class is given up.
func (s *PageServer) takeSeat(w http.ResponseWriter, r *http.Request, rm *live.Room, code string) error {
	e := live.JoinRequest{Projector: r.PostFormValue("as") == "projector", Code: code, From: s.from(r)}
	var other *live.Room
	var left string
	e.Secret, e.Ticket = s.ticket(r)
	if id, t, ok := seatCookie(r); ok && id == rm.ID() {
		e.Secret, e.Ticket = t, true
	} else if ok {
		other, left = s.seated(r)
	}
	if e.Secret == "" || !e.Ticket {
		e.Secret = codes.Secret()
	}
	if err := rm.Enter(r.Context(), e); err != nil {
		return err
	}
	if other != nil {
		_ = other.Leave(left) // It is idle otherwise.
	}
	// It dies with the class too.
	value := rm.ID() + "." + e.Secret
	if e.Projector {
		value += "." + code // A projector shows how one comes in.
	}
	http.SetCookie(w, s.cookie(cookieName, value))
	if _, err := r.Cookie(ticketName); err == nil {
		s.dropCookie(w, ticketName)
	}
	s.toSeat(w, r, rm, rm.SeatName(e.Secret))
	return nil
}

// seatCookie returns the room and the secret of a request's seat, whether it is taken
// or not.
func seatCookie(r *http.Request) (id, secret string, ok bool) {
	c, err := r.Cookie(cookieName)
	if err != nil || len(c.Value) > 100 {
		return "", "", false
	}
	id, rest, ok := strings.Cut(c.Value, ".")
	secret, _, _ = strings.Cut(rest, ".")
	return id, secret, ok && codes.IsSecret(id) && codes.IsSecret(secret)
}

// seatOrdered does what a desk wants done about the seats.
func seatOrdered(r *live.Room, req *http.Request, o desk.SeatsOrder) (done desk.SeatsResult, err error) {
	switch o.Do {
	case desk.AddSeats:
		done.Count, err = r.MoreSeats(req.Context())
	case desk.RemoveIdleSeats:
		done.Count, err = r.RemoveIdle(req.Context())
	case desk.ReplaceCode:
		done.Code, err = r.NewCode(req.Context())
	default:
		err = room.ErrNothing
	}
	return done, err
}
