package live

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"wayout/internal/store"
)

// farStore is out of reach while lost is set.
type farStore struct {
	store.Store
	lost atomic.Bool
}

func (s *farStore) Reachable() bool { return !s.lost.Load() }

// TestLostStoreIsLogged checks that the operator is told once that the store was lost, and
// once that it is back.
func TestLostStoreIsLogged(t *testing.T) {
	memory, err := store.Open(context.Background(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(memory.Close)
	var out bytes.Buffer
	far := &farStore{Store: memory}
	h, err := Open(context.Background(), Options{Store: far, Log: slog.New(slog.NewTextHandler(&out, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for _, lost := range []bool{false, true, true, false, false} {
		far.lost.Store(lost)
		h.Healthy()
	}
	h.Close()
	if log := out.String(); strings.Count(log, "can't be reached") != 1 || strings.Count(log, "reached again") != 1 ||
		strings.Count(log, "\n") != 2 {
		t.Errorf("the log says:\n%s", log)
	}
}
