package hub

import (
	"context"
	"time"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// quarantineLife is how long a handed-over outbox waits to be looked through.
const quarantineLife = 30 * 24 * time.Hour

// Until says how long what is handed over now will be kept.
func (c *Core) Until() plan.Instant { return instant(c.Now().Add(quarantineLife)) }

// Quarantine keeps the outbox of somebody whose access has ended, whole and
// unapplied, for the tovholder to look through. It can only be written, and only
// by a former member; the same outbox handed over twice is kept once.
func (h *Hub) Quarantine(ctx context.Context, account plan.AccountID, in wire.Handover) (wire.Receipt, error) {
	var out wire.Receipt
	err := h.submit(ctx, h.quarantineJob(account, in, &out))
	return out, err
}

// QuarantineNow does the same for who drives the core alone.
func (c *Core) QuarantineNow(account plan.AccountID, in wire.Handover) (wire.Receipt, error) {
	var out wire.Receipt
	_, answers, err := c.commit([]*job{c.quarantineJob(account, in, &out)})
	return out, firstError(err, answers[0])
}

func (c *Core) quarantineJob(account plan.AccountID, in wire.Handover, out *wire.Receipt) *job {
	return &job{size: 1, do: func(st *state) error {
		if !plan.ValidID(string(in.Space)) {
			return &Refused{Reason: NotFound, Change: -1}
		}
		s, err := st.load(in.Space)
		if err != nil {
			return err
		}
		m, ok, was := s.access.member(account, c.Now())
		if ok || !was {
			return &Refused{Reason: NotFound, Change: -1}
		}
		*out, err = quarantine(st, s, m.Person, in, c.Now())
		return err
	}}
}

func quarantine(st *state, s *space, person plan.PersonID, in wire.Handover, now time.Time) (wire.Receipt, error) {
	parts := []string{"quarantine", string(s.id), string(in.Client)}
	for _, c := range in.Changes {
		parts = append(parts, string(c.ID))
	}
	id := derive(parts...)
	if old, err := st.record(s, id); err != nil || old != nil {
		if err != nil {
			return wire.Receipt{}, err
		}
		return wire.Receipt{Receipt: id, Changes: len(in.Changes), Until: plan.Instant(old.Str("until"))}, nil
	}
	if planted == "quarantineLost" {
		return wire.Receipt{Receipt: id, Changes: len(in.Changes), Until: instant(now.Add(quarantineLife))}, nil
	}
	for i := range in.Changes {
		if err := st.withoutErased(s, &in.Changes[i]); err != nil {
			return wire.Receipt{}, err
		}
	}
	raw, err := wire.Encode(in.Changes)
	if err != nil {
		return wire.Receipt{}, err
	}
	c := &wire.Change{Space: s.id, ID: plan.ChangeID(id), Ops: raw}
	d := emptyDraft(st, s, c, merge.Write{Person: person, Client: in.Client}, now)
	until := instant(now.Add(quarantineLife))
	q := &plan.Record{ID: id, Kind: "quarantine", F: map[string]plan.Stamp{}, By: person}
	d.put(q, "person", plan.String(string(person)))
	d.put(q, "changes", raw)
	d.put(q, "at", plan.String(string(instant(now))))
	d.put(q, "until", plan.String(string(until)))
	d.Put(q)
	if err := d.commit(); err != nil {
		return wire.Receipt{}, err
	}
	if err := d.remember("", wire.Result{Seq: d.write.Seq, R: wire.Parked, Code: "quarantine"}); err != nil {
		return wire.Receipt{}, err
	}
	return wire.Receipt{Receipt: id, Changes: len(in.Changes), Until: until}, nil
}
