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

// earWords are the words for what was heard. They are the same for everyone, and are loaded
// apart from the page, whose length could reveal where someone is.
type earWords struct {
	Phrases exchange.Phrases `json:"phrases"`
	First   string           `json:"first"`  // HTML: the help that comes first after a line about danger.
	GoesOn  string           `json:"goesOn"` // The words for going on with the story.
}

// newEars returns the parts of the recogniser by name, or none in a language without one.
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

// RecogniserParts are the names of the files that the page of a class loads when there is a line
// to type.
var RecogniserParts = []string{programName, "hear.frames", "hear.weights", "hear.words"}

// programName is the part that is compiled code.
const programName = "hear.wasm"

// Recogniser returns a part of the recogniser; it reports false in a language without one.
func (k *Class) Recogniser(name string) (Part, bool) {
	part, ok := k.ears[name]
	if ok && name == programName { // One MB: held in memory only while it's sent.
		part.Src, _ = classFiles.ReadFile("class/hear.wasm.gz") // Embedded; it can't fail.
	}
	return part, ok
}

// onDevice is a line to type, for the script: the answers, and as JSON how the right one is
// found.
type onDevice struct {
	view.OnDevice
	JSON string
}

func (k *Class) onDevice(run play.Run) *onDevice {
	of := k.view.OnDevice(run)
	src, err := json.Marshal(of.Rehearsal)
	if err != nil {
		return nil // It can't fail: strings and numbers only.
	}
	return &onDevice{of, string(src)}
}
