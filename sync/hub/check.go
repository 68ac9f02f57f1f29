package hub

import (
	"cmp"
	"maps"
	"slices"

	"samspor/sync/fault"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// check holds one operation against the schema, today's rights and the state
// tables, and brings its values into their one form.
func (d *draft) check(op *merge.Op) error {
	if !isOne(op) {
		return fault.ChangeMalformed
	}
	switch {
	case op.Conflict != "":
		return d.checkSettle(op)
	case op.New != nil:
		return d.checkNew(op, rules.Rights(d.member)[op.Kind].New)
	case op.Del || op.Restore:
		return d.checkDel(op)
	case op.Set != nil || op.Add != nil || op.Remove != nil:
		return d.checkEdit(op)
	}
	return fault.ChangeMalformed
}

// once notes that a field is written, and refuses a second time in one change.
func (d *draft) once(id plan.RecordID, field string) error {
	if d.fields[fieldRef{id, field}] {
		return fault.ChangeTwice
	}
	d.fields[fieldRef{id, field}] = true
	return nil
}

// isOne says whether an operation does exactly one thing. Of two, one would be
// lost without a word.
func isOne(op *merge.Op) bool {
	edits := op.Set != nil && op.Conflict == "" || op.Add != nil || op.Remove != nil
	n := 0
	for _, does := range []bool{op.New != nil, edits, op.Del, op.Restore, op.Conflict != ""} {
		if does {
			n++
		}
	}
	return n == 1
}

func (d *draft) checkNew(op *merge.Op, may bool) error {
	kind, known := plan.Kinds[op.Kind]
	if !known || !plan.ValidID(string(op.Rec)) {
		return fault.FieldUnknown
	}
	if !may {
		return fault.FieldNotAllowed
	}
	old, err := d.Get(op.Rec)
	if err != nil {
		return err
	}
	if d.fresh[op.Rec] {
		return fault.ChangeTwice
	}
	if old != nil && old.Made != d.c.ID { // the same change under a new client id has made it already
		return fault.RecordExists
	}
	for _, name := range names(op.New) {
		raw := op.New[name]
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
		op.New[name] = v
		d.fields[fieldRef{op.Rec, name}] = true
	}
	return nil
}

var faultOf = map[plan.Wrong]*fault.Fault{
	plan.WrongType: fault.ValueWrongType, plan.WrongLength: fault.ValueTooLong, plan.WrongCharacter: fault.ValueBadCharacter,
}

func (d *draft) checkDel(op *merge.Op) error {
	r, err := d.visible(op.Rec)
	if err != nil {
		return err
	}
	meeting, err := d.meetingOf(r)
	if err != nil {
		return err
	}
	if !rules.MayDelete(d.member, r, meeting) {
		return notAllowed(r)
	}
	return nil
}

// meetingOf gives the meeting whose hosts keep a record; nil if there is none.
func (d *draft) meetingOf(r *plan.Record) (*plan.Record, error) {
	field := rules.Hosted[r.Kind]
	if field == "" || r.Str(field) == "" {
		return nil, nil
	}
	return d.Get(plan.RecordID(r.Str(field)))
}

// mayWrite says whether the member may write a field of a record as it stands.
func (d *draft) mayWrite(r *plan.Record, name string) (bool, error) {
	meeting, err := d.meetingOf(r)
	return err == nil && rules.MayWrite(d.member, r, meeting, name), err
}

// notAllowed picks the refusal that a person understands.
func notAllowed(r *plan.Record) error {
	if r.Kind == "task" {
		return fault.TaskNotYours
	}
	return fault.FieldNotAllowed
}

func (d *draft) checkEdit(op *merge.Op) error {
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
	for _, name := range names(op.Set) {
		raw := op.Set[name]
		f, err := d.field(old, name, func(t plan.Type) bool { return t != plan.TypeSet })
		if err != nil {
			return err
		}
		if op.Set[name], err = d.value(old, f, name, raw); err != nil {
			return err
		}
	}
	for _, name := range names(changed(op)) {
		f, err := d.field(old, name, func(t plan.Type) bool { return t == plan.TypeSet })
		if err != nil {
			return err
		}
		if _, wrong := plan.Set(f, append(append(plan.Members(old.Get(name)), op.Add[name]...), op.Remove[name]...)); wrong != "" {
			return faultOf[wrong]
		}
	}
	return nil
}

// field finds a field that this member may write on the record as it stands, once in a change.
func (d *draft) field(r *plan.Record, name string, fits func(plan.Type) bool) (*plan.Field, error) {
	f := plan.Kinds[r.Kind].Field(name)
	if f == nil || f.Cat == "hidden" {
		return nil, fault.FieldUnknown
	}
	if !rules.MaySee(r, d.sight, name) && !d.fresh[r.ID] {
		return nil, fault.FieldNotAllowed
	}
	if may, err := d.mayWrite(r, name); err != nil || !may {
		return nil, cmp.Or(err, notAllowed(r))
	}
	if f.Merge == plan.MergeOnce {
		return nil, fault.FieldFixed
	}
	if !fits(f.Type) {
		return nil, fault.ValueWrongType
	}
	return f, d.once(r.ID, name)
}

// value gives the canonical form of a new value, if the state table knows the move.
func (d *draft) value(r *plan.Record, f *plan.Field, name string, raw plan.Value) (plan.Value, error) {
	v, wrong := plan.Check(f, raw)
	if wrong != "" {
		return nil, faultOf[wrong]
	}
	if !rules.MayMove(r.Kind, name, r.Str(name), plan.Str(v)) {
		return nil, fault.MoveNotAllowed
	}
	return v, nil
}

// checkSettle lets those settle a conflict who may write its field, once.
func (d *draft) checkSettle(op *merge.Op) error {
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
	if target.Del && op.Choose != merge.Theirs { // it would write what nobody may edit, and its keeper would not see it
		return fault.RecordDeleted
	}
	switch op.Choose {
	case merge.Theirs:
		return nil
	case merge.Mine:
		_, err = d.value(target, f, name, x.Get("claimed"))
	case merge.Third:
		if len(op.Set) != 1 || len(op.Set[name]) == 0 {
			return fault.ChangeMalformed
		}
		op.Set[name], err = d.value(target, f, name, op.Set[name])
	default:
		return fault.ChangeMalformed
	}
	return err
}

// checkNewState refuses a change after which its author could not have made it:
// the rights hold on the old state and on the new.
func (d *draft) checkNewState() error {
	for _, ref := range d.written() {
		r := d.records[ref.rec]
		if r == nil || d.fresh[ref.rec] || r.Kind == "conflict" || slices.Contains(serverSet[r.Kind], ref.field) {
			continue
		}
		if may, err := d.mayWrite(r, ref.field); err != nil || !may {
			return cmp.Or(err, notAllowed(r))
		}
	}
	return nil
}

// checkRefs refuses a change that points to something that is not there for this member.
func (d *draft) checkRefs() error {
	for _, ref := range d.written() {
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

// names gives the names in a map in one order, so that of two faults always the same
// one is told: the same change gives the same bytes.
func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// written gives the fields that the change has written, in one order.
func (d *draft) written() []fieldRef {
	return slices.SortedFunc(maps.Keys(d.fields), func(a, b fieldRef) int {
		return cmp.Or(cmp.Compare(a.rec, b.rec), cmp.Compare(a.field, b.field))
	})
}

// changed gives the names of the set-like fields that an operation adds to or takes from.
func changed(op *merge.Op) map[string]bool {
	names := map[string]bool{}
	for _, m := range []map[string][]string{op.Add, op.Remove} {
		for n := range m {
			names[n] = true
		}
	}
	return names
}
