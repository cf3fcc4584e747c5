package serve

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"wayout/internal/codes"
	"wayout/internal/live"
)

// A ticket is a cookie of the join page. With it a browser gets one seat, however often it sends
// the form, and when the class is full, a client without a ticket makes room for one with a
// ticket. A ticket is signed, so that no one else can make one. It is deleted when the seat is
// taken, so that it doesn't show later that this browser was here.
const ticketName = "ticket"

// ticketKey returns the key that signs tickets. It is derived from the staff key, so that every
// machine of a service has the same one, or random if there is no staff key.
func ticketKey(staff string) []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // crypto/rand never returns an error.
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

// giveTicket returns the value of a browser's ticket, and gives it one if it has none.
func (s *PageServer) giveTicket(w http.ResponseWriter, r *http.Request) string {
	if _, ok := s.ticket(r); ok {
		c, _ := r.Cookie(ticketName) // s.ticket has just read it.
		return c.Value
	}
	value := s.signed(codes.Secret())
	http.SetCookie(w, s.cookie(ticketName, value))
	return value
}

// ticket returns the secret of a request's ticket, and whether the ticket is valid.
func (s *PageServer) ticket(r *http.Request) (string, bool) {
	c, err := r.Cookie(ticketName)
	if err != nil || len(c.Value) > 100 {
		return "", false
	}
	secret, _, _ := strings.Cut(c.Value, ".")
	return secret, hmac.Equal([]byte(s.signed(secret)), []byte(c.Value))
}

// cookie returns a cookie that ends with the browser's session and that no script can read.
func (s *PageServer) cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: s.o.Secure}
}

// takeSeat takes a seat for a browser and sets the cookie that opens it. A browser that has or
// had a seat in this class gets the same seat; its seat in another class is given up.
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
		_ = other.Leave(left).Soon() // If that fails, the seat becomes idle.
	}
	// The cookie opens nothing after the class.
	value := rm.ID() + "." + e.Secret
	if e.Projector {
		value += "." + code // A projector shows how to join.
	}
	http.SetCookie(w, s.cookie(cookieName, value))
	if _, err := r.Cookie(ticketName); err == nil {
		s.dropCookie(w, ticketName)
	}
	s.toSeat(w, r, rm, rm.SeatName(e.Secret))
	return nil
}

// seatCookie returns the room and the secret in a request's cookie, even if no one holds the
// seat. It reports false if the cookie is missing or malformed.
func seatCookie(r *http.Request) (id, secret string, ok bool) {
	c, err := r.Cookie(cookieName)
	if err != nil || len(c.Value) > 100 {
		return "", "", false
	}
	id, rest, ok := strings.Cut(c.Value, ".")
	secret, _, _ = strings.Cut(rest, ".")
	return id, secret, ok && codes.IsSecret(id) && codes.IsSecret(secret)
}
