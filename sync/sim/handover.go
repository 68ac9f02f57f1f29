package sim

import (
	"errors"
	"slices"

	"github.com/go-json-experiment/json"

	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// handOver gives up the outbox of a space that this member has lost: first it is
// handed to the server, unread, and only with the receipt in hand it is let go.
func (p *phone) handOver(space plan.SpaceID) {
	var rows []*row
	msg := wire.Handover{Client: p.client, Space: space}
	for _, r := range p.outbox {
		if r.space == space && r.answer == nil {
			rows = append(rows, r)
			msg.Changes = append(msg.Changes, wire.Change{Space: r.space, N: r.n, ID: r.id, Base: r.base, At: r.at, Ops: r.raw})
		}
	}
	if len(rows) == 0 || p.handing[space] {
		return
	}
	p.handing[space] = true
	w := p.w
	w.say("%s hands %d changes of %s over", p, len(rows), space)
	w.travel(p.rng, func() {
		w.server.quarantine(p.person.account, msg, func(ok bool) {
			w.travel(p.rng, func() {
				if p.handing[space] {
					p.receipt(space, rows, ok)
				}
			})
		})
	})
	w.after(patience, func() { delete(p.handing, space) }) // the next refusal tries again
}

// receipt lets go of what was handed over. Without one the rows stay: perhaps the
// access is back.
func (p *phone) receipt(space plan.SpaceID, rows []*row, ok bool) {
	delete(p.handing, space)
	if !ok {
		p.pullAll()
		return
	}
	p.w.say("%s has a receipt for %d changes of %s", p, len(rows), space)
	p.outbox = slices.DeleteFunc(p.outbox, func(r *row) bool { return slices.Contains(rows, r) })
	p.wipe(space)
	p.pullAll()
}

// quarantine takes an outbox in; a receipt goes out when it is stored.
func (s *server) quarantine(account plan.AccountID, in wire.Handover, reply func(ok bool)) {
	if !s.up {
		return
	}
	got, err := s.core.QuarantineNow(account, in)
	var refused *hub.Refused
	switch {
	case errors.As(err, &refused):
		s.w.counts["quarantine refused"]++
		reply(false)
	case errors.Is(err, errCrash):
		s.crash()
	case err != nil:
		s.w.breaks("core", "quarantine of %s: %v", account, err)
	default:
		s.w.counts["quarantine"]++
		s.books.checkReceipt(in, got)
		reply(true)
	}
}

// checkReceipt says whether what was receipted is stored, whole (I5).
func (b *books) checkReceipt(in wire.Handover, got wire.Receipt) {
	k := b.space(in.Space).recs[got.Receipt]
	var kept []wire.Change
	if k == nil || json.Unmarshal(k.r.Get("changes"), &kept) != nil || len(kept) != len(in.Changes) || got.Changes != len(kept) {
		b.w.breaks("I5", "%s: the receipt %s for %d changes stands for nothing", in.Space, got.Receipt, len(in.Changes))
		return
	}
	sent := b.space(in.Space).without(in.Changes)
	for i, c := range kept {
		if c.ID != sent[i].ID || string(c.Ops) != string(sent[i].Ops) {
			b.w.breaks("I5", "%s: the quarantine %s holds %s, and %s was handed over", in.Space, got.Receipt, c.ID, in.Changes[i].ID)
		}
		b.w.made[c.ID].quarantined = got.Receipt
	}
}
