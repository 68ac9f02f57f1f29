package hub

import (
	"time"

	"samspor/sync/calendar"
	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// Told is one person who is to be told of something, and who signs in.
type Told struct {
	Account plan.AccountID
	Person  plan.PersonID
}

// Telling is what a timer that has run out means today.
type Telling struct {
	To    []Told
	Days  calendar.Calendar // whose working days count
	Zone  *time.Location
	Start time.Time // of the meeting that it is about; zero for anything else
}

// Tell says whom a timer of a record concerns as the plan stands now: members of today
// who may see the record today. Nobody, once the record is gone or it no longer matters.
func (c *Core) Tell(space plan.SpaceID, rec plan.RecordID, kind plan.TimerKind) (t Telling, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		st := c.newState(r, nil)
		s, err := st.load(space)
		if err != nil || s.head.Seq == 0 || s.access.Closed {
			return err
		}
		record, err := st.record(s, rec)
		if err != nil || record == nil {
			return err
		}
		now := c.Now()
		profile := s.access.Calendar
		if profile == "" {
			profile = "DK-kommune"
		}
		if t.Days, err = calendar.For(profile, s.access.Closing); err != nil {
			return err
		}
		t.Zone = calendar.Zone(string(s.access.Country))
		if at, err := calendar.ParseInstant(record.Str("start")); err == nil && record.Kind == "meeting" {
			t.Start = at
		}
		scene, bad := st.scene(s, calendar.DayOf(now, t.Zone))
		people := rules.Told(kind, record, scene)
		if err := *bad; err != nil {
			return err
		}
		for _, p := range people {
			if account := s.access.accountOf(p, calendar.DayOf(now, t.Zone)); account != "" {
				m, ok, _ := s.access.member(account, now)
				if !ok || m.Person != p {
					continue
				}
				if _, shown := rules.Project(record, rules.SightOf(m), 0); shown {
					t.To = append(t.To, Told{account, p})
				}
			}
		}
		return nil
	})
	return t, err
}

// accountOf gives the account with which somebody signs in on a day.
func (a *access) accountOf(p plan.PersonID, day plan.Day) plan.AccountID {
	for _, m := range a.Members {
		if m.Person == p && m.on(day) && rules.Sees(m.Role) {
			return m.Account
		}
	}
	return ""
}

// scene gives what the table of whom to tell reads; what goes wrong meanwhile stands in bad.
func (st *state) scene(s *space, day plan.Day) (scene rules.Scene, bad *error) {
	bad = new(error)
	for _, h := range s.access.Holders {
		if h.on(day) {
			scene.Holders = append(scene.Holders, h.Person)
		}
	}
	for _, m := range s.access.Members {
		if m.Role == plan.RoleProfessionalLead && m.on(day) {
			scene.Leads = append(scene.Leads, m.Person)
		}
	}
	for _, w := range s.access.Ways {
		if w.on(day) {
			scene.Ways = append(scene.Ways, w.Person)
		}
	}
	scene.Get = func(id plan.RecordID) *plan.Record {
		r, err := st.record(s, id)
		*bad = firstError(*bad, err)
		return r
	}
	scene.Of = func(kind, field string, of plan.RecordID) (list []*plan.Record) {
		err := st.each(s, func(r *plan.Record) {
			if r.Kind == kind && !r.Del && r.Str(field) == string(of) {
				list = append(list, r)
			}
		})
		*bad = firstError(*bad, err)
		return list
	}
	return scene, bad
}
