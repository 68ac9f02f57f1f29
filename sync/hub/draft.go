package hub

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"time"

	"samspor/sync/calendar"
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
	merged    []string                 // record.field of long texts that came late and were merged by paragraph
	back      map[plan.RecordID]uint64 // of each record that was placed: the number of its change before this one
}

type fieldRef struct {
	rec   plan.RecordID
	field string
}

// emptyDraft has written nothing yet; it has the space's next number, and no member yet.
func emptyDraft(st *state, s *space, c *wire.Change, w merge.Write, now time.Time) *draft {
	w.Seq = s.head.Seq + 1
	return &draft{
		st: st, s: s, c: c, now: now, write: w, records: map[plan.RecordID]*plan.Record{},
		fresh: map[plan.RecordID]bool{}, fields: map[fieldRef]bool{}, back: map[plan.RecordID]uint64{},
	}
}

func newDraft(st *state, s *space, p pushed, c *wire.Change, now time.Time) *draft {
	m := memberOf(s, p.account, now)
	d := emptyDraft(st, s, c, merge.Write{Base: c.Base, Person: m.Person, Client: p.Client}, now)
	d.schema, d.member = p.Schema, m
	if s.head.Seq == 0 {
		d.member.Account = p.account
	}
	d.sight = rules.SightOf(d.member)
	return d
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
	wire.Lift(d.schema, d.c.At, ops)
	if gone, err := d.st.erased(d.s, ops); err != nil || gone != nil {
		return cmp.Or[error](err, fault.RecordErased)
	}
	if d.s.access.Closed && !reopens(ops, d.s.id) {
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
	total := 0
	for _, r := range d.records {
		total += weight(r)
	}
	if total > maxBatch { // many long texts touched at once: no phone does that by one action
		return fault.ChangeTooLarge
	}
	return d.checkRefs()
}

// reopens says whether a change does nothing but open a closed plan again.
func reopens(ops []merge.Op, space plan.SpaceID) bool {
	return len(ops) == 1 && string(ops[0].Rec) == string(space) && plan.Str(ops[0].Set["state"]) == "active"
}

// weight is roughly how many bytes a record takes in the store.
func weight(r *plan.Record) int {
	n := 200
	for name, s := range r.F {
		n += len(name) + len(s.V) + 80
	}
	return n
}

// do checks one operation against today's rights and applies it.
func (d *draft) do(op *merge.Op) error {
	if err := d.check(op); err != nil {
		return err
	}
	w := d.write
	if planted == "lastWriteWins" || planted == "conflictOverwrites" && op.Conflict != "" {
		w.Base = d.s.head.Seq
	}
	clashes, err := merge.Apply(d, op, w)
	if err != nil {
		return err
	}
	for _, c := range clashes {
		if err := d.keep(c); err != nil {
			return err
		}
	}
	d.noteMerged(op, clashes)
	return nil
}

// noteMerged marks the texts that hold more now than this change claimed.
func (d *draft) noteMerged(op *merge.Op, clashes []merge.Clash) {
	r := d.records[op.Rec]
	if r == nil {
		return
	}
	for _, name := range names(op.Set) {
		v := op.Set[name]
		late := slices.ContainsFunc(clashes, func(c merge.Clash) bool { return c.Field == name })
		if f := plan.Kinds[r.Kind].Field(name); f.Merge == plan.MergeText && !late && !bytes.Equal(r.Get(name), v) {
			d.merged = append(d.merged, string(op.Rec)+"."+name)
		}
	}
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

// keep keeps a late value beside the one that stands, as a record of its own. The
// same change, come again after a fork, has its conflict already, settled or not.
func (d *draft) keep(c merge.Clash) error {
	id := derive("conflict", string(d.s.id), string(d.c.ID), string(c.Record.ID), c.Field)
	d.conflicts = append(d.conflicts, id)
	if old, err := d.Get(id); err != nil || old != nil {
		return err
	}
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
	return nil
}

// park gives the change up and keeps it whole, with the reason, for its author.
func (d *draft) park(why *fault.Fault, res *wire.Result) error {
	if why == fault.GroupPersonNumber { // R11: it is stored nowhere, the history included
		d.c.Ops = rules.HidePersonNumbers(d.c.Ops)
	}
	if err := d.st.withoutErased(d.s, d.c); err != nil {
		return err
	}
	raw, err := wire.Encode(d.c)
	if err != nil {
		return err
	}
	clear(d.records)
	clear(d.fresh)
	clear(d.fields)
	d.conflicts, d.merged = nil, nil
	id := derive("parked", string(d.s.id), string(d.c.ID))
	res.R, res.Q, res.Code = wire.Parked, id, why.Code
	if old, err := d.Get(id); err != nil || old != nil { // it came again after a fork, and is kept
		return err
	}
	q := &plan.Record{ID: id, Kind: "parked", F: map[string]plan.Stamp{}, By: d.member.Person}
	d.put(q, "person", plan.String(string(d.member.Person)))
	d.put(q, "code", plan.String(why.Code))
	d.put(q, "change", raw)
	d.put(q, "at", plan.String(string(instant(d.now))))
	if planted == "parkedDropped" {
		return nil
	}
	d.Put(q)
	return nil
}

// gates are the kinds of record that decide who may see what.
var gates = []string{"case", "organisation", "membership", "tovholder", "contactPerson", "person", "consent"}

// commit lays the draft's records over the state and works out anew who may see them.
func (d *draft) commit() error {
	opened := false
	for _, id := range d.inOrder() {
		r := d.records[id]
		if slices.Contains(gates, r.Kind) {
			opened = true
		}
		if err := d.place(id, r); err != nil {
			return err
		}
	}
	if err := d.follow(); err != nil {
		return err
	}
	if opened {
		d.s.stale = true
		return d.st.readAccess(d.s)
	}
	return nil
}

// inOrder gives the draft's records with each one before those that are about it,
// which take their readers from it.
func (d *draft) inOrder() []plan.RecordID {
	depth := func(id plan.RecordID) (n int) {
		for r := d.records[id]; r != nil && n < len(d.records); r = d.records[aboutOf(r)] {
			n++
		}
		return n
	}
	ids := slices.Sorted(maps.Keys(d.records))
	slices.SortStableFunc(ids, func(a, b plan.RecordID) int { return depth(a) - depth(b) })
	return ids
}

func (d *draft) place(id plan.RecordID, r *plan.Record) error {
	d.st.bytes += weight(r)
	if r.Seq != d.write.Seq {
		d.back[id] = r.Seq
	}
	if _, ok := d.s.dirty[id]; !ok {
		d.s.dirty[id], d.s.due[id] = r.Seq, r.Timers
	}
	about, err := d.Get(aboutOf(r))
	if err != nil {
		return err
	}
	if old := d.s.records[id]; old != nil && old.Del != r.Del {
		r.DelSeq = d.write.Seq
	}
	if r.Born == 0 {
		r.Born = d.write.Seq
	}
	r.Seq = d.write.Seq
	if vis := rules.Audience(r, about); !slices.Equal(vis, r.Vis) {
		r.Vis, r.VisSeq = vis, d.write.Seq
		r.Seen = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(r.Seen), vis...))))
	}
	d.s.records[id] = r
	return d.setTimers(r)
}

