package serve

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"wayout/internal/classtest"
	"wayout/internal/live"
	"wayout/internal/room"
)

// TestParseHost holds which names --host takes, and how they are read.
func TestParseHost(t *testing.T) {
	for given, want := range map[string]string{
		"wayout.example.org":         "wayout.example.org",
		"Wayout.Example.ORG":         "wayout.example.org",
		"wayout.example.org.":        "wayout.example.org",
		"wayout.example.org:8443":    "wayout.example.org:8443",
		"wayout.example.org.:8443":   "wayout.example.org:8443",
		" wayout.example.org ":       "wayout.example.org",
		"schule.münchen.example":     "schule.xn--mnchen-3ya.example",
		"schule.münchen.example":    "schule.xn--mnchen-3ya.example", // Decomposed, as macOS types it.
		"SCHULE.MÜNCHEN.example.":    "schule.xn--mnchen-3ya.example",
		"straße.example":             "xn--strae-oqa.example",
		"学校。example":                 "xn--48s290a.example", // With an ideographic full stop.
		"школа.example:8080":         "xn--80atdl2c.example:8080",
		"xn--48s290a.example":        "xn--48s290a.example",
		"my_school.local":            "my_school.local",
		"classroom":                  "classroom",
		"localhost":                  "localhost",
		"10.20.0.5":                  "10.20.0.5",
		"10.20.0.5:8080":             "10.20.0.5:8080",
		"::1":                        "::1",
		"[::1]":                      "::1",
		"[::1]:8080":                 "[::1]:8080",
		"2001:DB8:0:0::5":            "2001:db8::5",
		"https://wayout.example.org": "",
		"wayout.example.org/class":   "",
		"me@wayout.example.org":      "",
		"wayout.example.org:0":       "",
		"wayout.example.org:":        "",
		"wayout.example.org:http":    "",
		"wayout.example.org:70000":   "",
		"wayout..example":            "",
		".example":                   "",
		"*.example.org":              "",
		"way out":                    "",
		"127.1":                      "",
		"2130706433":                 "",
		"0x7f000001":                 "",
		"127.0.0.1.":                 "",
		"":                           "",
		".":                          "",
		"a\x00b":                     "",
	} {
		got, err := ParseHost(given)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q (%v), not as %q", given, got, err, want)
		}
		if again, err := ParseHost(got); want != "" && (again != got || err != nil) {
			t.Errorf("%q is read as %q (%v)", got, again, err)
		}
	}
}

// send sends a request with just these headers, and returns the status, the page and the headers.
func (c *class) send(b *classtest.Browser, method, path, body string, header ...string) (int, string, http.Header) {
	c.t.Helper()
	req, err := http.NewRequest(method, c.at+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
			continue
		}
		req.Header.Add(header[i], header[i+1])
	}
	resp, err := b.HTTP.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	src, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, string(src), resp.Header
}

// formIn returns the token of the forms on a page.
func formIn(page string) string {
	if m := regexp.MustCompile(`name="form" value="([0-9a-f]+)"`).FindStringSubmatch(page); m != nil {
		return m[1]
	}
	return ""
}

