package sim

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// checkHistories asks for the history of some records as each member may: the
// second way of reading, which must be no wider than the first (I4).
func (w *world) checkHistories(who *person) {
	rng := w.dice("history "+who.name, 0)
	for _, space := range slices.Sorted(maps.Keys(w.server.books.spaces)) {
		b := w.server.books.spaces[space]
		ids := slices.Sorted(maps.Keys(b.recs))
		if len(ids) == 0 {
			continue // it is erased
		}
		for range 4 {
			id := ids[rng.IntN(len(ids))]
			if err := w.checkHistory(b, who, id); err != nil {
				w.breaks("I4", "%s asks for the history of %s %s: %v", who.name, b.recs[id].r.Kind, id, err)
			}
		}
	}
}

func (w *world) checkHistory(b *book, who *person, id plan.RecordID) error {
	told, err := w.server.core.History(who.account, wire.Asked{Space: b.id, Rec: id})
	r := b.recs[id].r
	v, ok := b.viewer(who.account, w.today())
	d := nothing
	if ok {
		d = b.sees(v, r)
	}
	var refused *hub.Refused
	if (d == nothing) != errors.As(err, &refused) || err != nil && refused == nil {
		return fmt.Errorf("sees %d of it, and hears %v", d, err)
	}
	for _, e := range told.Entries {
		names := slices.Concat(slices.Collect(maps.Keys(e.Set)), slices.Collect(maps.Keys(e.Was)),
			slices.Collect(maps.Keys(e.Add)), slices.Collect(maps.Keys(e.Rem)), e.Late)
		for _, f := range names {
			if d == core && !isCore(r.Kind, f) || isHidden(r.Kind, f) {
				return fmt.Errorf("hears of %s in entry %d", f, e.Seq)
			}
		}
	}
	return nil
}
