package hub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// Erasure is the receipt for what was erased: what it was and how much, and of the
// values nothing (GDPR, article 17).
type Erasure struct {
	Space   plan.SpaceID    `json:"space"`
	Seq     uint64          `json:"seq"` // the entry of the history that tells of it
	At      plan.Instant    `json:"at"`
	Records []ErasedRecord  `json:"records,omitempty"`
	Blanked []plan.RecordID `json:"blanked,omitempty"` // parked changes and quarantines out of which something was taken
	Entries []ErasedEntry   `json:"entries,omitempty"`

	Chain []byte `json:"chain,omitempty"` // of a whole case: the sum of its history
	Rows  int    `json:"rows,omitempty"`  // and how many rows of it went
}

// ErasedRecord is one record without its values.
type ErasedRecord struct {
	ID   plan.RecordID `json:"id"`
	Kind string        `json:"kind"`
}

// ErasedEntry is one entry of the history out of which something was taken, with the
// sum that it had: the chain still proves all the others, and that this one was here.
type ErasedEntry struct {
	Seq uint64 `json:"seq"`
	Sum []byte `json:"sum"`
}

// ErrKept says that a record cannot be erased by itself: it decides who is in the plan.
var ErrKept = errors.New("hub: this kind of record goes with its plan alone")

// Erase takes the values of some records out of a space for good: out of their state,
// of the notes and conflicts about them, of what was parked or handed over, and of the
// history. Every phone of the space starts afresh. What stays says that there was
// something; what is still written about it is parked without its words.
func (h *Hub) Erase(ctx context.Context, space plan.SpaceID, recs []plan.RecordID) (Erasure, error) {
	var out Erasure
	err := h.submit(ctx, h.eraseJob(space, recs, &out))
	return out, err
}

// EraseNow does the same for who drives the core alone.
func (c *Core) EraseNow(space plan.SpaceID, recs []plan.RecordID) (Erasure, error) {
	var out Erasure
	j := c.eraseJob(space, recs, &out)
	_, answers, err := c.commit([]*job{j})
	return out, firstError(err, answers[0])
}

// ErasePerson erases how a person can be reached.
func (h *Hub) ErasePerson(ctx context.Context, space plan.SpaceID, person plan.PersonID) (Erasure, error) {
	var reach []plan.RecordID
	err := h.Store.View(func(r kv.Reader) error {
		st := h.newState(r, nil)
		s, err := st.load(space)
		if err != nil {
			return err
		}
		return st.each(s, func(r *plan.Record) {
			if r.Kind == "reach" && r.Str("person") == string(person) {
				reach = append(reach, r.ID)
			}
		})
	})
	if err != nil {
		return Erasure{}, err
	}
	return h.Erase(ctx, space, reach)
}

func (c *Core) eraseJob(space plan.SpaceID, recs []plan.RecordID, out *Erasure) *job {
	return &job{size: 1, do: func(st *state) error {
		if !plan.ValidID(string(space)) || len(recs) == 0 {
			return &Refused{Reason: NotFound}
		}
		s, err := st.load(space)
		if err != nil {
			return err
		}
		if s.head.Seq != s.was { // it reads the history, which has to be stored
			return errMore
		}
		e := eraser{st: st, s: s, now: c.Now(), all: map[plan.RecordID]*plan.Record{}, gone: map[plan.RecordID]bool{}, entries: map[uint64]*entry{}}
		*out, err = e.run(recs)
		return err
	}}
}

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
		d := blank(st, s, &wire.Change{Space: space, Ops: plan.Value("[]")}, merge.Write{}, c.Now())
		s.access, s.stale = access{Country: s.access.Country, Erased: d.write.Seq, Gone: true}, true
		out.Seq = d.write.Seq
		return d.remember(pushed{}, wire.Result{Seq: d.write.Seq, R: wire.OK, Code: "erased"}, "", c.Now())
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

// eraser erases within one commit.
type eraser struct {
	st      *state
	s       *space
	now     time.Time
	all     map[plan.RecordID]*plan.Record
	gone    map[plan.RecordID]bool // whose values go
	entries map[uint64]*entry      // of the history, that are written anew
}

