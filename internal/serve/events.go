package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"wayout/internal/desk"
	"wayout/internal/live"
	"wayout/internal/room"
)

// The beat of a line that says what is new, and the patience with whoever does not
// read it.
const (
	beatEvery  = desk.Beat
	sendWithin = 5 * time.Second
)

// stream tells a seat what is new of a room, or the desk, for as long as they
// listen: an event "now" with what tell makes of it, where that is something else than
// before; a "beat" that says that the line is well; and "gone" where the room or the
// seat is. One that does not read is let go, and one whose machine has lost the store
// is sent to another one.
func (s *PageServer) stream(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string, counts bool,
	tell func(room.View) any) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // A proxy must not collect what comes.
	viewer := rm.Watch(seat, counts)
	defer rm.Unwatch(viewer)
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	line := http.NewResponseController(w)
	send := func(event []byte) bool {
		_ = line.SetWriteDeadline(time.Now().Add(sendWithin))
		_, err := w.Write(event)
		return err == nil && line.Flush() == nil
	}
	var last [sha256.Size]byte
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.stop:
			return
		case <-viewer.Over():
			return
		case <-beat.C:
			if !s.registry.Healthy() || !send([]byte("event: beat\ndata: \n\n")) {
				return
			}
		case <-viewer.C:
			v, ok := rm.View(seat)
			if !ok {
				send([]byte("event: gone\ndata: \n\n"))
				return
			}
			data := plainJSON(tell(v))
			// What is the same as before would only say that somebody has answered.
			if sum := sha256.Sum256(data); sum != last {
				last = sum
				if !send(paddedEvent(data, v.Class.OwnPace())) {
					return
				}
			}
		}
	}
}

// plainJSON encodes a value without the escapes that make HTML a third longer.
func plainJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // Types of this package; it can't fail.
	return bytes.TrimSpace(b.Bytes())
}

// paddedEvent makes an event of data, padded with a comment.
func paddedEvent(data []byte, own bool) []byte {
	event := fmt.Appendf(nil, "event: now\ndata: %s\n:", data)
	return append(append(event, padding(len(event)+2, own)...), "\n\n"...)
}

// Who sees an encrypted line sees how long each answer of ours is. Everything that
// depends on what a seat has chosen is padded, so that the length says nothing: with
// everybody on the same page the choices differ by no letter, and the next KiB hides
// what else is said of a seat. At their own pace each choice leads to another text and
// what was read before stands above it, up to 13 KiB in the lessons there are: every
// answer is 16 KiB, and a longer one the next power of two.
const (
	padTogether = 1 << 10
	padOwn      = 16 << 10
)

// padding returns what makes n bytes a length that says nothing.
func padding(n int, own bool) []byte {
	size := (n + padTogether - 1) / padTogether * padTogether
	if own {
		for size = padOwn; size < n; size *= 2 {
		}
	}
	return bytes.Repeat([]byte("0"), size-n)
}

// paddedPage pads HTML with a comment behind it.
func paddedPage(src []byte, own bool) []byte {
	const begin, end = "\n<!--", "-->\n"
	out := append(bytes.Clone(src), begin...)
	return append(append(out, padding(len(src)+len(begin)+len(end), own)...), end...)
}
