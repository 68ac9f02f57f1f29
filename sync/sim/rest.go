package sim

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// maxWakes is how often everybody may be woken before all has to be quiet.
const maxWakes = 12

// rest heals the network, wakes every phone until nothing is left to do, and then
// holds everything against everything.
func (w *world) rest() {
	w.isCalm = true
	w.say("everybody comes to rest")
	w.drain()
	isWaiting := func(p *phone) bool { return len(p.unsent()) > 0 && !w.isAbsent(p) }
	for _, p := range w.phones {
		p.lost = map[plan.SpaceID]bool{} // once more, what was refused may be open by now
	}
	for wakes := 0; w.broken == nil; wakes++ {
		before := w.counts["push"]
		for _, p := range w.phones {
			p.goOnline()
		}
		w.drain()
		if w.counts["push"] == before && !slices.ContainsFunc(w.phones, isWaiting) {
			break // everybody has asked, and nobody had anything to send
		}
		if wakes == maxWakes {
			w.breaks("rest", "somebody still has changes that the server does not answer")
		}
	}
	if w.broken != nil {
		return // the rest of it says nothing any more
	}
	for _, p := range w.phones {
		if !w.isAbsent(p) {
			w.checkPhone(p)
		}
	}
	for i, who := range w.people {
		if !w.Small || uint64(i)%3 == w.Seed%3 {
			w.checkFresh(who)
			w.checkHistories(who)
		}
	}
	w.checkMade()
	w.checkErased()
	for _, id := range slices.Sorted(maps.Keys(w.server.books.spaces)) {
		w.checkStored(w.server.books.spaces[id])
	}
	w.counts["rest"]++
}

// checkBase holds base against what its last answer made of it. Between two
// answers it does not change, and it never is half of one.
func (p *phone) checkBase(id plan.SpaceID, h *held) {
	if h.sum == h.expect {
		return
	}
	b := p.w.server.books.space(id)
	v, _ := b.viewer(p.person.account, p.w.today())
	rule, found := b.differences(v, h.base)
	p.w.breaks(rule, "%s holds %s at %d, which is not what the server has for %s: %v", p, id, h.seq, v.person, found)
}

// checkPhone says whether a phone at rest holds what it should (I3, I4), and nothing waits (I5).
func (w *world) checkPhone(p *phone) {
	for _, id := range slices.Sorted(maps.Keys(w.server.books.spaces)) {
		b, h := w.server.books.spaces[id], p.space(id)
		v, ok := b.viewer(p.person.account, w.today())
		if !ok {
			if len(h.base) > 0 {
				w.breaks("I4", "%s still holds %d records of %s", p, len(h.base), id)
			}
			continue
		}
		if !h.isWhole || h.seq != b.seq || h.stage != nil {
			w.breaks("I3", "%s is at %d of %s, and the server at %d (whole %v)", p, h.seq, id, b.seq, h.isWhole)
		}
		if rule, found := b.differences(v, h.base); len(found) > 0 || h.sum != b.projection(v) {
			w.breaks(rule, "%s at rest in %s as %s: %v", p, id, v.person, found)
		}
	}
	for _, r := range p.outbox {
		b := w.server.books.spaces[r.space]
		if b == nil {
			continue // an opening that was refused: it waits for its author
		}
		if _, ok := b.viewer(p.person.account, w.today()); ok {
			w.breaks("I5", "%s still has %s in its outbox at rest (answer %+v)", p, r.id, r.answer)
		}
	}
}

// checkFresh pulls everything with a phone that knows nothing yet.
func (w *world) checkFresh(who *person) {
	p := &phone{w: w, person: who, store: store{client: plan.ClientID("fresh-" + who.name), spaces: map[plan.SpaceID]*held{}}}
	cur := map[plan.SpaceID]string{}
	for more := true; more && w.broken == nil; {
		out, err := w.server.core.Pull(who.account, &wire.Pull{Client: p.client, Schema: wire.Schema, Cur: cur, Limit: 20})
		if err != nil {
			w.breaks("core", "a fresh phone of %s: %v", who.name, err)
			return
		}
		more = false
		expect := w.server.books.expect(who.account, out)
		for _, id := range slices.Sorted(maps.Keys(out.Spaces)) {
			s := out.Spaces[id]
			cur[id] = s.Cur
			more = p.take(id, s, expect[id]) || more
		}
	}
}

// checkMade looks for every change that anybody ever made (I5).
func (w *world) checkMade() {
	waiting := map[plan.ChangeID]bool{}
	for _, p := range w.phones {
		for _, r := range p.outbox {
			waiting[r.id] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.made)) {
		m := w.made[id]
		b := w.server.books.spaces[m.space]
		if b != nil && b.isGone {
			continue
		}
		if _, stored := b.find(id); stored || waiting[id] || b != nil && b.recs[m.quarantined] != nil {
			continue
		}
		w.breaks("I5", "%s, which %s wrote in %s, is nowhere: %s", id, m.author.name, m.space, m.raw)
	}
}

// find gives where a change is in history.
func (b *book) find(id plan.ChangeID) (seq uint64, ok bool) {
	if b == nil {
		return 0, false
	}
	seq, ok = b.ids[id]
	return seq, ok
}

// checkStored reads a space from the store again, past all that was noted on the
// way: history is whole and chained (I6), holds every answer (I1), and every
// record has its one row in the index.
func (w *world) checkStored(b *book) {
	w.server.disk.look(func(r kv.Reader) {
		if b.isGone {
			w.checkGone(b, r)
			return
		}
		var hash []byte
		lines := map[uint64]line{}
		next := uint64(1)
		err := r.Scan(kv.Histories(b.id), nil, func(e kv.Entry) bool {
			var l line
			if err := json.Unmarshal(e.Value, &l); err != nil || l.Seq != next || !bytes.Equal(l.Prev, hash) {
				w.breaks("I6", "%s: entry %d at rest is %d, %v", b.id, next, l.Seq, err)
				return false
			}
			sum := sha256.Sum256(e.Value)
			if hash = sum[:]; l.Sum != nil { // something in it is erased; it stands for what it was
				hash = l.Sum
			}
			lines[next] = l
			next++
			return true
		})
		if err != nil || next != b.seq+1 || !bytes.Equal(hash, b.hash) {
			w.breaks("I6", "%s: history ends at %d, and the books at %d (%v)", b.id, next-1, b.seq, err)
		}
		for key, a := range w.server.books.answers {
			l := lines[a.seq]
			if key.space == b.id && (l.Client != key.client || l.N != key.n || l.ID != key.id) {
				w.breaks("I1", "%s: %s was answered at %d, and history has %s there", b.id, key.id, a.seq, l.ID)
			}
		}
		if err := b.checkIndex(r); err != nil {
			w.breaks("index", "%v", err)
		}
	})
}

// checkIndex says whether each record has one index row, at its last change.
func (b *book) checkIndex(r kv.Reader) (bad error) {
	rows := map[plan.RecordID]int{}
	err := r.Scan(kv.Indexes(b.id), nil, func(e kv.Entry) bool {
		seq, id := kv.IndexAt(b.id, e.Key)
		rows[id]++
		if k := b.recs[id]; k == nil || k.r.Seq != seq || rows[id] > 1 {
			bad = fmt.Errorf("%s: an index row says %s at %d, %d rows of it", b.id, id, seq, rows[id])
		}
		return bad == nil
	})
	if err != nil || bad != nil {
		return firstOf(err, bad)
	}
	for id := range b.recs {
		if rows[id] != 1 {
			return fmt.Errorf("%s: %s has %d index rows", b.id, id, rows[id])
		}
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
