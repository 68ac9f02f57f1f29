package sim

import (
	"maps"
	"math"
	"slices"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

// view is what a person sees: base, and their own changes replayed over it.
type view struct {
	base map[plan.RecordID]*plan.Record
	over map[plan.RecordID]*plan.Record
}

func (v *view) Get(id plan.RecordID) (*plan.Record, error) {
	if r, ok := v.over[id]; ok {
		return r, nil
	}
	return v.base[id], nil
}

func (v *view) Put(r *plan.Record) { v.over[r.ID] = r }

// view replays the outbox over base. On the phone itself nothing is ever late.
func (p *phone) view(space plan.SpaceID) *view {
	v := &view{base: p.space(space).base, over: map[plan.RecordID]*plan.Record{}}
	w := merge.Write{Seq: math.MaxUint64, Base: math.MaxUint64, Client: p.client}
	for _, r := range p.outbox {
		if r.space != space {
			continue
		}
		for i := range r.ops {
			if _, err := merge.Apply(v, &r.ops[i], w); err != nil {
				p.w.breaks("view", "%s: %v", p, err)
			}
		}
	}
	return v
}

// ids gives every record of the view, in order.
func (v *view) ids() []plan.RecordID {
	ids := slices.AppendSeq(make([]plan.RecordID, 0, len(v.base)+len(v.over)), maps.Keys(v.base))
	ids = slices.AppendSeq(ids, maps.Keys(v.over))
	slices.Sort(ids)
	return slices.Compact(ids)
}
