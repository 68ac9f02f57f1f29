package hub

import (
	"cmp"
	"slices"

	"samspor/sync/calendar"
	"samspor/sync/fault"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// keepers hold each kind of record against the rules that are no table row, and add
// what follows from a change on the server alone, in the same commit.
var keepers = map[string]func(*draft, *plan.Record) error{
	"case": keepCase, "membership": keepMembership, "contactPerson": keepContact,
	"task": keepTask, "goal": keepGoal, "note": keepNote, "evaluation": keepEvaluation,
	"levelEntry": keepLevel, "legalMarker": keepMarker, "referral": keepReferral, "transition": keepTransition,
	"meeting": keepMeeting, "participant": keepParticipant, "agendaItem": keepAgendaItem, "minutesSection": keepSection,
	"wish": keepWish, "meetingRequest": keepRequest, "remark": keepRemark, "receipt": keepReceipt, "form": keepForm,
	"handover": keepHandover, "acknowledgement": keepAcknowledgement,
	"consent": keepConsent, "consentAnswer": keepConsentAnswer,
}

// serverSet are fields that only a keeper writes.
var serverSet = map[string][]string{
	"note": {"person", "at"}, "remark": {"person", "at"}, "receipt": {"person", "at"}, "form": {"person"},
	"task": {"doneAt"}, "membership": {"account"}, "agendaItem": {"proposedBy"}, "evaluation": {"person"},
	"referral": {"person"}, "levelEntry": {"decidedBy", "to"}, "legalMarker": {"due"}, "participant": {"invitedAt"},
	"wish": {"person", "due"}, "meetingRequest": {"person", "at", "answerDue"}, "acknowledgement": {"at"},
	"meeting":  {"invitedAt", "agendaSentAt", "agendaDeadline", "heldByDeadline", "minutesSharedAt"},
	"handover": {"from", "proposedAt", "acceptedAt"},
	"consent":  {"state", "validFrom", "validTo"}, "consentAnswer": {"at", "recordedBy"},
}

// react runs the keepers of what a change has touched.
func (d *draft) react() error {
	for _, id := range d.inOrder() {
		r := d.records[id]
		if err := d.keepNameless(r); err != nil {
			return err
		}
		if keep := keepers[r.Kind]; keep != nil && !r.Del {
			if err := keep(d, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// before gives a record as it was before this change; nil if it was not there.
func (d *draft) before(id plan.RecordID) (*plan.Record, error) { return d.st.record(d.s, id) }

// moved gives a field's text before and after this change.
func (d *draft) moved(r *plan.Record, field string) (from, to string, err error) {
	old, err := d.before(r.ID)
	if old != nil {
		from = old.Str(field)
	}
	return from, r.Str(field), err
}

// mine gives a copy of a record that a keeper may write to.
func (d *draft) mine(r *plan.Record) *plan.Record {
	if laid, ok := d.records[r.ID]; ok {
		return laid
	}
	r = r.Clone()
	d.records[r.ID] = r
	return r
}

// all gives the live records of some kinds as this change leaves them, in one order.
func (d *draft) all(kinds ...string) ([]*plan.Record, error) {
	var found []*plan.Record
	take := func(r *plan.Record) {
		if !r.Del && slices.Contains(kinds, r.Kind) {
			found = append(found, r)
		}
	}
	err := d.st.each(d.s, func(r *plan.Record) {
		if _, laid := d.records[r.ID]; !laid {
			take(r)
		}
	})
	for _, r := range d.records {
		take(r)
	}
	slices.SortFunc(found, func(a, b *plan.Record) int { return cmp.Compare(a.ID, b.ID) })
	return found, err
}

// of keeps the records that point to one by a field.
func of(records []*plan.Record, kind, field string, id plan.RecordID) []*plan.Record {
	return slices.DeleteFunc(slices.Clone(records), func(r *plan.Record) bool {
		return r.Kind != kind || r.Str(field) != string(id)
	})
}

func (d *draft) today() plan.Day {
	return calendar.DayOf(d.now, calendar.Zone(string(d.s.access.Country)))
}

// text, orElse and sign write what everybody else can see too: a value, a value
// where there is none, and who did it when.
func (d *draft) text(r *plan.Record, field, value string) { d.put(r, field, plan.String(value)) }

func (d *draft) orElse(r *plan.Record, field, value string) {
	if r.Str(field) == "" && value != "" {
		d.text(r, field, value)
	}
}

func (d *draft) sign(r *plan.Record) {
	if d.fresh[r.ID] {
		d.text(r, "person", string(d.member.Person))
		if plan.Kinds[r.Kind].Field("at").Type == plan.TypeInstant {
			d.text(r, "at", string(instant(d.now)))
		}
	}
}

// keepCase closes a plan, and opens it again, for a reason.
func keepCase(d *draft, r *plan.Record) error {
	from, to, err := d.moved(r, "state")
	if isTurn := to == "closed" || from == "closed"; err != nil || from == "" || from == to || !isTurn {
		return err
	}
	if was, is, err := d.moved(r, "stateReason"); err != nil || is == "" || was == is {
		return cmp.Or[error](err, fault.CaseNoReason)
	}
	return nil
}

// keepNote signs what somebody wrote about a record.
func keepNote(d *draft, r *plan.Record) error {
	if r.Str("about") == "" || r.Str("text") == "" {
		return fault.ValueMissing
	}
	d.sign(r)
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