func (e *eraser) run(recs []plan.RecordID) (Erasure, error) {
	if err := e.find(recs); err != nil {
		return Erasure{}, err
	}
	d := blank(e.st, e.s, &wire.Change{Space: e.s.id}, merge.Write{}, e.now)
	d.c.ID = plan.ChangeID(derive("erase", string(e.s.id), fmt.Sprint(d.write.Seq)))
	out := Erasure{Space: e.s.id, Seq: d.write.Seq, At: instant(e.now)}
	var ops []merge.Op
	for _, id := range slices.Sorted(maps.Keys(e.all)) {
		r := e.all[id]
		switch {
		case e.gone[id]:
			d.records[id] = &plan.Record{
				ID: id, Kind: r.Kind, F: map[string]plan.Stamp{}, Seq: r.Seq, Born: r.Born, By: r.By, Made: r.Made,
				Vis: r.Vis, VisSeq: r.VisSeq, Seen: r.Seen, Del: true, Erased: true,
			}
			ops = append(ops, merge.Op{Rec: id, Kind: r.Kind, Del: true})
			out.Records = append(out.Records, ErasedRecord{id, r.Kind})
		case r.Kind == "parked" || r.Kind == "quarantine":
			left, err := e.blankKept(r)
			if err != nil {
				return out, err
			}
			if left == nil {
				continue
			}
			d.records[id] = left
			out.Blanked = append(out.Blanked, id)
		default:
			continue
		}
		if err := e.walk(r); err != nil {
			return out, err
		}
	}
	var err error
	if out.Entries, err = e.rewrite(d.write.Seq); err != nil {
		return out, err
	}
	if d.c.Ops, err = wire.Encode(ops); err != nil {
		return out, err
	}
	e.s.access.Erased, e.s.stale = d.write.Seq, true
	if err := d.commit(); err != nil {
		return out, err
	}
	return out, d.remember(pushed{}, wire.Result{Seq: d.write.Seq, R: wire.OK, Code: "erased"}, "", e.now)
}

// find takes in the records that were named, and those that are about them.
func (e *eraser) find(recs []plan.RecordID) error {
	if err := e.st.each(e.s, func(r *plan.Record) { e.all[r.ID] = r }); err != nil {
		return err
	}
	for _, id := range recs {
		r := e.all[id]
		switch {
		case r == nil || r.Erased:
			return &Refused{Reason: NotFound}
		case slices.Contains(gates, r.Kind) || r.Kind == "model":
			return ErrKept
		}
		e.gone[id] = true
	}
	for before := 0; before != len(e.gone); {
		before = len(e.gone)
		for id, r := range e.all {
			if e.gone[aboutOf(r)] && !r.Erased {
				e.gone[id] = true
			}
		}
	}
	return nil
}

// blankKept takes what goes out of a parked change or a quarantine; nil if nothing of it is there.
func (e *eraser) blankKept(r *plan.Record) (*plan.Record, error) {
	field := "change"
	if r.Kind == "quarantine" {
		field = "changes"
	}
	old := r.F[field]
	v, err := blankChanges(old.V, e.gone)
	if err != nil || bytes.Equal(v, old.V) {
		return nil, err
	}
	left := r.Clone()
	left.F[field] = plan.Stamp{V: v, Seq: old.Seq, By: old.By, Cl: old.Cl}
	return left, nil
}

// walk takes in the entries of the history about a record.
func (e *eraser) walk(r *plan.Record) error {
	for seq := r.Seq; seq > 0; {
		if e.entries[seq] == nil {
			raw, _, err := e.st.r.Get(kv.History(e.s.id, seq))
			if err != nil {
				return err
			}
			var line entry
			if err := json.Unmarshal(raw, &line); err != nil {
				return fmt.Errorf("history %d: %w", seq, err)
			}
			if line.Sum == nil {
				sum := sha256.Sum256(raw)
				line.Sum = sum[:]
			}
			e.entries[seq] = &line
		}
		before, ok := e.entries[seq].Back[r.ID]
		if !ok || before >= seq {
			return fmt.Errorf("history %d does not lead on", seq)
		}
		seq = before
	}
	return nil
}

