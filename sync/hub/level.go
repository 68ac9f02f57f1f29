package hub

import (
	"strconv"

	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// keepLevel holds a move on the ladder against the guards of its model, ends the entry
// before it, and leaves every other track as it is (R5-R10, LS30).
func keepLevel(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return d.keepReview(r)
	}
	if err := d.mayMoveLevel(r); err != nil {
		return err
	}
	d.orElse(r, "from", string(d.today()))
	latest, err := d.latestReview(r, plan.Day(r.Str("from")))
	if err != nil {
		return err
	}
	d.orElse(r, "nextReview", string(latest))
	d.text(r, "decidedBy", string(d.member.Person))
	old, err := d.openEntry(r)
	if err != nil {
		return err
	}
	if missing := rules.MissingToMove(moveOf(r, old, latest)); len(missing) > 0 {
		return missing[0]
	}
	if old != nil {
		last := max(plan.Day(r.Str("from")).AddDays(-1), plan.Day(old.Str("from")))
		d.text(d.mine(old), "to", string(last))
	}
	return nil
}

// keepReview keeps a review that is moved within its rhythm.
func (d *draft) keepReview(r *plan.Record) error {
	from, to, err := d.moved(r, "nextReview")
	if err != nil || from == to {
		return err
	}
	latest, err := d.latestReview(r, d.today())
	if latest != "" && r.Str("to") == "" && (to == "" || plan.Day(to) > latest) {
		return fault.LevelReviewLate
	}
	return err
}

// mayMoveLevel asks who moves, and whether the model has the level; a group without
// names stays where no child has to be known (R11, R12).
func (d *draft) mayMoveLevel(r *plan.Record) error {
	level, err := strconv.Atoi(string(r.Get("level")))
	if err != nil {
		return fault.LevelUnknown
	}
	sector, err := d.sector()
	if err != nil {
		return err
	}
	if !rules.MayMoveLevel(d.member, sector, plan.ModelID(r.Str("model")), level) {
		return fault.LevelNotYours
	}
	if found, err := d.levelOf(r); err != nil || found == nil {
		return firstError(err, fault.LevelUnknown)
	}
	if d.isNameless() && level > 2 {
		return fault.GroupNoFamily
	}
	return nil
}

// sector gives the sector that the member speaks for.
func (d *draft) sector() (plan.Sector, error) {
	p, err := d.Get(plan.RecordID(d.member.Person))
	if err != nil || p == nil {
		return "", err
	}
	return plan.Sector(p.Str("sector")), nil
}

// openEntry gives the entry that a new one follows on its model and track.
func (d *draft) openEntry(r *plan.Record) (*plan.Record, error) {
	entries, err := d.all("levelEntry")
	for _, e := range entries {
		if e.ID != r.ID && e.Str("to") == "" && e.Str("model") == r.Str("model") && e.Str("track") == r.Str("track") {
			return e, err
		}
	}
	return nil, err
}

func moveOf(r, old *plan.Record, latest plan.Day) rules.LevelMove {
	has := func(field string) bool { return r.Str(field) != "" }
	to, _ := strconv.Atoi(string(r.Get("level"))) // mayMoveLevel has seen to it
	m := rules.LevelMove{
		Model: plan.ModelID(r.Str("model")), To: to, Start: plan.Day(r.Str("from")), Review: plan.Day(r.Str("nextReview")),
		Latest: latest, Reason: has("reason"), SkipReason: has("skipReason"),
		Discussed: has("discussedAt") || has("skipReason"), Leader: has("leaderInvolved"), LeaderRole: has("leaderRole"),
		Tovholder: has("nextTovholder"), Assessments: has("assessments"), FollowUp: has("followUp"), StartingPoint: has("startingPoint"),
		Adviser: has("adviser") || has("noAdviser"), EntryWay: has("entryWay"), ReferredTo: has("referredTo"),
	}
	if old != nil {
		from, _ := strconv.Atoi(string(old.Get("level"))) // it is in the store
		m.From, m.Before, m.Conveyed = &from, plan.Day(old.Str("from")), old.Str("conveyedAt") != ""
	}
	return m
}
