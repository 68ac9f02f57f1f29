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
	d := emptyDraft(e.st, e.s, &wire.Change{Space: e.s.id}, merge.Write{}, e.now)
	d.c.ID = plan.ChangeID(derive("erase", string(e.s.id), fmt.Sprint(d.write.Seq)))
	out := Erasure{Space: e.s.id, Seq: d.write.Seq, At: instant(e.now)}
	var ops []merge.Op
	for _, id := range slices.Sorted(maps.Keys(e.all)) {
		r := e.all[id]
		switch {
		case r.Erased:
			continue
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
	return out, d.remember("", wire.Result{Seq: d.write.Seq, R: wire.OK, Code: "erased"})
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
	field, blanked := "change", blankChange
	if r.Kind == "quarantine" {
		field, blanked = "changes", blankChanges
	}
	old := r.F[field]
	v, err := blanked(old.V, e.gone)
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
		blanked := blankOps
		if line.Code == "quarantine" { // it tells of whole changes
			blanked = blankChanges
		}
		ops, err := blanked(line.Ops, e.gone)
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
