package sim

import (
	"maps"
	"slices"
	"time"

	"samspor/sync/plan"
	"samspor/sync/wire"
)

// pullState is the one pull under way, and what is to be asked next.
type pullState struct {
	call   int
	isBusy bool
	isDue  bool
	all    bool                  // every space
	only   map[plan.SpaceID]bool // these
}

func (s *pullState) abandon() { s.call, s.isBusy = s.call+1, false }

// pullAll asks for every space.
func (p *phone) pullAll() {
	p.pull.all = true
	p.pullSoon()
}

// poked hears that a space has come to a number.
func (p *phone) poked(space plan.SpaceID, seq uint64) {
	if !p.isOnline || p.space(space).seq >= seq {
		return
	}
	if p.pull.only == nil {
		p.pull.only = map[plan.SpaceID]bool{}
	}
	p.pull.only[space] = true
	p.pullSoon()
}

func (p *phone) pullSoon() {
	if p.pull.isDue {
		return
	}
	p.pull.isDue = true
	p.w.after(time.Millisecond, func() {
		p.pull.isDue = false
		p.pullNow()
	})
}

func (p *phone) pullNow() {
	if !p.isOnline || p.pull.isBusy || !p.pull.all && len(p.pull.only) == 0 {
		return
	}
	var only []plan.SpaceID
	if !p.pull.all {
		only = slices.Sorted(maps.Keys(p.pull.only))
	}
	p.pull.all, p.pull.only = false, nil
	p.ask(only)
}

// limits are page sizes; small ones cut a space into many pages.
var limits = []int{1, 3, 7, 40, 500}

func (p *phone) ask(only []plan.SpaceID) {
	req := &wire.Pull{Client: p.client, Schema: wire.Schema, Cur: map[plan.SpaceID]string{}, Only: only}
	req.Limit = limits[p.rng.IntN(len(limits))]
	if p.w.isCalm {
		req.Limit = wire.MaxPage
	}
	for id, h := range p.spaces {
		if cur := h.position(); cur != "" {
			req.Cur[id] = cur
		}
	}
	p.pull.call++
	p.pull.isBusy = true
	call, w := p.pull.call, p.w
	w.counts["pull"]++
	w.travel(p.rng, func() {
		w.server.pull(p.person.account, req, func(a pullAnswer) {
			w.travel(p.rng, func() {
				if p.isOnline && p.pull.isBusy && p.pull.call == call {
					p.pull.isBusy = false
					p.hearPull(req, a)
				}
			})
		})
	})
	w.after(patience, func() {
		if p.pull.isBusy && p.pull.call == call {
			p.pull.isBusy = false
			w.counts["pull timed out"]++
			p.pullAll()
		}
	})
}

func (p *phone) hearPull(req *wire.Pull, a pullAnswer) {
	var more []plan.SpaceID
	for _, id := range slices.Sorted(maps.Keys(a.Spaces)) {
		delete(p.lost, id)
		if !a.Spaces[id].Reset && req.Cur[id] != p.space(id).position() {
			p.pull.all = true // it goes on from where this phone no longer is
			continue
		}
		if p.take(id, a.Spaces[id], a.expect[id]) {
			more = append(more, id)
		}
	}
	for _, r := range a.Removed {
		p.w.say("%s has lost %s: %s", p, r.Space, r.Why)
		p.w.counts["space removed"]++
		if r.Why == "erased" { // with all that waits there
			p.w.counts["space erased"]++
			p.outbox = slices.DeleteFunc(p.outbox, func(one *row) bool { return one.space == r.Space })
		}
		p.wipe(r.Space)
	}
	p.sweep()
	p.pushSoon(0)
	if len(more) > 0 {
		p.ask(more)
		return
	}
	p.pullNow()
}

// position is the token to go on from, that of a half-received space included.
func (h *held) position() string {
	if h.stage != nil {
		return h.stage.cur
	}
	return h.cur
}

// take stores one page; a space that is not whole yet waits beside base.
func (p *phone) take(id plan.SpaceID, s *wire.Space, expect uint64) (more bool) {
	h := p.space(id)
	h.removed = false
	if s.Reset || h.stage == nil {
		h.stage = &stage{reset: s.Reset}
	}
	h.stage.cur = s.Cur
	h.stage.pages = append(h.stage.pages, s)
	p.w.say("%s takes %s to %d: %d put, gone %v, reset %v, more %v", p, id, s.Seq, len(s.Put), s.Gone, s.Reset, s.More)
	if planted == "resetNotAtomic" && h.stage.reset {
		p.install(h)
		h.stage.pages, h.stage.reset = nil, false
	}
	if !s.More {
		p.install(h)
		h.cur, h.seq, h.ackn, h.isWhole, h.expect, h.stage = s.Cur, s.Seq, s.Ackn, true, expect, nil
	}
	p.checkBase(id, h)
	return s.More
}

// install swaps base for what the pages say, in one transaction.
func (p *phone) install(h *held) {
	if h.stage.reset {
		p.w.counts["reset"]++
		h.base, h.hashes, h.sum = map[plan.RecordID]*plan.Record{}, map[plan.RecordID]uint64{}, 0
	}
	for _, page := range h.stage.pages {
		for _, id := range page.Gone {
			p.w.counts["gone"]++
			p.letGo(h, id)
		}
		for _, r := range page.Put {
			h.put(merged(h.base[r.ID], r))
		}
		if page.Me != nil {
			h.me = page.Me
		}
	}
}

// letGo forgets a record; that it is gone for this member says nothing about whether it is deleted.
func (p *phone) letGo(h *held, id plan.RecordID) {
	if old := h.base[id]; planted == "goneAsDeleted" && old != nil {
		r := old.Clone()
		r.Del = true
		h.put(r)
		return
	}
	h.sum -= h.hashes[id]
	delete(h.base, id)
	delete(h.hashes, id)
}

func (h *held) put(r *plan.Record) {
	sum := hashRecord(r, func(string) bool { return true })
	h.sum += sum - h.hashes[r.ID]
	h.base[r.ID], h.hashes[r.ID] = r, sum
}

// merged lays changed fields over what base holds of a record; null clears one.
func merged(old *plan.Record, news wire.Record) *plan.Record {
	r := &plan.Record{ID: news.ID, Kind: news.Kind, F: map[string]plan.Stamp{}, Seq: news.Seq, Del: news.Del}
	if old != nil {
		maps.Copy(r.F, old.F)
	}
	for name, v := range news.F {
		if v.Kind() == 'n' {
			delete(r.F, name)
		} else {
			r.F[name] = plan.Stamp{V: v}
		}
	}
	return r
}

// wipe forgets a space that was lost, but not its last number, nor what was
// written there and not yet heard.
func (p *phone) wipe(id plan.SpaceID) {
	fresh := newHeld()
	fresh.last, fresh.ackn, fresh.removed = p.space(id).last, p.space(id).ackn, true
	p.spaces[id] = fresh
}

// pollLater asks again now and then, as a phone without a stream does.
func (p *phone) pollLater() {
	if p.w.isCalm {
		return
	}
	p.polls++
	mine := p.polls
	p.w.after(60*time.Second+time.Duration(p.rng.Int64N(int64(2*time.Minute))), func() {
		if p.isOnline && !p.w.isCalm && p.polls == mine {
			p.pullAll()
			p.pushSoon(0)
			p.pollLater()
		}
	})
}
