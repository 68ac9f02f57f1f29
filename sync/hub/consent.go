package hub

import (
	"cmp"
	"slices"

	"samspor/sync/fault"
	"samspor/sync/plan"
)

// consentDays is how long a consent lasts at most (R37).
const consentDays = 364

// keepConsent asks for a consent: what for, what, from whom, to whom, and who answers.
func keepConsent(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	for _, set := range []string{"fromSectors", "toSectors", "categories", "requiredFrom"} {
		if len(plan.Members(r.Get(set))) == 0 {
			return fault.ValueMissing
		}
	}
	if r.Str("purpose") == "" {
		return fault.ValueMissing
	}
	d.text(r, "state", "requested")
	return nil
}

// keepConsentAnswer takes an answer from whoever is asked, or one that was given by
// mouth and written down by somebody at work, and works out what the consent now
// counts for: given only when all have said yes (R34), withdrawn at once (R38).
func keepConsentAnswer(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	c, err := d.Get(plan.RecordID(r.Str("consent")))
	if err != nil || c == nil || r.Str("answer") == "" {
		return cmp.Or[error](err, fault.ValueMissing)
	}
	me := string(d.member.Person)
	d.orElse(r, "person", me)
	if !c.Has("requiredFrom", r.Str("person")) {
		return fault.ConsentNotAsked
	}
	if r.Str("person") != me {
		if d.member.Role == plan.RoleGuardian || r.Str("answer") == "withdrawn" {
			return fault.ConsentNotAsked
		}
		d.text(r, "method", "oral_recorded")
		d.text(r, "recordedBy", me)
	}
	d.orElse(r, "method", "digital")
	d.text(r, "at", string(d.today()))
	return d.count(c)
}

// count says what a consent counts for, from the last answer of each who is asked.
func (d *draft) count(c *plan.Record) error {
	answers, err := d.all("consentAnswer")
	if err != nil {
		return err
	}
	last := map[string]*plan.Record{}
	answers = of(answers, "consentAnswer", "consent", c.ID)
	slices.SortStableFunc(answers, func(a, b *plan.Record) int { // a new one has no number yet and comes last
		return cmp.Compare(a.Born-1, b.Born-1)
	})
	for _, a := range answers {
		last[a.Str("person")] = a
	}
	yes, said := 0, ""
	for _, p := range plan.Members(c.Get("requiredFrom")) {
		switch a := last[p]; {
		case a == nil:
		case a.Str("answer") == "yes":
			yes++
		case said != "withdrawn":
			said = a.Str("answer")
		}
	}
	c = d.mine(c)
	switch {
	case said == "withdrawn":
		d.text(c, "state", "withdrawn")
		d.text(c, "validTo", string(d.today().AddDays(-1)))
	case said == "no":
		d.text(c, "state", "declined")
	case yes == len(plan.Members(c.Get("requiredFrom"))) && c.Str("state") != "given":
		d.text(c, "state", "given")
		d.text(c, "validFrom", string(d.today()))
		d.text(c, "validTo", string(d.today().AddDays(consentDays)))
	}
	return nil
}
