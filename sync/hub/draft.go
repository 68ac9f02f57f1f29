package hub

import (
	"bytes"
	"slices"
	"time"

	"samspor/sync/fault"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/rules"
	"samspor/sync/wire"
)

// draft is one change being tried: copies of the records it touches, laid over
// the state only when nothing in it was refused.
type draft struct {
	st        *state
	s         *space
	c         *wire.Change
	schema    int
	now       time.Time
	member    rules.Member
	sight     rules.Sight
	write     merge.Write
	records   map[plan.RecordID]*plan.Record
	fresh     map[plan.RecordID]bool // made by this change
	fields    map[fieldRef]bool      // written by this change
	conflicts []plan.RecordID
}

type fieldRef struct {
	rec   plan.RecordID
	field string
}

func newDraft(st *state, s *space, p pushed, c *wire.Change, now time.Time) (*draft, error) {
	d := &draft{
		st: st, s: s, c: c, schema: p.Schema, now: now, member: memberOf(s, p.account, now),
		records: map[plan.RecordID]*plan.Record{}, fresh: map[plan.RecordID]bool{}, fields: map[fieldRef]bool{},
	}
	d.write = merge.Write{Seq: s.head.Seq + 1, Base: c.Base, Person: d.member.Person, Client: p.Client}
	if s.head.Seq == 0 {
		d.member.Account = p.account
	}
	d.sight = rules.SightOf(d.member)
	return d, nil
}

// run tries every operation; a *fault.Fault says why the change is refused as a whole.
func (d *draft) run() error {
	if len(d.c.Ops) > wire.MaxChangeBytes {
		return fault.ChangeTooLarge
	}
	if d.schema > wire.Schema {
		return fault.ChangeNewer
	}
	if d.c.Base > d.s.head.Seq {
		return fault.BaseAhead
	}
	ops, err := d.c.Operations()
	if err != nil || len(ops) == 0 || len(ops) > wire.MaxOps {
		return fault.ChangeMalformed
	}
	if d.s.access.Closed {
		return fault.CaseClosed
	}
	if d.s.head.Seq == 0 {
		if err := d.open(ops); err != nil {
			return err
		}
	} else {
		for i := range ops {
			if err := d.do(&ops[i]); err != nil {
				return err
			}
		}
	}
	if err := d.checkNewState(); err != nil {
		return err
	}
	if err := d.react(); err != nil {
		return err
	}
	return d.checkRefs()
}

// do checks one operation against today's rights and applies it.
func (d *draft) do(op *merge.Op) error {
	if err := d.check(op); err != nil {
		return err
	}
	clashes, err := merge.Apply(d, op, d.write)
	for _, c := range clashes {
		d.keep(c)
	}
	return err
}

// Get gives a record as the draft sees it, nil if there is none.
func (d *draft) Get(id plan.RecordID) (*plan.Record, error) {
	if r, ok := d.records[id]; ok {
		return r, nil
	}
	return d.st.record(d.s, id)
}

// visible gives a record the member may see; record.missing for all others.
func (d *draft) visible(id plan.RecordID) (*plan.Record, error) {
	r, err := d.Get(id)
	if err != nil {
		return nil, err
	}
	if r == nil || !d.fresh[id] && !d.sight.Meets(r.Vis) {
		return nil, fault.RecordMissing
	}
	return r, nil
}

// Put lays a changed record over the draft.
func (d *draft) Put(r *plan.Record) {
	if _, ok := d.records[r.ID]; !ok && r.Seq == 0 {
		r.Made, d.fresh[r.ID] = d.c.ID, true
	}
	d.records[r.ID] = r
}

// put writes a field that nobody else can have written: of a new record, or by a reaction.
func (d *draft) put(r *plan.Record, name string, v plan.Value) {
	if bytes.Equal(r.Get(name), v) {
		return
	}
	r.F[name] = plan.Stamp{V: v, Seq: d.write.Seq, By: d.write.Person, Cl: d.write.Client}
	d.fields[fieldRef{r.ID, name}] = true
}

