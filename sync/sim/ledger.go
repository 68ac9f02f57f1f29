package sim

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// This file reads a space's history a second time, line by line, and works out
// from SYNC ("Conflicts: one rule that people can learn") what its records must
// hold. It does not call package merge, whose work it judges.

// ledger is a space as its history tells it.
type ledger struct {
	seq      uint64
	hash     []byte
	sums     map[uint64][]byte // of each entry, as it was first stored
	last     map[plan.ClientID]uint64
	ids      map[plan.ChangeID]uint64 // where a change is in history, the first time
	told     map[plan.RecordID]*told
	compared uint64 // records are held against history up to here
}

// told is a record as history tells it.
type told struct {
	kind    string
	made    plan.ChangeID
	del     bool
	f       map[string]mark
	changed uint64 // the last line that changed it
}

// mark is a value and who wrote it, when.
type mark struct {
	v   string
	seq uint64
	cl  plan.ClientID
}

// line is one entry of history, as a stranger would read it.
type line struct {
	Seq    uint64        `json:"seq"`
	Prev   []byte        `json:"prev"`
	Sum    []byte        `json:"sum"` // of what it was before something was erased in it
	By     plan.PersonID `json:"by"`
	Client plan.ClientID `json:"client"`
	N      uint64        `json:"n"`
	ID     plan.ChangeID `json:"id"`
	Base   uint64        `json:"base"`
	Ops    plan.Value    `json:"ops"`
	R      wire.Outcome  `json:"r"`
	Code   string        `json:"code"`
}

func newLedger() ledger {
	return ledger{sums: map[uint64][]byte{}, last: map[plan.ClientID]uint64{}, ids: map[plan.ChangeID]uint64{}, told: map[plan.RecordID]*told{}}
}

// line takes in the next entry.
func (b *books) line(s *book, seq uint64, raw []byte) {
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		b.w.breaks("I6", "%s: entry %d: %v", s.id, seq, err)
		return
	}
	if seq <= s.seq { // something in it is erased
		if l.Seq != seq || !bytes.Equal(l.Sum, s.sums[seq]) {
			b.w.breaks("I6", "%s: entry %d was written anew and is not the one it was", s.id, seq)
		}
		return
	}
	if seq != s.seq+1 || l.Seq != seq || !bytes.Equal(l.Prev, s.hash) {
		b.w.breaks("I6", "%s: entry %d (%d) follows %d, chained right: %v", s.id, seq, l.Seq, s.seq, bytes.Equal(l.Prev, s.hash))
	}
	sum := sha256.Sum256(raw)
	s.seq, s.hash, s.sums[seq] = seq, sum[:], sum[:]
	b.w.say("   history of %s: %d %s %s %s", s.id, seq, l.ID, l.R, l.Code)
	if l.Client != "" {
		if l.N != s.last[l.Client]+1 {
			b.w.breaks("I2", "%s: %s has number %d after %d", s.id, l.Client, l.N, s.last[l.Client])
		}
		s.last[l.Client] = l.N
		if first, twice := s.ids[l.ID]; twice {
			b.w.counts["change came again after a fork or a gap"]++
			if !b.w.made[l.ID].mayRepeat {
				b.w.breaks("I2", "%s: %s is there at %d and again at %d", s.id, l.ID, first, seq)
			}
		} else {
			s.ids[l.ID] = seq
		}
	}
	if l.Code == "erased" {
		b.erased(s, &l)
		return
	}
	s.hear(&l)
	if l.R == wire.Parked && l.Client == "" {
		b.checkQuarantine(s, &l)
		return
	}
	if l.R == wire.Parked {
		b.checkParked(s, &l)
		return
	}
	b.apply(s, &l)
}

// checkParked looks for the record that keeps a refused change, whole (I5).
func (b *books) checkParked(s *book, l *line) {
	for _, k := range s.recs {
		if k.r.Kind != "parked" || k.r.Made != l.ID {
			continue
		}
		var c wire.Change
		err := json.Unmarshal(k.r.Get("change"), &c)
		s.tell(k.r, l)
		if err != nil || !bytes.Equal(c.Ops, l.Ops) || k.r.Str("person") != string(l.By) || k.r.Str("code") == "" {
			b.w.breaks("I5", "%s: what was parked of %s is not what was sent: %v", s.id, l.ID, k.r.F)
		}
		return
	}
	b.w.breaks("I5", "%s: %s is answered parked, and nothing is parked", s.id, l.ID)
}

// checkQuarantine looks for the outbox that a former member handed over.
func (b *books) checkQuarantine(s *book, l *line) {
	k := s.recs[plan.RecordID(l.ID)]
	if k == nil || k.r.Kind != "quarantine" || k.r.Str("person") != string(l.By) || !bytes.Equal(k.r.Get("changes"), l.Ops) {
		b.w.breaks("I5", "%s: entry %d took an outbox of %s into quarantine, and it is not there", s.id, l.Seq, l.By)
		return
	}
	s.tell(k.r, l)
}

