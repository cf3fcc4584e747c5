package serve

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"wayout/internal/codes"
	"wayout/internal/desk"
	"wayout/internal/limits"
	"wayout/internal/live"
	"wayout/internal/room"
	"wayout/internal/store"
)

// refuseDesk tells a desk why its request was refused.
func refuseDesk(w http.ResponseWriter, err error) {
	if name := desk.RefusalOf(err); name != "" {
		reply(w, http.StatusConflict, desk.Refusal{Why: name})
		return
	}
	status := http.StatusBadRequest
	if errors.Is(err, store.ErrUnreachable) {
		status = http.StatusServiceUnavailable
	}
	reply(w, status, desk.Refusal{Why: err.Error()})
}

// deskRoutes adds the routes for clients that have the key of a room.
func (s *PageServer) deskRoutes(mux *http.ServeMux) {
	mux.HandleFunc("POST /staff/rooms/{room}/order", s.requireDesk(s.order))
	mux.HandleFunc("POST /staff/rooms/{room}/seats", s.requireDesk(s.seatOrders))
	mux.HandleFunc("GET /staff/rooms/{room}/live", s.requireDesk(s.deskLive))
	mux.HandleFunc("GET /staff/rooms/{room}/report",
		s.requireDesk(func(w http.ResponseWriter, r *http.Request, rm *live.Room) {
			s.awaitLastOrder(r)
			report, err := rm.Report()
			if err != nil {
				refuseDesk(w, err)
				return
			}
			reply(w, http.StatusOK, report)
		}))
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // The client may be gone.
}

func bearer(r *http.Request) string {
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return key
}

// makeRoom makes a room for a client with the staff key. Replies to wrong keys are delayed;
// pupils' wrong join codes don't add to that delay.
func (s *PageServer) makeRoom(w http.ResponseWriter, r *http.Request) {
	if subtle.ConstantTimeCompare([]byte(bearer(r)), []byte(s.o.Staff)) != 1 {
		s.wrongKeys.Wrong(r.Context(), s.from(r))
		reply(w, http.StatusForbidden, desk.Refusal{Why: "this is not the key of the staff"})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, store.MaxValue)
	var want desk.Request
	if err := json.NewDecoder(r.Body).Decode(&want); err != nil {
		reply(w, http.StatusBadRequest, desk.Refusal{Why: "this is no wish for a room"})
		return
	}
	l, err := s.registry.Lesson(want.Lesson)
	if err != nil {
		reply(w, http.StatusNotFound, desk.Refusal{Why: "there is no such lesson here"})
		return
	}
	if want.Seats < 1 || want.Seats > live.MaxSeats {
		want.Seats = live.DefaultSeats
	}
	rm, code, key, err := s.registry.Make(r.Context(), l, want.Seats, want.Script)
	if err != nil {
		reply(w, http.StatusServiceUnavailable, desk.Refusal{Why: "the room could not be kept"})
		return
	}
	reply(w, http.StatusCreated, desk.Created{Room: rm.ID(), Code: code, Key: key})
}

// requireDesk calls next with the desk's room, if the desk has the key of that room.
func (s *PageServer) requireDesk(next func(http.ResponseWriter, *http.Request, *live.Room)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		rm, err := s.registry.Lookup(r.Context(), r.PathValue("room"))
		switch {
		case !s.registry.Healthy():
			reply(w, http.StatusServiceUnavailable, desk.Refusal{Why: "this machine has lost the others"})
			return
		case err != nil || !rm.IsDeskKey(bearer(r)):
			reply(w, http.StatusForbidden, desk.Refusal{Why: "there is no such room for this key"})
			return
		}
		if p, ok := r.Context().Value(peerKey{}).(*limits.Conn); ok {
			p.AssignSeat("desk " + rm.ID())
		}
		next(w, r, rm)
	}
}

// awaitLastOrder waits until this machine knows the desk's last order, which another machine
// may have carried out.
func (s *PageServer) awaitLastOrder(r *http.Request) {
	if rev, err := strconv.ParseUint(r.Header.Get(desk.AfterHeader), 10, 64); err == nil {
		s.registry.Await(r.Context(), rev)
	}
}

func (s *PageServer) order(w http.ResponseWriter, r *http.Request, rm *live.Room) {
	var c room.Command
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostForm)).Decode(&c); err != nil {
		reply(w, http.StatusBadRequest, desk.Refusal{Why: "this is no order"})
		return
	}
	s.awaitLastOrder(r)
	name := r.Header.Get(desk.OrderHeader)
	if !codes.IsSecret(name) {
		name = codes.Secret()
	}
	if err := rm.Execute(r.Context(), name, c); err != nil {
		refuseDesk(w, err)
		return
	}
	v, _ := rm.View("")
	reply(w, http.StatusOK, desk.Executed{Rev: v.Rev})
}

func (s *PageServer) deskLive(w http.ResponseWriter, r *http.Request, rm *live.Room) {
	s.stream(w, r, rm, "", true, func(v room.View) (any, int) {
		return desk.Status{Class: v.Class.EncodeShown(), Rev: v.Rev, In: v.In, Answered: v.Answered,
			Everybody: v.AllAnswered, Seats: v.Seats, Taken: v.Taken, Idle: v.Idle, Guesses: v.Guesses}, 0
	})
}

// seatOrders carries out an order of a desk about the seats or the join code.
func (s *PageServer) seatOrders(w http.ResponseWriter, r *http.Request, rm *live.Room) {
	var o desk.SeatsOrder
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostForm)).Decode(&o); err != nil {
		reply(w, http.StatusBadRequest, desk.Refusal{Why: "this is no order"})
		return
	}
	var done desk.SeatsResult
	err := room.ErrNothing
	switch o.Do {
	case desk.AddSeats:
		done.Count, err = rm.MoreSeats(r.Context())
	case desk.RemoveIdleSeats:
		done.Count, err = rm.RemoveIdle(r.Context())
	case desk.ReplaceCode:
		done.Code, err = rm.NewCode(r.Context())
	}
	if err != nil {
		refuseDesk(w, err)
		return
	}
	reply(w, http.StatusOK, done)
}
