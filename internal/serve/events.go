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

// How often a stream sends a beat, and how long a client may leave an event unread.
const (
	beatEvery  = desk.Beat
	sendWithin = 5 * time.Second
)

// stream sends events to a seat, or to the desk, until the client hangs up: "now" with the
// result of tell, when that has changed; "beat" to show that the connection is alive; and
// "gone" when the room or the seat is gone. A client that doesn't read is disconnected, and so
// is everyone if this machine has lost the store, so that they reach another machine.
func (s *PageServer) stream(w http.ResponseWriter, r *http.Request, rm *live.Room, seat string, counts bool,
	tell func(room.View) (now any, least int)) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // A proxy must not buffer the stream.
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
		case <-viewer.Over:
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
			now, least := tell(v)
			data := plainJSON(now)
			// An event without a change would only say that someone has answered.
			if sum := sha256.Sum256(data); sum != last {
				last = sum
				if !send(paddedEvent(data, least, v.Class.OwnPace())) {
					return
				}
			}
		}
	}
}

// plainJSON encodes a value as JSON without escaping <, > and &, which makes HTML a third longer.
func plainJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // It can't fail for the types of this package.
	return bytes.TrimSpace(b.Bytes())
}

// paddedEvent makes an event of data, and pads it with a comment to the length that data of at
// least this many bytes would have.
func paddedEvent(data []byte, least int, own bool) []byte {
	event := fmt.Appendf(nil, "event: now\ndata: %s\n:", data)
	return append(append(event, padding(len(event)+2, least-len(data), own)...), "\n\n"...)
}

// Anyone who can see an encrypted connection can see how long each of our replies is. So
// everything that depends on what a seat has chosen is padded to a length that reveals nothing.
// While the class is together, a page is as long as before its seat has answered, plus room
// for any answer, rounded up to a KiB. At one's own pace, each choice leads to different text,
// below all that was read before, and to different answers to a typed line, up to 68 KiB in the
// present lessons: every reply is 96 KiB, and a longer one twice that, or four times.
const (
	padTogether = 1 << 10
	padOwn      = 96 << 10
	padAnswer   = 512 // Room for what the page says about an answer.
)

// padding returns the bytes that bring n bytes to a length that reveals nothing. More is how
// many bytes longer the unanswered page is, if it is.
func padding(n, more int, own bool) []byte {
	size := (n + max(more, 0) + padTogether - 1) / padTogether * padTogether
	if own {
		for size = padOwn; size < n; size *= 2 {
		}
	}
	return bytes.Repeat([]byte("0"), size-n)
}

// paddedPage pads HTML with a comment at its end, to the length that HTML of at least this many
// bytes would have.
func paddedPage(src []byte, least int, own bool) []byte {
	const begin, end = "\n<!--", "-->\n"
	out := append(bytes.Clone(src), begin...)
	return append(append(out, padding(len(src)+len(begin)+len(end), least-len(src), own)...), end...)
}
