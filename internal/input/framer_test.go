package input

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"pgregory.net/rapid"
)

// sent is a piece that comes some time after the piece before it.
type sent struct {
	after time.Duration
	piece string
}

// at returns pieces with the same time before each.
func at(gap time.Duration, pieces ...string) []sent {
	var all []sent
	for _, p := range pieces {
		all = append(all, sent{gap, p})
	}
	return all
}

// framed returns what a framer hands on for what was sent. It simulates the time, calls
// quiet at every deadline, and ends with a minute of silence.
func framed(typing bool, all ...sent) []string {
	f := &framer{typing: typing}
	now := time.Unix(1<<30, 0)
	var out []string
	keep := func(pieces [][]byte) {
		for _, p := range pieces {
			out = append(out, string(p))
		}
	}
	until := func(then time.Time) {
		for d := f.deadline(); !d.IsZero() && !d.After(then); d = f.deadline() {
			keep(f.quiet(d))
		}
		now = then
	}
	for _, s := range all {
		until(now.Add(s.after))
		keep(f.feed([]byte(s.piece), now))
	}
	until(now.Add(time.Minute))
	return out
}

const (
	esc    = "\x1b[27u"
	moment = time.Millisecond
	tear   = 100 * time.Millisecond
)

func TestFramer(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for name, test := range map[string]struct {
		in     []sent
		typing bool
		want   string
	}{
		"keys":                    {at(moment, "ab", "é", "ч", "\r", "\t"), false, "abéч\r\t"},
		"a letter in two pieces":  {at(tear, "\xd1", "\x87"), false, "ч"},
		"half a letter":           {at(tear, "\xd1", "a"), false, "a"},
		"escape":                  {at(tear, "\x1b", "a"), false, esc + "a"},
		"escape twice":            {at(moment, "\x1b", "\x1b"), false, esc + esc},
		"an arrow":                {at(moment, "\x1b[A", "\x1bOB", "\x1b", "[C"), false, "\x1b[A\x1bOB\x1b[C"},
		"an arrow that is torn":   {at(tear, "\x1b[", "A", "1"), false, "\x1b[A1"},
		"an arrow that is late":   {at(3*time.Second, "\x1b[1", ";5A", "h"), false, "h"},
		"a letter that is late":   {at(3*time.Second, "\xd1", "\x87", "a"), false, "a"},
		"a page key":              {at(moment, "\x1b[5~", "\x1b[6;5~"), false, "\x1b[5~\x1b[6;5~"},
		"alt":                     {at(moment, "\x1bb", "c"), true, "\x1b[98;3uc"},
		"f1 on the linux console": {at(moment, "\x1b[[A", "1"), false, "\x1bOP1"},
		"a mouse":                 {at(moment, "\x1b[<0;1;2M"), false, "\x1b[<0;1;2M"},
		"a window left":           {at(moment, "\x1b[O", "\x1b[I", "h"), true, "\x1b[O\x1b[Ih"},
		"a window left, torn":     {at(tear, "\x1b[", "O", "h"), false, "\x1b[Oh"},
		"a window left, numbered": {at(moment, "\x1b[1O", "\x1b[?I", "h"), false, "h"},
		"escape, a window left":   {at(moment, "\x1b", "\x1b[O"), false, esc + "\x1b[O"},
		"a mouse of old":          {at(moment, "\x1b[M 11", "2"), false, "2"},
		"a paste where one types": {at(moment, "\x1b[200~hel\nlo\x1b[201~q"), true, "\x1b[200~hel lo\x1b[201~q"},
		"a paste elsewhere":       {at(moment, "\x1b[200~1231\r1\x1b[201~h"), false, "h"},
		"a long paste": {at(moment, "\x1b[200~"+long+"\x1b[201~q"), true, "\x1b[200~" + long[:mostPaste] +
			"\x1b[201~q"},
		"sequences in a paste": {at(moment, "\x1b[200~a\x1b]52\x07\x1b[20bc\x1b[201~q"), true,
			"\x1b[200~a]52c\x1b[201~q"},
		"a torn paste":           {at(tear, "\x1b[200~hello\x1b", "[201~", "h"), true, "\x1b[200~hello\x1b[201~h"},
		"a torn paste elsewhere": {at(tear, "\x1b[200~hello\x1b", "[201~", "h"), false, "h"},
		"a torn beginning":       {at(tear, "\x1b", "[200~", "1", "\x1b[201~", "h"), false, esc + "h"},
		"a paste without an end": {append(at(tear, "\x1b[200~hello"), sent{3 * time.Second, "h"}), true,
			"\x1b[200~hello\x1b[201~h"},
		"an end that is late": {append(at(tear, "\x1b[200~hello\x1b"), sent{3 * time.Second, "[201~"},
			sent{tear, "h"}), false, "h"},
		"an arrow in a torn paste": {at(tear, "\x1b[200~hello", "\x1b[A"), true, "\x1b[200~hello\x1b[201~\x1b[A"},
		"a colour": {at(moment, "\x1b]11;rgb:0000/0000/0000\x1b\\q"), false,
			"\x1b]11;rgb:0000/0000/0000\x07q"},
		"a colour with a bell": {at(moment, "\x1b]11;rgb:ff/ff/ff\x07q"), false, "\x1b]11;rgb:ff/ff/ff\x07q"},
		"a colour that is torn": {at(tear, "\x1b]11;rgb:11", "11/2222/33", "33\x1b", "\\", "h"), false,
			"\x1b]11;rgb:1111/2222/3333\x07h"},
		"a colour that is late":      {at(3*time.Second, "\x1b]11;rgb:11", "11/2222/3333\x1b\\", "h"), false, "h"},
		"a colour behind its escape": {at(tear, "\x1b", "]11;rgb:1111/2222/3333\x07", "h"), false, esc + "h"},
		"a colour byte by byte": {at(tear, append(strings.Split("\x1b]11;rgb:1111/2222/3333\x07", ""), "h")...),
			false, esc + "h"},
		"attributes": {at(moment, "\x1b[?64;1;2c", "\x1b[>1;10;0c", "\x1b[1;1R", "\x1b[8;24;80t", "1"),
			false, "1"},
		"attributes that are torn": {at(tear, "\x1b[?6", "4;1;2c", "1"), false, "1"},
		"attributes that are late": {at(3*time.Second, "\x1b[?6", "4;1;2c", "1"), false, "1"},
		"a mode that is late":      {at(3*time.Second, "\x1b[?2026;", "2$y", "1"), false, "1"},
		"a place that is torn":     {at(tear, "\x1b[12", ";1", "R", "2"), false, "2"},
		"a keyboard that is torn":  {at(tear, "\x1b[?1", "u", "2"), false, "\x1b[?1u2"},
		"a version":                {at(moment, "\x1bP>|tmux 3.3a\x1b\\1"), false, "1"},
		"a version that is late":   {at(3*time.Second, "\x1bP>|tm", "ux 3.3a\x1b\\", "1"), false, "1"},
		"a long answer":            {at(moment, "\x1bP"+long+"\x1b\\q"), false, "q"},
		"no end to an answer":      {append(at(tear, "\x1b]11;rgb"), sent{3 * time.Second, "h"}), false, "h"},
		"enter in such an answer":  {at(tear, "\x1b]11;rgb", "\r"), false, "\r"},
		"a key in such an answer":  {at(tear, "\x1b]11;rgb", "\x1b[A"), false, "\x1b[A"},
		"a long sequence":          {at(moment, "\x1b["+strings.Repeat("1;", 99)+"Aq"), false, "q"},
		"q three times":            {at(tear, "q", "q", "q"), false, "qqq"},
		"q behind a torn sequence": {at(tear, "\x1b[20", "q", "q", "q"), false, "qqq"},
		"q in a torn paste":        {at(tear, "\x1b[200~x", "q", "q", "q"), false, "qqq"},
		"q in a torn reply":        {at(tear, "\x1b]11;x", "й", "Й", "q"), false, "qqq"},
		"q behind an escape":       {at(moment, "\x1b", "q", "q", "q"), false, "\x1b[113;3uqqq"},
		"q behind half a key":      {at(moment, "\x1bO", "q", "q", "q"), false, "\x1bOqqqq"},
		"q where one types":        {at(tear, "\x1b[200~x", "q", "q", "q"), true, "\x1b[200~xqqq\x1b[201~"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(framed(test.typing, test.in...), ""); got != test.want {
				t.Errorf("%d bytes %.90q\nwant %d bytes %.90q", len(got), got, len(test.want), test.want)
			}
		})
	}
}

