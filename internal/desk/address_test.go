package desk

import (
	"strings"
	"testing"
)

// TestServiceAddress holds to which addresses the staff key may be sent.
func TestServiceAddress(t *testing.T) {
	for at, want := range map[string]string{
		"https://wayout.example.org": "", "https://wayout.example.org:8443/": "", "https://10.20.0.11": "",
		"https://[2001:db8::1]": "",
		"http://localhost:8080": "", "http://LOCALHOST": "", "http://127.0.0.1:8080": "", "http://127.5.0.1": "",
		"http://[::1]:8080": "", "http://[::ffff:127.0.0.1]": "",
		"http://wayout.example.org": "use https", "http://10.20.0.11": "use https", "HTTP://school": "use https",
		"http://0.0.0.0": "use https", "http://[::]": "use https",
		"http://localhost.": "use https", "http://localhost.example.org": "use https",
		"http://127.0.0.1.example.org": "use https", "http://127.1": "use https", "http://2130706433": "use https",
		"http://localhost@wayout.example.org": "a password", "https://a:b@wayout.example.org": "a password",
		"wayout.example.org": "the address of", "//wayout.example.org": "the address of",
		"ftp://localhost": "the address of",
		"http://":         "the address of", "": "the address of",
		"https://x?y": "the address of", "ws://localhost": "the address of",
	} {
		err := CheckAddress(at)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", at, err)
		}
	}
}
