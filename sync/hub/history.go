package hub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/rules"
	"samspor/sync/wire"
)

// History tells who changed what of one record, through the same gate as every
// reading: fields that this member may not see today are left out.
func (c *Core) History(account plan.AccountID, ask wire.Asked) (wire.Told, error) {
	told := wire.Told{Entries: []wire.Entry{}}
	err := c.Store.View(func(r kv.Reader) error {
		t, err := c.teller(r, account, ask)
		if err != nil {
			return err
		}
		return t.run(&told)
	})
	return told, err
}

// teller reads one record's history from one snapshot.
type teller struct {
	st    *state
	s     *space
	rec   *plan.Record
	sight rules.Sight
}

func (c *Core) teller(r kv.Reader, account plan.AccountID, ask wire.Asked) (*teller, error) {
	if !plan.ValidID(string(ask.Space)) || !plan.ValidID(string(ask.Rec)) {
		return nil, &Refused{Reason: NotFound, Change: -1}
	}
	st := c.newState(r, nil)
	s, err := st.load(ask.Space)
	if err != nil {
		return nil, err
	}
	m, ok, _ := s.access.member(account, c.Now())
	if !ok {
		return nil, &Refused{Reason: NotFound, Change: -1}
	}
	rec, err := st.record(s, ask.Rec)
	if err != nil {
		return nil, err
	}
	sight := rules.SightOf(m)
	if rec == nil || !sight.Meets(rec.Vis) {
		return nil, &Refused{Reason: NotFound, Change: -1}
	}
	return &teller{st, s, rec, sight}, nil
}

// run walks from the record's last change back to its first.
func (t *teller) run(told *wire.Told) error {
	for seq := t.rec.Seq; seq > 0; {
		var e entry
		if _, err := get(t.st.r, kv.History(t.s.id, seq), &e); err != nil {
			return err
		}
		before, ok := e.Back[t.rec.ID]
		if !ok || before >= seq {
			return fmt.Errorf("history %d does not lead on", seq)
		}
		if err := t.tell(seq, &e, told); err != nil {
			return err
		}
		seq = before
	}
	slices.Reverse(told.Entries)
	return nil
}

// tell adds what one entry of the history did to the record, if there is anything to tell.
func (t *teller) tell(seq uint64, e *entry, told *wire.Told) error {
	if e.Result == wire.Parked {
		return nil
	}
	var ops []merge.Op
	if err := json.Unmarshal(e.Ops, &ops); err != nil {
		return fmt.Errorf("history %d: %w", seq, err)
	}
	line := wire.Entry{Seq: seq, At: e.At, Made: e.Made, By: e.By, Set: map[string]plan.Value{}, Was: map[string]plan.Value{}}
	for i := range ops {
		if err := t.op(&ops[i], &line); err != nil {
			return err
		}
	}
	if line.New || line.Del || line.Back || len(line.Set)+len(line.Add)+len(line.Rem) > 0 {
		line.Late = t.late(e.ID, line.Set)
		for _, ref := range e.Merged {
			if field, ok := strings.CutPrefix(ref, string(t.rec.ID)+"."); ok && rules.MaySee(t.rec, t.sight, field) {
				line.Merged = append(line.Merged, field)
			}
		}
		told.Entries = append(told.Entries, line)
	}
	return nil
}

func (t *teller) op(op *merge.Op, line *wire.Entry) error {
	if op.Conflict != "" {
		return t.settled(op, line)
	}
	if op.Rec != t.rec.ID {
		return nil
	}
	line.New, line.Del, line.Back = line.New || op.New != nil, line.Del || op.Del, line.Back || op.Restore
	for _, values := range []map[string]plan.Value{op.New, op.Set} {
		for name, v := range values {
			t.show(line.Set, name, v)
		}
	}
	for name, v := range op.Was {
		t.show(line.Was, name, v)
	}
	line.Add, line.Rem = t.members(op.Add), t.members(op.Remove)
	return nil
}

func (t *teller) show(into map[string]plan.Value, name string, v plan.Value) {
	if rules.MaySee(t.rec, t.sight, name) {
		into[name] = v
	}
}

func (t *teller) members(changed map[string][]string) map[string][]string {
	seen := map[string][]string{}
	for name, ids := range changed {
		if rules.MaySee(t.rec, t.sight, name) {
			seen[name] = ids
		}
	}
	return seen
}

// settled tells of a conflict about this record that somebody settled.
func (t *teller) settled(op *merge.Op, line *wire.Entry) error {
	x, err := t.st.record(t.s, op.Conflict)
	if err != nil || x == nil || plan.RecordID(x.Str("record")) != t.rec.ID {
		return err
	}
	name := x.Str("field")
	line.Chose = op.Choose
	switch op.Choose {
	case merge.Mine:
		t.show(line.Set, name, x.Get("claimed"))
	case merge.Third:
		t.show(line.Set, name, op.Set[name])
	default:
		t.show(line.Set, name, x.Get("kept"))
	}
	return nil
}

// late names the fields of a change that clashed: their conflicts have ids that follow from the change.
func (t *teller) late(id plan.ChangeID, set map[string]plan.Value) []string {
	var fields []string
	for name := range set {
		x, err := t.st.record(t.s, derive("conflict", string(t.s.id), string(id), string(t.rec.ID), name))
		if err == nil && x != nil {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}
