package hub

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// Seed is one record of a space that comes from a file instead of a phone.
type Seed struct {
	ID   plan.RecordID         `json:"id"`
	Kind string                `json:"kind"`
	F    map[string]plan.Value `json:"f"`
}

// ErrExists says that a space is there already; an import leaves it alone.
var ErrExists = errors.New("hub: the space is there already")

// seedBytes is how much of a file shares one change of the history: engines keep
// small values better than large ones.
const seedBytes = 200 << 10

// chunks cuts records into pieces that fit into one entry of the history.
func chunks(records []Seed) (pieces [][]Seed) {
	from, size := 0, 0
	for i, r := range records {
		n := 0
		for name, v := range r.F {
			n += len(name) + len(v)
		}
		if size += n; size > seedBytes && i > from {
			pieces = append(pieces, records[from:i])
			from, size = i, n
		}
	}
	return append(pieces, records[from:])
}

// Seed makes a space out of records, as changes without an author. Values are
// checked like those of a phone; a space that exists is left as it is (ErrExists).
// However large the file is, the space appears with its last batch or not at all.
func (c *Core) Seed(space plan.SpaceID, records []Seed) error {
	if err := CheckSeeds(records); err != nil {
		return err
	}
	var batch kv.Batch
	err := c.Store.View(func(r kv.Reader) error {
		st := c.newState(r, nil)
		s, err := st.load(space)
		if err != nil {
			return err
		}
		if s.head.Seq > 0 {
			return ErrExists
		}
		for _, chunk := range chunks(records) {
			if err := seed(st, s, chunk, c.Now()); err != nil {
				return err
			}
		}
		batch, err = st.batch()
		return err
	})
	if err != nil {
		return err
	}
	return c.commitPieces(batch, kv.Space(space))
}

// commitPieces stores a batch that may be too large for one transaction: first
// what nobody finds without the space's head, then the head and what leads to it.
func (c *Core) commitPieces(batch kv.Batch, space []byte) error {
	last := kv.Batch{Guards: batch.Guards}
	var piece kv.Batch
	size := 0
	for _, e := range batch.Put {
		inside := bytes.HasPrefix(e.Key, space) && len(e.Key) > len(space)+1
		if !inside {
			last.Put = append(last.Put, e)
			continue
		}
		piece.Put = append(piece.Put, e)
		if size += len(e.Key) + len(e.Value) + 32; size > maxBatch {
			if err := c.Store.Commit(piece); err != nil {
				return err
			}
			piece, size = kv.Batch{}, 0
		}
	}
	last.Put = append(piece.Put, last.Put...)
	return c.Store.Commit(last)
}

func seed(st *state, s *space, records []Seed, now time.Time) error {
	id := plan.ChangeID(derive("seed", string(s.id), fmt.Sprint(s.head.Seq)))
	d := emptyDraft(st, s, &wire.Change{Space: s.id, ID: id}, merge.Write{}, now)
	ops := make([]merge.Op, len(records))
	for i, x := range records {
		r := &plan.Record{ID: x.ID, Kind: x.Kind, F: map[string]plan.Stamp{}}
		for name, v := range x.F {
			d.put(r, name, v)
		}
		d.Put(r)
		ops[i] = merge.Op{Rec: x.ID, Kind: x.Kind, New: x.F}
	}
	if err := d.commit(); err != nil {
		return err
	}
	raw, err := json.Marshal(ops, json.Deterministic(true))
	if err != nil {
		return err
	}
	d.c.Ops = raw
	return d.remember("", wire.Result{Seq: d.write.Seq, R: wire.OK})
}

// CheckSeeds says what is wrong with records from a file: the first unknown kind
// or field, value of the wrong shape, doubled id, or reference to a record that is
// not among them.
func CheckSeeds(records []Seed) error {
	kinds := make(map[plan.RecordID]string, len(records))
	for _, x := range records {
		if _, twice := kinds[x.ID]; twice || !plan.ValidID(string(x.ID)) {
			return fmt.Errorf("record %s: its id is not an id, or there twice", x.ID)
		}
		kinds[x.ID] = x.Kind
	}
	for _, x := range records {
		kind, ok := plan.Kinds[x.Kind]
		if !ok {
			return fmt.Errorf("record %s: no such kind %q", x.ID, x.Kind)
		}
		for name, v := range x.F {
			if err := checkSeed(kind, name, v, kinds); err != nil {
				return fmt.Errorf("record %s: field %s: %w", x.ID, name, err)
			}
		}
	}
	return nil
}

func checkSeed(kind *plan.Kind, name string, v plan.Value, kinds map[plan.RecordID]string) error {
	f := kind.Field(name)
	if f == nil {
		return errors.New("no such field")
	}
	if f.Type == plan.TypeData {
		return nil
	}
	canonical, wrong := plan.Check(f, v)
	if wrong != "" {
		return fmt.Errorf("wrong %s", wrong)
	}
	if f.Ref == "" || canonical.Kind() == 'n' {
		return nil
	}
	ids := plan.Members(canonical)
	if f.Type == plan.TypeID {
		ids = []string{plan.Str(canonical)}
	}
	for _, id := range ids {
		if k, ok := kinds[plan.RecordID(id)]; !ok || f.Ref != "*" && k != f.Ref {
			return fmt.Errorf("there is no %s %s", f.Ref, id)
		}
	}
	return nil
}

// Accounts gives who signs in as whom in a space.
func (h *Hub) Accounts(space plan.SpaceID) (map[plan.PersonID]plan.AccountID, error) {
	var a access
	err := h.Store.View(func(r kv.Reader) error {
		_, err := get(r, kv.Access(space), &a)
		return err
	})
	accounts := map[plan.PersonID]plan.AccountID{}
	for _, m := range a.Members {
		if m.Account != "" {
			accounts[m.Person] = m.Account
		}
	}
	return accounts, err
}
