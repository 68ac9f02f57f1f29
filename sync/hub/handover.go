package hub

import (
	"slices"

	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// keepHandover passes the rope on: asked for by who holds it, or by a leader; taken by
// who is asked; and complete when everybody knows (R2-R4, TH1-TH3).
func keepHandover(d *draft, r *plan.Record) error {
	if d.fresh[r.ID] {
		return d.propose(r)
	}
	from, to, err := d.moved(r, "state")
	if err != nil || from == to {
		return err
	}
	me := string(d.member.Person)
	switch plan.HandoverState(to) {
	case plan.HandoverAccepted:
		if r.Str("to") != me {
			return fault.HandoverNotYours
		}
		return d.accept(r)
	case plan.HandoverDeclined:
		if r.Str("to") != me {
			return fault.HandoverNotYours
		}
	case plan.HandoverWithdrawn:
		if r.Str("to") == me {
			return fault.HandoverNotYours
		}
	case plan.HandoverCompleted:
		if all, err := d.allTold(r); err != nil || !all {
			return firstError(err, fault.HandoverNotAllTold)
		}
	}
	return nil
}

// propose asks somebody with access, with a word for each open agreement of who holds
// the rope. Nothing changes yet (R2).
func (d *draft) propose(r *plan.Record) error {
	holder := d.holder()
	if d.member.Tovholder {
		holder = d.member.Person
	}
	if to := r.Str("to"); to == "" || to == string(holder) || !d.hasAccess(plan.PersonID(to)) {
		return fault.HandoverNoAccess // R4
	}
	if r.Str("reason") == "" {
		return fault.HandoverNoReason
	}
	others, err := d.all("handover")
	if err != nil {
		return err
	}
	for _, h := range others {
		if h.ID != r.ID && h.Str("state") == string(plan.HandoverProposed) && h.Str("from") == string(holder) {
			return fault.HandoverWaiting
		}
	}
	tasks, err := d.openTasks(holder)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if !r.Has("openTasks", string(t.ID)) {
			return fault.HandoverTasksOpen // TH2
		}
	}
	d.orElse(r, "from", string(holder)) // a plan without a tovholder gets one without an outgoing
	d.text(r, "proposedAt", string(instant(d.now)))
	d.text(r, "state", string(plan.HandoverProposed))
	d.orElse(r, "effectiveFrom", string(d.today()))
	return nil
}

// holder gives who holds the rope today; nobody in a plan without a tovholder.
func (d *draft) holder() plan.PersonID {
	for _, h := range d.s.access.Holders {
		if h.on(d.today()) {
			return h.Person
		}
	}
	return ""
}

// hasAccess says whether somebody signs in to this plan today.
func (d *draft) hasAccess(p plan.PersonID) bool {
	return slices.ContainsFunc(d.s.access.Members, func(m member) bool {
		return m.Person == p && rules.Sees(m.Role) && m.on(d.today())
	})
}

// accept ends the old assignment on the day before, begins the new one, and moves and
// ends the agreements as they were settled: all in one commit, or nothing.
func (d *draft) accept(r *plan.Record) error {
	day := max(plan.Day(r.Str("effectiveFrom")), d.today())
	d.text(r, "effectiveFrom", string(day))
	d.text(r, "acceptedAt", string(instant(d.now)))
	scope, err := d.endAssignments(r, day)
	if err != nil {
		return err
	}
	if err := d.assign(r.ID, "new", plan.PersonID(r.Str("to")), scope, day); err != nil {
		return err
	}
	tasks, err := d.openTasks(plan.PersonID(r.Str("from")))
	for _, t := range tasks {
		switch {
		case r.Has("ended", string(t.ID)):
			d.text(d.mine(t), "state", string(plan.TaskCancelled))
		case r.Has("moved", string(t.ID)):
			t = d.mine(t)
			d.text(t, "responsible", r.Str("to"))
			d.put(t, "takenOn", plan.Null)
		}
	}
	if all, bad := d.allTold(r); err == nil && all { // everybody knew before the yes
		d.text(r, "state", string(plan.HandoverCompleted))
	} else if err == nil {
		err = bad
	}
	return err
}

// endAssignments ends what the outgoing one holds, and gives the tracks that go over.
// Those that were not part of the handover stay, as an assignment of their own.
func (d *draft) endAssignments(r *plan.Record, day plan.Day) ([]string, error) {
	held, err := d.all("tovholder")
	if err != nil {
		return nil, err
	}
	wanted, scope := plan.Members(r.Get("scope")), []string(nil)
	for _, t := range of(held, "tovholder", "person", plan.RecordID(r.Str("from"))) {
		if t.Str("to") != "" && plan.Day(t.Str("to")) < day {
			continue
		}
		var kept []string
		for _, track := range plan.Members(t.Get("scope")) {
			if len(wanted) == 0 || slices.Contains(wanted, track) {
				scope = append(scope, track)
			} else {
				kept = append(kept, track)
			}
		}
		d.text(d.mine(t), "to", string(max(day.AddDays(-1), plan.Day(t.Str("from")))))
		if len(kept) > 0 {
			if err := d.assign(r.ID, "kept", plan.PersonID(r.Str("from")), kept, day); err != nil {
				return nil, err
			}
		}
	}
	if len(scope) == 0 {
		scope = wanted
	}
	return scope, nil
}

// assign writes down who holds the rope for some tracks from a day on.
func (d *draft) assign(handover plan.RecordID, part string, person plan.PersonID, scope []string, day plan.Day) error {
	id := derive("tovholder", string(d.s.id), string(handover), part)
	if old, err := d.Get(id); err != nil || old != nil {
		return err
	}
	t := &plan.Record{ID: id, Kind: "tovholder", F: map[string]plan.Stamp{}, By: d.member.Person}
	d.text(t, "person", string(person))
	d.text(t, "from", string(day))
	d.Put(t)
	return d.list(t, map[string][]string{"scope": scope})
}

// keepAcknowledgement notes that somebody knows who the new tovholder is. The outgoing
// one may say it for those told on the phone. The last one completes the handover.
func keepAcknowledgement(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	h, err := d.Get(plan.RecordID(r.Str("handover")))
	if err != nil || h == nil {
		return firstError(err, fault.ValueMissing)
	}
	me := string(d.member.Person)
	d.orElse(r, "person", me)
	if r.Str("person") == me {
		d.text(r, "how", "seen")
	} else {
		mayTell := h.Str("from") == me || len(rules.Rights(d.member)["handover"].Set) > 0 // the outgoing one, or who leads when they are gone
		if !mayTell {
			return fault.HandoverNotYours
		}
		d.text(r, "how", "phone")
	}
	d.text(r, "at", string(instant(d.now)))
	if h.Str("state") != string(plan.HandoverAccepted) {
		return nil
	}
	all, err := d.allTold(h)
	if all {
		d.text(d.mine(h), "state", string(plan.HandoverCompleted))
	}
	return err
}

// allTold says whether everybody who signs in today knows (R3).
func (d *draft) allTold(h *plan.Record) (bool, error) {
	acks, err := d.all("acknowledgement")
	if err != nil {
		return false, err
	}
	told := map[string]bool{h.Str("from"): true, h.Str("to"): true}
	for _, a := range of(acks, "acknowledgement", "handover", h.ID) {
		told[a.Str("person")] = true
	}
	for _, m := range d.s.access.Members {
		if rules.Sees(m.Role) && m.on(d.today()) && !told[string(m.Person)] {
			return false, nil
		}
	}
	return true, nil
}
