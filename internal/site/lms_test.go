package site_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"
)

// lms is a learning platform's side of cmi5: it serves the course, a token for each session and
// the kept state, and takes statements. Anything but the few requests that our course may make is
// a fault, and so is any request out of order.
type lms struct {
	pages, records *httptest.Server // At two addresses, as in many schools.
	stories        []string
	mode           string

	mu       sync.Mutex
	changed  chan struct{} // Closed at each request, and replaced.
	session  int
	token    string // The session's token, once it was fetched.
	read     map[string]bool
	verbs    []string // The verbs of the session.
	place    []byte   // The kept state, or nil.
	all      [][]byte // Every body that was sent.
	done     int      // How many "completed" statements there were in total.
	faults   []string
	refusals int // How many more statements to refuse, as a faulty platform does.
}

const (
	registration = "760e3480-ba55-4991-94b0-01820dbd23a2"
	activity     = "https://lms.example/activities/1"
	actor        = `{"objectType":"Agent","account":{"homePage":"https://lms.example","name":"1625378"}}`
	categories   = "https://w3id.org/xapi/cmi5/context/categories/"
	verbs        = "http://adlnet.gov/expapi/verbs/"
)

func newLMS(t *testing.T, dir string, stories ...string) *lms {
	t.Helper()
	l := &lms{stories: stories, mode: "Normal", changed: make(chan struct{})}
	files := http.FileServer(http.Dir(dir))
	l.pages = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/lms":
			_, _ = io.WriteString(w, "<!doctype html><title>platform</title><h1>Courses</h1>")
		case "/token":
			l.hand(w, r)
		default:
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(l.pages.Close)
	l.records = httptest.NewServer(http.HandlerFunc(l.record))
	t.Cleanup(l.records.Close)
	return l
}

// launch begins a session, and returns the address to open in a browser.
func (l *lms) launch() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.session++
	l.token, l.verbs, l.read = "", nil, make(map[string]bool)
	return l.pages.URL + "/cmi5.html?" + url.Values{
		"endpoint": {l.records.URL + "/xapi"}, "fetch": {fmt.Sprintf("%s/token?k=%d", l.pages.URL, l.session)},
		"actor": {actor}, "registration": {registration}, "activityId": {activity}}.Encode()
}

// fault records a fault. The lock must be held.
func (l *lms) fault(format string, args ...any) {
	l.faults = append(l.faults, fmt.Sprintf("session %d: ", l.session)+fmt.Sprintf(format, args...))
}

// hand sends the token, once.
func (l *lms) hand(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	body, _ := io.ReadAll(r.Body)
	if r.Method != http.MethodPost || len(body) > 0 || r.URL.Query().Get("k") != fmt.Sprint(l.session) {
		l.fault("the token is asked for with %s %s %q", r.Method, r.URL, body)
	}
	if l.token != "" {
		_, _ = io.WriteString(w, `{"error-code": "1", "error-text": "The token has been returned."}`)
		return
	}
	l.token = fmt.Sprintf("dG9rZW4%d", l.session)
	_, _ = fmt.Fprintf(w, `{"auth-token": %q}`, l.token)
}

