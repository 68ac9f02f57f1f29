// Package merge applies what people write to the records of a space, and sees
// when two of them have answered the same question differently.
//
// Its one rule: a late edit never silently overturns what others have already
// acted on. The committed value stands, the late one is kept beside it. Start
// with Apply. merge.ts is the phone's twin, where nothing is ever late; the
// files in vectors/ hold both to the same answers.
package merge

import (
	"bytes"
	"maps"
	"slices"

	"samspor/sync/plan"
)

// Op is one write on one record. Exactly one of New, Set/Add/Remove, Del, Restore and Conflict is used.
type Op struct {
	Rec      plan.RecordID         `json:"rec,omitzero"`
	Kind     string                `json:"kind,omitzero"`
	New      map[string]plan.Value `json:"new,omitzero"`
	Set      map[string]plan.Value `json:"set,omitzero"`
	Was      map[string]plan.Value `json:"was,omitzero"` // what the person saw
	Add      map[string][]string   `json:"add,omitzero"`
	Remove   map[string][]string   `json:"remove,omitzero"`
	Del      bool                  `json:"del,omitzero"`
	Restore  bool                  `json:"restore,omitzero"` // takes Del back
	Conflict plan.RecordID         `json:"conflict,omitzero"`
	Choose   Choice                `json:"choose,omitzero"`
}

// Choice settles a conflict.
type Choice string

// The choices: what stands, what was claimed, or a third value in Set.
const (
	Theirs Choice = "theirs"
	Mine   Choice = "mine"
	Third  Choice = "value"
)

// Write says who writes, from where, and what they had seen.
type Write struct {
	Seq    uint64 // of this change
	Base   uint64 // the space's number that the phone had seen
	Person plan.PersonID
	Client plan.ClientID
}

// Records is a space as an operation sees it.
type Records interface {
	// Get gives a record, nil if there is none. It is not to be changed.
	Get(plan.RecordID) (*plan.Record, error)
	// Put lays a changed copy over it.
	Put(*plan.Record)
}

// Clash is a value that came late: the record stays as it is, the value waits beside it.
type Clash struct {
	Record       *plan.Record
	Field        string
	Claimed, Was plan.Value
}

// Apply does one operation whose rights, values and moves have been checked. An
// operation on a record that is not there, or deleted, does nothing.
func Apply(rs Records, op *Op, w Write) ([]Clash, error) {
	if op.Conflict != "" {
		return settle(rs, op, w)
	}
	old, err := rs.Get(op.Rec)
	if err != nil {
		return nil, err
	}
	switch {
	case op.New != nil:
		if old == nil {
			rs.Put(made(op, w))
		}
	case old == nil || old.Del && !op.Restore:
	case op.Del || op.Restore:
		if r := old.Clone(); r.Del != op.Del {
			r.Del = op.Del
			rs.Put(r)
		}
	default:
		return edit(rs, old, op, w), nil
	}
	return nil, nil
}

func made(op *Op, w Write) *plan.Record {
	r := &plan.Record{ID: op.Rec, Kind: op.Kind, F: map[string]plan.Stamp{}, By: w.Person}
	for name, v := range op.New {
		if f := fieldOf(r, name); f.Type == plan.TypeSet {
			v, _ = plan.Set(f, plan.Members(v)) // its members have been checked
		}
		if v.Kind() != 'n' {
			put(r, name, v, w)
		}
	}
	return r
}

func edit(rs Records, old *plan.Record, op *Op, w Write) (clashes []Clash) {
	r := old.Clone()
	for _, name := range slices.Sorted(maps.Keys(op.Set)) { // in one order, so that a rerun gives the same bytes
		if v := op.Set[name]; !set(r, name, v, op.Was[name], w) {
			clashes = append(clashes, Clash{old, name, v, op.Was[name]})
		}
	}
	for name, members := range op.Add {
		change(r, name, w, func(have []string) []string { return append(have, members...) })
	}
	for name, members := range op.Remove {
		change(r, name, w, func(have []string) []string {
			return slices.DeleteFunc(have, func(m string) bool { return slices.Contains(members, m) })
		})
	}
	rs.Put(r)
	return clashes
}

// settle writes what somebody chose. It has its own base, like every write: a
// choice that comes late clashes again instead of overwriting.
func settle(rs Records, op *Op, w Write) ([]Clash, error) {
	x, err := rs.Get(op.Conflict)
	if err != nil || x == nil || x.Kind != "conflict" || x.Str("state") == string(plan.ConflictSettled) {
		return nil, err
	}
	name := x.Str("field")
	r, err := rs.Get(plan.RecordID(x.Str("record")))
	if err != nil || r == nil || name == "" {
		return nil, err
	}
	v := r.Get(name)
	switch op.Choose {
	case Mine:
		v = x.Get("claimed")
	case Third:
		if v = op.Set[name]; len(v) == 0 {
			return nil, nil
		}
	}
	settled := x.Clone()
	put(settled, "state", plan.String(string(plan.ConflictSettled)), w)
	rs.Put(settled)
	// Without what it started from, a late choice clashes: it is never merged.
	clashes := edit(rs, r, &Op{Set: map[string]plan.Value{name: v}}, w)
	for i := range clashes {
		clashes[i].Was = x.Get("kept")
	}
	return clashes, nil
}

// set writes a value, or says that it comes late: another client has written the
// field since this one looked, and another value. Equal values never clash; late
// long text is merged by paragraph where both started from the same.
func set(r *plan.Record, name string, v, was plan.Value, w Write) bool {
	old, written := r.F[name]
	f := fieldOf(r, name)
	if late := written && old.Seq > w.Base && old.Cl != w.Client && !bytes.Equal(old.V, v); late {
		kept, claimed := plan.Str(old.V), plan.Str(v)
		switch {
		case f.Winner != "" && kept == f.Winner && claimed == f.Loser:
			return true // what stands wins; the history has both
		case f.Winner != "" && kept == f.Loser && claimed == f.Winner:
		case f.Merge == plan.MergeText && len(was) > 0 && v.Kind() == '"':
			merged, clean := Paragraphs(plan.Str(was), kept, claimed)
			if !clean || !fits(f, merged) {
				return false
			}
			v, w.Client = plan.String(merged), "" // no phone has seen it: what its writer made meanwhile is late as well
		case f.Merge == plan.MergeLast || f.Merge == plan.MergeText:
			return false
		}
	}
	put(r, name, v, w)
	return true
}

// fits says whether a merged text is one that the field may hold: two that fit may not fit together.
func fits(f *plan.Field, text string) bool {
	_, wrong := plan.Check(f, plan.String(text))
	return wrong == ""
}

// change rewrites a set-like field. Sets merge member by member, so nothing is ever late.
func change(r *plan.Record, name string, w Write, do func([]string) []string) {
	old := plan.Members(r.Get(name))
	now := do(slices.Clone(old))
	if len(old)+len(now) == 0 {
		return // nobody was there and nobody came
	}
	if v, wrong := plan.Set(fieldOf(r, name), now); wrong == "" {
		put(r, name, v, w)
	}
}

func put(r *plan.Record, name string, v plan.Value, w Write) {
	if !bytes.Equal(r.Get(name), v) {
		r.F[name] = plan.Stamp{V: v, Seq: w.Seq, By: w.Person, Cl: w.Client}
	}
}

// unknown is the rule for a field of a newer schema: kept as it is.
var unknown = &plan.Field{Merge: plan.MergeLast}

func fieldOf(r *plan.Record, name string) *plan.Field {
	if k := plan.Kinds[r.Kind]; k != nil {
		if f := k.Field(name); f != nil {
			return f
		}
	}
	return unknown
}
