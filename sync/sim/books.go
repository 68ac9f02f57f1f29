package sim

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// books is what the checkers write down: every answer that went out, and of each
// space its records and its history as they were stored.
type books struct {
	w       *world
	spaces  map[plan.SpaceID]*book
	answers map[answerKey]answerKept
}

type answerKey struct {
	client plan.ClientID
	space  plan.SpaceID
	n      uint64
	id     plan.ChangeID
}

type answerKept struct {
	raw []byte
	seq uint64
}

// book is one space.
type book struct {
	id     plan.SpaceID
	recs   map[plan.RecordID]*kept
	gates  []*plan.Record                    // of the kinds that decide who is a member as what
	words  map[plan.RecordID]map[string]bool // what was ever said about each record
	gone   map[plan.RecordID]bool            // erased
	isGone bool                              // all of it
	ledger
}

// kept is one record with the sums of what one sees of it.
type kept struct {
	r           *plan.Record
	whole, core uint64
}

func newBooks(w *world) *books {
	return &books{w: w, spaces: map[plan.SpaceID]*book{}, answers: map[answerKey]answerKept{}}
}

func (b *books) space(id plan.SpaceID) *book {
	s := b.spaces[id]
	if s == nil {
		s = &book{
			id: id, recs: map[plan.RecordID]*kept{}, words: map[plan.RecordID]map[string]bool{}, gone: map[plan.RecordID]bool{}, ledger: newLedger(),
		}
		b.spaces[id] = s
	}
	return s
}

// heard reads every batch that is stored: records into the mirror, history into the ledger.
func (s *server) heard(batch kv.Batch) {
	touched := map[plan.SpaceID]map[plan.RecordID]bool{}
	var lines []kv.Entry
	for _, e := range batch.Put {
		space, rest, ok := cut(e.Key)
		switch {
		case !ok:
		case bytes.HasPrefix(rest, []byte("r/")):
			if touched[space] == nil {
				touched[space] = map[plan.RecordID]bool{}
			}
			id := plan.RecordID(rest[2:])
			touched[space][id] = true
			s.books.keep(space, id, e.Value)
		case bytes.HasPrefix(rest, []byte("l/")):
			lines = append(lines, e)
		}
	}
	slices.SortFunc(lines, func(x, y kv.Entry) int { return bytes.Compare(x.Key, y.Key) })
	for _, e := range lines {
		space, rest, _ := cut(e.Key)
		s.books.line(s.books.space(space), binary.BigEndian.Uint64(rest[2:]), e.Value)
	}
	for _, space := range slices.Sorted(maps.Keys(touched)) {
		s.books.compare(s.books.space(space), touched[space])
		s.poke(space)
	}
}

// cut takes a key of a space apart.
func cut(key []byte) (space plan.SpaceID, rest []byte, ok bool) {
	inside, ok := bytes.CutPrefix(key, kv.Spaces())
	if !ok {
		return "", nil, false
	}
	name, rest, ok := bytes.Cut(inside, []byte("/"))
	return plan.SpaceID(name), rest, ok
}

func (b *books) keep(space plan.SpaceID, id plan.RecordID, raw []byte) {
	r := &plan.Record{}
	if err := json.Unmarshal(raw, r); err != nil {
		b.w.breaks("store", "record %s: %v", id, err)
		return
	}
	r.ID = id
	s := b.space(space)
	s.recs[id] = &kept{
		r:     r,
		whole: hashRecord(r, func(f string) bool { return !isHidden(r.Kind, f) }),
		core:  hashRecord(r, func(f string) bool { return isCore(r.Kind, f) }),
	}
	switch r.Kind {
	case "membership", "tovholder", "contactPerson":
		s.gates = slices.DeleteFunc(s.gates, func(o *plan.Record) bool { return o.ID == id })
		s.gates = append(s.gates, r)
	}
}

// answered looks at the answers to a push as they leave the server: what is
// answered is in history (I1), and the same question has the same answer (I7).
func (b *books) answered(p wire.Push, results []plan.Value) {
	for i, raw := range results {
		c := &p.Changes[i]
		key := answerKey{p.Client, c.Space, c.N, c.ID}
		b.w.hash.Write(raw)
		if old, ok := b.answers[key]; ok {
			b.w.counts["answered again"]++
			if !bytes.Equal(old.raw, raw) {
				b.w.breaks("I7", "%s number %d of %s was answered %s, and now %s", c.Space, c.N, p.Client, old.raw, raw)
			}
			continue
		}
		var res wire.Result
		if err := json.Unmarshal(raw, &res); err != nil {
			b.w.breaks("I7", "answer %s: %v", raw, err)
			return
		}
		b.answers[key] = answerKept{raw, res.Seq}
		b.w.counts["answer "+string(res.R)]++
		if res.R == wire.Parked {
			b.w.counts["parked "+res.Code]++
		}
		if err := b.inHistory(key, res); err != nil {
			b.w.breaks("I1", "%v", err)
		}
	}
}

// inHistory says whether an answer is true to what is stored.
func (b *books) inHistory(key answerKey, res wire.Result) (bad error) {
	b.w.server.disk.look(func(r kv.Reader) {
		raw, _, err := r.Get(kv.History(key.space, res.Seq))
		var l line
		if err == nil && len(raw) > 0 {
			err = json.Unmarshal(raw, &l)
		}
		if err != nil || l.Client != key.client || l.N != key.n || l.ID != key.id || l.R != res.R {
			bad = fmt.Errorf("%s number %d of %s (%s) was answered %s at %d, and history says %s %s there",
				key.space, key.n, key.client, key.id, res.R, res.Seq, l.ID, l.R)
		}
	})
	return bad
}

// expect gives, for each space of which this is the last page, the sum that base will have.
func (b *books) expect(account plan.AccountID, out *wire.Pulled) map[plan.SpaceID]uint64 {
	sums := map[plan.SpaceID]uint64{}
	for _, id := range slices.Sorted(maps.Keys(out.Spaces)) {
		s := out.Spaces[id]
		b.hashPage(id, s)
		v, ok := b.space(id).viewer(account, b.w.today())
		if !ok {
			b.w.breaks("I4", "%s pulls %s and is no member", account, id)
		}
		if !s.More {
			sums[id] = b.space(id).projection(v)
		}
	}
	for _, r := range out.Removed {
		if _, ok := b.space(r.Space).viewer(account, b.w.today()); ok {
			b.w.breaks("I3", "%s is told that %s is lost, and is a member", account, r.Space)
		}
	}
	return sums
}

func (b *books) hashPage(id plan.SpaceID, s *wire.Space) {
	sum := mix(mix(0, string(id)), s.Cur) + s.Seq
	for _, r := range s.Put {
		h := mix(0, string(r.ID)) + r.Seq
		for name, v := range r.F {
			h += mix(mix(1, name), string(v))
		}
		sum = (sum ^ h) * 1099511628211
	}
	for _, g := range s.Gone {
		sum = mix(sum, string(g))
	}
	b.w.hash.Write(binary.BigEndian.AppendUint64(nil, sum))
}