// TestFormsWithoutOrigin sends forms without an origin, as w3m and some privacy settings do.
// A form of ours is taken; any other is refused, and the page says why.
func TestFormsWithoutOrigin(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	q := c.toQuestion()
	c.order(room.Ask)
	for _, origin := range [][]string{nil, {"Origin", "null"}, {"Origin", ""}} {
		b := classtest.NewBrowser(c.at)
		_, page, _ := c.send(b, "GET", "/", "")
		join := url.Values{"code": {c.code}, "as": {"seat"}}
		if status, page, _ := c.send(b, "POST", "/join", join.Encode(), origin...); status != http.StatusForbidden ||
			!strings.Contains(page, "load the page again") {
			t.Fatalf("%q: joining without a token: %d %s", origin, status, page)
		}
		stranger := classtest.NewBrowser(c.at)
		_, other, _ := c.send(stranger, "GET", "/", "")
		join.Set("form", formIn(other)) // Another browser's token isn't accepted.
		if status, _, _ := c.send(b, "POST", "/join", join.Encode(), origin...); status != http.StatusForbidden {
			t.Errorf("%q: joining with somebody else's token: %d", origin, status)
		}
		join.Set("form", formIn(page))
		status, page, _ := c.send(b, "POST", "/join", join.Encode(), origin...)
		if status != http.StatusOK || !strings.Contains(page, "live") {
			t.Fatalf("%q: joining with the form's own token: %d %s", origin, status, page)
		}
		answer := url.Values{"scene": {q.Scene}, "pick": {"0"}}
		for _, bad := range []string{"", "0", join.Get("form"), formToken(leftSeat), formToken("")} {
			answer.Set("form", bad)
			if status, _, _ := c.send(b, "POST", "/answer", answer.Encode(),
				origin...); status != http.StatusForbidden {
				t.Errorf("%q: an answer with the token %q: %d", origin, bad, status)
			}
		}
		answer.Set("form", formIn(page))
		if status, page, _ := c.send(b, "POST", "/answer", answer.Encode(), origin...); status != http.StatusOK ||
			!strings.Contains(page, `aria-pressed="true"`) {
			t.Errorf("%q: an answer: %d %s", origin, status, page)
		}
		if status, page, _ := c.send(b, "POST", "/leave", url.Values{"form": {formIn(page)}}.Encode(),
			origin...); status != http.StatusOK || tells(page) {
			t.Errorf("%q: leaving: %d %s", origin, status, page)
		}
	}
	// Fetch Metadata tells where a form comes from, too, and no page can forge it.
	for site, want := range map[string]int{"same-origin": http.StatusOK, "same-site": http.StatusForbidden,
		"cross-site": http.StatusForbidden, "none": http.StatusForbidden} {
		b := classtest.NewBrowser(c.at)
		if status, page, _ := c.send(b, "POST", "/join", "as=seat&code="+c.code, "Sec-Fetch-Site",
			site); status != want {
			t.Errorf("Sec-Fetch-Site: %s: %d %s", site, status, page)
		}
	}
}

