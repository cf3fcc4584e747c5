package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// cluster is a [Store] in the memory of a NATS cluster that the operator runs.
type cluster struct {
	nc *nats.Conn
	kv jetstream.KeyValue
}

const (
	bucket      = "wayout"
	storeWithin = 2 * time.Second // How long to wait for a reply.
)

// openCluster connects to the cluster and opens the bucket in it.
func openCluster(ctx context.Context, o Options) (Store, error) {
	opts := []nats.Option{nats.Name("wayout"), nats.MaxReconnects(-1), nats.ReconnectWait(100 * time.Millisecond),
		nats.ReconnectJitter(50*time.Millisecond, 50*time.Millisecond),
		nats.PingInterval(time.Second), nats.MaxPingsOutstanding(2), nats.Timeout(storeWithin),
		nats.ReconnectBufSize(-1)}
	if o.Creds != "" {
		opts = append(opts, nats.UserCredentials(o.Creds))
	}
	nc, err := nats.Connect(o.URL, opts...)
	if err != nil {
		return nil, fmt.Errorf("reach NATS: %w", err)
	}
	s := &cluster{nc: nc}
	js, err := jetstream.New(nc)
	if err == nil {
		err = s.open(ctx, js)
	}
	if err != nil {
		nc.Close()
		return nil, fmt.Errorf("keep the state of the class: %w", err)
	}
	return s, nil
}

// open opens the bucket, with three copies, or with one if NATS isn't a cluster.
func (s *cluster) open(ctx context.Context, js jetstream.JetStream) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	config := jetstream.KeyValueConfig{Bucket: bucket, Storage: jetstream.MemoryStorage, TTL: orphansFor, History: 1,
		MaxBytes: maxTotal, MaxValueSize: MaxValue, Replicas: 3}
	for {
		var err error
		if s.kv, err = js.CreateOrUpdateKeyValue(ctx, config); err == nil {
			return nil
		}
		if api, ok := errors.AsType[*jetstream.APIError](err); ok && api.ErrorCode == noCopies && config.Replicas > 1 {
			config.Replicas = 1 // One NATS server can't make three copies.
			continue
		}
		if kv, err := js.KeyValue(ctx, bucket); err == nil {
			s.kv = kv // Another machine has just made the bucket.
			return nil
		}
		select { // A cluster needs a moment to find its leader.
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// noCopies is the error of a server that isn't in a cluster.
const noCopies jetstream.ErrorCode = 10074

// Close closes the connection. The cluster keeps its state.
func (s *cluster) Close() { s.nc.Close() }

// Local returns false: there may be other machines.
func (s *cluster) Local() bool { return false }

// Reachable reports whether the cluster can be reached now.
func (s *cluster) Reachable() bool { return s.nc.IsConnected() }

func (s *cluster) Put(ctx context.Context, key string, value []byte, rev uint64) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	var err error
	if rev == 0 {
		rev, err = s.kv.Create(ctx, key, value)
	} else {
		rev, err = s.kv.Update(ctx, key, value, rev)
	}
	if stale(err) {
		return 0, ErrStale
	}
	return rev, err
}

// stale reports whether a write was based on an old revision.
func stale(err error) bool {
	var api *jetstream.APIError
	return errors.Is(err, jetstream.ErrKeyExists) ||
		errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
			api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

func (s *cluster) Remove(ctx context.Context, key string, rev uint64) error {
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	err := s.kv.Purge(ctx, key, jetstream.LastRevision(rev))
	if stale(err) {
		return ErrStale
	}
	return err
}

func (s *cluster) Get(ctx context.Context, key string) ([]byte, uint64, error) {
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

func (s *cluster) LastRevision(ctx context.Context) uint64 {
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

func (s *cluster) RemoveAll(ctx context.Context, prefix string) error {
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

func (s *cluster) Watch(ctx context.Context, ready chan<- struct{}, f func(Entry)) error {
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
			n := Entry{Key: e.Key(), Revision: e.Revision(), Written: e.Created()}
			if e.Operation() == jetstream.KeyValuePut {
				n.Value = append([]byte{}, e.Value()...)
			}
			f(n)
		}
	}
}