// keep keeps a late value beside the one that stands, as a record of its own.
func (d *draft) keep(c merge.Clash) {
	id := derive("conflict", string(d.s.id), string(d.c.ID), string(c.Record.ID), c.Field)
	x := &plan.Record{ID: id, Kind: "conflict", F: map[string]plan.Stamp{}, By: d.member.Person}
	if len(c.Was) == 0 {
		c.Was = plan.Null
	}
	d.put(x, "record", plan.String(string(c.Record.ID)))
	d.put(x, "field", plan.String(c.Field))
	d.put(x, "kept", c.Record.Get(c.Field))
	d.put(x, "keptBy", plan.String(string(c.Record.F[c.Field].By)))
	d.put(x, "claimed", c.Claimed)
	d.put(x, "claimedBy", plan.String(string(d.member.Person)))
	d.put(x, "claimedAt", plan.String(string(d.c.At)))
	d.put(x, "was", c.Was)
	d.put(x, "state", plan.String(string(plan.ConflictOpen)))
	d.Put(x)
	d.conflicts = append(d.conflicts, id)
}

// park gives the change up and keeps it whole, with the reason, for its author.
func (d *draft) park(why *fault.Fault, res *wire.Result) error {
	raw, err := wire.Encode(d.c)
	if err != nil {
		return err
	}
	clear(d.records)
	clear(d.fresh)
	clear(d.fields)
	d.conflicts = nil
	id := derive("parked", string(d.s.id), string(d.c.ID))
	q := &plan.Record{ID: id, Kind: "parked", F: map[string]plan.Stamp{}, By: d.member.Person}
	d.put(q, "person", plan.String(string(d.member.Person)))
	d.put(q, "code", plan.String(why.Code))
	d.put(q, "change", raw)
	d.put(q, "at", plan.String(string(instant(d.now))))
	d.Put(q)
	res.R, res.Q, res.Code = wire.Parked, id, why.Code
	return nil
}

// gates are the kinds of record that decide who may see what.
var gates = []string{"case", "organisation", "membership", "tovholder", "contactPerson"}

// commit lays the draft's records over the state and works out anew who may see them.
func (d *draft) commit() error {
	opened := false
	for id, r := range d.records {
		if slices.Contains(gates, r.Kind) {
			opened = true
		}
		if err := d.place(id, r); err != nil {
			return err
		}
	}
	for id, r := range d.records { // notes and conflicts take their readers from what they are about
		if r.VisSeq != d.write.Seq || d.fresh[id] {
			continue
		}
		if err := d.follow(id); err != nil {
			return err
		}
	}
	if opened {
		d.s.stale = true
		return d.st.readAccess(d.s)
	}
	return nil
}

func (d *draft) place(id plan.RecordID, r *plan.Record) error {
	if _, ok := d.s.dirty[id]; !ok {
		d.s.dirty[id] = r.Seq
	}
	about, err := d.Get(aboutOf(r))
	if err != nil {
		return err
	}
	r.Seq = d.write.Seq
	if vis := rules.Audience(r, about); !slices.Equal(vis, r.Vis) {
		r.Vis, r.VisSeq = vis, d.write.Seq
		r.Seen = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(r.Seen), vis...))))
	}
	d.s.records[id] = r
	return nil
}

// follow gives the notes and conflicts about a record its new readers.
func (d *draft) follow(id plan.RecordID) error {
	var followers []*plan.Record
	err := d.st.each(d.s, func(r *plan.Record) {
		if r.ID != id && aboutOf(r) == id {
			followers = append(followers, r)
		}
	})
	if err != nil {
		return err
	}
	for _, r := range followers {
		if err := d.place(r.ID, r.Clone()); err != nil {
			return err
		}
	}
	return nil
}

func aboutOf(r *plan.Record) plan.RecordID {
	switch r.Kind {
	case "note":
		return plan.RecordID(r.Str("about"))
	case "conflict":
		return plan.RecordID(r.Str("record"))
	}
	return ""
}
