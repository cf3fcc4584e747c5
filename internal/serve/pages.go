package serve

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"wayout/internal/codes"
	"wayout/internal/limits"
	"wayout/internal/live"
	"wayout/internal/play"
	"wayout/internal/room"
	"wayout/internal/text"
	"wayout/internal/web"
)

// PageOptions say how the pages of a class are served.
type PageOptions struct {
	Hosts   []string       // The names and addresses by which people reach us; any other is refused.
	AwayTo  string         // Where "leave now" leads, if the school has a page for it; "" is our empty page.
	Proxies []netip.Prefix // Proxies that are trusted to say the address of a client.
	Staff   string         // The key with which staff make rooms; "" lets no one make rooms.
	Secure  bool           // Clients reach us over TLS, here or at a proxy.
	Log     *slog.Logger   // For faults, never about people; nil for none.
}

// PageServer serves the pages of a registry's classes to browsers.
type PageServer struct {
	registry   *live.Registry
	pages      *web.Class
	o          PageOptions
	hosts      map[string]bool      // Names by which people reach us, without ports.
	public     map[hostPort]bool    // Names that --host gave with a port.
	wrongCodes *limits.GuessLimiter // For join codes.
	wrongKeys  *limits.GuessLimiter // For the key of the staff.
	http       *http.Server
	conns      *limits.Listener
	tls        *tls.Config // Nil without TLS here.
	stop       chan struct{}

	tickets    []byte // The key that signs tickets.
	formPolicy string // The policy's addition for AwayTo, to which a form may lead.

	mu    sync.Mutex
	cache map[cacheKey][]byte
}

// How many bytes a browser may send, and the name of a seat's cookie.
const (
	mostForm   = 4 << 10
	mostHeader = 8 << 10
	cookieName = "seat"
)

// healthPath is where a proxy asks whether this machine can serve seats. It is the one path
// that is served under any host name, because a proxy may use its own name for us.
const healthPath = "/healthz"

// NewPageServer returns the server of the pages of a registry's classes.
func NewPageServer(h *live.Registry, pages *web.Class, o PageOptions) *PageServer {
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	s := &PageServer{formPolicy: "; form-action 'self'", tickets: ticketKey(o.Staff), registry: h, pages: pages, o: o,
		conns: limits.NewListener(o.Proxies), hosts: make(map[string]bool), public: make(map[hostPort]bool),
		wrongCodes: limits.NewGuessLimiter(func() {
			h.Guessed(1)
		}), wrongKeys: limits.NewGuessLimiter(nil), stop: make(chan struct{}), cache: make(map[cacheKey][]byte)}
	for _, host := range o.Hosts {
		name, err := ParseHost(host)
		if err != nil {
			continue // The command has reported this name.
		}
		at, _ := hostPortOf(name, s.scheme())
		s.hosts[at.host] = true
		if _, _, err := net.SplitHostPort(name); err == nil {
			s.public[at] = true
		}
	}
	if u, err := url.Parse(o.AwayTo); err == nil && u.Host != "" {
		s.formPolicy = strings.Replace("; form-action 'self' ORIGIN", "ORIGIN", u.Scheme+"://"+u.Host, 1)
	}
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		IdleTimeout:    time.Minute,
		MaxHeaderBytes: mostHeader, ErrorLog: log.New(io.Discard, "", 0),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			if p := peerOf(c); p != nil {
				return context.WithValue(ctx, peerKey{}, p)
			}
			return ctx
		},
		ConnState: func(c net.Conn, now http.ConnState) {
			if p := peerOf(c); p != nil && (now == http.StateIdle || now == http.StateActive) {
				p.SetIdle(now == http.StateIdle)
			}
		}}
	return s
}

type peerKey struct{}

// peerOf returns the connection that package limits counts, or nil if it doesn't count c.
func peerOf(c net.Conn) *limits.Conn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	p, _ := c.(*limits.Conn)
	return p
}

