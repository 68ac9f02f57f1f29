package sim

import (
	"fmt"
	"slices"

	"samspor/sync/calendar"
	"samspor/sync/plan"
)

// This file says a second time who may see what, from the text of the rules
// (DOMAIN 2.5, R42–R45, SYNC "Conflicts") and not with package rules, whose
// answers it judges. Only which field is core it reads from the schema's tags.

// depth is how much of a record somebody sees.
type depth int

const (
	nothing depth = iota
	core          // who, when and where
	whole
)

// viewer is one account in one space, today.
type viewer struct {
	person   plan.PersonID
	isFull   bool // sees the case
	isFamily bool // holds custody
	isTov    bool // holds the rope
	reach    map[string]bool
}

// viewer finds what an account is today; ok is false when it sees nothing at all.
func (b *book) viewer(account plan.AccountID, today plan.Day) (v viewer, ok bool) {
	for _, r := range b.gates {
		if r.Kind != "membership" || r.Del || r.Str("account") != string(account) || !inForce(r, today) {
			continue
		}
		switch plan.Role(r.Str("role")) {
		case plan.RoleGuardian:
			return b.around(viewer{person: plan.PersonID(r.Str("person")), isFull: true, isFamily: true}, today), true
		case plan.RoleProfessional, plan.RoleProfessionalLead:
			return b.around(viewer{person: plan.PersonID(r.Str("person")), isFull: true}, today), true
		case plan.RoleChild, plan.RoleCompanion, plan.RoleNetworkLimited, plan.RoleMeetingGuest:
			return b.around(viewer{person: plan.PersonID(r.Str("person"))}, today), true
		}
	}
	return viewer{}, false
}

// around adds who holds the rope and whom everybody may call today.
func (b *book) around(v viewer, today plan.Day) viewer {
	v.reach = map[string]bool{}
	for _, r := range b.gates {
		if r.Kind == "membership" || r.Del || !inForce(r, today) {
			continue
		}
		if r.Kind == "tovholder" || r.Kind == "contactPerson" {
			v.reach[r.Str("person")] = true
			v.isTov = v.isTov || r.Kind == "tovholder" && r.Str("person") == string(v.person)
		}
	}
	return v
}

func inForce(r *plan.Record, today plan.Day) bool {
	from, to := plan.Day(r.Str("from")), plan.Day(r.Str("to"))
	return from <= today && (to == "" || today <= to)
}

// today is the day in the case's country.
func (w *world) today() plan.Day { return calendar.DayOf(w.clock(), calendar.Zone("DK")) }

// sees says how much of a record somebody sees.
func (b *book) sees(v viewer, r *plan.Record) depth {
	me := string(v.person)
	if r.Erased {
		return nothing
	}
	switch r.Kind {
	case "parked": // its author's alone
		return wholeIf(r.Str("person") == me)
	case "reach": // R1, R42
		switch {
		case r.Str("person") == me:
			return whole
		case string(r.Get("addressProtected")) == "true":
			return wholeIf(v.isTov)
		case v.isFull:
			return whole
		case v.reach[r.Str("person")]:
			return core
		}
		return nothing
	case "task": // R39, R45: what is of health or social matters is the family's and theirs who do it
		if c := r.Str("sensitivity"); c == "health" || c == "social" {
			switch {
			case v.isFamily || b.sectorOf(v.person) == r.Str("sector") && v.isFull || r.Str("responsible") == me || r.Has("helpers", me):
				return whole
			case v.isFull:
				return core // a stub: its day, and whose it is
			}
			return nothing
		}
		return wholeIf(v.isFull || r.Str("responsible") == me || r.Has("helpers", me))
	case "meeting": // R45: of those who see only the core, who is asked to it
		if v.isFull {
			return whole
		}
		if r.Has("invited", me) {
			return core
		}
		return nothing
	case "participant": // and of the others nobody
		return wholeIf(v.isFull || r.Str("person") == me)
	case "note": // the readers of what it is about
		return b.seesAbout(v, r.Str("about"))
	case "conflict": // all who may read the field
		t := b.recs[plan.RecordID(r.Str("record"))]
		if d := b.sees(v, t.r); d == whole || d == core && isCore(t.r.Kind, r.Str("field")) {
			return d
		}
		return nothing
	case "quarantine": // who holds the rope looks through it
		return wholeIf(v.isTov)
	}
	if v.isFull {
		return whole
	}
	for _, f := range plan.Kinds[r.Kind].Order {
		if f.Cat == "core" {
			return core
		}
	}
	return nothing
}

