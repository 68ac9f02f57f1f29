// Package merge writes one field of one record and sees when two people have
// answered the same question differently.
//
// Its one rule: a late edit never silently overturns what others have already
// acted on. The committed value stands, the late one is kept beside it. Start
// with Set. merge.ts is the phone's twin; the vectors join them.
package merge

import (
	"bytes"
	"slices"

	"samspor/sync/plan"
)

// Write says who writes, from where, and what they had seen.
type Write struct {
	Seq    uint64 // of this change
	Base   uint64 // the space's number that the phone had seen
	Person plan.PersonID
	Client plan.ClientID
}

// Set writes a value, or says that it clashes with one that this client has not
// seen; a clashing value is not written. Equal values never clash.
func Set(r *plan.Record, f *plan.Field, name string, v plan.Value, w Write) (clash bool) {
	old, written := r.F[name]
	if written && bytes.Equal(old.V, v) {
		return false
	}
	late := written && old.Seq > w.Base && old.Cl != w.Client
	if late && (f.Merge == plan.MergeLast || f.Merge == plan.MergeText) {
		return true
	}
	r.F[name] = plan.Stamp{V: v, Seq: w.Seq, By: w.Person, Cl: w.Client}
	return false
}

// Change adds members to a set-like field and takes others away. Sets merge, so it cannot clash.
func Change(r *plan.Record, f *plan.Field, name string, add, remove []string, w Write) plan.Wrong {
	members := plan.Members(r.Get(name))
	members = slices.DeleteFunc(append(members, add...), func(m string) bool { return slices.Contains(remove, m) })
	v, wrong := plan.Set(f, members)
	if wrong == "" {
		Set(r, f, name, v, w)
	}
	return wrong
}
