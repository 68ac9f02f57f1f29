package hub

import (
	"bytes"

	"github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// This file takes what was written on erased records out of operations. It reads them
// as far as it can: also what was refused as malformed is kept, and may hold words.

// blankOps leaves of the operations on some records only that they were. Those on
// others stay to the byte, and so does what is no list of operations.
func blankOps(v plan.Value, gone map[plan.RecordID]bool) (plan.Value, error) {
	var ops []plan.Value
	if json.Unmarshal(v, &ops) != nil {
		return v, nil
	}
	isSame := true
	for i := range ops {
		op := readOp(ops[i])
		if !gone[op.Rec] && !gone[op.Conflict] {
			continue
		}
		was := ops[i]
		var err error
		ops[i], err = wire.Encode(merge.Op{
			Rec: op.Rec, Kind: op.Kind, Conflict: op.Conflict, Choose: op.Choose, Del: op.Del, Restore: op.Restore,
		})
		if err != nil {
			return nil, err
		}
		isSame = isSame && bytes.Equal(was, ops[i])
	}
	if isSame {
		return v, nil
	}
	return wire.Encode(ops)
}

// readOp reads an operation as far as it is one: what it is about, at least.
func readOp(v plan.Value) merge.Op {
	var op merge.Op
	if json.Unmarshal(v, &op) == nil {
		return op
	}
	var about struct {
		Rec      plan.RecordID `json:"rec"`
		Conflict plan.RecordID `json:"conflict"`
	}
	if json.Unmarshal(v, &about) != nil {
		return merge.Op{}
	}
	return merge.Op{Rec: about.Rec, Conflict: about.Conflict}
}

// blankChange blanks a change that was kept.
func blankChange(v plan.Value, gone map[plan.RecordID]bool) (plan.Value, error) {
	var c wire.Change
	if err := json.Unmarshal(v, &c); err != nil {
		return nil, err
	}
	ops, err := blankOps(c.Ops, gone)
	if err != nil || bytes.Equal(ops, c.Ops) {
		return v, err
	}
	c.Ops = ops
	return wire.Encode(c)
}

// blankChanges blanks a list of them; a quarantine that was emptied has none.
func blankChanges(v plan.Value, gone map[plan.RecordID]bool) (plan.Value, error) {
	var changes []plan.Value
	if err := json.Unmarshal(v, &changes); err != nil {
		return nil, err
	}
	isSame := true
	for i := range changes {
		blanked, err := blankChange(changes[i], gone)
		if err != nil {
			return nil, err
		}
		isSame = isSame && bytes.Equal(blanked, changes[i])
		changes[i] = blanked
	}
	if isSame {
		return v, nil
	}
	return wire.Encode(changes)
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
	var raw []plan.Value
	if json.Unmarshal(c.Ops, &raw) != nil {
		return nil // no operations: it is about nothing
	}
	ops := make([]merge.Op, len(raw))
	for i := range raw {
		ops[i] = readOp(raw[i])
	}
	gone, err := st.erased(s, ops)
	if err == nil && gone != nil {
		c.Ops, err = blankOps(c.Ops, gone)
	}
	return err
}