// sectorOf gives the sector that somebody speaks for; the sim has no consents.
func (b *book) sectorOf(p plan.PersonID) string {
	if k := b.recs[plan.RecordID(p)]; k != nil {
		return k.r.Str("sector")
	}
	return ""
}

func (b *book) seesAbout(v viewer, about string) depth {
	t := b.recs[plan.RecordID(about)]
	if t == nil {
		return wholeIf(v.isFull)
	}
	return wholeIf(b.sees(v, t.r) == whole)
}

func wholeIf(ok bool) depth {
	if ok {
		return whole
	}
	return nothing
}

func isCore(kind, field string) bool {
	f := plan.Kinds[kind].Field(field)
	return f != nil && (f.Cat == "core" || kind == "task" && (field == "due" || field == "responsible"))
}

func isHidden(kind, field string) bool {
	f := plan.Kinds[kind].Field(field)
	return f == nil || f.Cat == "hidden"
}

// projection is the sum that somebody's base has to have.
func (b *book) projection(v viewer) (sum uint64) {
	for _, k := range b.recs {
		switch b.sees(v, k.r) {
		case whole:
			sum += k.whole
		case core:
			sum += k.core
		}
	}
	return sum
}

// hashRecord sums up what is readable of a record. A record of which nothing is
// readable is not there at all.
func hashRecord(r *plan.Record, open func(field string) bool) uint64 {
	var sum uint64
	shown := r.Del
	for name, s := range r.F {
		if !open(name) {
			continue
		}
		shown = true
		if s.V.Kind() != 'n' {
			sum += mix(mix(mix(0, string(r.ID)), name), string(s.V))
		}
	}
	if !shown {
		return 0
	}
	if r.Del {
		sum++
	}
	return sum + mix(mix(0, string(r.ID)), r.Kind)
}

// mix is FNV-1a with the length told, so that two texts in a row have one reading.
func mix(h uint64, s string) uint64 {
	h ^= 14695981039346656037 + uint64(len(s))
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

// differences says where a base is not what it has to be, for a reader of the failure.
func (b *book) differences(v viewer, base map[plan.RecordID]*plan.Record) (rule string, found []string) {
	rule = "I3"
	for id, k := range b.recs {
		d := b.sees(v, k.r)
		open := func(f string) bool { return d == whole && !isHidden(k.r.Kind, f) || d == core && isCore(k.r.Kind, f) }
		have, ok := base[id]
		if !ok {
			if d > nothing && hashRecord(k.r, open) != 0 {
				found = append(found, fmt.Sprintf("%s %s is missing", k.r.Kind, id))
			}
			continue
		}
		if d == nothing {
			rule = "I4"
			found = append(found, fmt.Sprintf("%s %s is there and not this member's to see", k.r.Kind, id))
			continue
		}
		if have.Del != k.r.Del {
			found = append(found, fmt.Sprintf("%s %s: deleted %v, want %v", k.r.Kind, id, have.Del, k.r.Del))
		}
		for name, s := range k.r.F {
			if got, want := string(have.Get(name)), string(s.V); open(name) && got != want {
				found = append(found, fmt.Sprintf("%s %s: %s is %s, want %s", k.r.Kind, id, name, got, want))
			}
		}
		for name := range have.F {
			if !open(name) {
				rule = "I4"
				found = append(found, fmt.Sprintf("%s %s: %s is not this member's to see", k.r.Kind, id, name))
			}
		}
	}
	for id := range base {
		if b.recs[id] == nil {
			found = append(found, fmt.Sprintf("%s is there and on no server", id))
		}
	}
	slices.Sort(found)
	return rule, found
}