// leaving has the ways in which terminals send the keys that leave at once.
var leaving = map[string]string{
	"\x18": "ctrl+x", "\x03": "ctrl+c", "\x1b[120;5u": "ctrl+x", "\x1b[99;5u": "ctrl+c", "\x1b[120;69u": "ctrl+x",
	"\x1b[120:88;6u":    "ctrl+x",
	"\x1b[1095::120;5u": "ctrl+x", "\x1b[1095;5u": "ctrl+x", "\x1b[967::120;5u": "ctrl+x",
	"\x1b[1505::120;133u": "ctrl+x",
	"\x1b[27;5;120~":      "ctrl+x", "\x1b[27;6;88~": "ctrl+x", "\x1b[27;5;1095~": "ctrl+x", "\x1b[120;5:1u": "ctrl+x",
}

// pieces are keys, and whole and torn beginnings and ends of what a terminal sends.
var pieces = []string{"\x1b[200~", "\x1b[201~", "\x1b", "[", "]11;rgb:", "1111/", "\x1b\\", "\x07", "\x1b]", "\x1bP",
	"\x1b_", "\x1b^", "\x1bX", "\x1bO", "\x1b[M", "\x1b[[",
	"\x1b[?64;1", "c", ";2$y", "\x1b[1;1R", "hello", "é", "\xd1", "\x87", "\x9b", "\x90", "q", "1", "\r", "\x1b[A",
	"\x1b[120;5", "\x1b[27;5;1", "\x1b[<0;1", "\x00", "\x1a", "\x1b[O", "\x1b[I"}