// record answers the requests of xAPI.
func (l *lms) record(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", l.pages.URL)
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Experience-API-Version")
	h.Set("Access-Control-Allow-Methods", "GET, PUT, POST")
	h.Set("Access-Control-Max-Age", "0") // Makes the browser send a preflight request each time.
	h.Set("X-Experience-API-Version", "1.0.3")
	if r.Method == http.MethodOptions {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() { close(l.changed); l.changed = make(chan struct{}) }()
	method, q, header, body := l.request(r)
	if len(body) > 0 {
		l.all = append(l.all, body)
	}
	if l.token == "" || header("Authorization") != "Basic "+l.token || header("X-Experience-API-Version") != "1.0.3" ||
		len(body) > 0 && header("Content-Type") != "application/json" {
		l.fault("%s %s without the token or the version", r.Method, r.URL.Path)
	}
	if slices.Contains(l.verbs, "terminated") && r.URL.Path == "/xapi/statements" {
		l.fault("%s %s after the end", r.Method, r.URL.Path)
	}
	switch {
	case r.URL.Path == "/xapi/statements" && method == http.MethodPost && len(q) == 0:
		if l.refusals > 0 {
			l.refusals--
			http.Error(w, "ill", http.StatusServiceUnavailable)
			return
		}
		l.take(body)
	case r.URL.Path == "/xapi/agents/profile" && method == http.MethodGet:
		l.named(q, "agent", "profileId")
		l.read[q.Get("profileId")] = true
		http.Error(w, "none", http.StatusNotFound) // This learner has no preferences.
	case r.URL.Path == "/xapi/activities/state":
		l.named(q, "activityId", "agent", "registration", "stateId")
		l.state(w, method, q.Get("stateId"), body)
	default:
		l.fault("nobody may ask for %s %s", r.Method, r.URL)
	}
}

// request reads a request of xAPI, in its usual form or in the one with everything in the body.
func (l *lms) request(r *http.Request) (method string, q url.Values, header func(string) string, body []byte) {
	body, _ = io.ReadAll(r.Body)
	q = r.URL.Query()
	if q.Get("method") == "" {
		return r.Method, q, r.Header.Get, body
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || r.Method != http.MethodPost || len(q) != 1 {
		l.fault("%s %s: %v: %s", r.Method, r.URL, err, body)
	}
	headers := make(http.Header)
	for _, name := range []string{"Authorization", "X-Experience-API-Version", "Content-Type"} {
		headers.Set(name, form.Get(name))
		form.Del(name)
	}
	body = []byte(form.Get("content"))
	form.Del("content")
	return q.Get("method"), form, headers.Get, body
}

// named reports a fault for a parameter that isn't expected, or has a wrong value.
func (l *lms) named(q url.Values, names ...string) {
	for name, vals := range q {
		want := map[string]string{"agent": actor, "activityId": activity, "registration": registration}[name]
		if !slices.Contains(names, name) || len(vals) != 1 || want != "" && vals[0] != want {
			l.fault("%s is %q", name, vals)
		}
	}
	if len(q) != len(names) {
		l.fault("the parameters are %v, not %v", q, names)
	}
}

// thing returns an activity.
func thing(id string) map[string]any { return map[string]any{"objectType": "Activity", "id": id} }

// template returns the context that the platform wants in every statement.
func template() map[string]any {
	return map[string]any{
		"contextActivities": map[string]any{"grouping": []any{thing("urn:uuid:1")}},
		"extensions":        map[string]any{"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "s"}}
}

// state serves the launch data, and serves and stores the place.
func (l *lms) state(w http.ResponseWriter, method, name string, body []byte) {
	switch {
	case method == http.MethodGet && name == "LMS.LaunchData":
		l.read[name] = true
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"contextTemplate": template(), "launchMode": l.mode,
			"moveOn": "Completed", "returnURL": l.pages.URL + "/lms"})
	case method == http.MethodGet && name == "wayout.place" && l.place == nil:
		http.Error(w, "none", http.StatusNotFound)
	case method == http.MethodGet && name == "wayout.place":
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(l.place)
	case method == http.MethodPut && name == "wayout.place" && l.mode == "Normal":
		l.place = body
		var p struct {
			Place     *string   `json:"place"`
			Done      *[]string `json:"done"`
			Completed *bool     `json:"completed"`
		}
		if err := strict(body, &p); err != nil || p.Place == nil || p.Done == nil || p.Completed == nil ||
			*p.Place != "" && !slices.Contains(l.stories, *p.Place) ||
			slices.ContainsFunc(*p.Done, func(id string) bool { return !slices.Contains(l.stories, id) }) {
			l.fault("the place is %s: %v", body, err)
		}
		w.WriteHeader(http.StatusNoContent)
	default:
		l.fault("%s of the state %q", method, name)
	}
}

// strict reads JSON, and returns an error for unknown fields.
func strict(src []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

// said has all fields that a statement may have.
type said struct {
	ID        string          `json:"id"`
	Timestamp time.Time       `json:"timestamp"`
	Actor     json.RawMessage `json:"actor"`
	Verb      struct {
		ID      string            `json:"id"`
		Display map[string]string `json:"display"`
	} `json:"verb"`
	Object  map[string]string `json:"object"`
	Context map[string]any    `json:"context"`
	Result  *struct {
		Completion *bool  `json:"completion"`
		Duration   string `json:"duration"`
	} `json:"result"`
}

// take reads one statement or a list of them.
func (l *lms) take(body []byte) {
	list := body
	if len(body) > 0 && body[0] == '{' {
		list = fmt.Appendf(nil, "[%s]", body)
	}
	var all []said
	if err := strict(list, &all); err != nil {
		l.fault("%v: %s", err, body)
	}
	for _, s := range all {
		l.hold(s)
	}
}

var (
	uuids     = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	uuids8    = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	durations = regexp.MustCompile(`^PT\d+\.\d\dS$`)
)

// hold holds a statement to cmi5: what must be in it, and when it may come.
func (l *lms) hold(s said) {
	verb := ""
	if len(s.Verb.ID) > len(verbs) {
		verb = s.Verb.ID[len(verbs):]
	}
	wrong := func(what string) {
		src, err := json.Marshal(s)
		l.fault("%s after %v: %s: %s %v", verb, l.verbs, what, src, err)
	}
	begins := verb == "initialized"
	if !slices.Contains([]string{"initialized", "completed", "terminated"}, verb) || slices.Contains(l.verbs, verb) ||
		begins != (len(l.verbs) == 0) || slices.Contains(l.verbs, "terminated") {
		wrong("the order")
	}
	if begins && (!l.read["LMS.LaunchData"] || !l.read["cmi5LearnerPreferences"]) {
		wrong("something wasn't read before")
	}
	category := []any{thing(categories + "cmi5")}
	if verb == "completed" {
		l.done++
		category = append(category, thing(categories+"moveon"))
		if l.mode != "Normal" || l.done > 1 {
			wrong("once in a registration, and for a learner only")
		}
	}
	context := template()
	context["registration"] = registration
	context["contextActivities"].(map[string]any)["category"] = category
	if !reflect.DeepEqual(s.Context, context) {
		wrong("the context")
	}
	if !uuids.MatchString(s.ID) || time.Since(s.Timestamp).Abs() > time.Hour || string(s.Actor) != actor ||
		!reflect.DeepEqual(s.Object, map[string]string{"objectType": "Activity", "id": activity}) ||
		!reflect.DeepEqual(s.Verb.Display, map[string]string{"en": verb}) {
		wrong("who, when or what")
	}
	r := s.Result
	completes := r != nil && r.Completion != nil && *r.Completion
	if begins != (r == nil) || r != nil && !durations.MatchString(r.Duration) || completes != (verb == "completed") ||
		r != nil && !completes && r.Completion != nil {
		wrong("the result")
	}
	l.verbs = append(l.verbs, verb)
}

// until waits until a condition on the platform's state is true.
func (l *lms) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		l.mu.Lock()
		ok, next := is(), l.changed
		verbs, place, faults := slices.Clone(l.verbs), string(l.place), slices.Clone(l.faults)
		l.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-next:
		case <-limit:
			t.Fatalf("never: %s; it was told %v and keeps %s; %q", what, verbs, place, faults)
		}
	}
}

// ended waits for the end of a session with these statements and this place.
func (l *lms) ended(t *testing.T, place string, verbs ...string) {
	t.Helper()
	l.until(t, fmt.Sprint(verbs, " ", place), func() bool {
		return slices.Equal(l.verbs, verbs) && string(l.place) == place
	})
}
