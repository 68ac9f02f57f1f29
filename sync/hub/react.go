package hub

import (
	"samspor/sync/calendar"
	"samspor/sync/fault"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// react adds what follows from a change on the server alone, in the same commit.
func (d *draft) react() error {
	for _, id := range d.inOrder() {
		r := d.records[id]
		switch r.Kind {
		case "note":
			if d.fresh[id] {
				if err := signNote(d, r); err != nil {
					return err
				}
			}
		case "task":
			if err := keepTask(d, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// signNote writes who wrote a note and when, from the session and the server's clock.
func signNote(d *draft, r *plan.Record) error {
	if r.Str("about") == "" || r.Str("text") == "" {
		return fault.ValueMissing
	}
	d.put(r, "person", plan.String(string(d.member.Person)))
	d.put(r, "at", plan.String(string(instant(d.now))))
	return nil
}

// keepTask sees that a task has exactly one responsible (R23), that nobody hands
// out work they may not hand out, and notes the day it was done.
func keepTask(d *draft, r *plan.Record) error {
	if d.fresh[r.ID] {
		if r.Str("title") == "" {
			return fault.ValueMissing
		}
		if r.Str("state") == "" {
			d.put(r, "state", plan.String(string(plan.TaskOpen)))
		}
		if r.Str("responsible") != string(d.member.Person) && !rules.Rights(d.member)["task"].Others && r.Str("responsible") != "" {
			return fault.TaskOnlyOwn
		}
	}
	if r.Str("responsible") == "" {
		return fault.TaskNoResponsible
	}
	switch done := r.Str("state") == string(plan.TaskDone); {
	case done && r.Str("doneAt") == "":
		d.put(r, "doneAt", plan.String(string(calendar.DayOf(d.now, calendar.Zone(string(d.s.access.Country))))))
	case !done && r.Str("doneAt") != "":
		d.put(r, "doneAt", plan.Null)
	}
	return nil
}

// openingKinds are what the first change of a new case may hold beside the case itself.
var openingKinds = map[string]bool{"child": true, "person": true, "membership": true, "tovholder": true, "track": true, "note": true, "task": true}

// open makes a new case: its opener becomes its first member, with the role they
// have in the organisation whose right it is, and its models come along.
func (d *draft) open(ops []merge.Op) error {
	for i := range ops {
		if ops[i].New == nil || !isOne(&ops[i]) {
			return fault.CaseNotOpened
		}
		if err := d.checkNew(&ops[i], i == 0 || openingKinds[ops[i].Kind]); err != nil {
			return err
		}
		if _, err := merge.Apply(d, &ops[i], d.write); err != nil {
			return err
		}
	}
	c := d.records[plan.RecordID(d.c.Space)]
	role, self, err := d.opener(plan.SpaceID(c.Str("organisation")))
	if err != nil {
		return err
	}
	named := c.Str("kind") == "named"
	var me *plan.Record
	children, members := 0, 0
	for _, r := range d.records {
		switch r.Kind {
		case "child":
			children++
		case "membership":
			members++
			me = d.records[plan.RecordID(r.Str("person"))]
			d.put(r, "role", plan.String(string(role)))
			d.put(r, "account", plan.String(string(d.member.Account)))
		}
	}
	// R11: a group without names has no child.
	if members != 1 || me == nil || me.Kind != "person" || children > 1 || named != (children == 1) || c.Str("country") == "" {
		return fault.CaseNotOpened
	}
	for _, name := range []string{"name", "title", "sector", "organisation"} {
		d.put(me, name, self.Get(name))
	}
	d.member.Person, d.member.Role = plan.PersonID(me.ID), role
	d.write.Person = d.member.Person
	d.stampOpener()
	if c.Str("state") == "" {
		d.put(c, "state", plan.String("active"))
	}
	return d.addModels(c)
}

// opener finds what the pushing account is in the organisation that opens the case.
func (d *draft) opener(org plan.SpaceID) (plan.Role, *plan.Record, error) {
	if !plan.ValidID(string(org)) {
		return "", nil, fault.CaseNotOpened
	}
	o, err := d.st.load(org)
	if err != nil {
		return "", nil, err
	}
	m, ok, _ := o.access.member(d.member.Account, d.now)
	if !ok || !rules.Rights(m)["case"].New {
		return "", nil, fault.CaseNotOpened
	}
	self, err := d.st.record(o, plan.RecordID(m.Person))
	if err != nil {
		return "", nil, err
	}
	if self == nil {
		return "", nil, fault.CaseNotOpened
	}
	return m.Role, self, nil
}

// stampOpener signs what was written before it was known who the opener is in the new case.
func (d *draft) stampOpener() {
	for _, r := range d.records {
		r.By = d.member.Person
		for name, s := range r.F {
			s.By = d.member.Person
			r.F[name] = s
		}
	}
}