// tell takes a record that the server made into what history tells.
func (s *book) tell(r *plan.Record, l *line) {
	if s.told[r.ID] == nil {
		s.told[r.ID] = &told{kind: r.Kind, made: l.ID, changed: l.Seq, f: map[string]mark{}}
	}
}

// apply does what a line says, and checks that what came late is kept beside.
func (b *books) apply(s *book, l *line) {
	var ops []merge.Op // the shape on the wire; nothing of package merge runs
	if err := json.Unmarshal(l.Ops, &ops); err != nil {
		b.w.breaks("I5", "%s: entry %d was accepted and cannot be read: %v", s.id, l.Seq, err)
		return
	}
	late := 0
	for i := range ops {
		late += b.op(s, l, &ops[i])
	}
	if l.Client != "" && s.ids[l.ID] != l.Seq && s.changedBy(l) {
		b.w.counts["change came again and changed something"]++
	}
	if got := l.R == wire.Conflict; got != (late > 0) {
		b.w.breaks("I5", "%s: %s (entry %d, base %d) is answered %s, and %d of its values came late", s.id, l.ID, l.Seq, l.Base, l.R, late)
	}
}

// changedBy says whether a line has changed anything.
func (s *book) changedBy(l *line) bool {
	for _, t := range s.told {
		if t.changed == l.Seq {
			return true
		}
	}
	return false
}

func (b *books) op(s *book, l *line, op *merge.Op) (late int) {
	if op.Conflict != "" {
		return b.settle(s, l, op)
	}
	t := s.told[op.Rec]
	switch {
	case op.New != nil && t == nil:
		t = &told{kind: op.Kind, made: l.ID, f: map[string]mark{}}
		s.told[op.Rec] = t
		for name, v := range op.New {
			if v.Kind() != 'n' {
				t.set(name, canonical(t.kind, name, v), l)
			}
		}
		if t.kind == "task" && t.f["state"].v == "" {
			t.set("state", `"open"`, l) // a task begins open
		}
	case op.New != nil:
		if t.made != l.ID && l.Client != "" { // the office asks again until it is heard
			b.w.breaks("I2", "%s: %s was made by %s and again by %s", s.id, op.Rec, t.made, l.ID)
		}
	case t == nil:
		b.w.breaks("I5", "%s: %s was accepted and writes on %s, which is nowhere", s.id, l.ID, op.Rec)
	case op.Del || op.Restore:
		if t.del != op.Del {
			t.del, t.changed = op.Del, l.Seq
		}
	case t.del: // it stays deleted
	default:
		for name, v := range op.Set {
			late += b.set(s, l, op.Rec, name, string(v))
		}
		for _, name := range both(op.Add, op.Remove) {
			t.set(name, union(t.f[name].v, op.Add[name], op.Remove[name]), l)
		}
	}
	return late
}

// set writes a value, unless it comes late: then it must wait in a conflict, and
// the value that stands must go on standing.
func (b *books) set(s *book, l *line, rec plan.RecordID, name, v string) (late int) {
	t := s.told[rec]
	old, written := t.f[name]
	isLate := written && old.seq > l.Base && old.cl != l.Client && old.v != v
	f := plan.Kinds[t.kind].Field(name)
	done, doing := `"done"`, `"in_progress"`
	isTask := t.kind == "task" && name == "state"
	switch {
	case !isLate || f.Merge == plan.MergeOrder || isTask && old.v == doing && v == done:
		t.set(name, v, l)
		return 0
	case isTask && old.v == done && v == doing: // done beats in_progress
		b.w.counts["done stands against a late beginning"]++
		return 0
	}
	for _, k := range s.recs {
		if k.r.Kind == "conflict" && k.r.Made == l.ID && k.r.Str("record") == string(rec) && k.r.Str("field") == name {
			b.checkConflict(s, l, k.r, old, v)
			return 1
		}
	}
	if now := s.recs[rec].r.F[name]; f.Merge == plan.MergeText { // a clean merge by paragraph
		t.f[name] = mark{string(now.V), now.Seq, now.Cl}
		return 0
	}
	b.w.breaks("I5", "%s: %s (entry %d, base %d) came late with %s.%s = %s over %s of entry %d by %s, and no conflict keeps it",
		s.id, l.ID, l.Seq, l.Base, rec, name, v, old.v, old.seq, old.cl)
	return 1
}

func (b *books) checkConflict(s *book, l *line, x *plan.Record, stands mark, claimed string) {
	again := s.told[x.ID] != nil // the same change came before, as another client's
	if !again {
		s.told[x.ID] = &told{kind: "conflict", made: l.ID, changed: l.Seq, f: map[string]mark{"state": {`"open"`, l.Seq, l.Client}}}
		b.w.counts["conflict opened"]++
	}
	if string(x.Get("claimed")) != claimed || !again && string(x.Get("kept")) != stands.v || x.Str("claimedBy") != string(l.By) {
		b.w.breaks("I5", "%s: conflict %s keeps %s and %s, want %s beside %s", s.id, x.ID, x.Get("kept"), x.Get("claimed"), stands.v, claimed)
	}
}