// rewrite writes those of the entries anew in which something goes.
func (e *eraser) rewrite(rev uint64) (told []ErasedEntry, err error) {
	for _, seq := range slices.Sorted(maps.Keys(e.entries)) {
		line := e.entries[seq]
		ops, err := blankAny(line.Ops, e.gone)
		if err != nil {
			return nil, err
		}
		if bytes.Equal(ops, line.Ops) || planted == "erasedStays" {
			continue
		}
		line.Ops = ops
		raw, err := line.encode()
		if err != nil {
			return nil, err
		}
		e.st.bytes += len(raw)
		e.s.history = append(e.s.history, kv.Entry{Key: kv.History(e.s.id, seq), Value: raw, Rev: rev})
		told = append(told, ErasedEntry{seq, line.Sum})
	}
	return told, nil
}

// blankAny blanks the operations of an entry, or the changes of one that tells of a quarantine.
func blankAny(v plan.Value, gone map[plan.RecordID]bool) (plan.Value, error) {
	var ops []merge.Op
	if json.Unmarshal(v, &ops, json.RejectUnknownMembers(true)) == nil {
		return blankOps(v, ops, gone)
	}
	return blankChanges(v, gone)
}

// blankChanges blanks one change that was kept, or a list of them. What is no change
// was kept as it came, and stands for no record.
func blankChanges(v plan.Value, gone map[plan.RecordID]bool) (plan.Value, error) {
	var many []wire.Change
	isOne := v.Kind() == '{'
	if isOne {
		many = make([]wire.Change, 1)
		if json.Unmarshal(v, &many[0]) != nil {
			return v, nil
		}
	} else if json.Unmarshal(v, &many) != nil {
		return v, nil
	}
	isSame := true
	for i := range many {
		ops, err := many[i].Operations()
		if err != nil {
			continue
		}
		blanked, err := blankOps(many[i].Ops, ops, gone)
		if err != nil {
			return nil, err
		}
		isSame = isSame && bytes.Equal(blanked, many[i].Ops)
		many[i].Ops = blanked
	}
	switch {
	case isSame:
		return v, nil
	case isOne:
		return wire.Encode(many[0])
	}
	return wire.Encode(many)
}

// blankOps leaves of what was written on some records only that something was.
func blankOps(v plan.Value, ops []merge.Op, gone map[plan.RecordID]bool) (plan.Value, error) {
	isSame := true
	for i, op := range ops {
		if gone[op.Rec] || gone[op.Conflict] {
			ops[i], isSame = merge.Op{Rec: op.Rec, Kind: op.Kind, Conflict: op.Conflict, Choose: op.Choose, Del: op.Del, Restore: op.Restore}, false
		}
	}
	if isSame {
		return v, nil
	}
	return wire.Encode(ops)
}

// erased gives those of the records that operations write on which have been erased.
func (st *state) erased(s *space, ops []merge.Op) (map[plan.RecordID]bool, error) {
	var gone map[plan.RecordID]bool
	for _, op := range ops {
		for _, id := range []plan.RecordID{op.Rec, op.Conflict} {
			r, err := st.record(s, id)
			if err != nil {
				return nil, err
			}
			if r != nil && r.Erased {
				if gone == nil {
					gone = map[plan.RecordID]bool{}
				}
				gone[id] = true
			}
		}
	}
	return gone, nil
}

// withoutErased takes the words about what has been erased out of a change that is kept.
func (st *state) withoutErased(s *space, c *wire.Change) error {
	ops, err := c.Operations()
	if err != nil {
		return nil // what is not read is kept as it came, and stands for no record
	}
	gone, err := st.erased(s, ops)
	if err == nil && gone != nil {
		c.Ops, err = blankOps(c.Ops, ops, gone)
	}
	return err
}
