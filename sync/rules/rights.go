// Package rules says what may happen: who may see, who may write, and where a
// state may lead. It is mostly tables.
//
// Its one rule: rights are decided here, by the server, with today's membership;
// the phone is told the outcome as data and never evaluates it. Start with Rights.
package rules

import (
	"slices"

	"samspor/sync/plan"
)

// Member is one person in one space, today.
type Member struct {
	Account   plan.AccountID
	Person    plan.PersonID
	Role      plan.Role
	Tovholder bool            // holds the rope of this case today
	Callable  []plan.PersonID // whom even a limited member may call: tovholdere and contact persons
	InOrg     bool            // the space is an organisation, not a case
}

// Sees says whether the role opens the space at all.
func Sees(r plan.Role) bool { return full(r) || limited(r) }

func full(r plan.Role) bool {
	return r == plan.RoleGuardian || r == plan.RoleProfessional || r == plan.RoleProfessionalLead
}

// limited roles see the core of a case and what is their own (R44, R45).
func limited(r plan.Role) bool {
	return r == plan.RoleChild || r == plan.RoleCompanion || r == plan.RoleNetworkLimited || r == plan.RoleMeetingGuest
}

var (
	taskFields = []string{"title", "state", "responsible", "helpers", "due", "goal", "recurring", "sector", "sensitivity"}
	ownTask    = plan.May{New: true, Own: []string{"state"}}
	anyTask    = plan.May{New: true, Own: []string{"state"}, Others: true}
	allTasks   = plan.May{New: true, Set: taskFields, Others: true}
	makes      = plan.May{New: true}
	replies    = plan.May{Own: []string{"reply", "apology"}}
)

// rights is the table of DOMAIN 2.5: what each role may write in a case.
var rights = map[plan.Role]map[string]plan.May{
	plan.RoleChild:            {"task": ownTask, "note": makes, "participant": replies},
	plan.RoleGuardian:         {"task": ownTask, "note": makes, "participant": replies},
	plan.RoleNetworkLimited:   {"task": ownTask, "note": makes, "participant": replies},
	plan.RoleCompanion:        {"participant": replies},
	plan.RoleMeetingGuest:     {"participant": replies},
	plan.RoleProfessional:     {"task": anyTask, "note": makes, "participant": replies},
	plan.RoleProfessionalLead: {"task": allTasks, "note": makes, "participant": replies},
}

// inOrganisation is what each role may do from an organisation's space: open cases.
var inOrganisation = map[plan.Role]map[string]plan.May{
	plan.RoleProfessional:     {"case": makes},
	plan.RoleProfessionalLead: {"case": makes},
}

// Rights gives what a member may write, by kind.
func Rights(m Member) map[string]plan.May {
	if m.InOrg {
		return inOrganisation[m.Role]
	}
	table := rights[m.Role]
	if !m.Tovholder || table == nil {
		return table
	}
	held := map[string]plan.May{}
	for kind, may := range table {
		held[kind] = may
	}
	held["task"] = allTasks // the tovholder keeps everybody's agreements in order
	return held
}

// MayWrite says whether a member may write a field of a record as it stands.
func MayWrite(m Member, r *plan.Record, field string) bool {
	may := Rights(m)[r.Kind]
	return slices.Contains(may.Set, field) || slices.Contains(may.Own, field) && Own(m, r)
}

// MayDelete says whether a member may delete a record, and take that back: who
// keeps all records of its kind in order, and whoever gives up their own parked change.
func MayDelete(m Member, r *plan.Record) bool {
	switch r.Kind {
	case "parked":
		return r.Str("person") == string(m.Person)
	case "quarantine":
		return m.Tovholder
	}
	return len(Rights(m)[r.Kind].Set) > 0
}

// Own says whether a record is a member's own: they are responsible, help, or it is about their part.
func Own(m Member, r *plan.Record) bool {
	me := string(m.Person)
	switch r.Kind {
	case "task":
		return r.Str("responsible") == me || r.Has("helpers", me)
	case "participant":
		return r.Str("person") == me
	}
	return false
}
