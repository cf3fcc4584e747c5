package classtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Browser is a browser without JavaScript: it follows links, sends forms, and keeps
// cookies while it is open.
type Browser struct {
	At   string // Such as "http://127.0.0.1:8080".
	HTTP *http.Client
}

// NewBrowser opens a browser for the class at an address.
func NewBrowser(at string) *Browser {
	jar, _ := cookiejar.New(nil) // It can't fail without options.
	return &Browser{At: at, HTTP: &http.Client{Jar: jar, Timeout: 20 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 2}}}
}

// Get follows a link and returns the status and the page.
func (b *Browser) Get(path string) (int, string, error) {
	req, err := http.NewRequest(http.MethodGet, b.At+path, nil)
	if err != nil {
		return 0, "", err
	}
	return b.do(req)
}

// Post sends a form, and returns the status and the page after redirects.
func (b *Browser) Post(path string, form url.Values) (int, string, error) {
	req, err := http.NewRequest(http.MethodPost, b.At+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", b.At)
	return b.do(req)
}

// do sends a request, and tries again if the reply is that it is too fast, since a test is faster
// than any person.
func (b *Browser) do(req *http.Request) (int, string, error) {
	for {
		status, body, err := read(b.HTTP.Do(req.Clone(req.Context())))
		if status != http.StatusTooManyRequests || !strings.Contains(body, "Too fast") {
			return status, body, err
		}
		time.Sleep(100 * time.Millisecond)
		if req.GetBody != nil {
			req.Body, _ = req.GetBody() // It can't fail for a string.
		}
	}
}

func read(resp *http.Response, err error) (int, string, error) {
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// Join joins with a code, on the page for it.
func (b *Browser) Join(code string) error {
	if _, _, err := b.Get("/"); err != nil {
		return err
	}
	status, body, err := b.Post("/join", url.Values{"code": {code}, "as": {"seat"}})
	if err == nil && (status != http.StatusOK || !strings.Contains(body, `id="live"`)) {
		err = fmt.Errorf("joining: %d %s", status, body)
	}
	return err
}

// Vote answers the open question with the i-th of its buttons.
func (b *Browser) Vote(i int) error {
	_, body, err := b.Get("/seat")
	if err != nil {
		return err
	}
	asked := regexp.MustCompile(`name="scene" value="([^"]+)"`).FindStringSubmatch(body)
	picks := regexp.MustCompile(`name="pick" value="([^"]+)"`).FindAllStringSubmatch(body, -1)
	if asked == nil || len(picks) == 0 {
		return fmt.Errorf("nothing to answer on %s", body)
	}
	pick := picks[i%len(picks)][1]
	status, body, err := b.Post("/answer", url.Values{"scene": {asked[1]}, "pick": {pick}})
	// The page may say that the answer is on its way: then load it again.
	for end := time.Now().Add(10 * time.Second); err == nil && status == http.StatusOK && !strings.Contains(body,
		`value="`+pick+`" aria-pressed="true"`) && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		status, body, err = b.Get("/seat")
	}
	if err == nil && (status != http.StatusOK || !strings.Contains(body, `aria-pressed="true"`)) {
		err = fmt.Errorf("answering: %d %s", status, body)
	}
	return err
}
