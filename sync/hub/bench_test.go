package hub

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// BenchmarkEdit is what one edit costs the core, without network and disk.
func BenchmarkEdit(b *testing.B) {
	for _, records := range []int{60, 600, 6000} {
		b.Run(fmt.Sprintf("%d records", records), func(b *testing.B) {
			c := benchCore(b, records)
			for b.Loop() {
				benchEdit(b, c)
			}
		})
	}
}

type benchState struct {
	Core
	n uint64
}

func benchCore(b *testing.B, records int) *benchState {
	c := &benchState{Core: Core{
		Store: kv.NewMem(), Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		CursorKey: []byte("key"), Log: slog.New(slog.DiscardHandler),
	}}
	seeds := []Seed{
		{"k7", "case", map[string]plan.Value{"kind": text("named"), "state": text("active"), "country": text("DK")}},
	}
	for i := range 10 {
		p := fmt.Sprintf("p%d", i)
		seeds = append(seeds,
			Seed{plan.RecordID(p), "person", map[string]plan.Value{"name": text("Somebody")}},
			Seed{plan.RecordID("m" + p), "membership", map[string]plan.Value{"person": text(p), "role": text("professional_lead"), "account": text("acc" + p)}})
	}
	for i := range records {
		seeds = append(seeds, Seed{plan.RecordID(fmt.Sprintf("t%d", i)), "task", map[string]plan.Value{
			"title": text("Tage imod ved døren hver morgen klokken otte"), "state": text("open"), "responsible": text("p0"),
			"due": text("2026-12-01"), "sector": text("school"), "sensitivity": text("plan"),
		}})
	}
	c.Remember()
	if err := c.Core.Seed("k7", seeds); err != nil {
		b.Fatal(err)
	}
	return c
}

func benchEdit(b *testing.B, c *benchState) {
	c.n++
	ops := fmt.Sprintf(`[{"rec":"t%d","kind":"task","set":{"title":"Ny tekst nummer %d"},"was":{"title":"x"}}]`, c.n%50, c.n)
	at := plan.Instant("2026-11-23T08:00:00Z")
	out, err := c.CommitPushes([]Sent{{"accp0", wire.Push{Client: "c", Schema: 1, Now: at, Changes: []wire.Change{
		{Space: "k7", N: c.n, ID: plan.ChangeID(fmt.Sprintf("c-%d", c.n)), Base: c.n, At: at, Ops: plan.Value(ops)},
	}}}})
	if err != nil || out[0].Err != nil {
		b.Fatal(err, out[0].Err)
	}
}
