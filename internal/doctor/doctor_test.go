package doctor

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"wayout/internal/coursetest"
	"wayout/internal/web"
)

// TestFirewall holds what is found about the firewalls of three systems, from the output of
// their tools.
func TestFirewall(t *testing.T) {
	for _, c := range []struct {
		name, os string
		says     map[string]string // What files and commands say.
		want     []string
	}{
		{"none", "linux", nil, []string{"No firewall"}},
		{"ufw", "linux", map[string]string{"/etc/ufw/ufw.conf": "ENABLED=yes\n"},
			[]string{"ufw", "ufw allow 8080/tcp && sudo ufw allow 2222/tcp"}},
		{"ufw off", "linux", map[string]string{"/etc/ufw/ufw.conf": "ENABLED=no\n"}, []string{"No firewall"}},
		{"firewalld", "linux", map[string]string{"firewall-cmd --state": "running\n"},
			[]string{"firewalld", "--add-port=8080/tcp"}},
		{"firewalld off", "linux", map[string]string{"firewall-cmd --state": "not running\n"}, []string{"No firewall"}},
		{"nftables", "linux", map[string]string{
			"nft list ruleset": "chain input { type filter hook input priority 0; policy drop; }"},
			[]string{"nftables"}},
		{"Windows", "windows", map[string]string{
			`reg query HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\PublicProfile /v EnableFirewall`: "    EnableFirewall    REG_DWORD    0x1\n"}, []string{"Windows", "It asks once"}},
		{"Windows off", "windows", nil, []string{"No firewall"}},
		{"macOS", "darwin",
			map[string]string{
				"/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate": "Firewall is enabled. (State = 1)"},
			[]string{"macOS", "allow it"}},
		{"macOS blocks all", "darwin", map[string]string{
			"/usr/libexec/ApplicationFirewall/socketfilterfw --getblockall": "Block all INCOMING connections enabled!"},
			[]string{"blocks all incoming"}},
	} {
		got := firewall(system{c.os,
			func(name string, args ...string) string { return c.says[name+" "+strings.Join(args, " ")] },
			func(path string) string { return c.says[path] }}, []int{8080, 2222})
		said := fmt.Sprint(got)
		for _, want := range c.want {
			if len(got) != 1 || !strings.Contains(said, want) {
				t.Errorf("%s: %s", c.name, said)
			}
		}
	}
	if got := Firewall(context.Background(), 8080); len(got) == 0 {
		t.Error("nothing is said of this computer")
	}
}

func TestPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at, _ := netip.ParseAddrPort(l.Addr().String())
	if f := Port(at.Addr(), int(at.Port()), "--port"); f.Level != Wrong ||
		!strings.Contains(f.Says, "Another program") || !strings.Contains(f.Do, "--port") {
		t.Errorf("%+v", f)
	}
	_ = l.Close()
	if f := Port(at.Addr(), int(at.Port()), "--port"); f.Level != Fine {
		t.Errorf("%+v", f)
	}
	if f := Port(netip.MustParseAddr("192.0.2.77"), 8080, "--port"); f.Level != Wrong {
		t.Errorf("an address of another computer: %+v", f)
	}
}

// TestPortOnEverySystem checks that taken and reserved ports are distinguished on each system.
func TestPortOnEverySystem(t *testing.T) {
	for _, c := range []struct {
		err   error
		port  int
		wants string
	}{
		{syscall.EADDRINUSE, 8080, "Another program is using port 8080"},
		{wsaInUse, 8080, "Another program is using port 8080"},
		{syscall.EACCES, 80, "Choose one above 1024"},
		{wsaAccess, 8080, "Choose another port with --port"},
		{syscall.EINVAL, 8080, "can't be opened"},
	} {
		err := &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", c.err)}
		if f := portFinding(err, c.port, "--port"); f.Level != Wrong || !strings.Contains(f.Says+" "+f.Do, c.wants) {
			t.Errorf("%v: %+v", c.err, f)
		}
	}
}