// settle is an edit with its own base: who settles late opens a new conflict.
func (b *books) settle(s *book, l *line, op *merge.Op) int {
	x := s.recs[op.Conflict]
	t := s.told[op.Conflict]
	if x == nil || t == nil || t.f["state"].v != `"open"` {
		b.w.breaks("I5", "%s: %s settles %s, which is no open conflict", s.id, l.ID, op.Conflict)
		return 0
	}
	t.set("state", `"settled"`, l)
	b.w.counts["conflict settled"]++
	rec, name := plan.RecordID(x.r.Str("record")), x.r.Str("field")
	v := string(op.Set[name])
	switch op.Choose {
	case merge.Theirs:
		return 0
	case merge.Mine:
		v = string(x.r.Get("claimed"))
	}
	return b.set(s, l, rec, name, v)
}

func (t *told) set(name, v string, l *line) {
	if old := t.f[name]; old.v != v && (old.v != "" || v != "null") {
		t.f[name] = mark{v, l.Seq, l.Client}
		t.changed = l.Seq
	}
}

// keepsData are kinds that the server makes; their content is checked when they are made.
var keepsData = map[string]bool{"conflict": true, "parked": true, "quarantine": true}

// added tells what only the server writes, besides what people sent.
var added = map[string][]string{"note": {"person", "at"}, "task": {"state", "doneAt"}}

// compare holds stored records against what history tells.
func (b *books) compare(s *book, touched map[plan.RecordID]bool) {
	for id := range touched {
		r := s.recs[id].r
		t := s.told[id]
		if t == nil {
			if r.Kind == "conflict" || r.Seq > 1 && !madeByFirst(r) {
				b.w.breaks("I5", "%s: %s %s is stored and in no history", s.id, r.Kind, id)
				continue
			}
			t = &told{kind: r.Kind, made: r.Made, f: map[string]mark{}}
			s.told[id] = t
		}
		if why := t.differs(r); why != "" {
			b.w.breaks("I5", "%s: %s %s: %s", s.id, r.Kind, id, why)
		}
	}
	for id, t := range s.told {
		if t.changed > s.compared && !touched[id] {
			b.w.breaks("I5", "%s: %s was changed by entry %d and not stored", s.id, id, t.changed)
		}
	}
	s.compared = s.seq
}

// madeByFirst says whether a record is of the change that opened the space, whose
// reactions are many and not told here.
func madeByFirst(r *plan.Record) bool {
	for _, f := range r.F {
		if f.Seq == 1 {
			return true
		}
	}
	return false
}

// differs says where a stored record is not what history tells.
func (t *told) differs(r *plan.Record) string {
	if r.Del != t.del {
		return fmt.Sprintf("deleted %v, history says %v", r.Del, t.del)
	}
	for name, f := range r.F {
		m, ok := t.f[name]
		isServers := slices.Contains(added[r.Kind], name) && (!ok || name == "doneAt")
		switch {
		case keepsData[r.Kind] && name != "state":
		case isServers || !ok && f.Seq == 1:
			t.f[name] = mark{string(f.V), f.Seq, f.Cl}
		case !ok:
			return fmt.Sprintf("%s is %s, and nobody wrote it", name, f.V)
		case m.v != string(f.V) || m.seq != f.Seq || m.cl != f.Cl:
			return fmt.Sprintf("%s is %s (entry %d, %s), history says %s (entry %d, %s)", name, f.V, f.Seq, f.Cl, m.v, m.seq, m.cl)
		}
	}
	for name, m := range t.f {
		if _, ok := r.F[name]; !ok && !keepsData[r.Kind] {
			return fmt.Sprintf("%s is missing, history says %s", name, m.v)
		}
	}
	if r.Kind == "task" && (r.Str("state") == "done") != (r.Str("doneAt") != "") {
		return fmt.Sprintf("it is %s and was done on %q", r.Str("state"), r.Str("doneAt"))
	}
	return ""
}

// canonical sorts a set; all other values of the simulation have one form already.
func canonical(kind, field string, v plan.Value) string {
	if f := plan.Kinds[kind].Field(field); f != nil && f.Type == plan.TypeSet {
		return union("", plan.Members(v), nil)
	}
	return string(v)
}

// union adds and takes away members of a set.
func union(old string, add, remove []string) string {
	have := append(plan.Members(plan.Value(old)), add...)
	have = slices.DeleteFunc(have, func(m string) bool { return slices.Contains(remove, m) })
	slices.Sort(have)
	if have = slices.Compact(have); old == "" && len(have) == 0 {
		return ""
	}
	out, sep := "[", ""
	for _, m := range have {
		out += sep + string(plan.String(m))
		sep = ","
	}
	return out + "]"
}

func both(a, b map[string][]string) []string {
	var names []string
	for _, m := range []map[string][]string{a, b} {
		for n := range m {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
