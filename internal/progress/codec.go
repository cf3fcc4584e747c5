package progress

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"wayout/internal/text"
)

// The first and the last line of a file.
const (
	magic  = "wayout-progress"
	schema = 1
	seal   = "sha256 "
)

// MaxFile is the most bytes that a file may have. The file of a learner who has done all
// lessons many times has a tenth of that.
const MaxFile = 1 << 20

// NewerError is returned for a file of a newer version, which isn't changed.
type NewerError struct {
	Schema  int
	Version string // Of the program that wrote it, or "".
}

// Error names the version that is needed.
func (e *NewerError) Error() string {
	if e.Version == "" {
		return fmt.Sprintf("the progress file has schema %d, this version knows %d", e.Schema, schema)
	}
	return fmt.Sprintf("the progress file was written by version %s and needs it", e.Version)
}

// DamagedError is returned for a file that is damaged or incomplete.
type DamagedError struct {
	What  string
	Count int // How many answers it held, or -1 if even that can't be read.
}

// Error says what is damaged.
func (e *DamagedError) Error() string { return "the progress file is damaged: " + e.What }

// Encode returns a record as the bytes of a file. Version is that of the program.
func Encode(r Record, version string) ([]byte, error) {
	doc, err := document(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %d %d %s\n", magic, schema, r.count(), strings.Join(strings.Fields(version), ""))
	b.Write(doc)
	b.WriteByte('\n')
	fmt.Fprintf(&b, "%s%s\n", seal, digest(b.Bytes()))
	if b.Len() > MaxFile {
		return nil, errors.New("the progress file would be too large")
	}
	return b.Bytes(), nil
}

func digest(data []byte) string {
	sum := sumOf(data)
	return hex.EncodeToString(sum[:])
}

// Decode reads a record from the bytes of a file. The error is a [NewerError] or a
// [DamagedError].
func Decode(data []byte) (Record, error) {
	data = text.Lines(data) // Another program may have changed line ends; JSON has no bare CR.
	head, _, _ := bytes.Cut(data[:min(len(data), 200)], []byte("\n"))
	fields := strings.Fields(string(head))
	count := -1
	if len(fields) < 2 || fields[0] != magic {
		return Record{}, &DamagedError{"it doesn't begin with " + magic, count}
	}
	n, err := strconv.Atoi(fields[1])
	if err != nil || n < 1 {
		return Record{}, &DamagedError{"its schema can't be read", count}
	}
	if n > schema {
		newer := &NewerError{Schema: n}
		if len(fields) > 3 {
			newer.Version = text.Line(fields[3], 40)
		}
		return Record{}, newer
	}
	if len(fields) > 2 {
		if c, err := strconv.Atoi(fields[2]); err == nil && c >= 0 {
			count = c
		}
	}
	if len(data) > MaxFile {
		return Record{}, &DamagedError{"it's too large", count}
	}
	end := bytes.LastIndex(data, []byte("\n"+seal))
	if end < len(head) {
		return Record{}, &DamagedError{"it has no end", count}
	}
	body, last := data[:end+1], strings.TrimSpace(string(data[end+1+len(seal):]))
	if last != digest(body) {
		return Record{}, &DamagedError{"its checksum doesn't match", count}
	}
	var r Record
	if err := unmarshal(body[len(head)+1:], &r); err != nil {
		return Record{}, &DamagedError{text.Line(err.Error(), 200), count}
	}
	return tidy(r), nil
}
