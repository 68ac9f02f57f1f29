package hub

import (
	"slices"

	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// family are the roles that a group without names never has (R11).
var family = []plan.Role{plan.RoleChild, plan.RoleGuardian, plan.RoleGuardianLimited, plan.RoleCompanion, plan.RoleNetworkLimited}

// keepMembership lets a person be in a plan once, and lets nobody leave who holds the
// rope or has agreements that nobody else has taken on (R1).
func keepMembership(d *draft, r *plan.Record) error {
	if d.fresh[r.ID] {
		d.orElse(r, "from", string(d.today()))
		if d.isNameless() && slices.Contains(family, plan.Role(r.Str("role"))) {
			return fault.GroupNoFamily
		}
		for _, m := range d.s.access.Members {
			if string(m.Person) == r.Str("person") && (m.To == "" || m.To >= d.today()) {
				return fault.MembershipTwice
			}
		}
		return nil
	}
	from, to, err := d.moved(r, "to")
	if err != nil || from == to || to == "" {
		return err
	}
	for _, h := range d.s.access.Holders {
		if string(h.Person) == r.Str("person") && (h.To == "" || string(h.To) > to) {
			return fault.MembershipHoldsRope
		}
	}
	tasks, err := d.openTasks(plan.PersonID(r.Str("person")))
	if err == nil && len(tasks) > 0 {
		err = fault.MembershipTasksOpen
	}
	return err
}

// openTasks gives what somebody has still to do, as the one responsible.
func (d *draft) openTasks(person plan.PersonID) ([]*plan.Record, error) {
	tasks, err := d.all("task")
	return slices.DeleteFunc(tasks, func(t *plan.Record) bool {
		s := plan.TaskState(t.Str("state"))
		return t.Str("responsible") != string(person) || s == plan.TaskDone || s == plan.TaskCancelled || s == plan.TaskDraft
	}), err
}

// keepContact has one way into each sector on each step (CP1, CP3).
func keepContact(d *draft, r *plan.Record) error {
	if r.Str("person") == "" || r.Str("sector") == "" {
		return fault.ValueMissing
	}
	isNow := func(c *plan.Record) bool { return c.Str("to") == "" || plan.Day(c.Str("to")) >= d.today() }
	if !isNow(r) {
		return nil
	}
	contacts, err := d.all("contactPerson")
	for _, c := range contacts {
		isSame := c.Str("sector") == r.Str("sector") && c.Str("model") == r.Str("model") && string(c.Get("level")) == string(r.Get("level"))
		if c.ID != r.ID && isSame && isNow(c) {
			return fault.ContactTaken
		}
	}
	return err
}

// isNameless says whether the space is a group without names.
func (d *draft) isNameless() bool {
	c, err := d.Get(plan.RecordID(d.s.id))
	return err == nil && c != nil && c.Str("kind") == "anonymous_group"
}

// keepNameless keeps what names somebody out of a group without names (R11).
func (d *draft) keepNameless(r *plan.Record) error {
	if r.Kind == "parked" || r.Kind == "conflict" || !d.isNameless() {
		return nil
	}
	switch r.Kind {
	case "child", "consent":
		return fault.GroupNoFamily
	case "referral", "message":
		return fault.GroupNoHealth
	case "person", "reach": // those at work stand with their names
		return nil
	}
	for _, name := range names(r.F) {
		if c := plan.Category(r.Str("sensitivity")); r.Kind == "task" && c == "health" {
			return fault.GroupNoHealth
		}
		if rules.HoldsPersonNumber(r.Str(name)) {
			return fault.GroupPersonNumber
		}
	}
	return nil
}