// TestLeavesFromEveryState checks that after anything a terminal may send, cut anywhere
// and at any speed, a key that leaves at once is recognised without delay, and that the
// decoder can read each piece that is handed on to its end.
func TestLeavesFromEveryState(t *testing.T) {
	var keys []string
	for k := range leaving {
		keys = append(keys, k)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := &framer{typing: rapid.Bool().Draw(t, "typing")}
		now := time.Unix(1<<30, 0)
		gaps := []time.Duration{0, moment, tear, 2 * time.Second, time.Minute}
		for range rapid.IntRange(0, 12).Draw(t, "pieces") {
			var piece []byte
			if rapid.Bool().Draw(t, "any") {
				piece = rapid.SliceOfN(rapid.Byte(), 1, 8).Draw(t, "bytes")
			} else {
				piece = []byte(rapid.SampledFrom(pieces).Draw(t, "piece"))
			}
			now = now.Add(rapid.SampledFrom(gaps).Draw(t, "gap"))
			whole(t, f.feed(piece, now))
		}
		now = now.Add(rapid.SampledFrom(gaps).Draw(t, "gap"))
		key := rapid.SampledFrom(keys).Draw(t, "key")
		if last := whole(t, f.feed([]byte(key), now)); last != leaving[key] {
			t.Fatalf("%q is the last key, and not %s", last, leaving[key])
		}
	})
}

// TestLeavesFromEachBeginning sends each key that leaves after each piece, and after each
// pair of pieces, both at once and after a silence.
func TestLeavesFromEachBeginning(t *testing.T) {
	for _, gap := range []time.Duration{0, tear, 2 * time.Second} {
		for _, typing := range []bool{false, true} {
			for _, first := range pieces {
				for _, second := range append([]string{""}, pieces...) {
					for key, want := range leaving {
						f := &framer{typing: typing}
						now := time.Unix(1<<30, 0)
						f.feed([]byte(first), now)
						now = now.Add(gap)
						f.feed([]byte(second), now)
						now = now.Add(gap)
						if last := whole(t, f.feed([]byte(key), now)); last != want {
							t.Fatalf("%v, %q, %q: behind it %q is %q, and not %s", gap, first, second, key, last, want)
						}
					}
				}
			}
		}
	}
}

// whole fails unless the decoder reads each piece to its end, and returns the last key.
func whole(t interface{ Fatalf(string, ...any) }, pieces [][]byte) string {
	last := ""
	for _, p := range pieces {
		if paste, ok := bytes.CutPrefix(p, []byte("\x1b[200~")); ok {
			if paste, ok = bytes.CutSuffix(paste, []byte("\x1b[201~")); !ok || len(paste) > mostPaste ||
				!utf8.Valid(paste) || bytes.ContainsFunc(paste, func(r rune) bool {
				return r < ' ' || r >= 0x7f && r < 0xa0
			}) {
				t.Fatalf("%q is no paste", p)
			}
			continue
		}
		var d uv.EventDecoder
		n, ev := d.Decode(p)
		if _, unknown := ev.(uv.UnknownEvent); unknown || ev == nil || n != len(p) {
			t.Fatalf("of %q the decoder reads %d bytes, as %T", p, n, ev)
		}
		if n <= 2 && p[0] == escape {
			t.Fatalf("with %q the decoder waits for more", p)
		}
		if k, ok := ev.(uv.KeyPressEvent); ok {
			k.Code = OnLatin(k.Code, k.BaseCode)
			k.BaseCode, k.Mod = 0, k.Mod&^uv.ModShift
			last = k.Keystroke()
		}
	}
	return last
}