// TestOrigins holds what counts as the same origin: scheme, host and port.
func TestOrigins(t *testing.T) {
	proxy := []netip.Prefix{netip.MustParsePrefix("10.20.0.5/32")}
	for _, c := range []struct {
		o            PageOptions
		from         string // The address that the connection comes from.
		host, origin string
		want         bool
	}{
		{PageOptions{}, "", "127.0.0.1:8080", "http://127.0.0.1:8080", true},
		{PageOptions{}, "", "127.0.0.1:8080", "http://127.0.0.1:8081", false},
		{PageOptions{}, "", "127.0.0.1:8080", "http://127.0.0.1", false},
		{PageOptions{}, "", "127.0.0.1:8080", "https://127.0.0.1:8080", false},
		{PageOptions{}, "", "127.0.0.1:8080", "http://localhost:8080", false},
		{PageOptions{}, "", "127.0.0.1:8080", "http://localhost", false},
		{PageOptions{}, "", "localhost:8080", "http://127.0.0.1:8080", false},
		{PageOptions{}, "", "localhost:8080", "http://localhost:3000", false},
		{PageOptions{}, "", "localhost:8080", "http://localhost:8080", true},
		{PageOptions{}, "", "LOCALHOST:8080", "http://localhost:8080", true},
		{PageOptions{}, "", "127.0.0.1:80", "http://127.0.0.1", true},
		{PageOptions{}, "", "127.0.0.1", "http://127.0.0.1:80", true},
		{PageOptions{}, "", "127.0.0.1:8080", "http://127.0.0.1:8080/", false},
		{PageOptions{}, "", "127.0.0.1:8080", "http://127.0.0.1:8080@evil.example", false},
		{PageOptions{}, "", "127.0.0.1:8080", "ws://127.0.0.1:8080", false},
		{PageOptions{Hosts: []string{"w.example"}}, "", "w.example", "http://w.example", true},
		{PageOptions{Hosts: []string{"w.example"}}, "", "w.example.:8080", "http://w.example:8080", true},
		{PageOptions{Hosts: []string{"w.example"}}, "", "w.example:8080", "http://w.example.:8080", true},
		{PageOptions{Hosts: []string{"w.example"}}, "", "w.example:8080", "http://w.example", false},
		{PageOptions{Hosts: []string{"学校.example"}}, "", "xn--48s290a.example", "http://xn--48s290a.example", true},
		{PageOptions{Hosts: []string{"w.example"}, Secure: true}, "", "w.example", "https://w.example", true},
		{PageOptions{Hosts: []string{"w.example"}, Secure: true}, "", "w.example", "http://w.example", false},
		{PageOptions{Hosts: []string{"w.example"}, Secure: true}, "", "w.example", "https://w.example:444", false},
		// A proxy that replaces the host of the request.
		{PageOptions{Hosts: []string{"w.example"}, Secure: true, Proxies: proxy}, "10.20.0.5:5000", "127.0.0.1:8080",
			"https://w.example", true},
		{PageOptions{Hosts: []string{"w.example"}, Proxies: proxy}, "10.20.0.5:5000", "127.0.0.1:8080",
			"http://w.example", true},
		{PageOptions{Hosts: []string{"w.example"}, Proxies: proxy}, "10.20.0.6:5000", "127.0.0.1:8080",
			"http://w.example", false},
		{PageOptions{Hosts: []string{"w.example"}, Proxies: proxy}, "10.20.0.5:5000", "127.0.0.1:8080",
			"http://w.example:3000", false},
		{PageOptions{Hosts: []string{"w.example:8443"}, Secure: true, Proxies: proxy}, "10.20.0.5:5000", "w.example",
			"https://w.example:8443", true},
		{PageOptions{Hosts: []string{"w.example:8443"}, Secure: true, Proxies: proxy}, "10.20.0.5:5000", "w.example",
			"https://w.example:9443", false},
	} {
		c.o.Hosts = append(c.o.Hosts, "127.0.0.1", "localhost")
		s := NewPageServer(&live.Registry{}, nil, c.o)
		r := &http.Request{Host: c.host, RemoteAddr: c.from, Header: http.Header{"Origin": {c.origin}}}
		if got := s.origin(r) == ownPage; got != c.want {
			t.Errorf("%+v: %q at %q from %q: %v", c.o, c.origin, c.host, c.from, got)
		}
		r.Header.Add("Origin", c.origin)
		if s.origin(r) == ownPage {
			t.Errorf("%+v: two origins are taken", c)
		}
	}
}

