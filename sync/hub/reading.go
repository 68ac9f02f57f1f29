package hub

import (
	"cmp"
	"slices"

	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/rules"
	"samspor/sync/wire"
)

// Seen is what one member may see in a space.
type Seen struct {
	Person  plan.PersonID // who they are there
	Records []wire.Record // in the order of their making
}

// Visible gives the live records of some kinds that a member may see in a space, as
// they may see them. It goes through the same gate as a pull: export, print and the
// calendar have no other way to read. A space that is not theirs is a *Refused.
func (c *Core) Visible(account plan.AccountID, space plan.SpaceID, kinds ...string) (seen Seen, err error) {
	if !plan.ValidID(string(space)) {
		return seen, &Refused{Reason: NotFound, Change: -1}
	}
	err = c.Store.View(func(r kv.Reader) error {
		st := c.newState(r, nil)
		s, err := st.load(space)
		if err != nil {
			return err
		}
		m, ok, _ := s.access.member(account, c.Now())
		if !ok {
			return &Refused{Reason: NotFound, Change: -1}
		}
		seen.Person = m.Person
		sight := rules.SightOf(m)
		return st.each(s, func(r *plan.Record) {
			if fields, shown := rules.Project(r, sight, 0); shown && slices.Contains(kinds, r.Kind) && !r.Del {
				seen.Records = append(seen.Records, wire.Record{ID: r.ID, Kind: r.Kind, Seq: r.Born, F: fields})
			}
		})
	})
	slices.SortFunc(seen.Records, func(a, b wire.Record) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID)) })
	return seen, err
}

// SpacesOf gives every space that an account has or had a part in.
func (c *Core) SpacesOf(account plan.AccountID) (spaces []plan.SpaceID, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		spaces, err = accountSpaces(r, account)
		return err
	})
	return spaces, err
}

// MaySee says whether an account may see a record today, at least in part.
func (c *Core) MaySee(account plan.AccountID, space plan.SpaceID, rec plan.RecordID) (may bool, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		st := c.newState(r, nil)
		s, err := st.load(space)
		if err != nil {
			return err
		}
		m, ok, _ := s.access.member(account, c.Now())
		if !ok {
			return nil
		}
		record, err := st.record(s, rec)
		if err != nil || record == nil || record.Del {
			return err
		}
		_, may = rules.Project(record, rules.SightOf(m), 0)
		return nil
	})
	return may, err
}