// FuzzFramer gives the framer any bytes, cut anywhere.
func FuzzFramer(f *testing.F) {
	f.Add([]byte("\x1b[200~hello\x1b[201~q"), uint8(3), uint8(0))
	f.Add([]byte("\x1b]52;c;"+strings.Repeat("x", 1000)), uint8(1), uint8(1))
	f.Add([]byte("\x1b[?64;1;2c1"), uint8(4), uint8(2))
	f.Fuzz(func(t *testing.T, in []byte, cut, gap uint8) {
		var fr framer
		fr.typing = gap&1 == 1
		now := time.Unix(1<<30, 0)
		for step := int(cut)%7 + 1; len(in) > 0; in = in[min(step, len(in)):] {
			now = now.Add(time.Duration(gap) * 20 * time.Millisecond)
			whole(t, fr.feed(in[:min(step, len(in))], now))
			if len(fr.text) > mostPaste || len(fr.seq) > mostReply || len(fr.letter) > utf8.UTFMax ||
				len(fr.raw) > utf8.UTFMax {
				t.Fatalf("it keeps %d, %d, %d and %d bytes", len(fr.text), len(fr.seq), len(fr.letter), len(fr.raw))
			}
		}
		if whole(t, fr.feed([]byte("\x18"), now)) != "ctrl+x" {
			t.Fatal("ctrl+x is not the last key")
		}
	})
}

// TestReader reads through the library's own loop: after a torn paste it still takes
// keys.
func TestReader(t *testing.T) {
	in, typed := io.Pipe()
	r := New(in)
	defer r.Close()
	events := make(chan uv.Event)
	go uv.NewTerminalReader(r, "xterm-256color").StreamEvents(context.Background(), events)
	for _, piece := range []string{"\x1b[200~hello\x1b", "[20", "\x1b]11;rgb:", "\x1b", "\x18"} {
		if _, err := typed.Write([]byte(piece)); err != nil {
			t.Fatal(err)
		}
	}
	for {
		select {
		case ev := <-events:
			if k, ok := ev.(uv.KeyPressEvent); ok && k.Keystroke() == "ctrl+x" {
				return
			}
		case <-time.After(10 * time.Second):
			t.Fatal("ctrl+x never came")
		}
	}
}

// TestReaderTellsEscape checks that a lone escape is handed on without waiting for
// another key, and that the end of the terminal is handed on.
func TestReaderTellsEscape(t *testing.T) {
	in, typed := io.Pipe()
	r := New(in)
	go typed.Write([]byte("\x1b"))
	buf := make([]byte, 16)
	if n, err := r.Read(buf); string(buf[:n]) != esc || err != nil {
		t.Fatalf("%q %v", buf[:n], err)
	}
	go func() {
		_, _ = typed.Write([]byte("a\x1b[20"))
		_ = typed.Close()
	}()
	got, err := io.ReadAll(r)
	if string(got) != "a" || err != nil {
		t.Fatalf("%q %v", got, err)
	}
}

// TestPlaces checks that answers about the cursor are kept, and not handed on as keys.
func TestPlaces(t *testing.T) {
	f := &framer{}
	out := f.feed([]byte("\x1b[12;5R\x1b[3;7R\x1b[1;1R1\x1b[;R\x1b[?1;1R"), time.Unix(1<<30, 0))
	if got := string(bytes.Join(out, nil)); got != "1" || !slices.Equal(f.places, [][2]int{{12, 5}, {3, 7}, {1, 1}}) {
		t.Errorf("%q %v", got, f.places)
	}
}

func TestLatin(t *testing.T) {
	for typed, want := range map[string]string{
		"qQhHfF19": "qqhhff19", "йЙрРаА": "qqhhff", "ηΗφΦ;": "hhffq", "/יכ": "qhf", "ضاب": "qhf", "љЉ": "qq",
		"іІ":   "ss",
		"１９ｑＱ": "19qq", "١٢٣": "123", "۴۵": "45", "४": "4", "?": "?", ".": ".", "ıİ": "ii", "ㅂㅗㄹ": "qhf", "€": "€",
	} {
		var got strings.Builder
		for _, r := range typed {
			got.WriteRune(Latin(r))
		}
		if got.String() != want {
			t.Errorf("%q is %q, want %q", typed, got.String(), want)
		}
	}
	for _, test := range []struct{ r, layout, want rune }{
		{'ч', 'x', 'x'}, {'ч', 0, 'x'}, {'x', 'b', 'x'}, {'q', 'x', 'q'}, {'ხ', 'x', 'x'}, {'ௐ', 'x', 'x'},
		{'é', '2', '2'},
	} {
		if got := OnLatin(test.r, test.layout); got != test.want {
			t.Errorf("%q on %q is %q, want %q", test.r, test.layout, got, test.want)
		}
	}
	for _, l := range layouts {
		if n := utf8.RuneCountInString(l); n != len(latin) {
			t.Errorf("%s has %d places", l, n)
		}
	}
}
