package serve

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"wayout/internal/codes"
	"wayout/internal/limits"
	"wayout/internal/text"
)

// ParseHost reads a name by which people reach the pages, as --host takes it: in any script
// and case, with or without a dot at the end, and with a port if people use a different port
// from ours. It returns the name as browsers send it.
func ParseHost(given string) (string, error) {
	bad := func(why string) (string, error) { return "", fmt.Errorf("%q: %s", text.Line(given, 100), why) }
	given = strings.TrimSpace(given)
	if strings.Contains(given, "/") || strings.Contains(given, "@") {
		return bad("a name alone, without https:// and without a path")
	}
	name, port := given, ""
	if _, err := netip.ParseAddr(strings.Trim(given, "[]")); err != nil {
		if h, p, err := net.SplitHostPort(given); err == nil {
			name, port = h, p
			if n, err := strconv.ParseUint(p, 10, 16); err != nil || n == 0 || p[0] == '0' {
				return bad("a port is a number from 1 to 65535")
			}
		}
	}
	name, err := asSent(name)
	if err != nil {
		return bad(err.Error())
	}
	if port != "" {
		name = net.JoinHostPort(name, port)
	}
	return name, nil
}

var errNoName = errors.New("no name or address of a computer")

// asSent returns a name or an address, without a port, in the form in which names are compared.
func asSent(name string) (string, error) {
	if a, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return a.WithZone("").Unmap().String(), nil
	}
	if short, ok := strings.CutSuffix(name, "."); ok && strings.Contains(short, ".") {
		name = short // The same name, fully qualified.
	}
	// StrictDomainName is off because some networks use names with an underscore.
	name, err := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false),
		idna.VerifyDNSLength(true)).ToASCII(name)
	if err != nil || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" ||
		strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") {
		return "", errNoName
	}
	last := name[strings.LastIndex(name, ".")+1:]
	if strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") {
		return "", errNoName // A browser reads it as an address in another notation.
	}
	return name, nil
}

// hostPort is the host and the port of an address.
type hostPort struct{ host, port string }

// hostPortOf reads the host and port of an address. The default port is that of the scheme. It
// reports false if the host is no name or address.
func hostPortOf(at, scheme string) (hostPort, bool) {
	host, port := at, ""
	if h, p, err := net.SplitHostPort(at); err == nil {
		host, port = h, p
	}
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[scheme]
	}
	host, err := asSent(host)
	return hostPort{host, port}, err == nil
}

// knownHost reports whether a request was sent to one of our names. The port doesn't matter: a
// page elsewhere that reaches us by DNS rebinding sends its own name.
func (s *PageServer) knownHost(r *http.Request) bool {
	at, ok := hostPortOf(r.Host, s.scheme())
	return ok && s.hosts[at.host]
}

func (s *PageServer) scheme() string {
	if s.o.Secure {
		return "https"
	}
	return "http"
}

// formSource is what a browser reveals about where a form was filled in.
type formSource uint8

const (
	otherPage     formSource = iota // It was filled in on another page.
	unknownSource                   // Nothing shows where it came from.
	ownPage                         // It was filled in on one of our pages.
)

// origin finds out where a form was filled in. Browsers send the origin of a form, which is a
// scheme, a host and a port, so another port of this computer is another origin. If a browser
// leaves it out, its Fetch Metadata tells, or the form's token, which no other page can read.
func (s *PageServer) origin(r *http.Request) formSource {
	named := r.Header.Values("Origin")
	if len(named) > 1 {
		return otherPage
	}
	if len(named) == 1 && named[0] != "" && named[0] != "null" {
		if s.ownOrigin(named[0], r) {
			return ownPage
		}
		return otherPage
	}
	switch site := r.Header.Get("Sec-Fetch-Site"); {
	case site == "same-origin", s.ownForm(r):
		return ownPage
	case site != "" && site != "none":
		return otherPage
	}
	return unknownSource
}

// ownOrigin reports whether an origin is ours: the one that the request was sent to, or, since
// a proxy may have changed the host of the request, another by which people reach us.
func (s *PageServer) ownOrigin(origin string, r *http.Request) bool {
	scheme, at, ok := strings.Cut(origin, "://")
	if !ok || scheme != s.scheme() || strings.ContainsAny(at, "/@?#\\") {
		return false
	}
	from, ok := hostPortOf(at, scheme)
	if !ok {
		return false
	}
	if to, ok := hostPortOf(r.Host, scheme); ok && from == to {
		return s.hosts[from.host]
	}
	if s.public[from] {
		return true // --host named it with this port.
	}
	p, err := netip.ParseAddrPort(r.RemoteAddr)
	proxied := s.o.Secure && s.tls == nil || err == nil && limits.Trusts(s.o.Proxies, p.Addr().Unmap().WithZone(""))
	usual, _ := hostPortOf(from.host, scheme)
	return proxied && s.hosts[from.host] && from == usual
}

// formName is the name of a form's token. The token is made from a secret that only the browser
// that the form was sent to has: the cookie of its seat, or its ticket.
const formName = "form"

// leftSeat is the value of a seat's cookie after the participant has left. The cookie is set,
// not deleted, because setting a cookie makes Chromium drop the class's page from its
// back-forward cache, and deleting one doesn't.
const leftSeat = "left"

func formToken(secret string) string { return codes.Hash(formName, secret) }

// ownForm reports whether a form holds a token that we sent to the same browser.
func (s *PageServer) ownForm(r *http.Request) bool {
	said := r.PostFormValue(formName)
	for _, name := range []string{cookieName, ticketName} {
		for _, c := range r.CookiesNamed(name) {
			if c.Value != "" && c.Value != leftSeat && subtle.ConstantTimeCompare([]byte(formToken(c.Value)),
				[]byte(said)) == 1 {
				return true
			}
		}
	}
	return false
}

// formFor returns the token for the forms of a page that is about to be sent.
func (s *PageServer) formFor(w http.ResponseWriter, r *http.Request) string {
	if c, err := r.Cookie(cookieName); err == nil && c.Value != "" && c.Value != leftSeat {
		return formToken(c.Value)
	}
	return formToken(s.giveTicket(w, r))
}

// dropCookie tells the browser to delete a cookie.
func (s *PageServer) dropCookie(w http.ResponseWriter, name string) {
	gone := s.cookie(name, "")
	gone.MaxAge = -1
	http.SetCookie(w, gone)
}