// Serve serves a listener until the server is closed.
func (s *PageServer) Serve(l net.Listener) error {
	l = s.conns.Wrap(l)
	if s.tls != nil {
		l = tls.NewListener(l, s.tls)
	}
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Close closes the server: event streams are told to reconnect elsewhere, requests that are
// being answered are finished, and after two seconds every connection is cut.
func (s *PageServer) Close() {
	close(s.stop)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = s.http.Shutdown(ctx)
	_ = s.http.Close()
	s.conns.CloseAll()
}

func (s *PageServer) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.joinPage)
	mux.HandleFunc("GET /{code}", s.joinPage)
	mux.HandleFunc("POST /join", s.join)
	mux.HandleFunc("GET /seat", s.withSeat(s.seatPage))
	mux.HandleFunc("GET /live", s.withSeat(s.live))
	mux.HandleFunc("POST /answer", s.withSeat(s.answer))
	mux.HandleFunc("POST /step", s.withSeat(s.step))
	mux.HandleFunc("POST /leave", s.leave)
	for _, path := range []string{"/join", "/answer", "/step", "/leave"} {
		mux.HandleFunc("GET "+path, s.back)
	}
	mux.HandleFunc("GET /help", s.ofCountry((*web.Class).Help))
	// One page holds all steps of "right now", so that no answer is sent, and the seat isn't
	// looked at.
	mux.HandleFunc("GET /now", s.ofCountry((*web.Class).RightNow))
	mux.HandleFunc("GET /away", s.away)
	s.assets(mux)
	mux.HandleFunc("GET "+healthPath, func(w http.ResponseWriter, _ *http.Request) {
		if !s.registry.Healthy() {
			http.Error(w, "no", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ok\n")
	})
	if s.o.Staff != "" { // Staff make rooms, and lead them.
		mux.HandleFunc("POST /staff/rooms", s.makeRoom)
		s.deskRoutes(mux)
	}
	return s.checked(mux)
}

// assets adds the routes of the files that the pages load.
func (s *PageServer) assets(mux *http.ServeMux) {
	for _, name := range []string{"wayout.css", "wayout.js", "hear.js", "wasm_exec.js"} {
		src, kind := web.Asset(name)
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Service-Worker") != "" { // A service worker would stay on the device.
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", kind)
			if name == "hear.js" {
				w.Header().Set("Content-Security-Policy", hearingPolicy)
			}
			_, _ = w.Write(src) // The client may be gone.
		})
	}
	for _, name := range web.RecogniserParts {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			part, ok := s.pages.Recogniser(name)
			if !ok {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", part.Kind)
			if part.Gzip { // Every browser that runs the recogniser accepts gzip.
				w.Header().Set("Content-Encoding", "gzip")
			}
			_, _ = w.Write(part.Src) // The client may be gone.
		})
	}
}

// hearingPolicy is the policy of the worker that recognises what is typed. The worker may
// compile the recogniser, and can't connect to anything, not even to us.
const hearingPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

// policy is what a page may do: run our script, use our style sheet, connect to us.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"frame-ancestors 'none'; base-uri 'none'; worker-src 'none'"

