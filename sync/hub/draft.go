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
	if err := d.react(); err != nil {
		return err
	}
	return d.checkRefs()
}

func (d *draft) do(op *wire.Op) error {
	switch {
	case op.Conflict != "":
		return d.settleConflict(op)
	case op.New != nil:
		return d.make(op, func(kind string) bool { return rules.Rights(d.member)[kind].New })
	case op.Del:
		return d.del(op)
	case op.Set != nil || op.Add != nil || op.Remove != nil:
		return d.edit(op)
	}
	return fault.ChangeMalformed
}

// get gives a record as the draft sees it, nil if there is none.
func (d *draft) get(id plan.RecordID) (*plan.Record, error) {
	if r, ok := d.records[id]; ok {
		return r, nil
	}
	return d.st.record(d.s, id)
}

// visible gives a record the member may see; record.missing for all others.
func (d *draft) visible(id plan.RecordID) (*plan.Record, error) {
	r, err := d.get(id)
	if err != nil {
		return nil, err
	}
	if r == nil || !d.fresh[id] && !d.sight.Meets(r.Vis) {
		return nil, fault.RecordMissing
	}
	return r, nil
}

// touch gives the draft's own copy of a record.
func (d *draft) touch(r *plan.Record) *plan.Record {
	if c, ok := d.records[r.ID]; ok {
		return c
	}
	c := r.Clone()
	d.records[r.ID] = c
	return c
}

// once notes that a field is written, and refuses a second time in one change.
func (d *draft) once(id plan.RecordID, field string) error {
	if d.fields[fieldRef{id, field}] {
		return fault.ChangeTwice
	}
	d.fields[fieldRef{id, field}] = true
	return nil
}

// serverSet are fields that only a reaction writes.
var serverSet = map[string][]string{"note": {"person", "at"}, "task": {"doneAt"}, "membership": {"account"}}

func (d *draft) make(op *wire.Op, may func(kind string) bool) error {
	kind, known := plan.Kinds[op.Kind]
	if !known || !plan.ValidID(string(op.Rec)) {
		return fault.FieldUnknown
	}
	if !may(op.Kind) {
		return fault.FieldNotAllowed
	}
	old, err := d.get(op.Rec)
	if err != nil {
		return err
	}
	if old != nil {
		if old.Made == d.c.ID { // sent again under a new client id: it is there already
			return nil
		}
		return fault.RecordExists
	}
	r := &plan.Record{ID: op.Rec, Kind: op.Kind, F: map[string]plan.Stamp{}, By: d.member.Person, Made: d.c.ID}
	for name, raw := range op.New {
		f := kind.Field(name)
		if f == nil || f.Cat == "hidden" {
			return fault.FieldUnknown
		}
		if slices.Contains(serverSet[op.Kind], name) {
			return fault.FieldNotAllowed
		}
		v, wrong := plan.Check(f, raw)
		if wrong != "" {
			return faultOf[wrong]
		}
		if !rules.MayStart(op.Kind, name, plan.Str(v)) {
			return fault.MoveNotAllowed
		}
		if v.Kind() != 'n' {
			d.put(r, name, v)
		}
	}
	d.records[op.Rec], d.fresh[op.Rec] = r, true
	return nil
}

// put writes a field that nobody else can have written: of a new record, or by a reaction.
func (d *draft) put(r *plan.Record, name string, v plan.Value) {
	if bytes.Equal(r.Get(name), v) {
		return
	}
	r.F[name] = plan.Stamp{V: v, Seq: d.write.Seq, By: d.write.Person, Cl: d.write.Client}
	d.fields[fieldRef{r.ID, name}] = true
}

var faultOf = map[plan.Wrong]*fault.Fault{
	plan.WrongType: fault.ValueWrongType, plan.WrongLength: fault.ValueTooLong, plan.WrongCharacter: fault.ValueBadCharacter,
}

func (d *draft) del(op *wire.Op) error {
	r, err := d.visible(op.Rec)
	if err != nil {
		return err
	}
	if len(rules.Rights(d.member)[r.Kind].Set) == 0 {
		return d.notAllowed(r)
	}
	d.touch(r).Del = true
	return nil
}

// notAllowed picks the refusal that a person understands.
func (d *draft) notAllowed(r *plan.Record) error {
	if r.Kind == "task" {
		return fault.TaskNotYours
	}
	return fault.FieldNotAllowed
}

func (d *draft) edit(op *wire.Op) error {
	old, err := d.visible(op.Rec)
	if err != nil {
		return err
	}
	if op.Kind != "" && op.Kind != old.Kind {
		return fault.FieldUnknown
	}
	if old.Del {
		return fault.RecordDeleted
	}
	for name, raw := range op.Set {
		f, err := d.field(old, name, func(t plan.Type) bool { return t != plan.TypeSet })
		if err != nil {
			return err
		}
		v, wrong := plan.Check(f, raw)
		if wrong != "" {
			return faultOf[wrong]
		}
		if err := d.set(old, f, name, v, op.Was[name]); err != nil {
			return err
		}
	}
	for name := range changed(op) {
		f, err := d.field(old, name, func(t plan.Type) bool { return t == plan.TypeSet })
		if err != nil {
			return err
		}
		r := d.touch(old)
		if wrong := merge.Change(r, f, name, op.Add[name], op.Remove[name], d.write); wrong != "" {
			return faultOf[wrong]
		}
	}
	for name := range written(op) { // the new state must be this member's to write, too
		if !rules.MayWrite(d.member, d.touch(old), name) {
			return d.notAllowed(old)
		}
	}
	return nil
}

