package hub

import (
	"slices"

	"samspor/sync/fault"
	"samspor/sync/plan"
)

// share publishes minutes: with them, in the same commit, every agreement and goal
// that was written in the meeting (R23, PT2). Until then they are their writers' draft.
func (d *draft) share(r *plan.Record) error {
	parts, err := d.all("minutesSection", "task", "goal", "participant")
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(of(parts, "minutesSection", "meeting", r.ID), func(s *plan.Record) bool { return s.Str("text") != "" }) {
		return fault.MinutesEmpty
	}
	if err := d.childMissed(r, of(parts, "participant", "meeting", r.ID)); err != nil {
		return err
	}
	d.text(r, "state", string(plan.MeetingMinutesShared))
	d.text(r, "minutesSharedAt", string(instant(d.now)))
	tasks, goals := plan.Members(r.Get("tasks")), plan.Members(r.Get("goals"))
	for _, t := range of(parts, "task", "sourceMeeting", r.ID) {
		if t.Str("state") != string(plan.TaskDraft) {
			continue
		}
		if t.Str("responsible") == "" || t.Str("due") == "" {
			return fault.MinutesTaskIncomplete
		}
		d.text(d.mine(t), "state", string(plan.TaskOpen))
		tasks = append(tasks, string(t.ID))
	}
	for _, g := range of(parts, "goal", "meeting", r.ID) {
		if g.Str("state") != "draft" {
			continue
		}
		g = d.mine(g)
		d.text(g, "state", "active")
		d.orElse(g, "agreedAt", string(d.today()))
		goals = append(goals, string(g.ID))
	}
	return d.list(r, map[string][]string{"tasks": tasks, "goals": goals})
}

// list writes sets of a record.
func (d *draft) list(r *plan.Record, sets map[string][]string) error {
	for _, name := range names(sets) {
		v, wrong := plan.Set(plan.Kinds[r.Kind].Field(name), sets[name])
		if wrong != "" {
			return faultOf[wrong]
		}
		d.put(r, name, v)
	}
	return nil
}

// childMissed asks why when the child was not at a meeting about them (MT19).
func (d *draft) childMissed(r *plan.Record, places []*plan.Record) error {
	if r.Str("kind") != "tvaerfagligt_netvaerksmoede" || r.Str("childAbsent") != "" {
		return nil
	}
	for _, m := range d.s.access.Members {
		if m.Role != plan.RoleChild {
			continue
		}
		isThere := slices.ContainsFunc(places, func(p *plan.Record) bool {
			return p.Str("person") == string(m.Person) && p.Str("attendance") != string(plan.AttendanceAbsent)
		})
		if !isThere && (r.Str("childHow") == "" || r.Str("childHow") == "not_now") {
			return fault.MinutesChildAbsent
		}
	}
	return nil
}

// keepSection lets the hosts of a meeting write its minutes; the first part makes them a draft.
func keepSection(d *draft, r *plan.Record) error {
	if !d.fresh[r.ID] {
		return nil
	}
	if err := d.hostsOnly(r); err != nil {
		return err
	}
	meeting, err := d.meetingOf(r)
	if err == nil && meeting.Str("minutesState") == "" {
		d.text(d.mine(meeting), "minutesState", string(plan.MinutesDraft))
	}
	return err
}

// keepRemark signs a remark beside minutes (R25).
func keepRemark(d *draft, r *plan.Record) error {
	if r.Str("text") == "" || r.Str("meeting") == "" {
		return fault.ValueMissing
	}
	d.sign(r)
	return nil
}

// keepReceipt signs that somebody has read something (NO9).
func keepReceipt(d *draft, r *plan.Record) error {
	if r.Str("about") == "" {
		return fault.ValueMissing
	}
	d.sign(r)
	return nil
}
