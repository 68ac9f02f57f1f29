package hub

import (
	"math/rand/v2"
	"testing"

	"github.com/go-json-experiment/json"

	"samspor/sync/plan"
	"samspor/sync/wire"
)

// TestAnEntryIsKeptAsItsTagsSay holds what is written by hand against what the library
// writes, which is how it is read.
func TestAnEntryIsKeptAsItsTagsSay(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	text := func() string { return []string{"", "a", "c-1", "Å\"\\\u2028</b>\n"}[rng.IntN(4)] }
	number := func() uint64 { return []uint64{0, 1, 318, 1 << 40}[rng.IntN(4)] }
	for range 2000 {
		e := &entry{
			Seq: number(), At: plan.Instant(text()), By: plan.PersonID(text()), Client: plan.ClientID(text()), N: number(),
			ID: plan.ChangeID(text()), Base: number(), Made: plan.Instant(text()), Ops: plan.Value(`[{"rec":"t9","del":true}]`),
			Back: map[plan.RecordID]uint64{}, Result: wire.Outcome(text()), Code: text(),
		}
		for range rng.IntN(3) {
			e.Prev = append(e.Prev, byte(number()), 0xfb)
			e.Back[plan.RecordID(text())] = number()
			e.Sum = append(e.Sum, byte(number()))
			e.Merged = append(e.Merged, text())
		}
		want, err := json.Marshal(e, json.Deterministic(true))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := e.encode(); err != nil || string(got) != string(want) {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
	}
}
