package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The bounds of what is kept of a class, in memory only.
const (
	keepFor     = 2 * time.Hour // After the last word about it (trust.md 2.2).
	mostKept    = 256 << 20     // Bytes in all.
	mostValue   = 512 << 10     // Bytes of one class or one seat.
	bucket      = "wayout"
	storeWithin = 2 * time.Second // For an answer of the store.
)

// StoreOptions say where the state of the rooms is kept.
type StoreOptions struct {
	URL   string // Of a NATS cluster; "" keeps everything in this process, with nothing listening.
	Creds string // A file with credentials for it, or "".
}

// Store is where the machines of a service agree on the state of their rooms:
// NATS, in memory, in this process or in a cluster. The code is the same for both.
type Store struct {
	nc  *nats.Conn
	kv  jetstream.KeyValue
	own *server.Server // Nil where it is somebody else's.
	dir string
}

// errStale is returned for a write that rests on an old revision.
var errStale = errors.New("somebody else was faster")

// OpenStore opens the store.
func OpenStore(ctx context.Context, o StoreOptions) (*Store, error) {
	s := &Store{}
	if err := s.connect(o); err != nil {
		s.Close()
		return nil, err
	}
	js, err := jetstream.New(s.nc)
	if err == nil {
		err = s.bucket(ctx, js, o.URL != "")
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("keep the state of the class: %w", err)
	}
	return s, nil
}

func (s *Store) connect(o StoreOptions) error {
	opts := []nats.Option{nats.Name("wayout"), nats.MaxReconnects(-1), nats.ReconnectWait(100 * time.Millisecond), nats.ReconnectJitter(50*time.Millisecond, 50*time.Millisecond),
		nats.PingInterval(time.Second), nats.MaxPingsOutstanding(2), nats.Timeout(storeWithin), nats.ReconnectBufSize(-1)}
	if o.Creds != "" {
		opts = append(opts, nats.UserCredentials(o.Creds))
	}
	url := o.URL
	if url == "" {
		if err := s.start(); err != nil {
			return err
		}
		opts = append(opts, nats.InProcessServer(s.own))
	}
	var err error
	if s.nc, err = nats.Connect(url, opts...); err != nil {
		return fmt.Errorf("reach NATS: %w", err)
	}
	return nil
}

// start starts a store in this process. It listens nowhere, and everything but the
// one bucket is off: most of what was wrong with NATS in 2026 was in its other
// doors (trust.md 1.3).
func (s *Store) start() error {
	var err error
	if s.dir, err = os.MkdirTemp(runtimeFolder(), "wayout-"); err != nil {
		return fmt.Errorf("keep the state of the class: %w", err)
	}
	s.own, err = server.NewServer(&server.Options{ServerName: "wayout", DontListen: true, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: s.dir, JetStreamMaxMemory: mostKept, JetStreamMaxStore: 1, MaxPayload: 1 << 20})
	if err != nil {
		return fmt.Errorf("keep the state of the class: %w", err)
	}
	s.own.Start()
	if !s.own.ReadyForConnections(storeWithin) {
		return errors.New("keep the state of the class: it does not start")
	}
	return nil
}

// runtimeFolder is where the store makes its folder, which stays empty: the
// system's folder in memory, where there is one.
func runtimeFolder() string {
	for _, dir := range []string{os.Getenv("XDG_RUNTIME_DIR"), "/dev/shm"} {
		if info, err := os.Stat(dir); dir != "" && err == nil && info.IsDir() {
			if f, err := os.MkdirTemp(dir, "wayout-"); err == nil {
				_ = os.Remove(f) // It was to see whether one may.
				return dir
			}
		}
	}
	return ""
}

// bucket opens the bucket, with three copies in a cluster that has three machines.
func (s *Store) bucket(ctx context.Context, js jetstream.JetStream, cluster bool) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	config := jetstream.KeyValueConfig{Bucket: bucket, Storage: jetstream.MemoryStorage, TTL: keepFor, History: 1,
		MaxBytes: mostKept / 2, MaxValueSize: mostValue, Replicas: 1}
	if cluster {
		config.Replicas = 3
	}
	for {
		var err error
		if s.kv, err = js.CreateKeyValue(ctx, config); err == nil {
			return nil
		}
		var api *jetstream.APIError
		if errors.As(err, &api) && api.ErrorCode == noCopies && config.Replicas > 1 {
			config.Replicas = 1 // One NATS server can't make three copies.
			continue
		}
		if kv, err := js.KeyValue(ctx, bucket); err == nil {
			s.kv = kv // Another machine was first.
			return nil
		}
		select { // A cluster needs a moment to find its leader.
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// noCopies is what a server says that is in no cluster.
const noCopies jetstream.ErrorCode = 10074

// Close ends it. A store in this process forgets everything.
func (s *Store) Close() {
	if s.nc != nil {
		s.nc.Close()
	}
	if s.own != nil {
		s.own.Shutdown()
		s.own.WaitForShutdown()
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir) // It holds empty folders.
	}
}

// Alone reports whether the state is in this process only.
func (s *Store) Alone() bool { return s.own != nil }

// Reached reports whether the store can be reached now.
func (s *Store) Reached() bool { return s.nc.IsConnected() }

// put writes a value that rests on a revision, 0 for a new one, and returns its
// revision. The error is [errStale] where somebody else was faster.
func (s *Store) put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	var err error
	if rev == 0 {
		rev, err = s.kv.Create(ctx, key, value)
	} else {
		rev, err = s.kv.Update(ctx, key, value, rev)
	}
	var api *jetstream.APIError
	if errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant) {
		return 0, errStale
	}
	return rev, err
}

// get reads a value and its revision; 0 where there is none.
func (s *Store) get(ctx context.Context, key string) ([]byte, uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	e, err := s.kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return e.Value(), e.Revision(), nil
}

// last returns the revision of the last thing that was stored, 0 where the store
// does not say. In one process it need not be asked.
func (s *Store) last(ctx context.Context) uint64 {
	if s.Alone() {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	status, err := s.kv.Status(ctx)
	if err != nil {
		return 0
	}
	b, ok := status.(*jetstream.KeyValueBucketStatus)
	if !ok {
		return 0
	}
	return b.StreamInfo().State.LastSeq
}

// forget takes everything away whose key begins so.
func (s *Store) forget(ctx context.Context, prefix string) error {
	keys, err := s.kv.ListKeysFiltered(ctx, prefix+">")
	if err != nil {
		return err
	}
	var all error
	for key := range keys.Keys() {
		all = errors.Join(all, s.kv.Purge(ctx, key))
	}
	return all
}

// entry is news from the store.
type entry struct {
	key   string
	value []byte // Nil where it was taken away.
	rev   uint64
}

// watch calls f with everything that is there and then with all news, in the order
// in which it was written, until the context ends. Ready is closed once all that
// was there has been told.
func (s *Store) watch(ctx context.Context, ready chan<- struct{}, f func(entry)) error {
	w, err := s.kv.WatchAll(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = w.Stop() }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, ok := <-w.Updates():
			if !ok {
				return io.ErrUnexpectedEOF
			}
			if e == nil {
				if ready != nil {
					close(ready)
					ready = nil
				}
				continue
			}
			n := entry{key: e.Key(), rev: e.Revision()}
			if e.Operation() == jetstream.KeyValuePut {
				n.value = append([]byte{}, e.Value()...)
			}
			f(n)
		}
	}
}
