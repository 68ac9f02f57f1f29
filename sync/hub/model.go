package hub

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"samspor/sync/calendar"
	"samspor/sync/models"
	"samspor/sync/plan"
)

// pinned are the collaboration models that a case was opened with: what the
// municipality had then, and not what it has today.
func (d *draft) pinned() (map[plan.ModelID]models.Model, error) {
	records, err := d.all("model")
	if err != nil {
		return nil, err
	}
	all := make(map[plan.ModelID]models.Model, len(records))
	for _, r := range records {
		m := models.Model{ID: plan.ModelID(r.ID)}
		for name, into := range map[string]any{"levels": &m.Levels, "legal": &m.Legal} {
			if v := r.Get(name); v.Kind() != 'n' {
				if err := json.Unmarshal(v, into); err != nil {
					return nil, err
				}
			}
		}
		all[m.ID] = m
	}
	return all, nil
}

// levelOf finds the level of an entry in its pinned model; nil if there is none.
func (d *draft) levelOf(entry *plan.Record) (*models.Level, error) {
	all, err := d.pinned()
	m := all[plan.ModelID(entry.Str("model"))]
	for i := range m.Levels {
		if string(plan.Int(m.Levels[i].N)) == string(entry.Get("level")) {
			return &m.Levels[i], err
		}
	}
	return nil, err
}

// latestReview is the last day on which an entry that has a rhythm is looked at next,
// counted from a day; empty for one without (R9, DL3).
func (d *draft) latestReview(entry *plan.Record, from plan.Day) (plan.Day, error) {
	level, err := d.levelOf(entry)
	if level == nil || level.ReviewEvery == 0 || from == "" {
		return "", err
	}
	return calendar.MonthsAfter(from, level.ReviewEvery), err
}

// meetingClock gives how many working days a kind of meeting has from or to an anchor,
// "meeting" or "invitation"; 0 for none. The clock belongs to the kind of meeting of a
// collaboration model, never to meetings as such (TN1, R13, R14).
func meetingClock(all map[plan.ModelID]models.Model, meeting *plan.Record, anchor string) int {
	for _, id := range slices.Sorted(maps.Keys(all)) {
		for _, l := range all[id].Levels {
			if string(l.MeetingKind) != meeting.Str("kind") {
				continue
			}
			i := slices.IndexFunc(l.Deadlines, func(x models.Deadline) bool { return x.Anchor == anchor && x.Unit == "working" })
			if i >= 0 {
				return l.Deadlines[i].Days
			}
		}
	}
	return 0
}

// lawLimit counts the day by which a statutory step is due, from when the authority
// began to count (R28, DL4); empty for one without a limit. The plan shows these days
// and never decides anything by them.
func lawLimit(all map[plan.ModelID]models.Model, cal calendar.Calendar, marker string, from plan.Day) plan.Day {
	for _, id := range slices.Sorted(maps.Keys(all)) {
		for _, l := range all[id].Legal {
			if l.ID != marker || l.Limit == nil {
				continue
			}
			switch l.Limit.Unit {
			case "hour":
				return from.AddDays((l.Limit.Count + 23) / 24)
			case "weekday":
				return cal.WeekdaysAfter(from, l.Limit.Count)
			case "month":
				return calendar.MonthsAfter(from, l.Limit.Count)
			}
		}
	}
	return ""
}
