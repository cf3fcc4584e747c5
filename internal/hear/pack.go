package hear

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// The packed file is what the program carries: the text of [Model.Encode], rearranged so
// that it packs well. First the lines that aren't weights, then all features, each as how
// many bytes it has in common with the one before and what follows, then what they weigh.
// That saves a quarter of the room against packing the text as it is.
const (
	gzipped  = "\x1f\x8b"
	parted   = "\f\n"  // Between the three.
	maxModel = 8 << 20 // What is unpacked: weights may be replaced with the lessons.
	mostSame = 90      // So that the number is a letter.
)

// Pack packs what [Model.Encode] has written. Equal text gives equal bytes.
func Pack(text []byte) ([]byte, error) {
	var rest, features, weights strings.Builder
	inWords, before := false, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		section := strings.HasPrefix(line, "[")
		if section {
			inWords, before = line == "[words]", ""
			features.WriteString("\n")
		}
		if section || inWords || strings.HasPrefix(line, "+ ") || isHead(line) {
			rest.WriteString(line + "\n")
			continue
		}
		codes, feature, _ := strings.Cut(line, " ")
		same := 0
		for same < min(len(before), len(feature), mostSame) && before[same] == feature[same] {
			same++
		}
		features.WriteString(string(rune('!'+same)) + feature[same:] + "\n")
		weights.WriteString(codes + "\n")
		before = feature
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(z, rest.String()+parted+features.String()+parted+weights.String()); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// unpack returns the text that was packed. A text that was only gzipped is taken as it is.
func unpack(src []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	if src, err = io.ReadAll(io.LimitReader(z, maxModel)); err != nil {
		return nil, err
	}
	parts := strings.Split(string(src), parted)
	if len(parts) != 3 {
		return src, nil
	}
	features, weights := strings.Split(parts[1], "\n"), strings.Split(parts[2], "\n")
	var out bytes.Buffer
	before := ""
	section := func() error { // The weights of the section that ends.
		for ; len(features) > 0 && features[0] != ""; features, weights = features[1:], weights[1:] {
			f := features[0]
			same := int(f[0]) - '!'
			if same < 0 || same > len(before) || len(weights) == 0 {
				return fmt.Errorf("feature %q doesn't go with the one before, or weighs nothing", f)
			}
			before = before[:same] + f[1:]
			out.WriteString(weights[0] + " " + before + "\n")
		}
		features, before = features[min(1, len(features)):], ""
		return nil
	}
	for line := range strings.Lines(parts[0]) {
		if strings.HasPrefix(line, "[") {
			if err := section(); err != nil {
				return nil, err
			}
		}
		out.WriteString(line)
	}
	err = section()
	return out.Bytes(), err
}

// Pack writes the frames for a browser, which has no parser for TOML: a line for each thing,
// its parts between tabs. What is for readers alone, such as examples, is left out.
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
		if fr.Certain {
			b.WriteString("certain\n")
		}
		if fr.Quoted {
			b.WriteString("quoted\n")
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

// unpackFrames reads what [Frames.Pack] has written.
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
		case fr != nil && len(parts) == 1 && sign == "certain":
			fr.Certain = true
		case fr != nil && len(parts) == 1 && sign == "quoted":
			fr.Quoted = true
		case fr != nil && len(parts) == 2 && sign == "pattern":
			fr.Patterns = append(fr.Patterns, parts[1])
		case fr != nil && len(parts) == 2 && sign == "never":
			fr.Never = append(fr.Never, parts[1])
		default:
			return nil, fmt.Errorf("read the packed frames: %q is none of their lines", line)
		}
	}
	return f, f.compile()
}

// ReadPacked returns a recogniser of frames and weights that are both packed. The error
// says which of them is not right.
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