// checked rejects requests that weren't sent to one of our names, so that a page elsewhere
// can't reach us by DNS rebinding, and forms that were filled in elsewhere.
func (s *PageServer) checked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy+s.formPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		// With "no-referrer" a browser would call the origin of a form "null".
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=()")
		if !s.knownHost(r) && r.URL.Path != healthPath {
			s.refuse(w, http.StatusMisdirectedRequest, "class.wrongaddress")
			return
		}
		if p, ok := r.Context().Value(peerKey{}).(*limits.Conn); ok && !p.AllowRequest() {
			w.Header().Set("Retry-After", "1")
			s.refuse(w, http.StatusTooManyRequests, "class.toofast")
			return
		}
		if r.Method == http.MethodPost && !strings.HasPrefix(r.URL.Path, "/staff/") {
			r.Body = http.MaxBytesReader(w, r.Body, mostForm)
			if err := r.ParseForm(); err != nil {
				s.refuse(w, http.StatusBadRequest, "class.noform")
				return
			}
			switch s.origin(r) {
			case otherPage:
				s.refuse(w, http.StatusForbidden, "class.foreign")
				return
			case unknownSource:
				s.refuse(w, http.StatusForbidden, "class.silent")
				return
			}
			// The body has been read: from here on we notice when the client hangs up.
			if s.registry.Outdated(r.Context()) {
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// mostHops is how many addresses of X-Forwarded-For are read at most.
const mostHops = 20

// from returns the address of a client: the last address in X-Forwarded-For that isn't a
// declared proxy. The client can write anything before it. A proxy may add a new header line
// instead of extending the last one, so all lines count, in order.
func (s *PageServer) from(r *http.Request) netip.Addr {
	p, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := p.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= max(0, len(hops)-mostHops) && limits.Trusts(s.o.Proxies, addr); i-- {
		next, ok := hop(hops[i])
		if !ok {
			break // A declared proxy notes only addresses.
		}
		addr = next
	}
	return addr
}

// hop reads one address of X-Forwarded-For, with or without a port.
func hop(said string) (netip.Addr, bool) {
	said = strings.TrimSpace(said)
	a, err := netip.ParseAddr(strings.Trim(said, "[]"))
	if p, bad := netip.ParseAddrPort(said); err != nil && bad == nil {
		a, err = p.Addr(), nil
	}
	return a.Unmap().WithZone(""), err == nil
}

// page sends a page.
func (s *PageServer) page(w http.ResponseWriter, status int, draw func(io.Writer) error) {
	var b bytes.Buffer
	if err := draw(&b); err != nil {
		s.o.Log.Error("a page can't be drawn", "err", err)
		http.Error(w, "This page can't be drawn.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // The client may be gone.
}

// problem sends a page of the class that says what didn't work.
func (s *PageServer) problem(w http.ResponseWriter, r *http.Request, status int, why string) {
	pages := s.pagesFor(w, r)
	s.page(w, status, func(b io.Writer) error { return pages.Trouble(b, why) })
}

// refuse sends a page that says why a request was refused, and what to do.
func (s *PageServer) refuse(w http.ResponseWriter, status int, why string) {
	s.page(w, status, func(b io.Writer) error { return s.pages.Refused(b, why) })
}

// pagesFor returns the pages with the form token of this browser.
func (s *PageServer) pagesFor(w http.ResponseWriter, r *http.Request) *web.Class {
	return s.pages.WithForm(s.formFor(w, r))
}

// back redirects from a path that only takes forms to the page of the seat, for someone who
// reloads a page or types what they saw in the address bar.
func (s *PageServer) back(w http.ResponseWriter, r *http.Request) {
	if rm, _ := s.seated(r); rm != nil {
		http.Redirect(w, r, "/seat", http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *PageServer) joinPage(w http.ResponseWriter, r *http.Request) {
	status, why := http.StatusOK, ""
	typed, code := r.PathValue("code"), ""
	if !strings.Contains(typed, ".") { // With a dot it's a file that browsers request by themselves.
		code = codes.Parse(typed)
	}
	switch {
	case code != "":
		code = codes.Spaced(code)
	case typed != "":
		status, why = http.StatusNotFound, "class.wrongcode"
	}
	if hasLeft(r) {
		s.dropCookie(w, cookieName) // Someone who comes here wants to join, or wants help.
	}
	pages := s.pages.WithForm(formToken(s.giveTicket(w, r)))
	s.page(w, status, func(b io.Writer) error { return pages.Join(b, code, why) })
}

func (s *PageServer) join(w http.ResponseWriter, r *http.Request) {
	typed := r.PostFormValue("code")
	refuse := func(status int, why string) {
		pages, again := s.pagesFor(w, r), text.Line(typed, 100) // Show what was typed, to be corrected.
		s.page(w, status, func(b io.Writer) error { return pages.Join(b, again, why) })
	}
	rm, err := s.registry.Find(r.Context(), codes.Parse(typed))
	if err != nil {
		if s.wrongCodes.Wrong(r.Context(), s.from(r)) {
			w.Header().Set("Connection", "close")
		}
		refuse(http.StatusForbidden, "class.wrongcode")
		return
	}
	switch err := s.takeSeat(w, r, rm, codes.Parse(typed)); {
	case errors.Is(err, live.ErrNoRoom):
		refuse(http.StatusForbidden, "class.wrongcode")
	case errors.Is(err, live.ErrLocked):
		refuse(http.StatusForbidden, "class.locked")
	case errors.Is(err, live.ErrFull):
		refuse(http.StatusForbidden, "class.full")
	case errors.Is(err, live.ErrTooFast):
		w.Header().Set("Retry-After", "2")
		refuse(http.StatusTooManyRequests, "class.rush")
	case err != nil:
		refuse(http.StatusServiceUnavailable, "class.elsewhere")
	}
}

// toSeat sends a browser to the page of a seat by a redirect, and our script by the reply, so
// that the script can replace the page on which the code was typed. If there are several
// machines, the page waits until the machine that serves it knows the seat's revision.
func (s *PageServer) toSeat(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string) {
	path := "/seat"
	if !s.registry.Local() {
		path += "?" + afterKey + "=" + strconv.FormatUint(rm.SeatRevision(seat), 10)
	}
	if r.Header.Get(forScript) == "" {
		http.Redirect(w, r, path, http.StatusSeeOther)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set(forScript, "1")
	_, _ = io.WriteString(w, path) // The client may be gone.
}

// afterKey is the query parameter with the revision that a page waits for.
const afterKey = "after"

// hasLeft reports whether the client has left the class. Going back in its history must then
// show nothing of the class.
func hasLeft(r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	return err == nil && c.Value == leftSeat
}

// seated returns the room and the seat of a request; the room is nil if it has none.
func (s *PageServer) seated(r *http.Request) (*live.Room, string) {
	id, t, ok := seatCookie(r)
	if !ok {
		return nil, ""
	}
	if rev, err := strconv.ParseUint(r.FormValue(afterKey), 10, 64); err == nil {
		s.registry.Await(r.Context(), rev)
	}
	rm, err := s.registry.Lookup(r.Context(), id)
	if err != nil {
		return nil, ""
	}
	seat, ok := rm.Seat(r.Context(), t)
	if !ok {
		return nil, ""
	}
	if p, ok := r.Context().Value(peerKey{}).(*limits.Conn); ok {
		p.AssignSeat(seat)
	}
	rm.Seen(seat, r.Header.Get(forScript) != "")
	return rm, seat
}

// withSeat calls handle for a client with a seat. A client without one gets a page that says
// that the class is over, or the empty page if it has left.
func (s *PageServer) withSeat(
	handle func(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rm, seat := s.seated(r)
		switch {
		case !s.registry.Healthy():
			w.Header().Set("Retry-After", "1")
			s.problem(w, r, http.StatusServiceUnavailable, "class.elsewhere")
		case rm != nil:
			handle(w, r, rm, seat)
		case hasLeft(r):
			s.away(w, r)
		case r.Method == http.MethodPost:
			s.page(w, http.StatusGone, s.pagesFor(w, r).Over)
		default:
			s.dropCookie(w, cookieName)
			s.page(w, http.StatusOK, s.pagesFor(w, r).Over)
		}
	}
}

// joinInfo returns how to join a room. It is empty unless the client is a projector, whose
// cookie holds the join code.
func (s *PageServer) joinInfo(r *http.Request, rm *live.Room) web.JoinInfo {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return web.JoinInfo{}
	}
	code := codes.Parse(c.Value[strings.LastIndex(c.Value, ".")+1:])
	if code == "" || !rm.AcceptsCode(code) {
		return web.JoinInfo{}
	}
	page := "http://" + r.Host
	if s.o.Secure {
		page = "https://" + r.Host
	}
	return web.JoinInfo{Page: page, Code: codes.Spaced(code), Scan: strings.ToUpper(page) + "/" + code}
}

func (s *PageServer) seatPage(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string) {
	if v, ok := rm.View(seat); ok {
		pages := s.pagesFor(w, r)
		if !v.Seat.Projector {
			w.Header().Set("Content-Security-Policy", s.seatPolicy(r))
		}
		s.page(w, http.StatusOK, func(b io.Writer) error {
			var src, before bytes.Buffer
			info := s.joinInfo(r, rm)
			if err := errors.Join(pages.Seat(&src, v, info), pages.Seat(&before, unanswered(v), info)); err != nil {
				return err
			}
			_, err := b.Write(paddedPage(src.Bytes(), before.Len()+padAnswer, v.Class.OwnPace()))
			return err
		})
	}
}

// cacheKey identifies what a participant's page shows, which is the same for everyone who has
// given the same answer.
type cacheKey struct {
	room         string
	rev          uint64
	pick         int
	picked, late bool
}

// maxCached is how many rendered pages are kept. A class of sixty needs about ten at a time.
// Pages of earlier slides are never used again, so a full cache is simply emptied.
const maxCached = 512

// fragment returns the part of a seat's page that changes. It is rendered once for everyone who
// sees the same. Anything that depends on the client must not be cached: the address by which a
// client has reached us is shown only on a projector, which is rendered each time.
func (s *PageServer) fragment(rm *live.Room, v room.View, c web.JoinInfo) []byte {
	draw := func() []byte {
		var b bytes.Buffer
		if err := s.pages.Now(&b, v, c); err != nil {
			s.o.Log.Error("a page can't be drawn", "err", err)
			return nil
		}
		return b.Bytes()
	}
	if v.Class.OwnPace() || v.Seat.Projector {
		return draw()
	}
	key := cacheKey{room: rm.ID(), rev: v.Rev, late: v.Late}
	key.pick, key.picked = v.Pick(v.Class.Question().Scene)
	s.mu.Lock()
	defer s.mu.Unlock()
	if src, ok := s.cache[key]; ok {
		return src
	}
	if len(s.cache) >= maxCached {
		clear(s.cache)
	}
	src := draw()
	s.cache[key] = src
	return src
}

// seatPolicy returns the policy for the page of a seat, which may start the worker that
// recognises what is typed, and no other. The page itself may compile nothing.
func (s *PageServer) seatPolicy(r *http.Request) string {
	worker := "worker-src " + s.scheme() + "://" + r.Host + "/hear.js"
	return strings.Replace(policy, "worker-src 'none'", worker, 1) + s.formPolicy
}

func (s *PageServer) live(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string) {
	v, _ := rm.View(seat)
	info := s.joinInfo(r, rm)
	if r.URL.Query().Get("once") != "" {
		s.sendFragment(w, rm, v, info) // Our script polls because a proxy buffers the stream.
		return
	}
	s.stream(w, r, rm, seat, v.Seat.Projector, func(v room.View) (any, int) {
		before := plainJSON(string(s.fragment(rm, unanswered(v), info)))
		return string(s.fragment(rm, v, info)), len(before) + padAnswer
	})
}

// answered replies to a form: our script gets the part of the page that changes, and other
// clients get a redirect to the page.
func (s *PageServer) answered(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string, err error) {
	switch {
	case errors.Is(err, live.ErrNotNow), errors.Is(err, play.ErrClosed), errors.Is(err, play.ErrTurn):
		if r.Header.Get(forScript) == "" {
			s.problem(w, r, http.StatusConflict, "class.notnow")
			return
		}
	case errors.Is(err, live.ErrNoSeat):
		s.page(w, http.StatusGone, s.pagesFor(w, r).Over)
		return
	case err != nil:
		s.problem(w, r, http.StatusServiceUnavailable, "class.elsewhere")
		return
	}
	if r.Header.Get(forScript) == "" {
		s.toSeat(w, r, rm, seat)
		return
	}
	v, _ := rm.View(seat)
	s.sendFragment(w, rm, v, s.joinInfo(r, rm))
}

// forScript is a header that our script sets in a request, and we in the reply, so that the
// script can tell our reply from a page that a web filter has put in its place.
const forScript = "X-Fragment"

func (s *PageServer) sendFragment(w http.ResponseWriter, rm *live.Room, v room.View, c web.JoinInfo) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set(forScript, "1")
	before := len(s.fragment(rm, unanswered(v), c)) + padAnswer
	_, _ = w.Write(paddedPage(s.fragment(rm, v, c), before, v.Class.OwnPace())) // The client may be gone.
}

// unanswered returns the view of a seat as if it hadn't answered the present question. A page
// is padded to the length of that view, which doesn't depend on the answer. At one's own pace
// the view stays as it is, because such pages are padded to fixed lengths.
func unanswered(v room.View) room.View {
	if v.Class.OwnPace() {
		return v
	}
	v.Late, v.Seat.Picks = false, maps.Clone(v.Seat.Picks)
	delete(v.Seat.Picks, v.Class.Question().Scene)
	return v
}

// pickOf reads the number of an option, or [web.Unsure].
func pickOf(said string) (int, error) {
	if said == web.Unsure {
		return play.Unsure, nil
	}
	return strconv.Atoi(said)
}

func (s *PageServer) answer(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string) {
	pick, err := pickOf(r.PostFormValue("pick"))
	if err != nil {
		err = live.ErrNotNow
	} else {
		err = rm.Answer(seat, r.PostFormValue("scene"), pick).Soon()
	}
	s.answered(w, r, rm, seat, err)
}

func (s *PageServer) step(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string) {
	at, err := strconv.Atoi(r.PostFormValue("at"))
	if err != nil {
		s.answered(w, r, rm, seat, live.ErrNotNow)
		return
	}
	number := func(name string) (int, bool) {
		n, err := pickOf(r.PostFormValue(name))
		return n, err == nil
	}
	s.answered(w, r, rm, seat, rm.Step(seat, at, func(run play.Run) (play.Run, error) {
		if r.PostFormValue("undo") != "" {
			if turns := run.Turns(); len(turns) > 0 {
				return run.Undo(turns[len(turns)-1])
			}
			return run, play.ErrTurn
		}
		switch run.Turn() {
		case play.Choose:
			if n, ok := number("choose"); ok {
				return run.Choose(n)
			}
		case play.Answer:
			n, ok := number("answer")
			how, sure := number("how")
			if ok && sure && how >= 0 && how <= int(play.Sure) {
				return run.Answer(n, play.Confidence(how))
			}
		case play.Say:
			return run.Skip()
		case play.Go:
			return run.Go()
		}
		return run, play.ErrTurn
	}).Soon())
}

// leave gives up the seat and leads to the empty page.
func (s *PageServer) leave(w http.ResponseWriter, r *http.Request) {
	if rm, seat := s.seated(r); rm != nil {
		_ = rm.Leave(seat).Soon() // If that fails, the seat ends with the class.
	}
	http.SetCookie(w, s.cookie(cookieName, leftSeat))
	s.dropCookie(w, ticketName)
	http.Redirect(w, r, "/away", http.StatusSeeOther)
}

// away sends the empty page. A client that comes from one of our own pages is leaving, and gives
// up its seat here, too: a blocker may have taken the request to /leave for tracking and
// stopped it.
func (s *PageServer) away(w http.ResponseWriter, r *http.Request) {
	if u, err := url.Parse(r.Referer()); err == nil && s.ownOrigin(u.Scheme+"://"+u.Host, r) {
		if rm, seat := s.seated(r); rm != nil {
			_ = rm.Leave(seat).Soon() // If that fails, the seat ends with the class.
			http.SetCookie(w, s.cookie(cookieName, leftSeat))
		}
	}
	if s.o.AwayTo != "" {
		http.Redirect(w, r, s.o.AwayTo, http.StatusSeeOther)
		return
	}
	s.page(w, http.StatusOK, s.pages.Away)
}

// ofCountry serves a page with the help of a country. It doesn't look at the seat.
func (s *PageServer) ofCountry(draw func(*web.Class, io.Writer, string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if hasLeft(r) {
			s.away(w, r)
			return
		}
		country := r.URL.Query().Get("country")
		if len(country) > 20 {
			country = ""
		}
		pages := s.pagesFor(w, r)
		s.page(w, http.StatusOK, func(b io.Writer) error { return draw(pages, b, country) })
	}
}