// field finds a field that this member may write on the record as it stands.
func (d *draft) field(r *plan.Record, name string, fits func(plan.Type) bool) (*plan.Field, error) {
	f := plan.Kinds[r.Kind].Field(name)
	if f == nil || f.Cat == "hidden" {
		return nil, fault.FieldUnknown
	}
	if !rules.MaySee(r, d.sight, name) {
		return nil, fault.FieldNotAllowed
	}
	if !rules.MayWrite(d.member, r, name) {
		return nil, d.notAllowed(r)
	}
	if f.Merge == plan.MergeOnce {
		return nil, fault.FieldFixed
	}
	if !fits(f.Type) {
		return nil, fault.ValueWrongType
	}
	return f, d.once(r.ID, name)
}

// set writes one value: a move the state table knows, or a conflict with what somebody else wrote meanwhile.
func (d *draft) set(old *plan.Record, f *plan.Field, name string, v, was plan.Value) error {
	if !rules.MayMove(old.Kind, name, old.Str(name), plan.Str(v)) {
		return fault.MoveNotAllowed
	}
	if merge.Set(d.touch(old), f, name, v, d.write) {
		d.clash(old, name, v, was)
	}
	return nil
}

// clash keeps a late value beside the one that stands, as a record of its own.
func (d *draft) clash(r *plan.Record, name string, claimed, was plan.Value) {
	id := derive("conflict", string(d.s.id), string(d.c.ID), string(r.ID), name)
	x := &plan.Record{ID: id, Kind: "conflict", F: map[string]plan.Stamp{}, By: d.member.Person, Made: d.c.ID}
	if len(was) == 0 {
		was = plan.Null
	}
	d.put(x, "record", plan.String(string(r.ID)))
	d.put(x, "field", plan.String(name))
	d.put(x, "kept", r.Get(name))
	d.put(x, "keptBy", plan.String(string(r.F[name].By)))
	d.put(x, "claimed", claimed)
	d.put(x, "claimedBy", plan.String(string(d.member.Person)))
	d.put(x, "claimedAt", plan.String(string(d.c.At)))
	d.put(x, "was", was)
	d.put(x, "state", plan.String(string(plan.ConflictOpen)))
	d.records[id], d.fresh[id] = x, true
	d.conflicts = append(d.conflicts, id)
}

// settleConflict writes what somebody chose. It is an ordinary change with its
// own base: one that comes second is not an overwrite.
func (d *draft) settleConflict(op *wire.Op) error {
	x, err := d.visible(op.Conflict)
	if err != nil {
		return err
	}
	if x.Kind != "conflict" {
		return fault.RecordMissing
	}
	if x.Str("state") != string(plan.ConflictOpen) {
		return fault.ConflictSettled
	}
	name := x.Str("field")
	target, err := d.visible(plan.RecordID(x.Str("record")))
	if err != nil {
		return err
	}
	f, err := d.field(target, name, func(t plan.Type) bool { return t != plan.TypeSet })
	if err != nil {
		return err
	}
	var v plan.Value
	switch op.Choose {
	case wire.ChooseTheirs:
		v = target.Get(name)
	case wire.ChooseMine:
		v = x.Get("claimed")
	case wire.ChooseValue:
		var wrong plan.Wrong
		if len(op.Set) != 1 || len(op.Set[name]) == 0 {
			return fault.ChangeMalformed
		}
		if v, wrong = plan.Check(f, op.Set[name]); wrong != "" {
			return faultOf[wrong]
		}
	default:
		return fault.ChangeMalformed
	}
	d.put(d.touch(x), "state", plan.String(string(plan.ConflictSettled)))
	return d.set(target, f, name, v, x.Get("kept"))
}

// checkRefs refuses a change that points to something that is not there for this member.
func (d *draft) checkRefs() error {
	for ref := range d.fields {
		r := d.records[ref.rec]
		if r == nil || r.Kind == "conflict" {
			continue
		}
		f := plan.Kinds[r.Kind].Field(ref.field)
		if f == nil || f.Ref == "" || r.Get(ref.field).Kind() == 'n' {
			continue
		}
		ids := plan.Members(r.Get(ref.field))
		if f.Type == plan.TypeID {
			ids = []string{r.Str(ref.field)}
		}
		for _, id := range ids {
			t, err := d.visible(plan.RecordID(id))
			if err != nil {
				return err
			}
			if f.Ref != "*" && t.Kind != f.Ref {
				return fault.RecordMissing
			}
		}
	}
	return nil
}

// park gives the change up and keeps it whole, with the reason, for its author.
func (d *draft) park(why *fault.Fault, res *wire.Result) error {
	raw, err := wire.Encode(d.c)
	if err != nil {
		return err
	}
	clear(d.records)
	clear(d.fields)
	d.conflicts = nil
	id := derive("parked", string(d.s.id), string(d.c.ID))
	q := &plan.Record{ID: id, Kind: "parked", F: map[string]plan.Stamp{}, By: d.member.Person, Made: d.c.ID}
	d.put(q, "person", plan.String(string(d.member.Person)))
	d.put(q, "code", plan.String(why.Code))
	d.put(q, "change", raw)
	d.put(q, "at", plan.String(string(instant(d.now))))
	d.records[id] = q
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
	about, err := d.get(aboutOf(r))
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

// written gives the names of the fields that an operation writes.
func written(op *wire.Op) map[string]bool {
	names := map[string]bool{}
	for n := range op.Set {
		names[n] = true
	}
	for n := range changed(op) {
		names[n] = true
	}
	return names
}

// changed gives the names of the set-like fields that an operation adds to or takes from.
func changed(op *wire.Op) map[string]bool {
	names := map[string]bool{}
	for _, m := range []map[string][]string{op.Add, op.Remove} {
		for n := range m {
			names[n] = true
		}
	}
	return names
}
