package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"wayout/internal/exchange"
	"wayout/internal/play"
	"wayout/internal/view"
)

// ears is what the recogniser on a device is made of, besides the program: empty in a
// language that has nothing to hear with.
type ears struct {
	frames, weights []byte
	words           []byte // JSON of earWords.
}

// earWords are the words for what was heard. They are the same for everyone, and no part of
// a page whose length could say where someone is.
type earWords struct {
	Phrases exchange.Phrases `json:"phrases"`
	First   string           `json:"first"`  // HTML: what stands before everything after a line that speaks of danger.
	GoesOn  string           `json:"goesOn"` // How the story goes on.
}

func (k *Class) newEars() (e ears, err error) {
	if e.frames, e.weights, err = k.course.Hearing(); errors.Is(err, fs.ErrNotExist) {
		return ears{}, nil
	} else if err != nil {
		return e, err
	}
	var first strings.Builder
	if err := k.pages.ExecuteTemplate(&first, "first", k.view.HelpFirst(k.help, k.country)); err != nil {
		return e, fmt.Errorf("draw the help that comes first: %w", err)
	}
	e.words, err = json.Marshal(earWords{k.view.Phrases(k.words.T("class.help")), first.String(),
		k.words.T("class.goeson")})
	return e, err
}

// Part is a part of the recogniser for a device.
type Part struct {
	Src  []byte
	Kind string // Its content type.
	Gzip bool   // It is sent compressed, for the browser to unpack.
}

// RecogniserParts are the names of what the page of a class loads once there is a line to
// type.
var RecogniserParts = []string{"hear.wasm", "hear.frames", "hear.weights", "hear.words"}

// Recogniser returns a part of the recogniser; false in a language in which nothing is heard.
func (k *Class) Recogniser(name string) (Part, bool) {
	switch {
	case k.ears.words == nil:
		return Part{}, false
	case name == "hear.wasm":
		program, _ := classFiles.ReadFile("class/hear.wasm.gz") // Embedded; it can't fail.
		return Part{program, "application/wasm", true}, true
	case name == "hear.frames":
		return Part{k.ears.frames, "text/plain; charset=utf-8", true}, true
	case name == "hear.weights":
		return Part{k.ears.weights, "application/octet-stream", false}, true
	case name == "hear.words":
		return Part{k.ears.words, "application/json", false}, true
	}
	return Part{}, false
}

// onDevice is a line to type, for the script: what its answers are found by, as JSON, and
// the answers.
type onDevice struct {
	view.OnDevice
	JSON string
}

func (k *Class) onDevice(run play.Run) *onDevice {
	of := k.view.OnDevice(run)
	src, err := json.Marshal(of.Rehearsal)
	if err != nil {
		return nil // It is made of strings and numbers; it can't fail.
	}
	return &onDevice{of, string(src)}
}
