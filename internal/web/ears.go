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

// earWords are the words for what was heard. They are the same for everyone, and no part of
// a page whose length could say where someone is.
type earWords struct {
	Phrases exchange.Phrases `json:"phrases"`
	First   string           `json:"first"`  // HTML: what stands before everything after a line that speaks of danger.
	GoesOn  string           `json:"goesOn"` // How the story goes on.
}

// newEars returns the parts of the recogniser by their names, none in a language that has nothing
// to hear with.
func (k *Class) newEars() (map[string]Part, error) {
	frames, weights, err := k.course.Hearing()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var first strings.Builder
	if err := k.pages.ExecuteTemplate(&first, "first", k.view.HelpFirst(k.help, k.country)); err != nil {
		return nil, fmt.Errorf("draw the help that comes first: %w", err)
	}
	words, err := json.Marshal(earWords{k.view.Phrases(k.words.T("class.help")), first.String(),
		k.words.T("class.goeson")})
	return map[string]Part{
		programName:    {nil, "application/wasm", true},
		"hear.frames":  {frames, "text/plain; charset=utf-8", true},
		"hear.weights": {weights, "application/octet-stream", false},
		"hear.words":   {words, "application/json", false},
	}, err
}

// Part is a part of the recogniser for a device.
type Part struct {
	Src  []byte
	Kind string // Its content type.
	Gzip bool   // It is sent compressed, for the browser to unpack.
}

// RecogniserParts are the names of what the page of a class loads once there is a line to
// type.
var RecogniserParts = []string{programName, "hear.frames", "hear.weights", "hear.words"}

// programName is the part that is compiled code.
const programName = "hear.wasm"

// Recogniser returns a part of the recogniser; false in a language in which nothing is heard.
func (k *Class) Recogniser(name string) (Part, bool) {
	part, ok := k.ears[name]
	if ok && name == programName { // A MB that is held only while it's sent.
		part.Src, _ = classFiles.ReadFile("class/hear.wasm.gz") // Embedded; it can't fail.
	}
	return part, ok
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
