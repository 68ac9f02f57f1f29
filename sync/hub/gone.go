package hub

import (
	"bytes"
	"context"
	"errors"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// EraseSpace takes a whole case out of the store, for good: its records, its history
// and what leads to it. What stays is its number and that it is gone, so that no phone
// opens it again. Broken off, it is finished by the next call.
func (h *Hub) EraseSpace(ctx context.Context, space plan.SpaceID) (Erasure, error) {
	var out Erasure
	err := h.submit(ctx, h.goneJob(space, &out))
	if err == nil {
		out.Rows, err = h.dropRows(space)
	}
	return out, err
}

// EraseSpaceNow does the same for who drives the core alone.
func (c *Core) EraseSpaceNow(space plan.SpaceID) (Erasure, error) {
	var out Erasure
	_, answers, err := c.commit([]*job{c.goneJob(space, &out)})
	if err = firstError(err, answers[0]); err == nil {
		out.Rows, err = c.dropRows(space)
	}
	return out, err
}

// goneJob closes a space to everybody, in one commit.
func (c *Core) goneJob(space plan.SpaceID, out *Erasure) *job {
	return &job{size: 1, do: func(st *state) error {
		if !plan.ValidID(string(space)) {
			return &Refused{Reason: NotFound}
		}
		s, err := st.load(space)
		switch {
		case err != nil:
			return err
		case s.head.Seq == 0:
			return &Refused{Reason: NotFound}
		case s.access.InOrg:
			return ErrKept
		}
		*out = Erasure{Space: space, At: instant(c.Now()), Seq: s.head.Seq}
		if s.access.Gone {
			return nil
		}
		out.Chain = s.head.Hash
		d := emptyDraft(st, s, &wire.Change{Space: space, Ops: plan.Value("[]")}, merge.Write{}, c.Now())
		s.access, s.stale = access{Country: s.access.Country, Erased: d.write.Seq, Gone: true}, true
		out.Seq = d.write.Seq
		return d.remember("", wire.Result{Seq: d.write.Seq, R: wire.OK, Code: "erased"})
	}}
}

// dropPage is how many rows go at once.
const dropPage = 500

// dropRows takes every row of an erased space away but those that say that it is gone,
// and what leads to it from accounts and from what is due.
func (c *Core) dropRows(space plan.SpaceID) (rows int, err error) {
	stays := [][]byte{kv.Head(space), kv.Access(space)}
	for {
		var b kv.Batch
		err := c.Store.View(func(r kv.Reader) error {
			var bad error
			records := kv.Records(space)
			err := r.Scan(kv.Space(space), nil, func(e kv.Entry) bool {
				if bytes.Equal(e.Key, stays[0]) || bytes.Equal(e.Key, stays[1]) {
					return true
				}
				b.Del = append(b.Del, e.Key)
				if rec, ok := bytes.CutPrefix(e.Key, records); ok {
					var r plan.Record
					if bad = json.Unmarshal(e.Value, &r); bad != nil {
						return false
					}
					if a := r.Str("account"); r.Kind == "membership" && a != "" {
						b.Del = append(b.Del, kv.AccountSpace(plan.AccountID(a), space))
					}
					for _, t := range r.Timers {
						b.Del = append(b.Del, kv.Due(space, plan.RecordID(rec), t))
					}
				}
				return len(b.Del) < dropPage
			})
			return firstError(err, bad)
		})
		if err != nil || len(b.Del) == 0 {
			return rows, err
		}
		switch err := c.Store.Commit(b); {
		case errors.Is(err, kv.ErrGuard): // another node is at it too: look again
		case err != nil:
			return rows, err
		default:
			rows += len(b.Del)
		}
	}
}
