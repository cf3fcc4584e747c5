package storetest

import (
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// memory is how many bytes a server may keep: twice what a store may.
const memory = 256 << 20

// NATS starts a NATS server that ends with the test, and returns its address.
func NATS(t testing.TB) string {
	t.Helper()
	n, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, NoLog: true, NoSigs: true,
		JetStream: true, StoreDir: t.TempDir(), JetStreamMaxMemory: memory, JetStreamMaxStore: 1})
	if err != nil {
		t.Fatal(err)
	}
	n.Start()
	t.Cleanup(func() { n.Shutdown(); n.WaitForShutdown() })
	if !n.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS does not start")
	}
	return n.ClientURL()
}
