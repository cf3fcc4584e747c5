package pack

import (
	"bytes"
	"reflect"
	"testing"
)

type leaf struct {
	Words string
	Yes   bool
	N     int
	Small uint8
	left  string // Not exported, so not packed.
}

type tree struct {
	Leaves []leaf
	One    *leaf
	Other  *leaf
	Again  []leaf
	Table  map[string][]string
	Below  []*tree
}

func sample() *tree {
	leaves := []leaf{{Words: "é", Yes: true, N: -7, Small: 255, left: "gone"}, {}}
	return &tree{Leaves: leaves, One: &leaves[1], Other: &leaves[1], Again: leaves,
		Table: map[string][]string{"b": nil, "a": {"x", ""}}, Below: []*tree{nil, {Leaves: leaves}}}
}

func TestPackKeepsWhatIsShared(t *testing.T) {
	src, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	var got tree
	if err := Decode(src, &got); err != nil {
		t.Fatal(err)
	}
	want := sample()
	want.Leaves[0].left = ""
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.One != got.Other || &got.Leaves[0] != &got.Again[0] || &got.Leaves[0] != &got.Below[1].Leaves[0] {
		t.Error("what was shared isn't any more")
	}
	again, err := Encode(sample())
	if err != nil || !bytes.Equal(src, again) {
		t.Errorf("equal values give other bytes: %v", err)
	}
}

func TestPackOfOtherTypesIsRefused(t *testing.T) {
	src, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	if err := Decode(src, &struct{ Leaves []leaf }{}); err != ErrDamaged {
		t.Errorf("got %v", err)
	}
	if _, err := Encode(&struct{ F func() }{}); err == nil {
		t.Error("a function was packed")
	}
}

func FuzzDecode(f *testing.F) {
	src, err := Encode(sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= 8 {
			b = append(bytes.Clone(src[:8]), b[8:]...)
		}
		var got tree
		if err := Decode(b, &got); err != nil && err != ErrDamaged {
			t.Error(err)
		}
	})
}
