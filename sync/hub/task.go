package hub

import (
	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// undoDays is how long a done task may be opened again.
const undoDays = 14

// keepTask sees that a task has exactly one responsible (R23), that nobody hands out
// work or says yes for somebody else, and notes the day it was done.
func keepTask(d *draft, r *plan.Record) error {
	old, err := d.before(r.ID)
	if err != nil {
		return err
	}
	if d.fresh[r.ID] {
		if err := d.startTask(r); err != nil {
			return err
		}
	}
	if r.Str("responsible") == "" && r.Str("state") != string(plan.TaskDraft) {
		return fault.TaskNoResponsible
	}
	if err := d.keepTaken(r, old); err != nil {
		return err
	}
	if old != nil && old.Str("state") != r.Str("state") {
		if err := d.keepTurn(r, old); err != nil {
			return err
		}
	}
	switch done := r.Str("state") == string(plan.TaskDone); {
	case done && r.Str("doneAt") == "":
		d.text(r, "doneAt", string(d.today()))
	case !done && r.Str("doneAt") != "":
		d.put(r, "doneAt", plan.Null)
	}
	return nil
}

// startTask looks at a new task: what it is called, and whether its maker may give
// it to somebody. A draft belongs to a meeting that its maker hosts.
func (d *draft) startTask(r *plan.Record) error {
	if r.Str("title") == "" {
		return fault.ValueMissing
	}
	d.orElse(r, "state", string(plan.TaskOpen))
	if r.Str("state") == string(plan.TaskDraft) {
		return d.hostsOnly(r)
	}
	who := r.Str("responsible")
	if who != "" && who != string(d.member.Person) && !rules.Rights(d.member)["task"].Others {
		return fault.TaskOnlyOwn
	}
	return nil
}

// keepTaken lets only the responsible say yes to a task (PT8); who is new to it has not said so yet.
func (d *draft) keepTaken(r, old *plan.Record) error {
	was := ""
	if old != nil {
		was = old.Str("takenOn")
		if old.Str("responsible") != r.Str("responsible") && was == r.Str("takenOn") {
			d.put(r, "takenOn", plan.Null)
			return nil
		}
	}
	if is := r.Str("takenOn"); is != "" && is != was && r.Str("responsible") != string(d.member.Person) {
		return fault.TaskNotYoursToTake
	}
	return nil
}

// keepTurn asks why when somebody is stuck or calls a task off, and lets what was done
// long ago stand. Two who turn it the same way need one reason.
func (d *draft) keepTurn(r, old *plan.Record) error {
	to := plan.TaskState(r.Str("state"))
	isOff := to == plan.TaskCancelled && old.Str("state") != string(plan.TaskDraft)
	if (to == plan.TaskBlocked && old.Str("state") != string(plan.TaskDone) || isOff) && !d.saysWhy(r) {
		return fault.TaskNoReason
	}
	done := plan.Day(old.Str("doneAt"))
	if old.Str("state") == string(plan.TaskDone) && done != "" && done.AddDays(undoDays) < d.today() {
		return fault.TaskDoneTooLong
	}
	return nil
}

// saysWhy says whether this change holds a note about a record.
func (d *draft) saysWhy(r *plan.Record) bool {
	for _, n := range d.records {
		if n.Kind == "note" && d.fresh[n.ID] && n.Str("about") == string(r.ID) {
			return true
		}
	}
	return false
}

// keepGoal begins a goal as a proposal; who may not keep all goals proposes only (PT3).
func keepGoal(d *draft, r *plan.Record) error {
	if r.Str("title") == "" {
		return fault.ValueMissing
	}
	if !d.fresh[r.ID] {
		return nil
	}
	d.orElse(r, "state", "proposed")
	if r.Str("state") == "draft" {
		return d.hostsOnly(r)
	}
	if len(rules.Rights(d.member)["goal"].Set) == 0 {
		d.text(r, "state", "proposed")
	}
	return nil
}

// keepEvaluation signs a look back, and moves the next one on: a specialised effort is
// looked at within half a year of each review (R9, DL3).
func keepEvaluation(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	d.text(r, "person", string(d.member.Person))
	d.orElse(r, "at", string(d.today()))
	if r.Str("track") == "" {
		return nil
	}
	entries, err := d.all("levelEntry")
	if err != nil {
		return err
	}
	for _, e := range of(entries, "levelEntry", "track", plan.RecordID(r.Str("track"))) {
		latest, err := d.latestReview(e, plan.Day(r.Str("at")))
		if err != nil {
			return err
		}
		if e.Str("to") != "" || latest == "" {
			continue
		}
		next := plan.Day(r.Str("nextReview"))
		if next == "" {
			next = latest
		}
		if next > latest {
			return fault.LevelReviewLate
		}
		d.text(d.mine(e), "nextReview", string(next))
	}
	return nil
}

// keepReferral dates a referral, and lets none end without somebody in the
// municipality who follows up on a day (NO6).
func keepReferral(d *draft, r *plan.Record) error {
	if d.fresh[r.ID] {
		d.text(r, "person", string(d.member.Person))
		d.orElse(r, "state", "sent")
		d.orElse(r, "sentAt", string(d.today()))
		return nil
	}
	from, to, err := d.moved(r, "state")
	if err != nil || from == to {
		return err
	}
	d.orElse(r, "answeredAt", string(d.today()))
	if to != "refused" && to != "ended" {
		return nil
	}
	for _, t := range d.records {
		if t.Kind == "task" && d.fresh[t.ID] && t.Str("referral") == string(r.ID) && t.Str("due") != "" {
			return nil
		}
	}
	return fault.ReferralNoFollowUp
}

// keepTransition begins a change of place as planned, by whoever wrote it down (PT10).
func keepTransition(d *draft, r *plan.Record) error {
	if r.Str("to") == "" || r.Str("date") == "" {
		return fault.ValueMissing
	}
	d.orElse(r, "state", "planned")
	d.orElse(r, "owner", string(d.member.Person))
	return nil
}

// keepMarker counts the day by which a statutory step is due.
func keepMarker(d *draft, r *plan.Record) error {
	from := plan.Day(r.Str("from"))
	if from == "" {
		return nil
	}
	cal, err := d.workdays()
	if err != nil {
		return err
	}
	all, err := d.pinned()
	if due := lawLimit(all, cal, r.Str("type"), from); due != "" {
		d.text(r, "due", string(due))
	}
	return err
}

// keepForm notes who began a form.
func keepForm(d *draft, r *plan.Record) error {
	if d.fresh[r.ID] {
		d.text(r, "person", string(d.member.Person))
		d.orElse(r, "state", "draft")
	}
	return nil
}
