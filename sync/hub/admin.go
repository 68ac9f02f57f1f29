package hub

import (
	"context"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// Amend writes as the system itself: a membership that begins or ends, a new
// tovholder. It is for import and administration, past the rights of members but
// not past the schema, and becomes one change without an author. It gives the
// number of that change; a space that is not there is a *Refused.
func (h *Hub) Amend(ctx context.Context, space plan.SpaceID, ops []merge.Op) (uint64, error) {
	var seq uint64
	if err := checkAmend(ops); err != nil {
		return 0, err
	}
	err := h.submit(ctx, h.amendJob(space, ops, &seq))
	return seq, err
}

// Amend writes at once, for who drives the core alone.
func (c *Core) Amend(space plan.SpaceID, ops []merge.Op) (uint64, error) {
	var seq uint64
	if err := checkAmend(ops); err != nil {
		return 0, err
	}
	_, answers, err := c.commit([]*job{c.amendJob(space, ops, &seq)})
	return seq, firstError(err, answers[0])
}

func (c *Core) amendJob(space plan.SpaceID, ops []merge.Op, seq *uint64) *job {
	return &job{size: 1, do: func(st *state) error {
		s, err := st.load(space)
		if err != nil {
			return err
		}
		if s.head.Seq == 0 || s.access.Gone {
			return &Refused{Reason: NotFound}
		}
		*seq = s.head.Seq + 1
		return amend(st, s, ops, c.Now())
	}}
}

// amend sees the newest state, so that nothing it writes comes late.
func amend(st *state, s *space, ops []merge.Op, now time.Time) error {
	raw, err := json.Marshal(ops, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("encode an amendment: %w", err)
	}
	next := s.head.Seq + 1
	c := &wire.Change{Space: s.id, ID: plan.ChangeID(derive("amend", string(s.id), fmt.Sprint(next))), Base: s.head.Seq, Ops: raw}
	d := emptyDraft(st, s, c, merge.Write{Base: s.head.Seq}, now)
	for i := range ops {
		if _, err := merge.Apply(d, &ops[i], d.write); err != nil {
			return err
		}
	}
	if err := d.commit(); err != nil {
		return err
	}
	return d.remember("", wire.Result{Seq: next, R: wire.OK})
}

// checkAmend holds an amendment against the schema: known kinds and fields,
// values of the right shape.
func checkAmend(ops []merge.Op) error {
	for i := range ops {
		op := &ops[i]
		kind := plan.Kinds[op.Kind]
		if kind == nil || !plan.ValidID(string(op.Rec)) || op.Conflict != "" {
			return fmt.Errorf("amend record %s: no such kind %q", op.Rec, op.Kind)
		}
		for _, values := range []map[string]plan.Value{op.New, op.Set} {
			for name, raw := range values {
				f := kind.Field(name)
				if f == nil {
					return fmt.Errorf("amend record %s: no field %s", op.Rec, name)
				}
				v, wrong := plan.Check(f, raw)
				if wrong != "" {
					return fmt.Errorf("amend record %s: field %s: wrong %s", op.Rec, name, wrong)
				}
				values[name] = v
			}
		}
	}
	return nil
}
