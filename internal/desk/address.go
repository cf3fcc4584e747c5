package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"wayout/internal/text"
)

// CheckAddress reports what is wrong with the address of a service. Every request carries the
// key of the staff, so it has to be https except on this computer: over http anyone in the
// network could read the key and make rooms.
func CheckAddress(at string) error {
	u, err := url.Parse(at)
	shown := text.Line(at, 200)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" ||
		u.Fragment != "" {
		return fmt.Errorf("%q isn't the address of a service; it should look like https://wayout.example.org", shown)
	}
	if u.User != nil {
		return errors.New("the address of a service can't have a name or a password in it")
	}
	if u.Scheme == "http" && !local(u.Hostname()) {
		return fmt.Errorf("over %q anyone on the network could read the staff key: use https", shown)
	}
	return nil
}

// local reports whether a host is this computer, whatever name resolution says.
func local(host string) bool {
	a, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && a.Unmap().IsLoopback()
}

// staysHere keeps the key at the address that it was given for: a redirect could lead to
// another one, or from https to http.
func staysHere(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
