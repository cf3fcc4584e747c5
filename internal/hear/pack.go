package hear

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// The program carries the packed file: the text of [Model.Encode], rearranged so that it
// packs well, and squeezed (squeeze.go). It has first the lines that aren't weights, then
// every feature once, as the length of the prefix that it shares with the previous one and
// the rest, then for each section the weights of each feature.
const (
	gzipped  = "\x1f\x8b"
	nothing  = "."     // A feature that a section has, but without weights.
	maxModel = 8 << 20 // Bytes when unpacked. A limit is needed because weights may be replaced.
	mostSame = 90      // So that the number fits in one printable byte.
)

// Pack packs the output of [Model.Encode]. Equal text gives equal bytes.
func Pack(text []byte) []byte {
	var rest strings.Builder
	var sections []map[string]string // The weights of each feature.
	all := make(map[string]bool)
	inWords := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		section := strings.HasPrefix(line, "[")
		if section {
			if inWords = line == "[words]"; !inWords {
				sections = append(sections, make(map[string]string))
			}
		}
		if section || inWords || strings.HasPrefix(line, "+ ") || isHead(line) || len(sections) == 0 {
			rest.WriteString(line + "\n")
			continue
		}
		codes, feature, _ := strings.Cut(line, " ")
		all[feature] = true
		sections[len(sections)-1][feature] = cmp.Or(codes, nothing)
	}
	features := slices.Sorted(maps.Keys(all))
	parts := []string{rest.String(), shortened(features)}
	for _, weights := range sections {
		var part strings.Builder
		for _, f := range features {
			part.WriteString(weights[f] + "\n")
		}
		parts = append(parts, part.String())
	}
	return squeeze(parts)
}

// shortened writes names, one a line, without the prefix that each shares with the previous one.
func shortened(names []string) string {
	var b strings.Builder
	before := ""
	for _, name := range names {
		same := 0
		for same < min(len(before), len(name), mostSame) && before[same] == name[same] {
			same++
		}
		b.WriteString(string(rune('!'+same)) + name[same:] + "\n")
		before = name
	}
	return b.String()
}

func compressed(text string) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(z, text); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

func decompressed(src []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxModel))
}

// unpack returns the text that was packed.
func unpack(src []byte) ([]byte, error) {
	parts, err := unsqueeze(src)
	if err != nil {
		return nil, err
	}
	if len(parts) < 2 {
		return nil, errSqueezed
	}
	features := linesOf(parts[1])
	before := ""
	for i, f := range features {
		same := -1
		if f != "" {
			same = int(f[0]) - '!'
		}
		if same < 0 || same > len(before) {
			return nil, fmt.Errorf("feature %q doesn't go with the one before", f)
		}
		before = before[:same] + f[1:]
		features[i] = before
	}
	var out bytes.Buffer
	sections := parts[2:]
	open := false // The weights of a section are written when the next one begins.
	section := func() error {
		if !open {
			return nil
		}
		if len(sections) == 0 {
			return fmt.Errorf("a section without weights")
		}
		weights := linesOf(sections[0])
		if sections = sections[1:]; len(weights) != len(features) {
			return fmt.Errorf("%d weights of %d features", len(weights), len(features))
		}
		for i, codes := range weights {
			if codes != "" {
				out.WriteString(strings.TrimPrefix(codes, nothing) + " " + features[i] + "\n")
			}
		}
		return nil
	}
	for line := range strings.Lines(parts[0]) {
		if strings.HasPrefix(line, "[") {
			if err := section(); err != nil {
				return nil, err
			}
			open = line != "[words]\n"
		}
		out.WriteString(line)
	}
	err = section()
	return out.Bytes(), err
}

// linesOf splits a text whose lines all end in a line end.
func linesOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// Pack writes the frames for a browser, which has no TOML parser: one entry a line, its parts
// separated by tabs. Examples, and what else is only for readers, are left out.
func (f *Frames) Pack() []byte {
	var b strings.Builder
	table := func(sign string, of map[string]string) {
		for _, key := range slices.Sorted(maps.Keys(of)) {
			b.WriteString(sign + "\t" + key + "\t" + of[key] + "\n")
		}
	}
	table("spelling", f.Spelling)
	table("emoji", f.Emoji)
	table("class", f.Classes)
	for _, fr := range f.Frame {
		b.WriteString("frame\t" + fr.Name + "\t" + fr.Move + "\t" + strings.Join(fr.In, " ") + "\n")
		for _, sign := range flags {
			if *fr.flag(sign) {
				b.WriteString(sign + "\n")
			}
		}
		if fr.As != "" {
			b.WriteString("as\t" + fr.As + "\n")
		}
		for _, move := range fr.Not {
			b.WriteString("not\t" + move + "\n")
		}
		for _, p := range fr.Patterns {
			b.WriteString("pattern\t" + p + "\n")
		}
		for _, p := range fr.Never {
			b.WriteString("never\t" + p + "\n")
		}
	}
	return []byte(b.String())
}

// Packed is [Frames.Pack], compressed, for the program to carry. Equal frames give equal bytes.
func (f *Frames) Packed() ([]byte, error) { return compressed(string(f.Pack())) }

// unpackFrames reads the output of [Frames.Pack].
func unpackFrames(src []byte) (*Frames, error) {
	f := &Frames{Spelling: make(map[string]string), Emoji: make(map[string]string),
		Classes: make(map[string]string)}
	tables := map[string]map[string]string{"spelling": f.Spelling, "emoji": f.Emoji, "class": f.Classes}
	var fr *Frame
	for line := range strings.Lines(string(src)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch sign := parts[0]; {
		case len(parts) == 3 && tables[sign] != nil:
			tables[sign][parts[1]] = parts[2]
		case len(parts) == 4 && sign == "frame":
			fr = &Frame{Name: parts[1], Move: parts[2], In: strings.Fields(parts[3])}
			f.Frame = append(f.Frame, fr)
		case fr != nil && len(parts) == 1 && slices.Contains(flags, sign):
			*fr.flag(sign) = true
		case fr != nil && len(parts) == 2 && sign == "as":
			fr.As = parts[1]
		case fr != nil && len(parts) == 2 && fr.list(sign) != nil:
			*fr.list(sign) = append(*fr.list(sign), parts[1])
		default:
			return nil, fmt.Errorf("read the packed frames: %q is none of their lines", line)
		}
	}
	return f, f.compile()
}

// flags are the signs of what a frame is or isn't.
var flags = []string{"certain", "quoted", "asked", "apart"}

// flag returns what is packed with one of flags.
func (f *Frame) flag(sign string) *bool {
	return map[string]*bool{"certain": &f.Certain, "quoted": &f.Quoted, "asked": &f.Asked, "apart": &f.Apart}[sign]
}

// list returns the list of a frame that is packed with a sign, or nil for an unknown sign.
func (f *Frame) list(sign string) *[]string {
	switch sign {
	case "not":
		return &f.Not
	case "pattern":
		return &f.Patterns
	case "never":
		return &f.Never
	}
	return nil
}

// ReadPacked returns a recogniser of frames and weights that are both packed. The error
// says which of them is wrong.
func ReadPacked(frames, weights []byte) (*Recogniser, error) {
	f, err := unpackFrames(frames)
	if err != nil {
		return nil, err
	}
	m, err := DecodeModel(weights)
	if err != nil {
		return nil, err
	}
	return New(f, m), nil
}
