package sim

import (
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// pushState is the one push under way, and how brave the next may be.
type pushState struct {
	call   int // the number of the call that is waited for; answers to others come too late
	isBusy bool
	isDue  bool // a push has been asked for
	count  int  // changes in one push: doubled by success, halved by silence
	tries  int
}

const startCount = 4

// abandon stops waiting; an answer that still comes is not heard.
func (s *pushState) abandon() { s.call, s.isBusy = s.call+1, false }

func (p *phone) pushSoon(d time.Duration) {
	if p.push.isDue {
		return
	}
	p.push.isDue = true
	p.w.after(d, func() {
		p.push.isDue = false
		p.pushNow()
	})
}

// pushNow sends what waits, in the order it was made, without the spaces that are lost.
func (p *phone) pushNow() {
	if !p.isOnline || p.push.isBusy {
		return
	}
	batch := p.unsent()
	if len(batch) == 0 && len(p.forks) > 0 { // all that the old id could still say is answered
		p.fork()
		batch = p.unsent()
	}
	if len(batch) == 0 {
		return
	}
	batch = batch[:min(len(batch), p.push.count, wire.MaxChanges)]
	msg := wire.Push{Client: p.client, Schema: wire.Schema, Now: p.clock(), Changes: make([]wire.Change, len(batch))}
	for i, r := range batch {
		msg.Changes[i] = wire.Change{Space: r.space, N: r.n, ID: r.id, Base: r.base, At: r.at, Ops: r.raw}
	}
	p.push.call++
	p.push.isBusy = true
	call, w := p.push.call, p.w
	w.counts["push"]++
	w.say("%s pushes %d changes as %s, %s first", p, len(batch), p.client, batch[0].id)
	w.travel(p.rng, func() {
		w.server.push(hub.Sent{Account: p.person.account, Push: msg}, func(a pushAnswer) {
			w.travel(p.rng, func() {
				if p.isOnline && p.push.isBusy && p.push.call == call {
					p.push.isBusy = false
					p.hearPush(batch, a)
				}
			})
		})
	})
	w.after(patience, func() {
		if p.push.isBusy && p.push.call == call {
			p.push.isBusy = false
			p.push.count = max(1, p.push.count/2)
			w.counts["push timed out"]++
			p.pushSoon(time.Duration(p.rng.Int64N(int64(2 * time.Second))))
		}
	})
}

func (p *phone) unsent() []*row {
	var rows []*row
	for _, r := range p.outbox {
		from, forked := p.forks[r.space]
		if r.answer == nil && !p.lost[r.space] && !p.space(r.space).removed && (!forked || r.n < from) {
			rows = append(rows, r)
		}
	}
	return rows
}

func (p *phone) hearPush(batch []*row, a pushAnswer) {
	if a.refused != nil {
		p.mend(batch, a.refused)
		return
	}
	p.push.count = min(wire.MaxChanges, p.push.count*2)
	p.push.tries = 0
	for i, raw := range a.results {
		var res wire.Result
		if err := json.Unmarshal(raw, &res); err != nil || i >= len(batch) || res.Space != batch[i].space || res.N != batch[i].n {
			p.w.breaks("I7", "%s: answer %d is %s, which is not to %s number %d", p, i, raw, batch[i].space, batch[i].n)
			return
		}
		batch[i].answer = &res
	}
	p.sweep()
	p.pushSoon(0)
	p.pullAll()
}

// mend does what a refusal asks for, and sends again.
func (p *phone) mend(batch []*row, r *hub.Refused) {
	p.w.say("%s is refused: %s at change %d, want %d", p, r.Reason, r.Change, r.Want)
	if r.Change >= len(batch) {
		p.w.breaks("push", "%s: a refusal of change %d of %d", p, r.Change, len(batch))
		return
	}
	space := batch[r.Change].space
	switch r.Reason {
	case hub.NotFound, hub.Gone:
		p.lost[space] = true // taken out; the rest goes at once
		if r.Reason == hub.Gone {
			p.handOver(space)
		}
		p.pullAll()
	case hub.Fork:
		p.forks[space] = batch[r.Change].n
	case hub.Gap:
		p.renumber(space, r.Want)
	}
	if p.push.tries++; p.push.tries > 20 {
		p.w.breaks("push", "%s is refused for ever: %s", p, r.Reason)
	}
	p.pushSoon(0)
}

// fork takes a new client id: somebody else speaks under the old one. Everything
// unanswered is counted from 1 again and sent again, with the same change ids. What
// the old id had sent before the fork was asked for once more first: sent again
// under the new one it would be done twice (I2).
func (p *phone) fork() {
	p.forks = map[plan.SpaceID]uint64{}
	p.client = plan.ClientID(p.id("k"))
	for _, h := range p.spaces {
		h.last, h.ackn = 0, 0
	}
	for _, r := range p.outbox {
		r.n = 0
		if r.answer == nil {
			h := p.space(r.space)
			h.last++
			r.n = h.last
			if p.lost[r.space] || h.removed { // nobody could be asked
				p.w.made[r.id].mayRepeat = true
			}
		}
	}
	p.w.say("%s is %s from now on", p, p.client)
}

// spare lets the changes that wait on a phone come under two numbers.
func (w *world) spare(p *phone) {
	for _, r := range p.outbox {
		w.made[r.id].mayRepeat = true
	}
}

// renumber closes a gap: the server waits for a lower number.
func (p *phone) renumber(space plan.SpaceID, want uint64) {
	h := p.space(space)
	h.last = want - 1
	for _, r := range p.outbox {
		if r.space == space && r.answer == nil && r.n >= want {
			h.last++
			r.n = h.last
			p.w.made[r.id].mayRepeat = true
		}
	}
}

// sweep lets rows go that are answered and in base, both: there is no moment at
// which an edit is in neither.
func (p *phone) sweep() {
	p.outbox = slices.DeleteFunc(p.outbox, func(r *row) bool {
		h := p.space(r.space)
		return r.answer != nil && (h.removed || r.answer.Seq <= h.seq)
	})
}
