package serve

import (
	"net/url"
	"strings"
	"testing"

	"wayout/internal/classtest"
	"wayout/internal/codes"
)

// TestTypedCodesJoin types codes as people do, in all three places: after our address, on the
// page and over SSH.
func TestTypedCodesJoin(t *testing.T) {
	c := newClass(t, 256, PageOptions{})
	at, _ := c.shell(open(t))
	for i, typed := range classtest.Typings(c.code) {
		b := classtest.NewBrowser(c.at)
		if !strings.Contains(typed, ".") { // With a dot it is the name of a file.
			_, page, err := b.Get("/" + url.PathEscape(typed))
			if err != nil || !strings.Contains(page, `value="`+codes.Spaced(c.code)+`"`) {
				t.Errorf("%d: %q in a link: %v %s", i, typed, err, page)
			}
		}
		if err := b.Join(typed); err != nil {
			t.Errorf("%d: %q in a browser: %v", i, typed, err)
		}
		b.HTTP.CloseIdleConnections()
		if i%7 != 0 || strings.ContainsAny(typed, "\r\n") {
			continue // A few show that SSH reads codes in the same way.
		}
		client, err := classtest.Dial(at, typed)
		if err != nil {
			t.Errorf("%d: %q over SSH: %v", i, typed, err)
			continue
		}
		_ = client.Close()
	}
}
