package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"wayout/internal/room"
)

// The beat of a line that says what is new, and the patience with whoever does not
// read it.
const (
	beatEvery  = 2 * time.Second
	sendWithin = 5 * time.Second
)

// follow tells a seat what is new of a room, or the desk, for as long as they
// listen: an event "now" with what tell makes of it, a "beat" that says that the
// line is well, and "gone" where the room or the seat is. One that does not read is
// let go, and one whose machine has lost the store is sent to another one.
func (s *Site) follow(w http.ResponseWriter, r *http.Request, rm *Room, seat string, counts bool, tell func(room.View) any) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // A proxy must not collect what comes.
	viewer := rm.Watch(seat, counts)
	defer rm.Unwatch(viewer)
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	line := http.NewResponseController(w)
	send := func(event string, data []byte) bool {
		_ = line.SetWriteDeadline(time.Now().Add(sendWithin))
		_, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
		return err == nil && line.Flush() == nil
	}
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.stop:
			return
		case <-beat.C:
			if !s.hall.Healthy() || !send("beat", nil) {
				return
			}
		case <-viewer.C:
			v, ok := rm.View(seat)
			if !ok {
				send("gone", nil)
				return
			}
			data, err := json.Marshal(tell(v))
			if err != nil || !send("now", data) {
				return
			}
		}
	}
}