// TestHosts tries names by which a page elsewhere could reach us. Under an unknown name
// only the health check answers.
func TestHosts(t *testing.T) {
	c := newClass(t, 64, PageOptions{Hosts: []string{"Wayout.School.example.", "学校.example:8443"}})
	b := c.crowd(1)[0]
	_, port, _ := net.SplitHostPort(c.host())
	for host, want := range map[string]int{
		"wayout.school.example":          http.StatusOK,
		"WAYOUT.school.example:" + port:  http.StatusOK,
		"wayout.school.example.:" + port: http.StatusOK,
		"xn--48s290a.example":            http.StatusOK,
		"xn--48s290a.example:8443":       http.StatusOK,
		"localhost:" + port:              http.StatusOK,
		"evil.example":                   http.StatusMisdirectedRequest,
		"wayout.school.example..":        http.StatusMisdirectedRequest,
		"wayout.school.example.evil.com": http.StatusMisdirectedRequest,
		"127.0.0.1.nip.io":               http.StatusMisdirectedRequest,
		"127.0.0.1.":                     http.StatusMisdirectedRequest,
		"localhost.":                     http.StatusMisdirectedRequest,
		"127.1":                          http.StatusMisdirectedRequest,
		"2130706433":                     http.StatusMisdirectedRequest,
		"0.0.0.0":                        http.StatusMisdirectedRequest,
		"0177.0.0.1":                     http.StatusMisdirectedRequest,
		"[::ffff:127.0.0.2]":             http.StatusMisdirectedRequest,
	} {
		status, page, _ := c.send(b, "GET", "/", "", "Host", host)
		if status != want || want != http.StatusOK && !strings.Contains(page, "<h1>That didn&#39;t work</h1>") {
			t.Errorf("%q: %d %s", host, status, page)
		}
		if status, page, _ := c.send(b, "GET", healthPath, "", "Host", host); status != http.StatusOK ||
			page != "ok\n" {
			t.Errorf("%q: %d %s", host, status, page)
		}
	}
}

// TestGetOfForms opens addresses that are for forms only, as happens when someone reloads
// after an error or picks one from their history.
func TestGetOfForms(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	in, out := c.crowd(1)[0], classtest.NewBrowser(c.at)
	for _, path := range []string{"/join", "/answer", "/step", "/leave"} {
		for _, method := range []string{"GET", "HEAD"} {
			if status, page, h := c.send(in, method, path, ""); status != http.StatusOK ||
				method == "GET" && !strings.Contains(page, "You&#39;re in") {
				t.Errorf("%s %s with a seat: %d %v %s", method, path, status, h, page)
			}
			if status, page, h := c.send(out, method, path, ""); status != http.StatusOK ||
				method == "GET" && !strings.Contains(page, `action="/join"`) {
				t.Errorf("%s %s without: %d %v %s", method, path, status, h, page)
			}
		}
	}
	if _, page, _ := c.send(in, "GET", "/seat", ""); !strings.Contains(page, "You&#39;re in") {
		t.Error("looking has given the seat up")
	}
	for _, path := range []string{"/unknown", "/favicon.ico", "/robots.txt"} {
		if status, page, _ := c.send(out, "GET", path, ""); status != http.StatusNotFound ||
			!strings.Contains(page, `action="/join"`) {
			t.Errorf("%s: %d %s", path, status, page)
		}
	}
	for _, path := range []string{"/metrics", "/.git", "/debug/pprof/", "/../etc/passwd", "/%2e%2e/x", "//evil.example",
		"/wayout.js/..", "/class/page.html"} {
		for _, method := range []string{"GET", "TRACE", "PUT", "DELETE", "OPTIONS", "CONNECT"} {
			req, _ := http.NewRequest(method, c.at+"/", nil)
			req.URL.Opaque = path
			resp, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				continue // It is refused before its body is read.
			}
			src, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK || strings.Contains(resp.Header.Get("Location"), "evil") ||
				strings.Contains(string(src), "root:") {
				t.Errorf("%s %s: %d %v %s", method, path, resp.StatusCode, resp.Header, src)
			}
		}
	}
}

// TestCookies checks that the cookies of a class end with the browser's session, that no
// script can read them, and that no other page can send them.
func TestCookies(t *testing.T) {
	for _, secure := range []bool{false, true} {
		c := newClass(t, 64, PageOptions{Secure: secure})
		jar := classtest.NewBrowser(c.at)
		jar.HTTP.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		var all []string
		_, _, h := c.send(jar, "GET", "/", "")
		all = append(all, h.Values("Set-Cookie")...)
		_, _, h = c.send(jar, "POST", "/join", "as=seat&code="+c.code, "Sec-Fetch-Site", "same-origin")
		all = append(all, h.Values("Set-Cookie")...)
		_, _, h = c.send(jar, "POST", "/leave", "x=1", "Sec-Fetch-Site", "same-origin")
		all = append(all, h.Values("Set-Cookie")...)
		if len(all) < 4 {
			t.Errorf("only %q", all)
		}
		for _, line := range all {
			if !strings.Contains(line, "HttpOnly") || !strings.Contains(line, "SameSite=Strict") ||
				strings.Contains(line, "Secure") != secure || strings.Contains(line, "Domain") || strings.Contains(line,
				"Expires") || strings.Contains(line, "Max-Age") && !strings.Contains(line, "Max-Age=0") {
				t.Errorf("secure %v: %s", secure, line)
			}
		}
	}
}

