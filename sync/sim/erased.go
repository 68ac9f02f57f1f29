package sim

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/go-json-experiment/json"

	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// This file follows what is erased (I8): the words of a record are noted as they come,
// and when it is erased they must be found in nothing that is stored, and on no phone.

// spoken are words that nobody else has written.
var spoken = regexp.MustCompile(`words [0-9]+ of [^"\\\\]+`)

// hear notes what a line of history says about each record.
func (s *book) hear(l *line) {
	var ops []merge.Op
	if json.Unmarshal(l.Ops, &ops) != nil {
		return
	}
	for i, op := range ops {
		id := op.Rec
		if x := s.recs[op.Conflict]; op.Conflict != "" && x != nil {
			id = plan.RecordID(x.r.Str("record"))
		}
		raw, err := json.Marshal(&ops[i])
		if err != nil {
			continue
		}
		for _, said := range spoken.FindAll(raw, -1) {
			if s.words[id] == nil {
				s.words[id] = map[string]bool{}
			}
			s.words[id][string(said)] = true
		}
	}
}

// erased takes in that records were erased: nothing is told of them any more.
func (b *books) erased(s *book, l *line) {
	var ops []merge.Op
	if err := json.Unmarshal(l.Ops, &ops); err != nil {
		b.w.breaks("I8", "%s: entry %d erases nothing: %v", s.id, l.Seq, err)
		return
	}
	if len(ops) == 0 { // the whole case
		s.isGone, s.gates = true, nil
		clear(s.recs)
		clear(s.told)
		return
	}
	for _, op := range ops {
		if s.told[op.Rec] == nil {
			s.told[op.Rec] = &told{kind: op.Kind}
		}
		t := s.told[op.Rec]
		t.del, t.f, t.changed = true, map[string]mark{}, l.Seq
		s.gone[op.Rec] = true
	}
}

// checkErasure looks at a receipt: it names what is gone, and has no word of it.
func (b *books) checkErasure(e hub.Erasure) {
	s := b.space(e.Space)
	raw, err := json.Marshal(&e)
	if err != nil || len(e.Records) == 0 != s.isGone || spoken.Match(raw) {
		b.w.breaks("I8", "the receipt %s: %v", raw, err)
	}
	for _, r := range e.Records {
		if !s.gone[r.ID] || !s.recs[r.ID].r.Erased || len(s.recs[r.ID].r.F) > 0 {
			b.w.breaks("I8", "%s: %s is said to be erased and is %v", s.id, r.ID, s.recs[r.ID].r)
		}
	}
}

// checkErased looks for the words of what was erased, in all that is stored and on
// every phone (I8). What somebody wrote elsewhere too is elsewhere still.
func (w *world) checkErased() {
	gone := map[string]plan.RecordID{}
	for _, s := range w.server.books.spaces {
		for id, said := range s.words {
			for one := range said {
				if s.isGone || s.gone[id] {
					gone[one] = id
				}
			}
		}
	}
	for _, s := range w.server.books.spaces {
		for id, said := range s.words {
			for one := range said {
				if !s.isGone && !s.gone[id] {
					delete(gone, one)
				}
			}
		}
	}
	look := func(where string, raw []byte) {
		for _, said := range spoken.FindAll(raw, -1) {
			if id, ok := gone[string(said)]; ok {
				w.breaks("I8", "%s: %q of %s, which is erased", where, said, id)
			}
		}
	}
	w.server.disk.look(func(r kv.Reader) {
		err := r.Scan(nil, nil, func(e kv.Entry) bool {
			look("the store at "+string(bytes.ToValidUTF8(e.Key, []byte("?"))), e.Value)
			return true
		})
		if err != nil {
			w.breaks("store", "%v", err)
		}
	})
	for _, p := range w.phones {
		if w.isAbsent(p) {
			continue // it has not been heard of since
		}
		for _, h := range p.spaces {
			for _, r := range h.base {
				for _, f := range r.F {
					look(p.String(), f.V)
				}
			}
		}
	}
	w.counts["erased words looked for"] += len(gone)
}

// without gives changes as they are kept when something in them is erased.
func (s *book) without(changes []wire.Change) []wire.Change {
	changes = slices.Clone(changes)
	for i := range changes {
		var ops []merge.Op
		if json.Unmarshal(changes[i].Ops, &ops) != nil {
			continue
		}
		for j, op := range ops {
			if s.gone[op.Rec] || s.gone[op.Conflict] {
				ops[j] = merge.Op{Rec: op.Rec, Kind: op.Kind, Conflict: op.Conflict, Choose: op.Choose, Del: op.Del, Restore: op.Restore}
				raw, err := json.Marshal(ops, json.Deterministic(true))
				if err == nil {
					changes[i].Ops = raw
				}
			}
		}
	}
	return changes
}

// checkGone says whether nothing is left of an erased case but that it is gone.
func (w *world) checkGone(b *book, r kv.Reader) {
	err := r.Scan(nil, nil, func(e kv.Entry) bool {
		if bytes.Contains(e.Key, []byte(b.id)) && !bytes.Equal(e.Key, kv.Head(b.id)) && !bytes.Equal(e.Key, kv.Access(b.id)) {
			w.breaks("I8", "%s is erased, and %q is there", b.id, e.Key)
			return false
		}
		return true
	})
	if err != nil {
		w.breaks("store", "%v", err)
	}
}
