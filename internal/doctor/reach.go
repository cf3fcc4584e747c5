package doctor

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"wayout/internal/web"
)

// Visitor says what happened when a student's device opened the page.
type Visitor struct {
	Came  bool // A device other than this computer has opened the page.
	Own   bool // This computer has opened the page.
	Flows bool // The page arrived while it was being written, unbuffered.
	Holds bool // A page stayed open for the whole time.
}

// slower says what a class does if its event stream doesn't get through: see wayout.js.
const slower = "The class still works: each screen notices within about four seconds, and from then on asks for news " +
	"every two to three seconds, so it follows you that much later. "

// Findings returns what a student's visit shows.
func (r Visitor) Findings() []Finding {
	switch {
	case !r.Came && r.Own:
		return []Finding{{"student", Wrong, "Only this computer has opened the page.",
			"Try another device, on the network that students use."}}
	case !r.Came:
		return []Finding{{"student", Wrong, "No device has reached this computer.",
			"The Wi-Fi may keep devices apart, or a firewall may be in the way. Try a cable or a teacher's phone as " +
				"a " +
				"hotspot, or ask IT for what's listed below."}}
	case !r.Holds:
		return []Finding{{"student", Note, "The device opened the page, but it was cut off within ten seconds.",
			"Something in between cuts off pages that stay open. " + slower + "Ask IT to let them stay open."}}
	case !r.Flows:
		return []Finding{{"student", Note, "The device opened the page, but it was held back.",
			"A filter or proxy in between only passes a page on once it's complete. " + slower +
				"Ask IT to let this address through unfiltered."}}
	}
	return []Finding{
		{Check: "student", Says: "A student's device reached this computer, and the page stayed open."}}
}

// Reach serves one page on a port until a device other than this computer has opened it and
// kept it open for hold, or the context ends. The page contains only words, and nothing about
// its visitors is stored.
func Reach(ctx context.Context, at netip.AddrPort, pages *web.Class, hold time.Duration) (Visitor, error) {
	l, err := net.Listen("tcp", at.String())
	if err != nil {
		return Visitor{}, err
	}
	return reach(ctx, l, &trial{hold: hold, pages: pages, done: make(chan struct{}),
		own: func(a netip.Addr) bool { return a == at.Addr() || a.IsLoopback() }})
}

func reach(ctx context.Context, l net.Listener, t *trial) (Visitor, error) {
	var err error
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", t.page)
	mux.HandleFunc("GET /seen/{what}", t.seen)
	mux.HandleFunc("GET /wayout.css", func(w http.ResponseWriter, _ *http.Request) {
		src, kind := web.Asset("wayout.css")
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(src) // The client may be gone.
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		MaxHeaderBytes: 8 << 10}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	select {
	case <-ctx.Done():
	case <-t.done:
	case err = <-served:
	}
	err = errors.Join(err, s.Close())
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.visitor, err
}

// trial serves the page that tests whether devices can reach this computer.
type trial struct {
	own   func(netip.Addr) bool // Whether an address belongs to this computer.
	hold  time.Duration
	pages *web.Class
	done  chan struct{}

	mu      sync.Mutex
	visitor Visitor
	open    bool // A page is being written now.
}

func (t *trial) isOwn(r *http.Request) bool {
	p, err := netip.ParseAddrPort(r.RemoteAddr)
	return err != nil || t.own(p.Addr().Unmap())
}

// page writes the first half of a page, waits, and writes the second. Each half loads a
// picture. The first picture is requested while the page is still open only if nothing on the
// way buffers the page.
func (t *trial) page(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'")
	h.Set("Cache-Control", "no-store")
	t.mu.Lock()
	t.open = true
	if t.isOwn(r) {
		t.visitor.Own = true
	} else {
		t.visitor.Came = true
	}
	t.mu.Unlock()
	line := http.NewResponseController(w)
	half := func(name string) bool {
		return t.pages.Reach(w, name) == nil && line.Flush() == nil
	}
	if !half("reach") {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for end := time.Now().Add(t.hold); time.Now().Before(end); {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(time.Until(end)):
		case <-tick.C:
			_ = line.SetWriteDeadline(time.Now().Add(5 * time.Second))
			if _, err := io.WriteString(w, " "); err != nil || line.Flush() != nil {
				return
			}
		}
	}
	t.mu.Lock()
	t.open = false
	t.mu.Unlock()
	half("reached")
}

func (t *trial) seen(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNoContent)
	if t.isOwn(r) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.PathValue("what") == "first" {
		t.visitor.Flows = t.visitor.Flows || t.open
		return
	}
	if !t.visitor.Holds {
		t.visitor.Holds = true
		close(t.done)
	}
}