// setTimers writes down when a record has to be looked at, in the commit that causes it.
func (d *draft) setTimers(r *plan.Record) error {
	days, err := d.workdays()
	if err != nil {
		return err
	}
	clock := rules.Clock{Days: days, Zone: calendar.Zone(string(d.s.access.Country))}
	r.Timers = rules.Timers(r, clock, d.now)
	for _, t := range d.s.due[r.ID] { // what was to be told a moment ago is told all the same
		if rules.Immediate(t.Kind) && d.now.Unix()-t.At < tellWithin && !slices.Contains(r.Timers, t) {
			r.Timers = append(r.Timers, t)
		}
	}
	return nil
}

// tellWithin is how many seconds the clock has to tell of what has just happened.
const tellWithin = 600

// follow gives the notes and conflicts about a record its new readers, and those
// about them theirs. A new record has no followers yet but those placed after it.
func (d *draft) follow() error {
	var moved []plan.RecordID
	for id, r := range d.records {
		if (r.VisSeq == d.write.Seq || d.gates(r)) && !d.fresh[id] {
			moved = append(moved, id)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	followers := map[plan.RecordID][]plan.RecordID{}
	err := d.st.each(d.s, func(r *plan.Record) {
		if about := aboutOf(r); about != "" && about != r.ID {
			followers[about] = append(followers[about], r.ID)
		}
	})
	for ; err == nil && len(moved) > 0; moved = moved[1:] {
		for _, id := range followers[moved[0]] {
			r := d.s.records[id].Clone()
			before := r.VisSeq
			if err = d.place(id, r); err != nil {
				break
			}
			if r.VisSeq != before {
				moved = append(moved, id)
			}
		}
	}
	return err
}

// gates says whether a change of a meeting opens or closes what belongs to it.
func (d *draft) gates(r *plan.Record) bool {
	return r.Kind == "meeting" && slices.ContainsFunc([]string{"minutesState", "convenor", "chair", "minuteTaker"}, func(f string) bool {
		return d.fields[fieldRef{r.ID, f}]
	})
}

func aboutOf(r *plan.Record) plan.RecordID {
	switch r.Kind {
	case "minutesSection":
		return plan.RecordID(r.Str("meeting"))
	case "task":
		if r.Str("state") == string(plan.TaskDraft) {
			return plan.RecordID(r.Str("sourceMeeting"))
		}
	case "goal":
		if r.Str("state") == "draft" {
			return plan.RecordID(r.Str("meeting"))
		}
	case "note":
		return plan.RecordID(r.Str("about"))
	case "conflict":
		return plan.RecordID(r.Str("record"))
	}
	return ""
}
