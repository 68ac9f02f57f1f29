package remind

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"samspor/backend/store"
	"samspor/backend/store/badger"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

// BenchmarkNextOfAMillionTimers asks what is due next, with a million timers on disk.
func BenchmarkNextOfAMillionTimers(b *testing.B) {
	engine, err := badger.Open(b.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := engine.Close(); err != nil {
			b.Error(err)
		}
	})
	all, now := store.Framed(engine), time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; n < 1_000_000; {
		var batch kv.Batch
		for range 5000 {
			t := plan.Timer{At: now.Unix() + int64(n*37%63_000_000), Kind: "task.due"}
			batch.Put = append(batch.Put, kv.Entry{Key: kv.Due(plan.SpaceID(fmt.Sprintf("s%d", n%1000)), plan.RecordID(fmt.Sprintf("r%d", n)), t), Rev: 1})
			n++
		}
		if err := all.Commit(batch); err != nil {
			b.Fatal(err)
		}
	}
	c := New(Config{Store: all, Node: "one", Now: func() time.Time { return now.Add(-time.Hour) }, Log: slog.New(slog.DiscardHandler)})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		if _, err := c.Tick(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1024, "kB-kept")
}
