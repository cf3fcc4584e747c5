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

// CheckAddress returns an error if the address of a service can't be used. Every request carries
// the staff key, so the address must be https except on this computer: over http anyone on the
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

// local reports whether a host is this computer, judging by its name or address alone.
func local(host string) bool {
	a, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && a.Unmap().IsLoopback()
}

// staysHere follows no redirect, so that the key is sent only to the address that it is for: a
// redirect could lead to another host, or from https to http.
func staysHere(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
