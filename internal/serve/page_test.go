package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"wayout/internal/browsertest"
)

// wait makes chromedp wait for the promise that a script returns.
func wait(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// TestPageElsewhere checks that a page at another port of the same computer, which is the
// same site to a browser, can't show our page in a frame, read it, follow its stream, load
// it as a script, or send its forms.
func TestPageElsewhere(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<!doctype html><title>elsewhere</title><body>elsewhere</body>`)
	}))
	defer other.Close()
	v := newVisitor(t, browsertest.Open(t), c.at)
	v.join(c.code)
	v.sees("You're in")
	v.run(chromedp.Navigate(other.URL))
	try := func(name, script string) {
		t.Helper()
		var got string
		v.run(chromedp.Evaluate(`(async () => { const AT = `+fmt.Sprintf("%q", c.at)+`; `+script+` })()`, &got, wait))
		if got != "no" {
			t.Errorf("%s: %s", name, got)
		}
	}
	try("reading", `return fetch(AT + "/seat", { credentials: "include" }).then((r) => r.text(), () => "no")`)
	try("a stream",
		`return new Promise((done) => { const s = new EventSource(AT + "/live", { withCredentials: true }); s.onerror = () => { s.close(); done("no") }; s.addEventListener("now", (e) => done(e.data)) })`)
	try("a script",
		`return new Promise((done) => { const s = document.createElement("script"); s.src = AT + "/wayout.js"; s.onerror = () => done("no"); s.onload = () => done("loaded"); document.body.append(s) })`)
	try("a frame",
		`return new Promise((done) => { const f = document.createElement("iframe"); f.src = AT + "/seat"; f.onload = () => { try { done(f.contentDocument === null ? "no" : f.contentDocument.body.innerText) } catch (e) { done("no") } }; document.body.append(f) })`)
	for _, path := range []string{"/leave", "/answer", "/step", "/join"} {
		try("a request to "+path, `return fetch(AT + "`+path+
			`", { method: "POST", mode: "no-cors", credentials: "include", body: new URLSearchParams({ as: "seat" }) }).then(() => "no", () => "no")`)
		v.run(chromedp.Evaluate(`(() => { const f = document.createElement("form"); f.method = "post"; f.action = "`+
			c.at+path+`"; document.body.append(f); f.submit() })()`, nil))
		v.shows("This was sent from another page")
		v.run(chromedp.Navigate(other.URL))
	}
	v.run(chromedp.Navigate(c.at + "/seat"))
	v.sees("You're in")
	if all, _ := c.room.View(""); all.In != 1 {
		t.Errorf("%d are in", all.In)
	}
}

// TestNothingForeignRuns puts into one of our pages what an injection could, and holds
// that the policy of the page keeps all of it from running.
func TestNothingForeignRuns(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		t.Error("something was asked elsewhere")
		w.WriteHeader(http.StatusOK)
	}))
	defer other.Close()
	v := newVisitor(t, browsertest.Open(t), c.at)
	v.join(c.code)
	v.sees("You're in")
	var refused int
	v.run(chromedp.Evaluate(`(async () => {
		let n = 0;
		document.addEventListener("securitypolicyviolation", () => n++);
		const put = (html) => document.body.insertAdjacentHTML("beforeend", html);
		const script = document.createElement("script");
		script.textContent = "window.ran = true";
		document.body.append(script);
		put('<img src="`+other.URL+`/i" onerror="window.ran = true"><p style="color: red" onclick="window.ran = true" id="p">p</p><iframe src="`+other.URL+`"></iframe><object data="`+other.URL+`"></object><link rel="stylesheet" href="`+other.URL+`/c">');
		document.getElementById("p").click();
		await fetch("`+other.URL+`").catch(() => 0);
		await navigator.serviceWorker.register("/wayout.js").then(() => { window.ran = true }, () => 0);
		await new Promise((done) => setTimeout(done, 50));
		return window.ran ? -1 : n;
	})()`, &refused, wait))
	if refused < 7 {
		t.Errorf("%d things were refused", refused)
	}
}

// TestRawRequests sends requests that a proxy and we could read differently, and some that
// are too large. None of them is taken for a form of the seat.
func TestRawRequests(t *testing.T) {
	c := newClass(t, 64, PageOptions{})
	b := c.crowd(1)[0]
	at, _ := url.Parse(c.at)
	cookie := b.HTTP.Jar.Cookies(at)[0].String()
	host, form := c.host(), "Content-Type: application/x-www-form-urlencoded\r\n"
	head := "POST /leave HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + cookie + "\r\nOrigin: http://evil.example\r\n" +
		form
	hidden := "POST /leave HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + cookie +
		"\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n"
	for name, raw := range map[string]string{
		"two lengths":         head + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nx=1",
		"a length and chunks": head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
		"two encodings": head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" +
			hidden,
		"an unknown encoding":    head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden,
		"a space before a colon": head + "Content-Length : 3\r\n\r\nx=1",
		"a folded line":          head + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n",
		"two hosts": "GET /seat HTTP/1.1\r\nHost: " + host + "\r\nHost: evil.example\r\nCookie: " +
			cookie + "\r\n\r\n",
		"no host":       "GET /seat HTTP/1.1\r\nCookie: " + cookie + "\r\n\r\n",
		"an empty host": "GET /seat HTTP/1.1\r\nHost:\r\nCookie: " + cookie + "\r\n\r\n",
		"a whole address": "GET http://evil.example/seat HTTP/1.1\r\nHost: " + host + "\r\nCookie: " + cookie +
			"\r\n\r\n",
		"h2c":           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"a long header": "GET /seat HTTP/1.1\r\nHost: " + host + "\r\nX: " + strings.Repeat("a", 14<<10) + "\r\n\r\n",
		"many headers":  "GET /seat HTTP/1.1\r\nHost: " + host + "\r\n" + strings.Repeat("X: a\r\n", 3000) + "\r\n",
		"a long form": strings.Replace(head, "http://evil.example", c.at, 1) +
			fmt.Sprintf("Content-Length: %d\r\n\r\n%s", mostForm+100, strings.Repeat("a", mostForm+100)),
	} {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
		_, _ = io.WriteString(conn, raw)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		for in := bufio.NewReader(conn); ; {
			resp, err := http.ReadResponse(in, nil)
			if err != nil {
				break
			}
			src, _ := io.ReadAll(resp.Body)
			if resp.StatusCode < 400 || strings.Contains(string(src), "You&#39;re in") {
				t.Errorf("%s: %d %s", name, resp.StatusCode, src)
			}
		}
		_ = conn.Close()
	}
	if _, page, err := b.Get("/seat"); err != nil || !strings.Contains(page, "You&#39;re in") {
		t.Errorf("the seat is gone: %v %s", err, page)
	}
}
