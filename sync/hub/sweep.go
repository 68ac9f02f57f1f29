package hub

import (
	"context"
	"time"

	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
)

// Due is one timer that has run out.
type Due struct {
	Space plan.SpaceID
	Rec   plan.RecordID
	plan.Timer
	Key []byte // of its row, and the revision of it: who takes it away guards on both
	Rev uint64
}

// DueUntil gives the timers that run out up to a moment, the earliest first, at most
// as many as asked for. Its cost does not grow with how many lie ahead.
func (c *Core) DueUntil(now time.Time, most int) (due []Due, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		return r.Scan(kv.Dues(), nil, func(e kv.Entry) bool {
			space, rec, t, ok := kv.DueAt(e.Key)
			if !ok || t.At > now.Unix() || len(due) == most {
				return false
			}
			due = append(due, Due{space, rec, t, e.Key, e.Rev})
			return true
		})
	})
	return due, err
}

// sweepMost is how much one sweep looks at.
const sweepMost = 1000

// Sweep empties what was kept for a time and is over it: an outbox that was handed
// over and not looked through in 30 days. Its record stays, deleted and without words;
// what the history holds of it goes with the history's own retention.
func (h *Hub) Sweep(ctx context.Context) (swept int, err error) {
	due, err := h.DueUntil(h.Now(), sweepMost)
	for _, one := range due {
		if one.Kind != "quarantine" {
			continue
		}
		_, err := h.Amend(ctx, one.Space, []merge.Op{
			{Rec: one.Rec, Kind: "quarantine", Set: map[string]plan.Value{"changes": plan.Null}},
			{Rec: one.Rec, Kind: "quarantine", Del: true},
		})
		if err != nil {
			return swept, err
		}
		swept++
	}
	return swept, err
}