func TestSurroundings(t *testing.T) {
	env := func(kv ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(kv); i += 2 {
				if kv[i] == name {
					return kv[i+1]
				}
			}
			return ""
		}
	}
	if f := Proxy(env("https_proxy", "http://proxy:3128")); Worst(f) != Note ||
		strings.Contains(fmt.Sprint(f), "3128") {
		t.Errorf("%+v", f)
	}
	if f := Proxy(env()); Worst(f) != Fine {
		t.Errorf("%+v", f)
	}
	for _, c := range []struct {
		s    TerminalFacts
		want Level
		says string
	}{
		{TerminalFacts{Terminal: true, W: 100, H: 30, Term: "xterm", UTF8: true, Colors: "256 colours"}, Fine,
			"100 by 30"},
		{TerminalFacts{Terminal: true, W: 70, H: 20, Term: "xterm", UTF8: true}, Note, "QR code"},
		{TerminalFacts{Terminal: true, W: 50, H: 12, Term: "xterm", UTF8: true}, Note, "smaller than 60"},
		{TerminalFacts{Terminal: true, W: 100, H: 30, Term: "xterm"}, Note, "UTF-8"},
		{TerminalFacts{}, Note, "isn't a terminal window"},
	} {
		if f := Terminal(c.s); Worst(f) != c.want || !strings.Contains(fmt.Sprint(f), c.says) {
			t.Errorf("%+v: %+v", c.s, f)
		}
	}
	if !IsUTF8(env("LANG", "de_DE.UTF-8")) || IsUTF8(env("LC_ALL", "C", "LANG", "de_DE.UTF-8")) || IsUTF8(env()) {
		t.Error("UTF-8 is not told from what is not")
	}
	if f := Network(nil); Worst(f) != Wrong {
		t.Errorf("%+v", f)
	}
}

// student opens a page as a browser does, and loads each picture when its HTML arrives.
func student(at string) error {
	resp, err := http.Get(at + "/")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	picture, all, buf := regexp.MustCompile(`src="([^"]+)"`), "", make([]byte, 1024)
	for asked := 0; ; {
		n, err := resp.Body.Read(buf)
		all += string(buf[:n])
		for found := picture.FindAllStringSubmatch(all, -1); asked < len(found); asked++ {
			if seen, err := http.Get(at + found[asked][1]); err == nil {
				_ = seen.Body.Close()
			}
		}
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestReach lets a device visit directly, through a proxy that buffers pages, through one
// that cuts them off, from this computer, and not at all.
func TestReach(t *testing.T) {
	pages, err := web.NewClass(coursetest.Course(t), coursetest.Help(t), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		own  bool
		come func(at string)
		want Level
		says string
	}{
		{"straight", false, func(at string) { _ = student(at) }, Fine, "stayed open"},
		{"held back", false, func(at string) {
			u, _ := url.Parse(at)
			p := httputil.NewSingleHostReverseProxy(u)
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				all := httptest.NewRecorder()
				p.ServeHTTP(all, r)
				_, _ = w.Write(all.Body.Bytes())
			}))
			defer s.Close()
			_ = student(s.URL)
		}, Note, "asks for news every two to three seconds"},
		{"cut", false, func(at string) {
			c := &http.Client{Timeout: 100 * time.Millisecond}
			if resp, err := c.Get(at + "/"); err == nil {
				_, _ = io.ReadAll(resp.Body)
				_ = resp.Body.Close()
			}
		}, Note, "asks for news every two to three seconds"},
		{"this computer only", true, func(at string) { _ = student(at) }, Wrong, "Only this computer"},
		{"nobody", false, func(string) {}, Wrong, "No device"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			go func() {
				c.come("http://" + l.Addr().String())
				cancel()
			}()
			r, err := reach(ctx, l, &trial{hold: 300 * time.Millisecond, pages: pages, done: make(chan struct{}),
				own: func(netip.Addr) bool {
					return c.own
				}})
			if err != nil && ctx.Err() == nil {
				t.Fatal(err)
			}
			if f := r.Findings(); Worst(f) != c.want || !strings.Contains(fmt.Sprint(f), c.says) {
				t.Errorf("%+v: %+v", r, f)
			}
		})
	}
}
