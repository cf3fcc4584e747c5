package serve

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"wayout/internal/desk"
)

// TestKeyStaysAtItsAddress checks that a desk follows no redirect with its key: the redirect
// could lead to an address that has no certificate or is someone else's.
func TestKeyStaysAtItsAddress(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer elsewhere.Close()
	c := newClass(t, 8, PageOptions{})
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		moved := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+r.URL.Path, status)
		}))
		if _, _, err := desk.Open(context.Background(), moved.URL, staffOf(t), c.room.Lesson(), 8, nil); err == nil ||
			!strings.Contains(err.Error(), "another address") {
			t.Errorf("%d: %v", status, err)
		}
		moved.Close()
	}
	if asked > 0 {
		t.Errorf("the key went elsewhere %d times", asked)
	}
}