// TestForgedSeats sends requests with cookies that no one was given.
func TestForgedSeats(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	other := newClass(t, 64, PageOptions{})
	q := c.toQuestion()
	c.order(room.Ask)
	at, _ := url.Parse(c.at)
	good := c.crowd(1)[0].HTTP.Jar.Cookies(at)[0].Value
	id, secret, _ := strings.Cut(good, ".")
	there, _ := url.Parse(other.at)
	foreign := other.crowd(1)[0].HTTP.Jar.Cookies(there)[0].Value
	_, elsewhere, _ := strings.Cut(foreign, ".")
	for _, value := range []string{"", ".", id, id + ".", "." + secret, strings.ToUpper(good), id + "." + elsewhere,
		other.room.ID() + "." + secret, foreign, leftSeat, good + "x", strings.Repeat("a", 5000), good[:len(good)-1]} {
		b := classtest.NewBrowser(c.at)
		for path, body := range map[string]string{"/answer": "scene=" + q.Scene + "&pick=0", "/step": "at=0&go=1"} {
			if status, page, _ := c.send(b, "POST", path, body, "Cookie", "seat="+value, "Origin",
				c.at); status < 400 && !strings.Contains(page, "Empty page") {
				t.Errorf("%s with the cookie %.60q: %d %s", path, value, status, page)
			}
		}
		if _, page, _ := c.send(b, "GET", "/seat", "", "Cookie", "seat="+value); strings.Contains(page, `id="live"`) {
			t.Errorf("the cookie %.60q opens a seat", value)
		}
	}
	// One seat answers many times at once, sometimes with values that are no answer.
	b := classtest.NewBrowser(c.at)
	b.HTTP.Transport = &http.Transport{DisableKeepAlives: true} // Idle connections of a seat that has many are closed.
	done := make(chan bool)
	for i := range 60 {
		go func() {
			defer func() { done <- true }()
			pick := []string{"0", "1", "-2", "1e20", "0x0", "99", "-1\x00"}[i%7]
			scene := []string{q.Scene, "nowhere", q.Scene + "\x00"}[i/7%3]
			c.send(b, "POST", "/answer", url.Values{"scene": {scene}, "pick": {pick}}.Encode(), "Cookie", "seat="+good,
				"Origin", c.at)
		}()
	}
	for range 60 {
		<-done
	}
	if n := c.answered(q); n != 1 {
		t.Errorf("one seat counts %d times", n)
	}
	c.order(room.Show)
	if status, _, _ := c.send(b, "POST", "/answer", fmt.Sprintf("scene=%s&pick=0", q.Scene), "Cookie", "seat="+good,
		"Origin", c.at); status != http.StatusConflict {
		t.Errorf("an answer after the result was shown: %d", status)
	}
	if status, _, _ := c.send(b, "POST", "/leave", "x=1", "Cookie", "seat="+good, "Origin",
		c.at); status != http.StatusOK {
		t.Errorf("leaving: %d", status)
	}
	if status, _, _ := c.send(classtest.NewBrowser(c.at), "POST", "/answer", fmt.Sprintf("scene=%s&pick=0", q.Scene),
		"Cookie", "seat="+good, "Origin", c.at); status != http.StatusGone {
		t.Errorf("an answer after leaving: %d", status)
	}
}
